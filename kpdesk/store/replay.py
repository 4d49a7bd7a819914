"""All entries of the history and all nouns of the books, for the comparison of the two."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from kpdesk.domain.inspection import Incoming, Seizure
from kpdesk.domain.issuance import Certificate
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Officer, Party
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.stock import Stock
from kpdesk.domain.titles import Title
from kpdesk.store import keeping, tables
from kpdesk.store.unit import Noun, Unit

NOUNS: tuple[type[Any], ...] = (Officer, Party, Title, Parcel, Shipment, Certificate, Stock, Incoming, Seizure)
KINDS = frozenset(noun.kind for noun in (*NOUNS, *keeping.KEPT))
_AT_ONCE = 1000


def entries(unit: Unit) -> Iterator[Any]:
    """Rows (sequence, previous, body, digest, kind, subject, record, at, by, act) in their order."""
    table = tables.history
    yield from unit.session.execute(select(table).order_by(table.c.sequence).execution_options(yield_per=_AT_ONCE))


def nouns(unit: Unit) -> Iterator[Noun | keeping.KeptNoun]:
    """Everything that has a row and a record."""
    for noun in NOUNS:
        for found in unit.session.scalars(select(noun).execution_options(yield_per=_AT_ONCE)):
            yield found
            unit.session.expunge(found)
    yield from keeping.nouns(unit)
