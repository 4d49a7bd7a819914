"""Every table of an office's store, and of the Authority's, which is a second store of the same schema.

Carats are integer thousandths, US$ integer cents, moments UTC text, days ISO text (`columns`). What is in APPEND_ONLY
is kept for good: triggers abort UPDATE and DELETE.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Dialect, ForeignKey, Index, MetaData, Table
from sqlalchemy.types import TypeDecorator

from kpdesk.domain.certificate import Anchor, Facts
from kpdesk.domain.fees import Ledger
from kpdesk.domain.goods import Heading
from kpdesk.domain.inspection import Arrival, Outcome
from kpdesk.domain.issuance import State
from kpdesk.domain.kept import record_of, value_of
from kpdesk.domain.ledgers import EntryKind
from kpdesk.domain.measures import Carats
from kpdesk.domain.parcel import Draw, ParcelState, Source
from kpdesk.domain.particulars import FormerName, Representative
from kpdesk.domain.parties import Licence, PartyKind, Role
from kpdesk.domain.records import canonical, parse
from kpdesk.domain.shipment import Container, ShipmentState
from kpdesk.domain.spans import span
from kpdesk.domain.stock import Paper, StockKind, StockState
from kpdesk.domain.titles import FormerHolder
from kpdesk.domain.trust import Algorithm, Approval, Reason
from kpdesk.domain.valuation import FigureKind, PriceReason, SizeLine
from kpdesk.domain.weighing import Reading
from kpdesk.store.columns import (
    BYTES,
    INTEGER,
    TEXT,
    CaratsColumn,
    Codes,
    Day,
    Flag,
    JsonText,
    Moment,
    MoneyColumn,
    NumberColumn,
    Word,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Shaped(TypeDecorator[Any]):
    """A frozen value of the domain as one canonical JSON text."""

    impl = TEXT
    cache_ok = True

    def __init__(self, dump: Callable[[Any], Any], load: Callable[[Any], Any]) -> None:
        super().__init__()
        self.dump = dump
        self.load = load

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical({"of": self.dump(value)})

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        return None if value is None else self.load(parse(value)["of"])


class Listed(TypeDecorator[Any]):
    """Several frozen values of one class, in their order, as one canonical JSON text."""

    impl = TEXT
    cache_ok = True

    def __init__(self, shape: type[Any]) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical({"of": [record_of(each) for each in value]})

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        rows: Any = None if value is None else parse(value)["of"]
        return None if rows is None else tuple(value_of(self.shape, row) for row in rows)


class FactsColumn(TypeDecorator[Facts]):
    """A certificate's facts as their canonical text, without number and anchor."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: Facts | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value.record())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Facts | None:
        return None if value is None else Facts.from_record(parse(value))


def _dump_draws(draws: tuple[Draw, ...]) -> list[list[str]]:
    return [[draw.source, draw.origin, str(draw.carats)] for draw in draws]


def _load_draws(rows: list[list[str]]) -> tuple[Draw, ...]:
    return tuple(Draw(source, origin, Carats.of(carats)) for source, origin, carats in rows)


def _dump_portions(portions: tuple[Reading, ...]) -> list[Any]:
    return [
        {
            "value": str(portion.value),
            "unit": portion.unit,
            "stable_by": portion.stable_by or "",
            "net": {True: "net", False: "gross", None: ""}[portion.net],
            "unverified_digits": portion.unverified_digits,
            "raw": portion.raw.hex(),
            "at": portion.at.isoformat(),
        }
        for portion in portions
    ]


def _load_portions(rows: list[dict[str, Any]]) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            value=Decimal(row["value"]),
            unit=row["unit"],
            stable=True,
            stable_by=row["stable_by"] or None,
            net={"net": True, "gross": False, "": None}[row["net"]],
            unverified_digits=row["unverified_digits"],
            raw=bytes.fromhex(row["raw"]),
            at=datetime.fromisoformat(row["at"]),
        )
        for row in rows
    )


def _dump_containers(containers: tuple[Container, ...]) -> list[list[Any]]:
    return [[container.seal, list(container.parcels)] for container in containers]


def _load_containers(rows: list[list[Any]]) -> tuple[Container, ...]:
    return tuple(Container(seal, tuple(parcels)) for seal, parcels in rows)


def _dump_approvals(approvals: tuple[Approval, ...]) -> list[dict[str, Any]]:
    return [dict(approval.record()) for approval in approvals]


