"""Who is in the Scheme on which day, with what restriction, and since when our own law says so.

KPCS III(c): no import from and no export to a non-participant. The register is data with dates, never a constant:
the Scheme's rows, the office's own effective dates laid over them, and the zones open in a restricted participant.
"""

import csv
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.spans import Span, span

EU = "EU"
MOST_TEXT = 1_000_000
"""Characters of a register that are read at all."""


@dataclass(eq=False)
class RegisterUnreadable(Trouble):
    """The register of participants is no such file: this line, this column."""

    line: int
    column: str


class ParticipantKind(StrEnum):
    STATE = "state"
    REGIONAL_ORGANISATION = "regional-organisation"
    OTHER = "other"
    """With an authority and certificates of its own, as Hong Kong, Macao, Chinese Taipei; or inside the EU."""
    MEMBER_OF_EU = "member-of-EU"


class Restriction(StrEnum):
    NONE = "none"
    PARTIAL = "partial"
    """Only from named zones or by permitted shipments."""
    SUSPENDED = "suspended"


class Status(StrEnum):
    """How a code stands on a day, the mildest first: of several rows the most severe counts."""

    PARTICIPANT = "participant"
    MEMBER_OF_EU = "member_of_eu"
    """In the Scheme as a part of the EU, which is one participant (EU 1, 21): it may not head a certificate."""
    PARTIAL = "partial"
    SUSPENDED = "suspended"
    NOT_PARTICIPANT = "not_participant"


