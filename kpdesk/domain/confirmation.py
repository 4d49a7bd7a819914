"""The confirmation of receipt, sent by an importing authority to the exporting one (KPCS III(b), Annex I B)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.records import Value

_KINDS = {
    "receiver": str,
    "authority": str,
    "parcels": int,
    "headings": list,
    "exporter": str,
    "importer": str,
    "differs": bool,
    "remarks": str,
}
"""What no value of ours checks by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What was received under one certificate: at least its number, parcels, carats, importer and exporter."""

    number: Number
    receiver: str
    """The importing participant."""
    authority: str
    received: date
    parcels: int
    carats: Carats
    """As weighed on arrival."""
    value: Money
    """As the certificate states it: the importing office does not replace it."""
    headings: tuple[str, ...]
    exporter: str
    importer: str
    differs: bool
    """Goods and certificate were not the same; `remarks` say how."""
    remarks: str = ""

    def record(self) -> dict[str, Value]:
        return {
            "format": "kpdesk-confirmation/1",
            "number": self.number.text,
            "receiver": self.receiver,
            "authority": self.authority,
            "received": self.received.isoformat(),
            "parcels": self.parcels,
            "carats": str(self.carats),
            "value": str(self.value),
            "headings": self.headings,
            "exporter": self.exporter,
            "importer": self.importer,
            "differs": self.differs,
            "remarks": self.remarks,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """From a parsed record; raises KeyError, TypeError, ValueError and refusals of its values."""
        if record["format"] != "kpdesk-confirmation/1":
            raise ValueError("another format")
        for name, kind in _KINDS.items():
            if type(record[name]) is not kind:
                raise ValueError(f"{name} is wanted as {kind.__name__}")
        if not all(isinstance(heading, str) for heading in record["headings"]):
            raise ValueError("headings are texts")
        made = cls(
            number=Number(record["number"]),
            receiver=record["receiver"],
            authority=record["authority"],
            received=date.fromisoformat(record["received"]),
            parcels=record["parcels"],
            carats=Carats.of(record["carats"]),
            value=Money.of(record["value"]),
            headings=tuple(record["headings"]),
            exporter=record["exporter"],
            importer=record["importer"],
            differs=record["differs"],
            remarks=record["remarks"],
        )
        if made.record() != {**record, "headings": made.headings}:
            raise ValueError("another content")
        return made

    def differs_from(self, facts: Facts) -> bool:
        """Whether the importing authority received something else than we certified."""
        return (
            self.differs
            or self.receiver != facts.destination
            or (self.carats, self.value, self.parcels) != (facts.carats, facts.value, facts.parcels)
        )
