"""What a firm declares with its application: the warranty, that the goods are conflict-free, its invoice, its values.

KPCS Annex II 18; WDC System of Warranties (kpcs.md §12). The shipment holds what is certified; this lies beside it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Finding, Refusal
from kpdesk.domain.rules import (
    ANNOUNCED_DIFFERS,
    DECLARATION_AGED,
    DECLARED_VALUE_MISSING,
    INVOICE_MISSING,
    SOW_MISSING,
)
from kpdesk.domain.spans import span

_AGED_DAYS = 30


@dataclass(eq=False)
class StatementUnknown(Refusal):
    """No warranty statement of this version is in force on the day."""

    version: str
    day: str


@dataclass(eq=False)
class DeclarationUnsigned(Refusal):
    """That goods are conflict-free is declared by a named person on a day, and not on one to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A warranty statement's text, as firms put it on their invoices, with the days on which it is accepted."""

    kind: ClassVar[str] = "statement"
    personal: ClassVar[frozenset[str]] = frozenset()

    version: str
    """Begins with the year of its text: `2018`."""
    text: str
    valid_from: date
    valid_until: date | None = None
    """The last day, for rough diamonds."""

    def __post_init__(self) -> None:
        span(self.valid_from, self.valid_until)
        if not self.version.strip() or not self.text.strip():
            raise ValueError("a statement has a version and a text")

    @property
    def identity(self) -> str:
        return self.version

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return self.valid_until is None

    @property
    def digest(self) -> str:
        """SHA-256 of the text, hex: which words it was that a firm signed."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def in_force(self, on: date) -> bool:
        return on in span(self.valid_from, self.valid_until)


STATEMENTS: Final = (
    Statement(
        version="2018",
        text=(
            "The diamonds herein invoiced have been purchased from legitimate sources not involved in funding "
            "conflict, in compliance with United Nations Resolutions and corresponding national laws. The seller "
            "hereby guarantees that these diamonds are conflict free and confirms adherence to the WDC SoW Guidelines."
        ),
        valid_from=date(2018, 10, 1),
    ),
    Statement(
        version="2002",
        text=(
            "The diamonds herein invoiced have been purchased from legitimate sources not involved in funding "
            "conflict and in compliance with United Nations resolutions. The seller hereby guarantees that these "
            "diamonds are conflict free, based on personal knowledge and/or written guarantees provided by the "
            "supplier of these diamonds."
        ),
        valid_from=date(2003, 1, 1),
        valid_until=date(2024, 9, 21),
    ),
)
"""Those that every office begins with; an office may enter others, and end these."""


def statement_of(known: Iterable[Statement], version: str, on: date) -> Statement:
    """The statement of this version; raises StatementUnknown unless it is accepted on the day."""
    for each in known:
        if each.version == version and each.in_force(on):
            return each
    raise StatementUnknown(version, on.isoformat())


@dataclass(frozen=True, slots=True)
class Declared:
    """The exporter's own value of one parcel."""

    parcel: str
    value: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An application as it is typed: what is not known yet is empty."""

    exporter: str = ""
    importer: str = ""
    """Register numbers of the parties."""
    destination: str = ""
    parcels: tuple[str, ...] = ()
    statement: str = ""
    """The warranty statement's version."""
    sow: str = ""
    """The firm's own SoW number, as it stands on its invoice."""
    conflict_free: bool = False
    declared_on: date | None = None
    signer: str = ""
    declared: tuple[Declared, ...] = ()
    announced: str = ""
    """The application by file that these goods answer."""
    invoice: bool = False
    """An invoice is attached."""

    @property
    def warranty(self) -> str:
        """As the shipment states it: `2018 SoW-000123`."""
        return f"{self.statement} {self.sow}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What a firm declared with its application, beside the shipment it is for."""

    kind: ClassVar[str] = "application"
    personal: ClassVar[frozenset[str]] = frozenset({"signer"})

    shipment: str
    exporter: str
    statement: str
    statement_digest: str
    """Of the words as they stood on the day; empty with the statement."""
    sow: str
    declared_on: date | None = None
    signer: str
    """Who signed for the firm that the goods are conflict-free."""
    salt: bytes
    invoice: str = ""
    """SHA-256 of the kept invoice, hex."""
    declared: tuple[Declared, ...] = ()
    announced: str = ""

    @property
    def identity(self) -> str:
        return self.shipment

    @property
    def about(self) -> str:
        return f"party/{self.exporter}"

    @property
    def live(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmParcel:
    """A parcel of the firm as it lies here, for its application."""

    number: str
    heading: Heading
    origins: tuple[str, ...]
    carats: Carats
    bag: str
    """Empty: it is not bagged yet and cannot be applied for."""
    value: Money | None
    """The one that counts, once it is there."""
    declared: Money | None
    """The exporter's own, once every figure is in."""
    undeclared: bool
    """The exporter has not stated a value yet."""

    @property
    def ready(self) -> bool:
        return bool(self.bag)


@dataclass(frozen=True, slots=True)
class Total:
    """What an application has under one HS heading; under None, in all."""

    heading: Heading | None
    parcels: int
    carats: Carats
    value: Money


def totals(goods: Sequence[FirmParcel]) -> tuple[Total, ...]:
    """By heading, and in all at the end; nothing while there is nothing."""

    def sum_of(heading: Heading | None) -> Total:
        its = [each for each in goods if heading in (None, each.heading)]
        value = total_money(each.value for each in its if each.value)
        return Total(heading, len(its), total_carats(each.carats for each in its), value)

    headings = sorted({each.heading for each in goods})
    return tuple(map(sum_of, (*headings, None))) if goods else ()


def check_draft(draft: Draft, goods: Sequence[FirmParcel], on: date) -> Iterator[Finding]:
    """What is still wanted beside what a certificate states."""
    if draft.statement and not draft.sow.strip():
        yield SOW_MISSING.found(statement=draft.statement)
    if goods and not draft.invoice:
        yield INVOICE_MISSING.found()
    if draft.declared_on and (on - draft.declared_on).days > _AGED_DAYS:
        yield DECLARATION_AGED.found(day=draft.declared_on)
    stated = {each.parcel for each in draft.declared}
    for parcel in goods:
        if parcel.undeclared and parcel.number not in stated:
            yield DECLARED_VALUE_MISSING.found(parcel=parcel.number)


def check_announced(announced: Mapping[Heading, Carats], goods: Sequence[FirmParcel]) -> Iterator[Finding]:
    """Where the goods picked are not what an application by file announced, by heading."""
    for heading in sorted({*announced, *(each.heading for each in goods)}):
        picked = total_carats(each.carats for each in goods if each.heading is heading)
        told = announced.get(heading, Carats.from_thousandths(0))
        if picked != told:
            yield ANNOUNCED_DIFFERS.found(heading=heading, announced=told, picked=picked)


def check_declaration(draft: Draft, on: date) -> None:
    """Raises DeclarationUnsigned: who declares that goods are conflict-free signs it, with the date."""
    unsigned = not draft.signer.strip() or draft.declared_on is None or draft.declared_on > on
    if draft.conflict_free and unsigned:
        raise DeclarationUnsigned


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an application's way, and when it was taken; None where it was not."""

    code: str
    """One of STEPS."""
    on: date | None = None
    """The office's day."""
    at: datetime | None = None
    """The moment, where the books have it."""


STEPS: Final = (
    "applied", "sealed", "prepared", "approved", "issued", "validated", "released", "exported", "confirmed",
)  # fmt: skip
"""In their order; what follows the last one taken is the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an application stands."""

    shipment: str
    exporter: str
    exporter_name: str
    importer_name: str
    destination: str
    parcels: tuple[str, ...]
    carats: Carats
    value: Money
    applied_at: datetime
    steps: tuple[Step, ...]
    ended: str = ""
    """`withdrawn`, or how its certificate ended: `void`, `returned_unused` …; empty while it goes on."""
    certificate: str = ""
    """Its number, once it has one."""
    reason: str = ""
    """Why it ended."""
    announced: str = ""

    @property
    def next(self) -> str:
        """The code of the next step; empty once there is none."""
        if self.ended:
            return ""
        taken = {step.code for step in self.steps if step.on}
        return next((code for code in STEPS if code not in taken), "")

    @property
    def last(self) -> Step:
        """The last step taken."""
        return [step for step in self.steps if step.on][-1]
