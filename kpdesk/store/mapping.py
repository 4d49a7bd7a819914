"""The domain's classes laid upon their tables, from outside: the domain knows nothing of it.

Every field is mapped, for loading skips `__init__`. Frozen values are column types, not classes of their own.
"""

from functools import cache

from sqlalchemy.orm import registry

from kpdesk.domain.inspection import Incoming, Seizure
from kpdesk.domain.issuance import Certificate
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.parties import Officer, Party
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.stock import Stock
from kpdesk.domain.titles import Title
from kpdesk.store import tables


@cache
def map_domain() -> registry:
    """Lay the classes on the tables, once a process."""
    mapper = registry(metadata=tables.metadata)
    mapper.map_imperatively(Officer, tables.officers)
    mapper.map_imperatively(Party, tables.parties)
    mapper.map_imperatively(Title, tables.titles)
    mapper.map_imperatively(Parcel, tables.parcels)
    mapper.map_imperatively(Shipment, tables.shipments)
    mapper.map_imperatively(Certificate, tables.certificates)
    mapper.map_imperatively(Stock, tables.stock)
    mapper.map_imperatively(Incoming, tables.incoming)
    mapper.map_imperatively(Seizure, tables.seizures)
    return mapper
