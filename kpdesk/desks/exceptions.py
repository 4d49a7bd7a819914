"""Exceptions: whatever in the books was not the ordinary way, by week, and a supervisor's sign-off under each.

desk.md §2.5 (typed weights), §4 (exceptions), §3.3–3.4 (blanks and sheets).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from kpdesk.desks.auditor import READERS, span
from kpdesk.desks.desk import Desk
from kpdesk.domain.balance import Balance, RefusedReading
from kpdesk.domain.exceptions import (
    AlreadySignedOff,
    Exceptional,
    Exceptions,
    NoSuchException,
    SignOff,
    Week,
    What,
    monday_of,
    mondays,
)
from kpdesk.domain.fees import Reversal
from kpdesk.domain.history import Entry
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.parties import Role
from kpdesk.domain.records import Record
from kpdesk.domain.sorting import Rework
from kpdesk.settings import Settings
from kpdesk.store import history, keeping
from kpdesk.store import supervising as rows
from kpdesk.store.counter import names
from kpdesk.store.unit import Look

WEEKS = 13
MOST = 2_000
"""Of one sort and time; an office with more has another trouble."""
_OFTEN = 10
"""Percent of a week's weights that may be typed before it is an exception."""
_ACTS = (
    "refuse_reading", "receive_parcel", "rework", "settle_rework", "lift", "load_blank", "answer", "spoil",
    "write_off", "close_day", "reverse",
)  # fmt: skip
_FIRMS_OWN = "printed by the firm"


def exceptions(desk: Desk, *, weeks: int = WEEKS) -> Exceptions:
    """Those of the last so many weeks, this one included."""
    desk.must(*READERS)
    with desk.look() as session:
        return _exceptions(desk, session, monday_of(desk.today) - timedelta(weeks=weeks - 1))


def sign_off(desk: Desk, key: str, *, remark: str = "", weeks: int = WEEKS) -> Exceptional:
    """A supervisor, whom it does not concern, has looked into one. Raises SamePerson, AlreadySignedOff."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        found = _exceptions(desk, unit.session, monday_of(desk.today) - timedelta(weeks=weeks - 1)).found
        one = next((each for each in found if each.key == key), None)
        if one is None:
            raise NoSuchException(key[:80])
        if one.signed is not None:
            raise AlreadySignedOff(names(unit.session).get(one.signed.by, one.signed.by))
        if desk.officer.id in one.officers:
            raise SamePerson(desk.officer.name, one.what.value)
        signed = SignOff(
            key=key,
            what=one.what,
            subject=one.subject,
            officers=one.officers,
            remark=remark.strip(),
            by=desk.officer.id,
            at=desk.clock(),
        )
        keeping.keep(unit, "sign_off", signed, why=signed.remark)
        return replace(one, signed=signed)


def _exceptions(desk: Desk, session: Look, monday: date) -> Exceptions:
    first, end = span(desk, monday, desk.today)
    assert first is not None
    assert end is not None
    settings = desk.settings(session)
    weighed = rows.weighings(session, first, end)
    found = [
        *_weights(session, first, end),
        *_often(desk, weighed),
        *_prices(session, first, end),
        *_done(session, first, end),
        *_calibrations(desk, session),
        *_outside(desk, session, settings, monday),
    ]
    found.sort(key=lambda each: each.at, reverse=True)
    cut, found = len(found) > MOST, found[:MOST]
    signed = rows.sign_offs(session, [each.key for each in found])
    typed = Counter(monday_of(desk.office.today(at)) for at, _, by_hand in weighed if by_hand)
    all_ = Counter(monday_of(desk.office.today(at)) for at, _, _ in weighed)
    return Exceptions(
        first=monday,
        last=desk.today,
        found=tuple(replace(each, signed=signed.get(each.key)) for each in found),
        weeks=tuple(Week(each, typed[each], all_[each]) for each in mondays(monday, desk.today)),
        cut=cut,
    )


def _weights(session: Look, first: datetime, end: datetime) -> Iterator[Exceptional]:
    for row in rows.unusual_weighings(session, first, end, limit=MOST):
        facts = {
            "place": f"{row.parcel}#{row.sequence}",
            "subject": f"parcel/{row.parcel}",
            "officers": (row.officer,),
            "at": row.at,
        }
        if row.by_hand:
            yield Exceptional(what=What.TYPED, why=row.by_hand, **facts)
        if row.portions:
            yield Exceptional(what=What.PORTIONS, why=row.balance, count=len(row.portions), **facts)


def _often(desk: Desk, weighed: list[tuple[datetime, str, bool]]) -> Iterator[Exceptional]:
    """More than a tenth of an officer's weights of a week."""
    typed, all_, last = Counter[tuple[str, date]](), Counter[tuple[str, date]](), dict[tuple[str, date], datetime]()
    for at, officer, by_hand in weighed:
        week = officer, monday_of(desk.office.today(at))
        all_[week] += 1
        typed[week] += by_hand
        last[week] = max(at, last.get(week, at))
    for (officer, monday), count in typed.items():
        of = all_[officer, monday]
        if count * 100 > of * _OFTEN:
            yield Exceptional(
                what=What.TYPED_OFTEN,
                place=f"{officer}@{monday.isoformat()}",
                subject="",
                officers=(officer,),
                at=last[officer, monday],
                count=count,
                of=of,
            )