_SEVERITY = {status: weight for weight, status in enumerate(Status)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """One period of taking part, and at most one restriction in it (kpcs.md §8)."""

    code: str
    """ISO 3166-1 alpha-2, or EU."""
    name: str
    kind: ParticipantKind
    member_of: str = ""
    present: Span
    restriction: Restriction = Restriction.NONE
    restricted: Span = Span()  # noqa: RUF009  frozen
    note: str = ""

    def status(self, on: date) -> Status:
        if on not in self.present:
            return Status.NOT_PARTICIPANT
        if self.restriction is not Restriction.NONE and on in self.restricted:
            return Status.SUSPENDED if self.restriction is Restriction.SUSPENDED else Status.PARTIAL
        return Status.MEMBER_OF_EU if self.member_of == EU else Status.PARTICIPANT


@dataclass(frozen=True, slots=True)
class OwnDate:
    """What our own law says of a code from a day on: it lags behind the Scheme, or bars imports.

    With `imports_allowed` it is the day from which our law names the participant. Without, it bars imports from it
    from that day until a later row allows them again; for our own code it bars imports from anywhere.
    """

    code: str
    effective_from: date
    imports_allowed: bool = True


@dataclass(frozen=True, slots=True)
class Zone:
    """An area or mine from which a restricted participant may export (kpcs.md §9)."""

    participant: str
    name: str
    open_from: date
    until: date | None = None

    def open_on(self, on: date) -> bool:
        return on in span(self.open_from, self.until)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a code stands on a day, in the Scheme and in our own law."""

    code: str
    name: str
    status: Status
    note: str = ""
    """The restriction's or the participation's note, from the register."""
    own_law_from: date | None = None
    """Set when the Scheme counts the code already and our own law only from this day."""

    @property
    def in_scheme(self) -> bool:
        """Trade with it is possible at all."""
        return self.status not in (Status.SUSPENDED, Status.NOT_PARTICIPANT)

    @property
    def may_head_certificate(self) -> bool:
        return self.in_scheme and self.status is not Status.MEMBER_OF_EU


@dataclass(frozen=True, slots=True)
class Register:
    """Every row that is known; practice participants are extra rows of a practice store."""

    rows: tuple[Participation, ...]
    own_dates: tuple[OwnDate, ...] = ()
    zones: tuple[Zone, ...] = ()

    @classmethod
    def read(
        cls,
        text: str,
        *,
        extra: Iterable[Participation] = (),
        own_dates: Iterable[OwnDate] = (),
        zones: Iterable[Zone] = (),
    ) -> Self:
        """From `participants.csv`; raises RegisterUnreadable."""
        return cls((*read_rows(text), *extra), tuple(own_dates), tuple(zones))

    def standing(self, code: str, on: date) -> Standing:
        row = max(
            (row for row in self.rows if row.code == code and on in row.present),
            key=lambda row: _SEVERITY[row.status(on)],
            default=None,
        )
        if row is None:
            return Standing(code, self.name(code), Status.NOT_PARTICIPANT)
        standing = Standing(code, row.name, row.status(on), row.note, self._own_law_after(code, on))
        if standing.status is not Status.MEMBER_OF_EU:
            return standing
        whole = self.standing(EU, on)
        if whole.status is not Status.PARTICIPANT:  # a part of the EU never stands better than the EU
            standing = replace(standing, status=whole.status, note=whole.note)
        return replace(standing, own_law_from=standing.own_law_from or whole.own_law_from)

    def name(self, code: str) -> str:
        """The latest name, or the code itself where it never took part."""
        return next((row.name for row in reversed(self.rows) if row.code == code), code)

    def may_head_certificate(self, code: str, on: date) -> bool:
        return self.standing(code, on).may_head_certificate

    def territory(self, code: str, on: date) -> str:
        """The participant whose territory this is: EU for its members and Greenland, else the code itself."""
        inside = any(row.code == code and on in row.present and row.member_of == EU for row in self.rows)
        return EU if inside else code

    def imports_allowed(self, own: str, code: str, on: date) -> bool:
        """Whether our own law lets rough diamonds in from this participant (CD order of 2003-05-31: from nobody)."""
        return self._lets_in(own, on) and self._lets_in(code, on)

    def zones_of(self, code: str, on: date) -> tuple[str, ...]:
        """The zones open on that day."""
        return tuple(zone.name for zone in self.zones if zone.participant == code and zone.open_on(on))

    def _own_law_after(self, code: str, on: date) -> date | None:
        days = [own.effective_from for own in self.own_dates if own.code == code and own.imports_allowed]
        first = min(days, default=on)
        return first if first > on else None

    def _lets_in(self, code: str, on: date) -> bool:
        rows = [own for own in self.own_dates if own.code == code and own.effective_from <= on]
        return max(rows, key=lambda own: own.effective_from).imports_allowed if rows else True


def read_rows(text: str) -> Iterator[Participation]:
    """The rows of `participants.csv`; raises RegisterUnreadable with the line and the column."""
    if len(text) > MOST_TEXT:
        raise RegisterUnreadable(0, "")
    reader = csv.DictReader(text.splitlines(), strict=True, restval="")
    try:
        if "code" not in (reader.fieldnames or ()):
            raise RegisterUnreadable(1, "code")
        for line in reader:
            yield _row(line, reader.line_num)
    except csv.Error as problem:
        raise RegisterUnreadable(reader.reader.line_num, "") from problem


_PARTIAL_DATE = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def partial_date(text: str, *, end: bool = False) -> date:
    """`2003`, `2003-10` or `2003-10-31`: its first day, or its last; raises ValueError."""
    found = _PARTIAL_DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) if part is not None else None for part in found.groups())
    assert year is not None
    first = date(year, (12 if end else 1) if month is None else month, 1 if day is None else day)
    return first.replace(day=monthrange(year, first.month)[1]) if end and day is None else first


def _row(line: dict[str, str], number: int) -> Participation:
    def field(column: str) -> str:
        if column not in line:
            raise RegisterUnreadable(number, column)
        return line[column].strip()

    def days(first: str, last: str) -> Span:
        try:
            since, until = field(first), field(last)
            return span(
                partial_date(since) if since else None,
                partial_date(until, end=True) if until else None,
            )
        except ValueError as problem:
            raise RegisterUnreadable(number, first) from problem

    if not re.fullmatch("[A-Z]{2}", field("code")):
        raise RegisterUnreadable(number, "code")
    try:
        kind, restriction = ParticipantKind(field("kind")), Restriction(field("restriction") or "none")
    except ValueError as problem:
        raise RegisterUnreadable(number, "kind, restriction") from problem
    return Participation(
        code=field("code"),
        name=field("name"),
        kind=kind,
        member_of=field("member_of"),
        present=days("participant_since", "participant_until"),
        restriction=restriction,
        restricted=days("restriction_from", "restriction_until"),
        note=field("restriction_note"),
    )
