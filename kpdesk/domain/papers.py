"""The office's own papers: what each states, and what is kept of one that was drawn.

Deposits and releases are signed by both sides, the weight sheet by the exporter (kpcs.md §4, §13): there the carats are
agreed. The day sheet carries the history's anchor out of the machine (trust.md §5).
"""

import base64
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.certificate import Anchor, Named
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Refusal


class PaperKind(StrEnum):
    DEPOSIT = "deposit"
    """An exporter leaves goods with the office."""
    RELEASE = "release"
    """The office gives goods out of its keeping."""
    WEIGHT_SHEET = "weight_sheet"
    HAND_OVER = "hand_over"
    """Goods go from one officer to another."""
    REWORK = "rework"
    """Goods were merged, split, sorted, or sold within the country."""
    RECEIPT = "receipt"
    """A fee or a levy was paid."""
    DAY_SHEET = "day_sheet"
    LIST = "list"
    LABEL = "label"
    """Drawn anew each time, and not archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePaper:
    """A paper that was drawn and archived: its number, what it is about, and how often it was printed."""

    kind: ClassVar[str] = "paper"
    personal: ClassVar[frozenset[str]] = frozenset()

    number: str
    """`D-2026-000031`, without gaps for all papers of a year."""
    paper: PaperKind
    subjects: tuple[str, ...]
    """`parcel/P-2026-000113` …: every thing it speaks of; the first is what it is filed under."""
    digest: str
    """SHA-256 of the archived PDF, hex; empty where none is archived."""
    made_at: datetime
    made_by: str
    """The officer's id."""
    prints: int = 0

    @property
    def identity(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        return self.subjects[0]

    @property
    def live(self) -> bool:
        return False


class CaratsAre(StrEnum):
    AGREED = "agreed"
    """On the weight sheet."""
    READ = "read"
    """Weighed once, not agreed."""
    DECLARED = "declared"
    """As the exporter says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsLine:
    """One parcel as a paper lists it."""

    parcel: str
    heading: Heading
    origins: tuple[str, ...]
    packing: str = ""
    """The bag's or the seal's number, or how else it is closed."""
    pieces: int = 0
    carats: Carats | None = None
    carats_are: CaratsAre = CaratsAre.AGREED


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Parcels that change hands: a deposit, a release, a hand-over."""

    paper: PaperKind
    firm: Named | None
    """Whose they are, or who takes them; None between officers."""
    given_by: str
    taken_by: str
    """Names in print under the lines to sign on; empty where a person writes it."""
    lines: tuple[GoodsLine, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """A reading as the weight sheet shows it."""

    parcel: str
    sequence: int
    officer: str
    balance: str
    shown: str
    """As the balance displayed it, with its unit."""
    carats: Carats
    by_hand: str
    """The reason it was typed, or nothing."""
    at: datetime
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSheet:
    """Every reading of one firm's parcels and the carats agreed from them."""

    firm: Named
    lines: tuple[GoodsLine, ...]
    readings: tuple[ReadingLine, ...]
    rounding: str
    """`half_up`, `down`, `trade`."""
    officers: tuple[str, ...]
    """Who took the readings that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLine:
    """Carats of one origin on both sides of a change, and why they differ."""

    origin: str
    before: Carats
    after: Carats
    sold: Carats
    loss: Carats
    gain: Carats
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReworkSheet:
    """Goods before and after a change, balanced to the carat."""

    what: str
    """`merge`, `split`, `sort`, `sell`."""
    firm: Named
    before: tuple[GoodsLine, ...]
    after: tuple[GoodsLine, ...]
    balance: tuple[BalanceLine, ...]
    officer: str
    supervisor: str
    buyer: Named | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """One fee or levy that was paid; the two stand in ledgers of their own (kpcs.md §4)."""

    what: str
    ledger: str
    base: Money | None
    rate: str
    """`3 %`, or nothing for a fixed fee."""
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeReceipt:
    """What a firm has paid, and for what."""

    payer: Named
    about: str
    """The certificate, shipment or licence it was paid for."""
    payments: tuple[PaidLine, ...]
    paid_on: date
    paid_by: str
    """How: bank and its receipt number, cash book."""
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One line of the close of day; amounts as they are written, for goods and numbered stock alike."""

    what: str
    opening: str
    received: str
    left: str
    """Released, used, spoiled."""
    expected: str
    counted: str
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """The close of a day: counts, differences, and the history as it stood."""

    day: date
    counts: tuple[Count, ...]
    differences: tuple[str, ...]
    """Numbers not accounted for and what is said of them."""
    anchor: Anchor
    first: str
    second: str
    """The two officers who counted."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    heading: str
    share: float = 1.0
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart for paper: its dots in grey, a byte each, line by line from the top."""

    wide: int
    high: int
    grey: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSheet:
    """Any table for paper, as a screen shows it."""

    title: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...] = ()
    remark: str = ""
    drawing: Drawing | None = None
    """Stands above the table."""


class LabelSize(StrEnum):
    """What a label printer is loaded with."""

    SMALL = "57x32"
    ROLL = "62x29"
    LARGE = "100x50"

    @property
    def millimetres(self) -> tuple[int, int]:
        wide, high = self.value.split("x")
        return int(wide), int(high)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLabel:
    parcel: str
    heading: Heading
    origins: tuple[str, ...]
    carats: Carats | None
    on: date
    office: str
    practice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerLabel:
    """For the outside of a sealed container: no carats and no value, for the outside is read by everybody."""

    certificate: str
    exporter: Named
    importer: Named
    destination: str
    seal: str
    place: int
    """The first container is 1."""
    containers: int
    office: str
    authority: str
    practice: bool


_ANCHOR = re.compile(r"KPA1:(\d{1,6}):(\d{1,12}):([A-Z2-7]{16})")


@dataclass(eq=False)
class NotAnAnchor(Refusal):
    """The text is no anchor of a history, as a day sheet's code or its line has it."""

    text: str


def anchor_code(anchor: Anchor) -> str:
    """What a day sheet's QR code says: `KPA1:`, epoch, size and 80 bits of the head in base32."""
    return f"KPA1:{anchor.epoch}:{anchor.size}:{base64.b32encode(anchor.head).decode()}"


def read_anchor(text: str) -> Anchor:
    """From a day sheet's code, or from its line as a person types it; raises NotAnAnchor."""
    found = _ANCHOR.fullmatch(re.sub(r"[\s\u00a0]", "", text[:120]).upper())
    if not found:
        raise NotAnAnchor(text[:40])
    epoch, size, head = found.groups()
    return Anchor(int(epoch), int(size), base64.b32decode(head))
