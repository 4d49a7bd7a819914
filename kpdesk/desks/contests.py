"""An exporter contests a weight or a value: other officers weigh or value again; what was signed stays as it is.

KPCS Annex II 18, kpcs.md §13; an ordinary outcome that uses no number.
"""

import secrets
from dataclasses import dataclass, replace

from kpdesk.desks.counter import in_the_house
from kpdesk.desks.desk import Desk
from kpdesk.domain.custody import Contest, Contested, Dispute, WhyMissing
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.weighing import Weighing
from kpdesk.store import counter as rows
from kpdesk.store import keeping
from kpdesk.store.unit import Unit
from kpdesk.store.valuing import forget_prices


@dataclass(eq=False)
class NobodyContests(Refusal):
    """Who speaks for the exporter is not named."""


@dataclass(eq=False)
class OwnIsContested(Refusal):
    """This officer's own weight or value is contested: another takes the new one."""

    officer: str
    parcel: str


def contest(desk: Desk, parcel: str, *, what: Dispute, contester: str, reason: str) -> Contest:
    """Take the exporter's objection down and send the parcel back to the balance or to the valuers' table.

    Raises NobodyContests, WhyMissing, Contested, WrongState.
    """
    desk.must(Role.CLERK, Role.EXPORTER_DESK, Role.SUPERVISOR)
    if not contester.strip():
        raise NobodyContests
    if not reason.strip():
        raise WhyMissing
    with desk.unit() as unit:
        thing = in_the_house(unit, parcel)
        if before := rows.open_contests(unit.session, [parcel]):
            raise Contested(parcel, before[parcel].number)
        if thing.carats is None:
            raise WrongState(parcel, thing.state.value, ParcelState.WEIGHED.value)
        readings = unit.weighings(parcel)
        made = Contest(
            number=f"K-{desk.today.year}-{unit.next(f'contest-{desk.today.year}'):06}",
            parcel=parcel,
            what=what,
            contester=contester.strip(),
            salt=secrets.token_bytes(16),
            reason=reason.strip(),
            carats=thing.carats,
            value=thing.value,
            barred=_weighers(unit, thing, readings) if what is Dispute.WEIGHT else _valuers(unit, thing),
            readings=len(readings),
            at=unit.at,
            by=desk.officer.id,
        )
        if what is Dispute.WEIGHT:
            thing.weigh_anew()
        else:
            thing.value_anew()
        forget_prices(unit, parcel)
        unit.note("contest", thing, why=made.reason)
        keeping.keep(unit, "contest", made, why=made.reason, words=f"{made.number} {parcel} {thing.exporter}")
        return made


def _weighers(unit: Unit, parcel: Parcel, readings: tuple[Weighing, ...]) -> tuple[str, ...]:
    """Whoever weighed it since its weight was contested last."""
    disputes = keeping.all_of(unit.session, Contest, about=f"parcel/{parcel.number}")
    after = max((each.readings for each in disputes if each.what is Dispute.WEIGHT), default=0)
    return tuple(sorted({each.officer for each in readings[after:]}))


def _valuers(unit: Unit, parcel: Parcel) -> tuple[str, ...]:
    """The officers whose figures are in; the exporter declares again."""
    hands = {hand for figure in unit.figures(parcel.number) for hand in figure.hands}
    return tuple(sorted(hands - {parcel.exporter}))


def open_contest(unit: Unit, parcel: str) -> Contest | None:
    """The contest that is not settled, if there is one."""
    return rows.open_contests(unit.session, [parcel]).get(parcel)


def bar(desk: Desk, unit: Unit, parcel: str, what: Dispute) -> None:
    """Raises OwnIsContested where this officer's own weight or value is contested, unless the office is small."""
    disputed = open_contest(unit, parcel)
    own = disputed is not None and disputed.what is what and desk.officer.id in disputed.barred
    if own and not desk.settings(unit.session).small_office:
        raise OwnIsContested(desk.officer.name, parcel)


def settle(unit: Unit, parcel: Parcel) -> None:
    """What was contested is agreed anew, or the goods go home: the contest is over."""
    disputed = open_contest(unit, parcel.number)
    if disputed is None:
        return
    gone = parcel.state is ParcelState.WITHDRAWN
    if not gone and (parcel.carats if disputed.what is Dispute.WEIGHT else parcel.value) is None:
        return
    done = replace(
        disputed,
        settled_at=unit.at,
        agreed_carats=None if gone else parcel.carats,
        agreed_value=None if gone else parcel.value,
    )
    keeping.keep(unit, "settle_contest", done)


def contests(desk: Desk, parcel: str) -> tuple[Contest, ...]:
    """All of a parcel, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Contest, about=f"parcel/{parcel}")


def open_ones(desk: Desk) -> tuple[Contest, ...]:
    """Those that are not settled, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Contest, live=True, limit=200)
