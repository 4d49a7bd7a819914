"""A parcel as the clerk typed it, and what the register page asks of a desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from kpdesk.desks.counter import Shot
from kpdesk.domain.custody import Voucher
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import Source
from kpdesk.domain.production import Holding
from kpdesk.domain.slips import PartySlip
from ui.clerk.parked_card import Waits
from ui.slips import Agreement, Registered
from ui.tones import Answer
from ui.widgets.taken import Taken


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where imported goods are drawn from, and how much; without carats the whole parcel."""

    source: str
    carats: Carats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What is not yet known is None or empty."""

    exporter: str | None
    source: Source
    title: str
    """The mining title or mine, where mined."""
    zone: str
    origins: tuple[str, ...]
    provenance: str
    heading: Heading
    pieces: int | None
    bag: str
    first: Carats | None
    second: Carats | None
    """Only where the office lets the same officer weigh again."""
    note: str
    customs: str
    mines: str
    """Who of these services is there."""
    by_hand: str = ""
    """Why the carats were typed and not taken from the balance: the code of the reason."""
    taken: tuple[Taken, ...] = ()
    """What the balance gave while this parcel was typed; carats that are none of these were typed."""
    why: str = ""
    """Why one goes on in spite of a warning: the code of the reason."""
    vouchers: tuple[Voucher, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    photo: Shot | None = field(default=None, repr=False)

    @property
    def weighed(self) -> tuple[Taken, ...]:
        """Each weighing as the balance gave it, or as it was typed."""
        given = {taken.carats: taken for taken in self.taken}
        both = (carats for carats in (self.first, self.second) if carats is not None)
        return tuple(given.get(carats) or Taken(carats, None, "", self.by_hand) for carats in both)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the fields offer."""

    exporters: Sequence[PartySlip]
    titles: Sequence[str]
    countries: Sequence[tuple[str, str]]
    """(ISO code, name)."""
    whys: Sequence[tuple[str, str]] = ()
    """(code, words): why one goes on in spite of a warning."""
    sellers: Sequence[PartySlip] = ()
    holdings: Sequence[Holding] = ()
    zones: Sequence[tuple[str, str]] = ()
    """(country, zone) open today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterActs:
    """What the page asks of a desk; all run in the workroom."""

    known: Callable[[], Known]
    check: Callable[[Intake], Sequence[tuple[str, Answer]]]
    """(field, what is found about it); a field is named as in `Intake`."""
    agreement: Callable[[Carats, Carats], Agreement]
    draft: Callable[[], Mapping[str, str]]
    keep_draft: Callable[[Mapping[str, str]], datetime]
    """Keeps the fields as they are typed; an empty mapping forgets the draft."""
    save: Callable[[Intake], Registered]
    read_photo: Callable[[Path | bytes, str], Shot]
    """Runs in the camera's lane."""
    photo_text: Callable[[Shot | None], str]
    photo_of: Callable[[str], Shot | None]
    """Back from its text; in the camera's lane."""
    read_vouchers: Callable[[Path | bytes, str], Sequence[Voucher]]
    park: Callable[[str, Mapping[str, str]], object]
    parked: Callable[[], Sequence[Waits]]
    take_up: Callable[[str], Mapping[str, str]]
    today: Callable[[], date]
