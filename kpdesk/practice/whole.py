"""The practice office with something to do at every desk."""

from kpdesk.desks import stock
from kpdesk.domain.stock import Paper, StockKind
from kpdesk.practice import (
    PREPARER,
    SUPERVISOR,
    SUPERVISOR_2,
    Staffed,
    applying,
    balances,
    counter,
    goods,
    leaving,
    registers,
    sealed,
    supervising,
    valuing,
)


def fill(office: Staffed) -> None:
    """Every room's practice work, in the order in which an office comes by it."""
    _more_blanks(office)
    for room in (registers, balances, goods, valuing, counter, sealed, leaving, applying, supervising):
        room.fill(office)


def _more_blanks(office: Staffed) -> None:
    """For what the rooms print; the practice day has its own twelve."""
    one, two = office[SUPERVISOR], office[SUPERVISOR_2]
    numbers = [f"{one.office.participant}{one.today.year}{serial:06}" for serial in range(1401, 1425)]
    stock.receive_stock(
        one, two, what=StockKind.BLANK, numbers=numbers, paper=Paper.SECURITY, edition=one.office.edition
    )
    stock.hand_out(one, what=StockKind.BLANK, numbers=numbers, officer=office[PREPARER].officer.id)
