"""Who may move numbered stock, and who may give and take rights."""

from datetime import date

from kpdesk.desks import handing, people, stock
from kpdesk.domain.parties import Role
from kpdesk.domain.stock import StockKind
from kpdesk.signing.slots import SMALL
from tests.desks.rights import Acts, ActsOfTwo

_ONE, _NOBODY, _DAY = {Role.SUPERVISOR}, "no such thing", date(2027, 1, 4)
_HOLDERS = {Role.CLERK, Role.VALUER, Role.ISSUING, Role.SUPERVISOR}
_SIGNERS = {Role.SUPERVISOR, Role.ISSUING}

ACTS: Acts = {handing.hands: (_ONE, lambda desk: handing.hands(desk, _NOBODY))}
TWO: ActsOfTwo = {
    stock.send_stock: (
        _ONE,
        _SIGNERS,
        lambda one, two: stock.send_stock(one, two, what=StockKind.BAG, numbers=["TB000001"], to="ZZ-NORTH"),
    ),
    stock.end_transfer: (
        _ONE,
        _SIGNERS,
        lambda one, two: stock.end_transfer(one, two, _NOBODY, receipt="their receipt 7"),
    ),
    people.change_roles: (
        _ONE,
        _ONE,
        lambda one, two: people.change_roles(one, two, officer=_NOBODY, roles={Role.CLERK}),
    ),
    people.appoint: (
        _ONE,
        _ONE,
        lambda one, two: people.appoint(
            one, two, officer=_NOBODY, role=Role.CLERK, first=_DAY, last=_DAY, why="on leave"
        ),
    ),
    people.call_off: (_ONE, _ONE, lambda one, two: people.call_off(one, two, _NOBODY)),
    people.renew_password: (
        _ONE,
        _ONE,
        lambda one, two: people.renew_password(
            one, two, officer=_NOBODY, password="a long enough password", cost=SMALL
        ),
    ),
    people.retire: (_ONE, _ONE, lambda one, two: people.retire(one, two, officer=_NOBODY)),
    handing.hand_over_all: (
        _ONE,
        _HOLDERS,
        lambda one, two: handing.hand_over_all(one, two, officer=_NOBODY, why="leaves"),
    ),
    handing.reassign_drafts: (
        _ONE,
        _ONE,
        lambda one, two: handing.reassign_drafts(one, two, officer=_NOBODY, to=_NOBODY, why="ill"),
    ),
}
