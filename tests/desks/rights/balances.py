"""Who may do what with the office's balances."""

from datetime import date
from decimal import Decimal

from kpdesk.desks import balances
from kpdesk.domain.balance import Balance, DialectName
from kpdesk.domain.parties import Role
from kpdesk.practice import read_balance
from tests.desks.rights import Acts, ActsOfTwo

NOBODY = "no such balance"
WEIGHERS = {Role.CLERK, Role.VALUER, Role.ISSUING, Role.INSPECTOR, Role.SUPERVISOR}


def balance() -> Balance:
    return Balance(
        id=NOBODY,
        maker="Practice",
        model="One",
        serial="1",
        dialect=DialectName.SICS,
        adapter="A",
        unit="ct",
        readability=Decimal("0.001"),
        maximum=Decimal(1000),
        calibrated_until=date(2027, 1, 1),
    )


ACTS: Acts = {
    balances.record_zero: (
        WEIGHERS,
        lambda desk: balances.record_zero(desk, NOBODY, read_balance(Decimal(0), desk)),
    ),
    balances.record_check_weight: (
        WEIGHERS,
        lambda desk: balances.record_check_weight(desk, NOBODY, read_balance(Decimal(500), desk)),
    ),
    balances.keep_refused: (
        WEIGHERS,
        lambda desk: balances.keep_refused(desk, balance=NOBODY, raw=b"S D", why="NotStable"),
    ),
    balances.renew_calibration: (
        {Role.SUPERVISOR},
        lambda desk: balances.renew_calibration(desk, NOBODY, until=date(2028, 1, 1), certificate="C"),
    ),
    balances.sign_miss: ({Role.SUPERVISOR}, lambda desk: balances.sign_miss(desk, NOBODY, why="dust")),
}
TWO: ActsOfTwo = {
    balances.change_balance: (
        {Role.SUPERVISOR},
        {Role.SUPERVISOR},
        lambda one, two: balances.change_balance(one, two, balance()),
    ),
    balances.register_balance: (
        {Role.SUPERVISOR},
        {Role.SUPERVISOR},
        lambda one, two: balances.register_balance(one, two, balance()),
    ),
}
