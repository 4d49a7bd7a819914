"""The office's balances: on the books, checked, barred, let weigh again (desk.md §2.5; kpcs.md §13)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.balance import (
    FOR_STONES,
    Balance,
    BalanceBarred,
    BalanceCheck,
    RefusedReading,
    WeighingRules,
    over_range,
    unknown,
)
from kpdesk.domain.balance import may_weigh as findings_on
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.measures import AmountOutOfRange
from kpdesk.domain.outcomes import Finding, Refusal, Severity
from kpdesk.domain.parties import Role
from kpdesk.domain.weighing import NeedsReason, NothingWeighed, NotStable, Reading, Weighing, in_carats
from kpdesk.store import keeping, weighed
from kpdesk.store.unit import Look, Unit

WEIGHERS = (Role.CLERK, Role.VALUER, Role.ISSUING, Role.INSPECTOR, Role.SUPERVISOR)
_REFUSED = (NotStable, NothingWeighed, AmountOutOfRange, NeedsReason, BalanceBarred)


@dataclass(eq=False)
class BalanceRegistered(Refusal):
    """A balance of this name is on the books."""

    balance: str


@dataclass(eq=False)
class NoCheckWeight(Refusal):
    """Nobody entered which weight this balance is checked with."""

    balance: str


@dataclass(eq=False)
class NothingMissed(Refusal):
    """There is no missed check weight to sign."""

    balance: str


@dataclass(eq=False)
class CalibrationNotLater(Refusal):
    """A new calibration holds longer than the one before."""

    balance: str
    until: str


# Looking


def balances(desk: Desk) -> tuple[Balance, ...]:
    """Those in use, by name."""
    with desk.look() as session:
        return tuple(sorted(keeping.all_of(session, Balance, live=True), key=lambda each: each.id))


def may_weigh(desk: Desk, balance: str, carats: Decimal | None = None) -> tuple[Finding, ...]:
    """What speaks against weighing a lot on this balance now, notes and stops; raises NotFound."""
    with desk.look() as session:
        return tuple(findings_on(keeping.get(session, Balance, balance), rules_of(desk, session), carats))


def checks(desk: Desk, balance: str, *, limit: int = keeping.PAGE) -> tuple[BalanceCheck, ...]:
    """Zero checks and check weights of a balance, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, BalanceCheck, about=_about(balance), limit=limit)


def refused(desk: Desk, balance: str, *, limit: int = keeping.PAGE) -> tuple[RefusedReading, ...]:
    """Readings of a balance that were refused, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, RefusedReading, about=_about(balance), limit=limit)


def typed_this_week(desk: Desk) -> Mapping[str, tuple[int, int]]:
    """By balance, empty where none is named: how many weighings since Monday were typed, and how many there were."""
    zone = UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
    monday = desk.today - timedelta(days=desk.today.weekday())
    with desk.look() as session:
        return weighed.typed_since(session, datetime.combine(monday, time(), zone))


def rules_of(desk: Desk, session: Look) -> WeighingRules:
    """What the office has decided about its balances."""
    settings = desk.settings(session)
    return WeighingRules(
        today=desk.today,
        day_of=desk.office.today,
        check_days=settings.check_weight_days,
        grace_days=settings.calibration_grace_days,
        coarse_from=settings.coarse_from if settings.coarse_balances else None,
    )


# On the books


def register_balance(desk: Desk, second: Desk, balance: Balance) -> Balance:
    """Two people put a balance on the books. Raises BalanceRegistered."""
    with _of_two(desk, second, "register_balance") as unit:
        if keeping.find(unit.session, Balance, balance.id) is not None:
            raise BalanceRegistered(balance.id)
        return _keep(unit, "register_balance", _unchecked(balance), why=f"with {second.officer.id}")


def change_balance(desk: Desk, second: Desk, balance: Balance) -> Balance:
    """Two people change what the books say of it, its line or its check weight; what was recorded of it stays."""
    with _of_two(desk, second, "change_balance") as unit:
        before = keeping.get(unit.session, Balance, balance.id)
        changed = replace(balance, zeroed_at=before.zeroed_at, checked_at=before.checked_at, missed=before.missed)
        return _keep(unit, "change_balance", changed, why=f"with {second.officer.id}")


def renew_calibration(desk: Desk, balance: str, *, until: date, certificate: str) -> Balance:
    """A supervisor enters a new calibration certificate. Raises CalibrationNotLater."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        before = keeping.get(unit.session, Balance, balance)
        if until <= before.calibrated_until:
            raise CalibrationNotLater(balance, before.calibrated_until.isoformat())
        return _keep(
            unit, "renew_calibration", replace(before, calibrated_until=until, certificate=certificate.strip())
        )


@contextmanager
def _of_two(desk: Desk, second: Desk, did: str) -> Iterator[Unit]:
    desk.must(Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, did)
    with desk.unit() as unit:
        yield unit


def _unchecked(balance: Balance) -> Balance:
    return replace(balance, zeroed_at=None, checked_at=None, missed="")