def _prices(session: Look, first: datetime, end: datetime) -> Iterator[Exceptional]:
    for row in rows.reasoned_figures(session, list(names(session)), first, end, limit=MOST):
        yield Exceptional(
            what=What.OUTLIER,
            place=f"{row.parcel}#{row.round}#{row.kind}",
            subject=f"parcel/{row.parcel}",
            officers=(row.by,),
            at=row.at,
            why=", ".join(dict.fromkeys(line.reason for line in row.lines if line.reason)),
        )


def _calibrations(desk: Desk, session: Look) -> Iterator[Exceptional]:
    for balance in keeping.all_of(session, Balance, live=True):
        until = balance.calibrated_until
        if until is not None and until < desk.today:
            yield Exceptional(
                what=What.CALIBRATION,
                place=f"{balance.id}@{until.isoformat()}",
                subject=f"balance/{balance.id}",
                officers=(),
                at=datetime.combine(until + timedelta(days=1), time(), _zone(desk)),
                count=(desk.today - until).days,
            )


def _outside(desk: Desk, session: Look, settings: Settings, monday: date) -> Iterator[Exceptional]:
    """An officer's acts of a day before the office opens or after it closes."""
    zone = _zone(desk)
    opens, closes = timedelta(hours=settings.opens_at), timedelta(hours=settings.closes_at)
    for place in range((desk.today - monday).days + 1):
        day = monday + timedelta(days=place)
        start = datetime.combine(day, time(), zone)
        early = rows.acts_between(session, start, start + opens)
        late = rows.acts_between(session, start + closes, start + timedelta(days=1))
        done: dict[str, tuple[int, datetime]] = {}
        for by, count, at in (*early, *late):
            before = done.get(by, (0, at))
            done[by] = (before[0] + count, min(before[1], at))
        for by, (count, at) in done.items():
            yield Exceptional(
                what=What.HOURS, place=f"{by}@{day.isoformat()}", subject="", officers=(by,), at=at, count=count
            )


def _done(session: Look, first: datetime, end: datetime) -> Iterator[Exceptional]:
    """What the history tells of."""
    entries = history.page(session, acts=_ACTS, first=first, end=end, limit=None)
    known = set(names(session))
    told = [each for each in entries if _may_be(each)]
    beside = history.records(session, [each for each in told if each.subject.startswith(_READ)])
    for entry in told:
        what, subject, others, why = _judged(entry, beside.get(entry.sequence, {}))
        if what is not None:
            yield Exceptional(
                what=what,
                place=str(entry.sequence),
                subject=subject or entry.subject,
                officers=tuple(dict.fromkeys((entry.by, *(each for each in others if each in known)))),
                at=entry.at,
                why=why,
            )


_READ = (f"{RefusedReading.kind}/", f"{Rework.kind}/", f"{Reversal.kind}/")
"""Entries whose record says whether, or what of."""


def _may_be(entry: Entry) -> bool:
    kind = entry.subject.partition("/")[0]
    match entry.act:
        case "receive_parcel":
            return kind == "parcel" and bool(entry.why)
        case "load_blank":
            return bool(entry.why) and entry.why != _FIRMS_OWN
        case "answer":
            return kind == "stock" and entry.why.startswith((What.SPOILED, What.MISSING))
        case "rework" | "settle_rework":
            return kind == Rework.kind
        case "reverse":
            return kind == Reversal.kind
        case "spoil" | "write_off" | "close_day":
            return kind == "stock"
    return True


def _judged(entry: Entry, record: Record) -> tuple[What | None, str, tuple[str, ...], str]:
    """What it is, what it is about where that is another thing, who else signed, and why."""
    text, beside = {name: str(value) for name, value in record.items()}, _beside(entry.why)
    match entry.act:
        case "refuse_reading":
            about = f"parcel/{text['parcel']}" if text.get("parcel") else f"balance/{text['balance']}"
            return What.REFUSED, about, (), text["why"]
        case "receive_parcel":
            return What.OVERRIDDEN, "", (), entry.why
        case "rework" | "settle_rework":
            second = text.get("supervisor", "")
            again = entry.act == "settle_rework" and not entry.why  # what was signed for is as it was
            return (What.REWORKED if second and not again else None), "", (second,), entry.why
        case "lift":
            return What.LIFTED, "", beside, entry.why
        case "load_blank":
            return What.OUT_OF_ORDER, "", (), entry.why
        case "answer":
            what, _, why = entry.why.partition(" ")
            return What(what), "", (), why
        case "spoil" | "write_off":
            missing = str(record.get("state", "")) == What.MISSING
            return (What.MISSING if missing else What.SPOILED), "", beside, entry.why
        case "close_day":
            return What.MISSING, "", beside, entry.why
        case "reverse":
            return What.REVERSED, f"payment/{text['payment']}", (text["second"],), text["why"]
    return None, "", (), ""


def _beside(why: str) -> tuple[str, ...]:
    """The officer who signed beside, as acts of two say it: `…; with O-3`, `…; O-3`."""
    return tuple(why.rpartition(";")[2].split()[-1:])


def _zone(desk: Desk) -> tzinfo:
    return UTC if desk.office.zone == "UTC" else ZoneInfo(desk.office.zone)
