"""An exporter's seat: its own installation, and the files that go between it and the office.

The seat asks, signed with its own key; the office answers, signed with the office's code key. Neither holds a key of
the other's. What is kept of both sides lies here too.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.allotted import AllottedBlank, short
from kpdesk.domain.application import Statement, Step
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats
from kpdesk.domain.outcomes import Refusal

MOST_GOODS, MOST_LISTED = 200, 5_000
"""Parcels of one application, entries of one list of an answer."""


@dataclass(eq=False)
class NotWaiting(Refusal):
    """The application by file was answered before."""

    application: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A firm as it goes between office and seat."""

    number: str
    """In the office's register; empty for one that the seat proposes."""
    name: str
    address: str
    country: str
    licence: str = ""
    licence_until: date | None = None

    def __post_init__(self) -> None:
        short(self.number, self.name, self.address, self.country, self.licence)
        if not self.name.strip() or not (len(self.country) == 2 and self.country.isascii() and self.country.isupper()):
            raise ValueError("a firm has a name and a country")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedGoods:
    """A parcel that the firm means to bring, by its own word."""

    label: str
    """The firm's own name for it."""
    heading: Heading
    origins: tuple[str, ...]
    carats: Carats
    value: Money

    def __post_init__(self) -> None:
        short(self.label, *self.origins)
        if not self.label.strip() or not self.origins or len(self.origins) > 20 or not self.carats:
            raise ValueError("announced goods have a name, an origin and carats")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an exporter asks for at its seat."""

    office: str
    """The code of the office that it is meant for."""
    number: str
    """The seat's own: `A-2026-000007`."""
    made_at: datetime
    exporter: str
    """The firm's register number at the office."""
    importer: Firm
    destination: str
    goods: tuple[AnnouncedGoods, ...]
    statement: str
    statement_digest: str
    sow: str
    conflict_free: bool
    declared_on: date
    signer: str
    invoice_name: str = ""
    invoice_digest: str = ""

    def __post_init__(self) -> None:
        short(self.office, self.number, self.exporter, self.destination, self.statement, self.statement_digest)
        short(self.sow, self.signer, self.invoice_name, self.invoice_digest)
        labels = {each.label for each in self.goods}
        if not 0 < len(self.goods) <= MOST_GOODS or len(labels) != len(self.goods):
            raise ValueError("an application has parcels, each once")
        if self.made_at.utcoffset() is None or not self.number or not self.exporter or not self.signer.strip():
            raise ValueError("an application says whose it is, by whom and when")

    @property
    def by_heading(self) -> dict[Heading, Carats]:
        """The carats announced under each heading."""
        headings = sorted({each.heading for each in self.goods})
        return {
            heading: total_carats(each.carats for each in self.goods if each.heading is heading) for heading in headings
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFile:
    """What a seat sends: the application and its invoice."""

    asked: Asked
    invoice: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCard:
    """What a new seat is given of its office: who it is, its code key and its authority file."""

    code: str
    participant: str
    name: str
    authority: str
    place: str
    form: str
    edition: str
    zone: str
    practice: bool
    key: bytes
    """The office's code key: signs its answers."""
    authority_file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a new seat hands the office: the key that it will sign with."""

    office: str
    name: str
    """What the firm calls this seat."""
    key: bytes
    made_at: datetime

    def __post_init__(self) -> None:
        short(self.office, self.name)
        if not self.name.strip() or self.made_at.utcoffset() is None:
            raise ValueError("a seat has a name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Where one application of the seat stands."""

    number: str
    """The seat's own number."""
    shipment: str = ""
    """The office's, once the goods were met and applied for."""
    steps: tuple[Step, ...] = ()
    ended: str = ""
    certificate: str = ""
    reason: str = ""
    facts: str = ""
    """The approved certificate's record, for a firm that prints its data itself; empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the office hands a seat: its firm, what it may choose from, and where its applications stand."""

    office: str
    seat: str
    key: str
    """The identity of the seat's key, hex: the answer is for no other."""
    sequence: int
    made_at: datetime
    exporter: Firm
    importers: tuple[Firm, ...]
    statements: tuple[Statement, ...]
    prints: bool
    """The firm may print data on blanks that were allotted to it."""
    blanks: tuple[AllottedBlank, ...] = ()
    """Those at the firm, not used yet."""
    applications: tuple[Answered, ...] = ()
    revoked: bool = False

    def __post_init__(self) -> None:
        lists = (self.importers, self.statements, self.blanks, self.applications)
        if self.sequence < 1 or any(len(each) > MOST_LISTED for each in lists):
            raise ValueError("an answer has a number and no endless lists")


class AnnouncedState(StrEnum):
    WAITING = "waiting"
    """For its goods."""
    APPLIED = "applied"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An application that came to the office by file, until its goods are met."""

    kind: ClassVar[str] = "announced"
    personal: ClassVar[frozenset[str]] = frozenset({"asked"})

    id: str
    """`SEAT-0001-A-2026-000007`."""
    seat: str
    exporter: str
    asked: Asked
    salt: bytes
    file: str
    """SHA-256 of the file, hex: it is kept as a paper."""
    taken_at: datetime
    state: AnnouncedState = AnnouncedState.WAITING
    shipment: str = ""
    reason: str = ""

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"seat/{self.seat}"

    @property
    def live(self) -> bool:
        return self.state is AnnouncedState.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An exporter's seat that two officers enrolled."""

    kind: ClassVar[str] = "seat"
    personal: ClassVar[frozenset[str]] = frozenset()

    id: str
    exporter: str
    name: str
    key: bytes
    enrolled_on: date
    revoked_on: date | None = None
    why: str = ""
    """Why it was revoked."""
    answers: int = 0
    """How many answers it was written: the number of the last."""

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"party/{self.exporter}"

    @property
    def live(self) -> bool:
        return self.revoked_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnApplication:
    """An application as the seat keeps it, with the office's last answer about it."""

    kind: ClassVar[str] = "own_application"
    personal: ClassVar[frozenset[str]] = frozenset({"asked"})

    asked: Asked
    salt: bytes
    file: str
    """SHA-256 of the file that was written, hex."""
    answered: Answered | None = None

    @property
    def identity(self) -> str:
        return self.asked.number

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return self.answered is None or not self.answered.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a seat knows of its office and of itself: the card it began with, and the last answer it took in."""

    kind: ClassVar[str] = "home"
    personal: ClassVar[frozenset[str]] = frozenset()

    card: OfficeCard
    answer: Answer | None = None
    proposed: tuple[Firm, ...] = ()
    """Importers that nobody has registered yet, under numbers of the seat's own: `NEW-1`."""

    @property
    def importers(self) -> tuple[Firm, ...]:
        """Whom it may choose."""
        return (*(self.answer.importers if self.answer else ()), *self.proposed)

    @property
    def identity(self) -> str:
        return self.card.code

    @property
    def about(self) -> str:
        return ""

    @property
    def live(self) -> bool:
        return True