def _keep(unit: Unit, act: str, balance: Balance, *, why: str = "") -> Balance:
    keeping.keep(unit, act, balance, why=why, words=f"{balance.id} {balance.maker} {balance.model} {balance.serial}")
    return balance


# Checks


def record_zero(desk: Desk, balance: str, reading: Reading) -> BalanceCheck:
    """The pan was empty and the balance zeroed; what it shows stays in the log. Raises NotStable."""
    return _check(desk, "record_zero", balance, reading, weight=False)


def record_check_weight(desk: Desk, balance: str, reading: Reading) -> BalanceCheck:
    """The check weight lay on the pan; a miss bars the balance until a supervisor signs.

    Raises NoCheckWeight, NotStable, NeedsReason for a reading without a line of the balance.
    """
    return _check(desk, "record_check_weight", balance, reading, weight=True)


def _check(desk: Desk, act: str, balance: str, reading: Reading, *, weight: bool) -> BalanceCheck:
    desk.must(*WEIGHERS)
    if not reading.stable:
        raise NotStable(str(reading.value), reading.unit)
    if not reading.raw:
        raise NeedsReason
    with desk.unit() as unit:
        before = keeping.get(unit.session, Balance, balance)
        if weight and before.weight is None:
            raise NoCheckWeight(balance)
        known = before.weight if weight else None
        check = BalanceCheck(
            id=f"K-{desk.today.year}-{unit.next(f'balance-check-{desk.today.year}'):06}",
            balance=balance,
            weight=known.certificate if known else "",
            nominal=in_carats(known.nominal, before.mass_unit) if known else Decimal(0),
            shown=reading.exact,
            tolerance=in_carats(known.tolerance, before.mass_unit) if known else 2 * before.step,
            raw=reading.raw,
            at=reading.at,
            by=desk.officer.id,
        )
        keeping.keep(unit, act, check)
        if weight:
            missed = before.missed if check.holds else check.id
            _keep(unit, act, replace(before, checked_at=check.at, missed=missed))
        elif check.holds:
            _keep(unit, act, replace(before, zeroed_at=check.at))
        return check


def sign_miss(desk: Desk, balance: str, *, why: str) -> BalanceCheck:
    """A supervisor, who did not weigh it, looked at a missed check weight: the balance may weigh again.

    Raises NothingMissed, SamePerson, NeedsReason.
    """
    desk.must(Role.SUPERVISOR)
    if not why.strip():
        raise NeedsReason
    with desk.unit() as unit:
        before = keeping.get(unit.session, Balance, balance)
        if not before.missed:
            raise NothingMissed(balance)
        check = keeping.get(unit.session, BalanceCheck, before.missed)
        if check.by == desk.officer.id:
            raise SamePerson(desk.officer.name, "record_check_weight")
        signed = replace(check, signed_by=desk.officer.id, why=why.strip())
        keeping.keep(unit, "sign_miss", signed)
        _keep(unit, "sign_miss", replace(before, missed=""))
        return signed


# Parts of a weighing


def admit(desk: Desk, unit: Unit, weighing: Weighing) -> None:
    """Whether this balance may have weighed this; what was typed has a reason instead. Raises BalanceBarred.

    An office without any balance on its books cannot be asked.
    """
    if weighing.by_hand or not weighing.balance:
        return
    known = keeping.find(unit.session, Balance, weighing.balance)
    if known is None:
        if keeping.count(unit.session, Balance, live=True):
            raise BalanceBarred((unknown(weighing.balance),))
        return
    found = (
        *findings_on(known, rules_of(desk, unit.session), weighing.reading.exact),
        *over_range(known, weighing.reading),
    )
    if any(finding.severity is not Severity.NOTE for finding in found):
        raise BalanceBarred(found)


def coarser(unit: Unit) -> Mapping[str, Decimal]:
    """The steps, in carats, of balances that are too coarse for stones."""
    every = keeping.all_of(unit.session, Balance)
    return {each.id: each.step for each in every if each.step > FOR_STONES}


@contextmanager
def refused_kept(desk: Desk, *weighed: tuple[Reading, str], parcel: str = "") -> Iterator[None]:
    """Where a (reading, balance) is refused in here, every one that a named balance sent is kept before it is told."""
    try:
        yield
    except _REFUSED as refusal:
        for reading, balance in weighed:
            if balance and reading.raw:
                keep_refused(desk, balance=balance, raw=reading.raw, why=refusal.code, parcel=parcel)
        raise


def keep_refused(desk: Desk, *, balance: str, raw: bytes, why: str, parcel: str = "") -> RefusedReading:
    """Keep a reading that an officer wanted and did not get, with the code of what was against it."""
    desk.must(*WEIGHERS)
    with desk.unit() as unit:
        kept = RefusedReading(
            id=f"X-{desk.today.year}-{unit.next(f'refused-reading-{desk.today.year}'):06}",
            balance=balance,
            raw=raw[:1000],
            why=why,
            parcel=parcel,
            at=desk.clock(),
            by=desk.officer.id,
        )
        keeping.keep(unit, "refuse_reading", kept)
        return kept


def _about(balance: str) -> str:
    return f"{Balance.kind}/{balance}"
