"""The close of day tied to the desk. Runs in the workroom; touches no widget."""

from functools import partial

from kpdesk.desks import closing, offices
from kpdesk.desks.closing import Compared
from kpdesk.desks.desk import Desk
from kpdesk.domain.closing import NotCounted
from ui.supervisor.closing import ClosingActs


def closing_acts(desk: Desk) -> ClosingActs:
    """The page's questions, asked of this officer's desk; the officer of the last comparison closes with them."""
    beside: list[Desk] = []

    def compare(officer: str, password: str) -> Compared:
        second = offices.beside(desk, officer=officer, password=password)
        compared = closing.outcome(desk, second)
        beside[:] = [second]
        return compared

    def close(remark: str) -> str:
        if not beside:
            raise NotCounted("–")
        _, drawn = closing.close_day(desk, beside[0], remark=remark)
        return drawn.number

    return ClosingActs(
        counting=partial(closing.counting, desk),
        tally=lambda what, found: closing.tally(desk, what=what, found=found),
        compare=compare,
        close=close,
    )