def _load_approvals(rows: list[dict[str, str]]) -> tuple[Approval, ...]:
    return tuple(
        Approval(
            id=row["id"],
            action=row["action"],
            subject=row["subject"],
            digest=row["digest"],
            at=datetime.fromisoformat(row["at"]),
            officer=row["officer"],
            kid=bytes.fromhex(row["key"]),
            signature=bytes.fromhex(row["signature"]),
        )
        for row in rows
    )


def _dump_anchor(anchor: Anchor) -> list[Any]:
    return [anchor.epoch, anchor.size, anchor.head.hex()]


def _load_anchor(row: list[Any]) -> Anchor:
    epoch, size, first = row
    return Anchor(epoch, size, bytes.fromhex(first))


def _load_roles(roles: list[str]) -> frozenset[Role]:
    return frozenset(Role(role) for role in roles)


def _dump_licences(licences: tuple[Licence, ...]) -> list[dict[str, Any]]:
    return [dict(licence.record()) for licence in licences]


def _load_licences(rows: list[dict[str, Any]]) -> tuple[Licence, ...]:
    return tuple(
        Licence(
            number=row["number"],
            kind=PartyKind(row["kind"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            withdrawn=date.fromisoformat(row["withdrawn"]) if row["withdrawn"] else None,
            suspended=tuple(span(*map(date.fromisoformat, days)) for days in row["suspended"]),
        )
        for row in rows
    )


def _dump_size_lines(lines: tuple[SizeLine, ...]) -> list[list[str]]:
    return [
        [line.size_class, str(line.carats), str(line.per_carat), *([line.reason.value] if line.reason else ())]
        for line in lines
    ]


def _load_size_lines(rows: list[list[str]]) -> tuple[SizeLine, ...]:
    return tuple(
        SizeLine(size, Carats.of(carats), Decimal(price), *map(PriceReason, reason))
        for size, carats, price, *reason in rows
    )


def _text(name: str, *constraints: Any, **options: Any) -> Column[str]:
    return Column(name, TEXT, *constraints, nullable=False, **options)


def _count(name: str, **options: Any) -> Column[int]:
    return Column(name, INTEGER, nullable=False, **options)


# The office

settings = Table(
    "settings",
    metadata,
    _text("name", primary_key=True),
    Column("effective_from", Day(), primary_key=True),
    Column("set_at", Moment(), primary_key=True),
    Column("value", JsonText(), nullable=False),
    _text("set_by"),
)
counters = Table("counters", metadata, _text("name", primary_key=True), _count("value"))
history = Table(
    "history",
    metadata,
    _count("sequence", primary_key=True, autoincrement=False),
    _text("previous"),
    _text("body"),
    _text("digest", unique=True),
    _text("kind"),
    _text("subject"),
    _text("record"),
    Column("at", Moment(), nullable=False),
    _text("by"),
    _text("act"),
    Index("ix_history_subject_sequence", "subject", "sequence"),
    Index("ix_history_kind_sequence", "kind", "sequence"),
    Index("ix_history_at", "at", "sequence"),
    Index("ix_history_by", "by", "sequence", "act"),
    Index("ix_history_act", "act", "sequence", "by"),
)
"""`at`, `by` and `act` are the body's own, laid out so that an index finds them; the audit compares them with it."""

head = Table(
    "head",
    metadata,
    _count("id", primary_key=True, autoincrement=False),
    _count("epoch"),
    _count("size"),
    _text("digest"),
)
sealed_keys = Table(
    "sealed_keys",
    metadata,
    _text("name", primary_key=True),
    _text("officer", primary_key=True),
    Column("public", BYTES, nullable=False),
    Column("sealed", BYTES, nullable=False),
)
drafts = Table(
    "drafts",
    metadata,
    _text("officer", primary_key=True),
    _text("screen", primary_key=True),
    _text("text"),
    Column("saved_at", Moment(), nullable=False),
)
papers = Table(
    "papers",
    metadata,
    _text("digest", primary_key=True),
    _text("subject", index=True),
    _text("name"),
    Column("content", BYTES, nullable=False),
    Column("kept_at", Moment(), nullable=False),
    Index("ix_papers_kept_at_subject", "kept_at", "subject"),
)

kept = Table(
    "kept",
    metadata,
    _text("kind", primary_key=True),
    _text("identity", primary_key=True),
    _text("about"),
    Column("live", Flag(), nullable=False),
    _text("record"),
    _count("revision"),
    Index("ix_kept_kind_live_identity", "kind", "live", "identity"),
    Index("ix_kept_about_kind", "about", "kind", "identity"),
)
"""What has no table of its own, each as its whole record (`domain.kept`)."""

# People and firms

officers = Table(
    "officers",
    metadata,
    _text("id", primary_key=True),
    _text("name", unique=True),
    Column("salt", BYTES, nullable=False),
    Column("roles", Shaped(sorted, _load_roles), nullable=False),
    Column("public_key", BYTES, nullable=False),
    Column("joined", Day(), nullable=False),
    Column("left", Day()),
    Column("acknowledged", Flag(), nullable=False),
    _count("revision"),
)
parties = Table(
    "parties",
    metadata,
    _text("number", primary_key=True),
    Column("party_kind", Word(PartyKind), nullable=False),
    _text("name"),
    _text("address"),
    _text("country"),
    _text("residence"),
    _text("email"),
    _text("registration"),
    _text("telephone"),
    _text("remark"),
    Column("former_names", Listed(FormerName), nullable=False),
    Column("licences", Shaped(_dump_licences, _load_licences), nullable=False),
    Column("representatives", Listed(Representative), nullable=False),
    _text("stamp"),
    Column("salt", BYTES, nullable=False),
    _count("revision"),
    Index("ix_parties_party_kind_number", "party_kind", "number"),
)
titles = Table(
    "titles",
    metadata,
    _text("number", primary_key=True),
    _text("mine"),
    _text("holder"),
    _text("country"),
    _text("area"),
    _text("zone"),
    Column("monthly_capacity", CaratsColumn(), nullable=False),
    Column("valid_from", Day(), nullable=False),
    Column("valid_until", Day()),
    _text("coordinates"),
    Column("former_holders", Listed(FormerHolder), nullable=False),
    _count("revision"),
)
production = Table(
    "production",
    metadata,
    _text("title", ForeignKey("titles.number"), primary_key=True),
    Column("month", Day(), primary_key=True),
    Column("heading", Word(Heading), primary_key=True),
    _text("mine"),
    Column("carats", CaratsColumn(), nullable=False),
    Column("value", MoneyColumn(), nullable=False),
)
"""Monthly returns by mining title."""

pools = Table(
    "pools",
    metadata,
    _text("source", primary_key=True),
    _text("origin", primary_key=True),
    Column("brought", CaratsColumn(), nullable=False),
    Column("drawn", CaratsColumn(), nullable=False),
)
"""Carats that came in under certificates or lie in a trader's pool, and what re-exports drew of them."""

# Goods

parcels = Table(
    "parcels",
    metadata,
    _text("number", primary_key=True),
    _text("exporter"),
    Column("heading", Word(Heading), nullable=False),
    Column("origins", Codes(), nullable=False),
    _text("provenance"),
    Column("source", Word(Source), nullable=False),
    _text("title"),
    _text("zone"),
    Column("draws", Shaped(_dump_draws, _load_draws), nullable=False),
    _count("pieces"),
    _text("note"),
    Column("received_at", Moment(), nullable=False),
    _text("received_by"),
    Column("state", Word(ParcelState), nullable=False),
    Column("carats", CaratsColumn()),
    _text("weighed_by"),
    Column("value", MoneyColumn()),
    _text("valued_by"),
    _text("bag"),
    _text("shipment"),
    _count("revision"),
    Index("ix_parcels_state_number", "state", "number"),
    Index("ix_parcels_exporter_number", "exporter", "number"),
    Index("ix_parcels_exporter_received_at", "exporter", "received_at"),
    Index("ix_parcels_shipment", "shipment"),
    Index("ix_parcels_received_at", "received_at"),
)
weighings = Table(
    "weighings",
    metadata,
    _text("parcel", ForeignKey("parcels.number"), primary_key=True),
    _count("sequence", primary_key=True, autoincrement=False),
    _text("officer"),
    _text("balance"),
    _text("value"),
    _text("unit"),
    _text("stable_by"),
    Column("net", Flag()),
    _count("unverified_digits"),
    Column("carats", CaratsColumn(), nullable=False),
    _text("by_hand"),
    Column("raw", BYTES, nullable=False),
    Column("portions", Shaped(_dump_portions, _load_portions), nullable=False),
    Column("at", Moment(), nullable=False),
    Index("ix_weighings_at", "at"),
)
figures = Table(
    "figures",
    metadata,
    _text("parcel", ForeignKey("parcels.number"), primary_key=True),
    _count("round", primary_key=True, autoincrement=False),
    Column("kind", Word(FigureKind), primary_key=True),
    Column("total", MoneyColumn(), nullable=False),
    Column("lines", Shaped(_dump_size_lines, _load_size_lines), nullable=False),
    _text("by"),
    Column("salt", BYTES, nullable=False),
    Column("versions", Codes(), nullable=False),
    _text("second"),
    Column("reasoned", Flag(), nullable=False),
    Column("at", Moment(), nullable=False),
    Index("ix_figures_by_reasoned_at", "by", "reasoned", "at"),
)
price_lines = Table(
    "price_lines",
    metadata,
    _text("parcel", ForeignKey("parcels.number"), primary_key=True),
    _text("size_class", primary_key=True),
    _text("origin"),
    _text("source"),
    Column("per_carat", MoneyColumn(), nullable=False),
    Column("valued_on", Day(), nullable=False),
    Index("ix_price_lines_source", "source", "size_class", "valued_on", "per_carat", "parcel"),
    Index("ix_price_lines_class", "origin", "size_class", "valued_on", "per_carat", "parcel"),
    Index("ix_price_lines_origin", "origin", "valued_on", "per_carat", "parcel"),
)
"""The prices of figures that counted, written when a parcel's last one is in: what a new price is held against."""

ledger = Table(
    "ledger",
    metadata,
    Column("kind", Word(EntryKind), primary_key=True),
    _text("identity", primary_key=True),
    Column("ledger", Word(Ledger), nullable=False),
    Column("booked_on", Day(), nullable=False),
    Column("amount", MoneyColumn(), nullable=False),
    Index("ix_ledger_sums", "ledger", "booked_on", "kind", "amount"),
)
"""Each movement of claims and receipts, which are kept values: their sums by day."""
shipments = Table(
    "shipments",
    metadata,
    _text("number", primary_key=True),
    _text("exporter"),
    _text("importer"),
    _text("destination"),
    Column("parcels", Codes(), nullable=False),
    Column("conflict_free", Flag(), nullable=False),
    _text("warranty"),
    Column("applied_at", Moment(), nullable=False),
    _text("applied_by"),
    Column("containers", Shaped(_dump_containers, _load_containers), nullable=False),
    Column("state", Word(ShipmentState), nullable=False),
    Column("lifted", Codes(), nullable=False),
    _count("revision"),
    Index("ix_shipments_state_number", "state", "number"),
)

# Certificates

certificates = Table(
    "certificates",
    metadata,
    _text("id", primary_key=True),
    _text("shipment"),
    Column("facts", FactsColumn(), nullable=False),
    _text("prepared_by"),
    Column("state", Word(State), nullable=False),
    Column("approvals", Shaped(_dump_approvals, _load_approvals), nullable=False),
    _text("approved_by"),
    Column("number", NumberColumn(), unique=True),
    Column("anchor", Shaped(_dump_anchor, _load_anchor)),
    _text("code"),
    _text("compact_code"),
    _text("pdf_digest"),
    _count("sheets"),
    _text("validated_by"),
    Column("validated_at", Moment()),
    _text("carrier"),
    Column("released_at", Moment()),
    Column("exported_on", Day()),
    Column("confirmed_on", Day()),
    _text("replaced_by"),
    _text("reason"),
    _count("revision"),
    Index("ix_certificates_state_id", "state", "id"),
    Index("ix_certificates_shipment_state", "shipment", "state"),
    Index("ix_certificates_state_exported_on", "state", "exported_on"),
)
certificate_lines = Table(
    "certificate_lines",
    metadata,
    _text("certificate", ForeignKey("certificates.id"), primary_key=True),
    Column("heading", Word(Heading), primary_key=True),
    _text("destination"),
    _text("origin"),
    Column("carats", CaratsColumn(), nullable=False),
    Column("value", MoneyColumn(), nullable=False),
    Column("exported_on", Day(), nullable=False),
    Index("ix_certificate_lines_quarter", "exported_on", "heading", "destination", "origin", "carats", "value"),
)
"""The trade statistics' base, written when a certificate is exported and removed when it comes back unused."""

stock = Table(
    "stock",
    metadata,
    Column("what", Word(StockKind), primary_key=True),
    _text("number", primary_key=True),
    Column("paper", Word(Paper)),
    _text("edition"),
    Column("state", Word(StockState), nullable=False),
    _text("holder"),
    _text("used_for"),
    _count("revision"),
    Index("ix_stock_what_state_number", "what", "state", "number"),
)
void_numbers = Table(
    "void_numbers",
    metadata,
    Column("number", NumberColumn(), primary_key=True),
    Column("reason", Word(Reason), nullable=False),
    Column("since", Day(), nullable=False),
)

# What comes in

incoming = Table(
    "incoming",
    metadata,
    _text("id", primary_key=True),
    Column("number", NumberColumn(), nullable=False),
    _text("scan", unique=True),
    Column("facts", FactsColumn()),
    Column("arrival", Shaped(Arrival.record, Arrival.from_record)),
    Column("outcome", Word(Outcome), nullable=False),
    Column("at", Moment(), nullable=False),
    _text("by"),
    Column("findings", Codes(), nullable=False),
    _text("confirmation"),
    _text("reason"),
    _count("revision"),
    Index("ix_incoming_number_at", "number", "at"),
)
received_numbers = Table(
    "received_numbers",
    metadata,
    Column("number", NumberColumn(), primary_key=True),
    _text("incoming"),
    Column("on", Day(), nullable=False),
    _text("where"),
)
"""One row a number that was received, for ever: the primary key is what stops a second receipt."""

seizures = Table(
    "seizures",
    metadata,
    _text("id", primary_key=True),
    _text("number"),
    _text("holder"),
    Column("carats", CaratsColumn(), nullable=False),
    _text("reason"),
    _text("seal"),
    Column("at", Moment(), nullable=False),
    _text("by"),
    _text("witness"),
    _count("revision"),
)

# Between office and Authority

lists_files = Table(
    "lists_files",
    metadata,
    _count("sequence", primary_key=True, autoincrement=False),
    Column("content", BYTES, nullable=False),
    Column("accepted_at", Moment(), nullable=False),
    _text("accepted_by"),
)
batches = Table(
    "batches",
    metadata,
    _text("office", primary_key=True),
    _count("epoch", primary_key=True, autoincrement=False),
    _count("sequence", primary_key=True, autoincrement=False),
    _text("digest"),
    _count("history_size"),
    _text("history_head"),
    Column("at", Moment(), nullable=False),
)
"""At an office: what it sent. At the Authority: what it took, by office."""
waiting_batches = Table(
    "waiting_batches",
    metadata,
    _text("office", primary_key=True),
    _count("epoch", primary_key=True, autoincrement=False),
    _count("sequence", primary_key=True, autoincrement=False),
    _text("digest"),
    Column("content", BYTES, nullable=False),
)
"""At the Authority: batches kept until earlier ones come."""
receipts = Table(
    "receipts",
    metadata,
    _text("office", primary_key=True),
    _count("number", primary_key=True, autoincrement=False),
    _count("epoch"),
    _count("sequence"),
    _text("batch"),
    _text("digest"),
    _text("result"),
    Column("content", BYTES, nullable=False),
    Column("at", Moment(), nullable=False),
    Index("ix_receipts_office_epoch_sequence", "office", "epoch", "sequence"),
)
"""At the Authority: receipts given. At an office: receipts taken."""
office_records = Table(
    "office_records",
    metadata,
    _text("office", primary_key=True),
    _text("kind", primary_key=True),
    _text("identity", primary_key=True),
    _count("revision", primary_key=True, autoincrement=False),
    _text("line"),
    Index("ix_office_records_kind_office", "kind", "office"),
)
"""At the Authority: every revision of every record that offices sent."""
office_certificates = Table(
    "office_certificates",
    metadata,
    _text("serial", primary_key=True),
    _text("office"),
    Column("content", BYTES, nullable=False),
    Column("made_at", Moment(), nullable=False),
    Column("revoked_at", Moment()),
)
"""At the Authority: every certificate it made."""
trust_files = Table(
    "trust_files",
    metadata,
    _text("name", primary_key=True),
    Column("content", BYTES, nullable=False),
    Column("kept_at", Moment(), nullable=False),
)
"""The newest of each: an office's batch certificate and the Authority's revocations."""
issuer_keys = Table(
    "issuer_keys",
    metadata,
    Column("public", BYTES, primary_key=True),
    _text("participant"),
    _text("authority"),
    Column("algorithm", Word(Algorithm), nullable=False),
    Column("valid_from", Day(), nullable=False),
    Column("valid_until", Day()),
    Column("revoked_from", Day()),
    Column("purposes", Codes(), nullable=False),
)
"""At the Authority: the keys of all accepted issuers, own and foreign, that its lists name."""

for table in metadata.tables.values():
    table.dialect_options["sqlite"]["strict"] = True

APPEND_ONLY = (
    "history",
    "weighings",
    "figures",
    "ledger",
    "papers",
    "void_numbers",
    "received_numbers",
    "receipts",
    "office_records",
    "lists_files",
)
