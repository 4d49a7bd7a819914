"""One shipment being verified: what was weighed, what lies in which container. A value; each step gives the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kpdesk.desks.sealing import ToSeal, ToVerify
from kpdesk.domain.measures import Carats
from kpdesk.domain.shipment import Container
from ui.tones import Tone
from ui.widgets.taken import Taken


@dataclass(frozen=True, slots=True)
class Item:
    """A parcel as the page lists it."""

    goods: ToVerify
    taken: Taken | None
    seal: str
    """Of the container it lies in; empty while it lies on the table."""

    @property
    def apart(self) -> Decimal | None:
        """The new weight less the agreed carats; None before it is weighed."""
        if self.taken is None:
            return None
        exact = self.taken.reading.exact if self.taken.reading else self.taken.carats.value
        return exact - self.goods.carats.value

    @property
    def agrees(self) -> bool:
        return self.apart is not None and abs(self.apart) <= self.goods.allowed.value

    @property
    def tone(self) -> Tone:
        if self.apart is None:
            return Tone.UNKNOWN
        return Tone.OK if self.agrees else Tone.STOP


@dataclass(frozen=True, slots=True)
class Packing:
    """A container takes all that was weighed and lies on the table when its seal is scanned."""

    to_seal: ToSeal
    taken: Mapping[str, Taken] = field(default_factory=dict)
    containers: tuple[Container, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        packed = {parcel: each.seal for each in self.containers for parcel in each.parcels}
        goods = self.to_seal.parcels
        return tuple(Item(each, self.taken.get(each.parcel), packed.get(each.parcel, "")) for each in goods)

    @property
    def on_the_table(self) -> tuple[str, ...]:
        """Weighed right, in no container yet."""
        return tuple(each.goods.parcel for each in self.items if each.agrees and not each.seal)

    @property
    def unweighed(self) -> tuple[ToVerify, ...]:
        return tuple(each.goods for each in self.items if not each.agrees)

    @property
    def whole(self) -> bool:
        """Every parcel is in a container."""
        return bool(self.items) and all(each.agrees and each.seal for each in self.items)

    @property
    def carats(self) -> Carats:
        return self.to_seal.shipment.carats

    def in_bag(self, scanned: str) -> ToVerify | None:
        """The parcel that lies in the bag of this number."""
        plain = _plain(scanned)
        return next((each for each in self.to_seal.parcels if _plain(each.bag) == plain), None)

    def weigh(self, parcel: str, taken: Taken) -> "Packing":
        """A new weight takes the place of one before; the parcel is out of its container again."""
        out = self.open_again(next((each.seal for each in self.containers if parcel in each.parcels), ""))
        return replace(out, taken={**self.taken, parcel: taken})

    def close(self, seal: str) -> "Packing":
        """What lies on the table goes into a container under this seal."""
        return replace(self, containers=(*self.containers, Container(seal, self.on_the_table)))

    def open_again(self, seal: str) -> "Packing":
        """What lay under this seal lies on the table again."""
        return replace(self, containers=tuple(each for each in self.containers if each.seal != seal))


def _plain(number: str) -> str:
    return "".join(number.split()).upper()
