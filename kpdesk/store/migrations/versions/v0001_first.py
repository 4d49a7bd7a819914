"""The first schema. Made by `python -m kpdesk.store.migrations`; frozen at the first release."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
INTEGER = BigInteger().with_variant(Integer(), "sqlite")
BYTES = LargeBinary()

KEPT_FOR_GOOD = [
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
]


def upgrade() -> None:
    op.create_table(
        "batches",
        Column("office", TEXT, nullable=False),
        Column("epoch", INTEGER, nullable=False, autoincrement=False),
        Column("sequence", INTEGER, nullable=False, autoincrement=False),
        Column("digest", TEXT, nullable=False),
        Column("history_size", INTEGER, nullable=False),
        Column("history_head", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        PrimaryKeyConstraint("office", "epoch", "sequence", name="pk_batches"),
        sqlite_strict=True,
    )
    op.create_table(
        "certificates",
        Column("id", TEXT, nullable=False),
        Column("shipment", TEXT, nullable=False),
        Column("facts", TEXT, nullable=False),
        Column("prepared_by", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("approvals", TEXT, nullable=False),
        Column("approved_by", TEXT, nullable=False),
        Column("number", TEXT, nullable=True),
        Column("anchor", TEXT, nullable=True),
        Column("code", TEXT, nullable=False),
        Column("compact_code", TEXT, nullable=False),
        Column("pdf_digest", TEXT, nullable=False),
        Column("sheets", INTEGER, nullable=False),
        Column("validated_by", TEXT, nullable=False),
        Column("validated_at", TEXT, nullable=True),
        Column("carrier", TEXT, nullable=False),
        Column("released_at", TEXT, nullable=True),
        Column("exported_on", TEXT, nullable=True),
        Column("confirmed_on", TEXT, nullable=True),
        Column("replaced_by", TEXT, nullable=False),
        Column("reason", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("id", name="pk_certificates"),
        UniqueConstraint("number", name="uq_certificates_number"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_certificates_shipment_state",
        "certificates",
        ["shipment", "state"],
    )
    op.create_index(
        "ix_certificates_state_exported_on",
        "certificates",
        ["state", "exported_on"],
    )
    op.create_index(
        "ix_certificates_state_id",
        "certificates",
        ["state", "id"],
    )
    op.create_table(
        "counters",
        Column("name", TEXT, nullable=False),
        Column("value", INTEGER, nullable=False),
        PrimaryKeyConstraint("name", name="pk_counters"),
        sqlite_strict=True,
    )
    op.create_table(
        "drafts",
        Column("officer", TEXT, nullable=False),
        Column("screen", TEXT, nullable=False),
        Column("text", TEXT, nullable=False),
        Column("saved_at", TEXT, nullable=False),
        PrimaryKeyConstraint("officer", "screen", name="pk_drafts"),
        sqlite_strict=True,
    )
    op.create_table(
        "head",
        Column("id", INTEGER, nullable=False, autoincrement=False),
        Column("epoch", INTEGER, nullable=False),
        Column("size", INTEGER, nullable=False),
        Column("digest", TEXT, nullable=False),
        PrimaryKeyConstraint("id", name="pk_head"),
        sqlite_strict=True,
    )
    op.create_table(
        "history",
        Column("sequence", INTEGER, nullable=False, autoincrement=False),
        Column("previous", TEXT, nullable=False),
        Column("body", TEXT, nullable=False),
        Column("digest", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("subject", TEXT, nullable=False),
        Column("record", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("act", TEXT, nullable=False),
        PrimaryKeyConstraint("sequence", name="pk_history"),
        UniqueConstraint("digest", name="uq_history_digest"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_history_act",
        "history",
        ["act", "sequence", "by"],
    )
    op.create_index(
        "ix_history_at",
        "history",
        ["at", "sequence"],
    )
    op.create_index(
        "ix_history_by",
        "history",
        ["by", "sequence", "act"],
    )
    op.create_index(
        "ix_history_kind_sequence",
        "history",
        ["kind", "sequence"],
    )
    op.create_index(
        "ix_history_subject_sequence",
        "history",
        ["subject", "sequence"],
    )
    op.create_table(
        "incoming",
        Column("id", TEXT, nullable=False),
        Column("number", TEXT, nullable=False),
        Column("scan", TEXT, nullable=False),
        Column("facts", TEXT, nullable=True),
        Column("arrival", TEXT, nullable=True),
        Column("outcome", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("findings", TEXT, nullable=False),
        Column("confirmation", TEXT, nullable=False),
        Column("reason", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("id", name="pk_incoming"),
        UniqueConstraint("scan", name="uq_incoming_scan"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_incoming_number_at",
        "incoming",
        ["number", "at"],
    )
    op.create_table(
        "issuer_keys",
        Column("public", BYTES, nullable=False),
        Column("participant", TEXT, nullable=False),
        Column("authority", TEXT, nullable=False),
        Column("algorithm", TEXT, nullable=False),
        Column("valid_from", TEXT, nullable=False),
        Column("valid_until", TEXT, nullable=True),
        Column("revoked_from", TEXT, nullable=True),
        Column("purposes", TEXT, nullable=False),
        PrimaryKeyConstraint("public", name="pk_issuer_keys"),
        sqlite_strict=True,
    )
    op.create_table(
        "kept",
        Column("kind", TEXT, nullable=False),
        Column("identity", TEXT, nullable=False),
        Column("about", TEXT, nullable=False),
        Column("live", INTEGER, nullable=False),
        Column("record", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("kind", "identity", name="pk_kept"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_kept_about_kind",
        "kept",
        ["about", "kind", "identity"],
    )
    op.create_index(
        "ix_kept_kind_live_identity",
        "kept",
        ["kind", "live", "identity"],
    )
    op.create_table(
        "ledger",
        Column("kind", TEXT, nullable=False),
        Column("identity", TEXT, nullable=False),
        Column("ledger", TEXT, nullable=False),
        Column("booked_on", TEXT, nullable=False),
        Column("amount", INTEGER, nullable=False),
        PrimaryKeyConstraint("kind", "identity", name="pk_ledger"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_ledger_sums",
        "ledger",
        ["ledger", "booked_on", "kind", "amount"],
    )
    op.create_table(
        "lists_files",
        Column("sequence", INTEGER, nullable=False, autoincrement=False),
        Column("content", BYTES, nullable=False),
        Column("accepted_at", TEXT, nullable=False),
        Column("accepted_by", TEXT, nullable=False),
        PrimaryKeyConstraint("sequence", name="pk_lists_files"),
        sqlite_strict=True,
    )
    op.create_table(
        "office_certificates",
        Column("serial", TEXT, nullable=False),
        Column("office", TEXT, nullable=False),
        Column("content", BYTES, nullable=False),
        Column("made_at", TEXT, nullable=False),
        Column("revoked_at", TEXT, nullable=True),
        PrimaryKeyConstraint("serial", name="pk_office_certificates"),
        sqlite_strict=True,
    )
    op.create_table(
        "office_records",
        Column("office", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("identity", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False, autoincrement=False),
        Column("line", TEXT, nullable=False),
        PrimaryKeyConstraint("office", "kind", "identity", "revision", name="pk_office_records"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_office_records_kind_office",
        "office_records",
        ["kind", "office"],
    )
    op.create_table(
        "officers",
        Column("id", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("salt", BYTES, nullable=False),
        Column("roles", TEXT, nullable=False),
        Column("public_key", BYTES, nullable=False),
        Column("joined", TEXT, nullable=False),
        Column("left", TEXT, nullable=True),
        Column("acknowledged", INTEGER, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("id", name="pk_officers"),
        UniqueConstraint("name", name="uq_officers_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "papers",
        Column("digest", TEXT, nullable=False),
        Column("subject", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("content", BYTES, nullable=False),
        Column("kept_at", TEXT, nullable=False),
        PrimaryKeyConstraint("digest", name="pk_papers"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_papers_kept_at_subject",
        "papers",
        ["kept_at", "subject"],
    )
    op.create_index(
        "ix_papers_subject",
        "papers",
        ["subject"],
    )
    op.create_table(
        "parcels",
        Column("number", TEXT, nullable=False),
        Column("exporter", TEXT, nullable=False),
        Column("heading", TEXT, nullable=False),
        Column("origins", TEXT, nullable=False),
        Column("provenance", TEXT, nullable=False),
        Column("source", TEXT, nullable=False),
        Column("title", TEXT, nullable=False),
        Column("zone", TEXT, nullable=False),
        Column("draws", TEXT, nullable=False),
        Column("pieces", INTEGER, nullable=False),
        Column("note", TEXT, nullable=False),
        Column("received_at", TEXT, nullable=False),
        Column("received_by", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("carats", INTEGER, nullable=True),
        Column("weighed_by", TEXT, nullable=False),
        Column("value", INTEGER, nullable=True),
        Column("valued_by", TEXT, nullable=False),
        Column("bag", TEXT, nullable=False),
        Column("shipment", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("number", name="pk_parcels"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_parcels_exporter_number",
        "parcels",
        ["exporter", "number"],
    )
    op.create_index(
        "ix_parcels_exporter_received_at",
        "parcels",
        ["exporter", "received_at"],
    )
    op.create_index(
        "ix_parcels_received_at",
        "parcels",
        ["received_at"],
    )
    op.create_index(
        "ix_parcels_shipment",
        "parcels",
        ["shipment"],
    )
    op.create_index(
        "ix_parcels_state_number",
        "parcels",
        ["state", "number"],
    )
    op.create_table(
        "parties",
        Column("number", TEXT, nullable=False),
        Column("party_kind", TEXT, nullable=False),
        Column("name", TEXT, nullable=False),
        Column("address", TEXT, nullable=False),
        Column("country", TEXT, nullable=False),
        Column("residence", TEXT, nullable=False),
        Column("email", TEXT, nullable=False),
        Column("registration", TEXT, nullable=False),
        Column("telephone", TEXT, nullable=False),
        Column("remark", TEXT, nullable=False),
        Column("former_names", TEXT, nullable=False),
        Column("licences", TEXT, nullable=False),
        Column("representatives", TEXT, nullable=False),
        Column("stamp", TEXT, nullable=False),
        Column("salt", BYTES, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("number", name="pk_parties"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_parties_party_kind_number",
        "parties",
        ["party_kind", "number"],
    )
    op.create_table(
        "pools",
        Column("source", TEXT, nullable=False),
        Column("origin", TEXT, nullable=False),
        Column("brought", INTEGER, nullable=False),
        Column("drawn", INTEGER, nullable=False),
        PrimaryKeyConstraint("source", "origin", name="pk_pools"),
        sqlite_strict=True,
    )
    op.create_table(
        "receipts",
        Column("office", TEXT, nullable=False),
        Column("number", INTEGER, nullable=False, autoincrement=False),
        Column("epoch", INTEGER, nullable=False),
        Column("sequence", INTEGER, nullable=False),
        Column("batch", TEXT, nullable=False),
        Column("digest", TEXT, nullable=False),
        Column("result", TEXT, nullable=False),
        Column("content", BYTES, nullable=False),
        Column("at", TEXT, nullable=False),
        PrimaryKeyConstraint("office", "number", name="pk_receipts"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_receipts_office_epoch_sequence",
        "receipts",
        ["office", "epoch", "sequence"],
    )
    op.create_table(
        "received_numbers",
        Column("number", TEXT, nullable=False),
        Column("incoming", TEXT, nullable=False),
        Column("on", TEXT, nullable=False),
        Column("where", TEXT, nullable=False),
        PrimaryKeyConstraint("number", name="pk_received_numbers"),
        sqlite_strict=True,
    )
    op.create_table(
        "sealed_keys",
        Column("name", TEXT, nullable=False),
        Column("officer", TEXT, nullable=False),
        Column("public", BYTES, nullable=False),
        Column("sealed", BYTES, nullable=False),
        PrimaryKeyConstraint("name", "officer", name="pk_sealed_keys"),
        sqlite_strict=True,
    )
    op.create_table(
        "seizures",
        Column("id", TEXT, nullable=False),
        Column("number", TEXT, nullable=False),
        Column("holder", TEXT, nullable=False),
        Column("carats", INTEGER, nullable=False),
        Column("reason", TEXT, nullable=False),
        Column("seal", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("witness", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("id", name="pk_seizures"),
        sqlite_strict=True,
    )
    op.create_table(
        "settings",
        Column("name", TEXT, nullable=False),
        Column("effective_from", TEXT, nullable=False),
        Column("set_at", TEXT, nullable=False),
        Column("value", TEXT, nullable=False),
        Column("set_by", TEXT, nullable=False),
        PrimaryKeyConstraint("name", "effective_from", "set_at", name="pk_settings"),
        sqlite_strict=True,
    )
    op.create_table(
        "shipments",
        Column("number", TEXT, nullable=False),
        Column("exporter", TEXT, nullable=False),
        Column("importer", TEXT, nullable=False),
        Column("destination", TEXT, nullable=False),
        Column("parcels", TEXT, nullable=False),
        Column("conflict_free", INTEGER, nullable=False),
        Column("warranty", TEXT, nullable=False),
        Column("applied_at", TEXT, nullable=False),
        Column("applied_by", TEXT, nullable=False),
        Column("containers", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("lifted", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("number", name="pk_shipments"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_shipments_state_number",
        "shipments",
        ["state", "number"],
    )
    op.create_table(
        "stock",
        Column("what", TEXT, nullable=False),
        Column("number", TEXT, nullable=False),
        Column("paper", TEXT, nullable=True),
        Column("edition", TEXT, nullable=False),
        Column("state", TEXT, nullable=False),
        Column("holder", TEXT, nullable=False),
        Column("used_for", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("what", "number", name="pk_stock"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_stock_what_state_number",
        "stock",
        ["what", "state", "number"],
    )
    op.create_table(
        "titles",
        Column("number", TEXT, nullable=False),
        Column("mine", TEXT, nullable=False),
        Column("holder", TEXT, nullable=False),
        Column("country", TEXT, nullable=False),
        Column("area", TEXT, nullable=False),
        Column("zone", TEXT, nullable=False),
        Column("monthly_capacity", INTEGER, nullable=False),
        Column("valid_from", TEXT, nullable=False),
        Column("valid_until", TEXT, nullable=True),
        Column("coordinates", TEXT, nullable=False),
        Column("former_holders", TEXT, nullable=False),
        Column("revision", INTEGER, nullable=False),
        PrimaryKeyConstraint("number", name="pk_titles"),
        sqlite_strict=True,
    )
    op.create_table(
        "trust_files",
        Column("name", TEXT, nullable=False),
        Column("content", BYTES, nullable=False),
        Column("kept_at", TEXT, nullable=False),
        PrimaryKeyConstraint("name", name="pk_trust_files"),
        sqlite_strict=True,
    )
    op.create_table(
        "void_numbers",
        Column("number", TEXT, nullable=False),
        Column("reason", TEXT, nullable=False),
        Column("since", TEXT, nullable=False),
        PrimaryKeyConstraint("number", name="pk_void_numbers"),
        sqlite_strict=True,
    )
    op.create_table(
        "waiting_batches",
        Column("office", TEXT, nullable=False),
        Column("epoch", INTEGER, nullable=False, autoincrement=False),
        Column("sequence", INTEGER, nullable=False, autoincrement=False),
        Column("digest", TEXT, nullable=False),
        Column("content", BYTES, nullable=False),
        PrimaryKeyConstraint("office", "epoch", "sequence", name="pk_waiting_batches"),
        sqlite_strict=True,
    )
    op.create_table(
        "certificate_lines",
        Column("certificate", TEXT, nullable=False),
        Column("heading", TEXT, nullable=False),
        Column("destination", TEXT, nullable=False),
        Column("origin", TEXT, nullable=False),
        Column("carats", INTEGER, nullable=False),
        Column("value", INTEGER, nullable=False),
        Column("exported_on", TEXT, nullable=False),
        PrimaryKeyConstraint("certificate", "heading", name="pk_certificate_lines"),
        ForeignKeyConstraint(["certificate"], ["certificates.id"], name="fk_certificate_lines_certificate"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_certificate_lines_quarter",
        "certificate_lines",
        ["exported_on", "heading", "destination", "origin", "carats", "value"],
    )
    op.create_table(
        "figures",
        Column("parcel", TEXT, nullable=False),
        Column("round", INTEGER, nullable=False, autoincrement=False),
        Column("kind", TEXT, nullable=False),
        Column("total", INTEGER, nullable=False),
        Column("lines", TEXT, nullable=False),
        Column("by", TEXT, nullable=False),
        Column("salt", BYTES, nullable=False),
        Column("versions", TEXT, nullable=False),
        Column("second", TEXT, nullable=False),
        Column("reasoned", INTEGER, nullable=False),
        Column("at", TEXT, nullable=False),
        PrimaryKeyConstraint("parcel", "round", "kind", name="pk_figures"),
        ForeignKeyConstraint(["parcel"], ["parcels.number"], name="fk_figures_parcel"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_figures_by_reasoned_at",
        "figures",
        ["by", "reasoned", "at"],
    )
    op.create_table(
        "price_lines",
        Column("parcel", TEXT, nullable=False),
        Column("size_class", TEXT, nullable=False),
        Column("origin", TEXT, nullable=False),
        Column("source", TEXT, nullable=False),
        Column("per_carat", INTEGER, nullable=False),
        Column("valued_on", TEXT, nullable=False),
        PrimaryKeyConstraint("parcel", "size_class", name="pk_price_lines"),
        ForeignKeyConstraint(["parcel"], ["parcels.number"], name="fk_price_lines_parcel"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_price_lines_class",
        "price_lines",
        ["origin", "size_class", "valued_on", "per_carat", "parcel"],
    )
    op.create_index(
        "ix_price_lines_origin",
        "price_lines",
        ["origin", "valued_on", "per_carat", "parcel"],
    )
    op.create_index(
        "ix_price_lines_source",
        "price_lines",
        ["source", "size_class", "valued_on", "per_carat", "parcel"],
    )
    op.create_table(
        "production",
        Column("title", TEXT, nullable=False),
        Column("month", TEXT, nullable=False),
        Column("heading", TEXT, nullable=False),
        Column("mine", TEXT, nullable=False),
        Column("carats", INTEGER, nullable=False),
        Column("value", INTEGER, nullable=False),
        PrimaryKeyConstraint("title", "month", "heading", name="pk_production"),
        ForeignKeyConstraint(["title"], ["titles.number"], name="fk_production_title"),
        sqlite_strict=True,
    )
    op.create_table(
        "weighings",
        Column("parcel", TEXT, nullable=False),
        Column("sequence", INTEGER, nullable=False, autoincrement=False),
        Column("officer", TEXT, nullable=False),
        Column("balance", TEXT, nullable=False),
        Column("value", TEXT, nullable=False),
        Column("unit", TEXT, nullable=False),
        Column("stable_by", TEXT, nullable=False),
        Column("net", INTEGER, nullable=True),
        Column("unverified_digits", INTEGER, nullable=False),
        Column("carats", INTEGER, nullable=False),
        Column("by_hand", TEXT, nullable=False),
        Column("raw", BYTES, nullable=False),
        Column("portions", TEXT, nullable=False),
        Column("at", TEXT, nullable=False),
        PrimaryKeyConstraint("parcel", "sequence", name="pk_weighings"),
        ForeignKeyConstraint(["parcel"], ["parcels.number"], name="fk_weighings_parcel"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_weighings_at",
        "weighings",
        ["at"],
    )
    op.create_table(
        "search",
        Column("id", INTEGER, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("key", TEXT, nullable=False),
        Column("words", TEXT, nullable=False),
        PrimaryKeyConstraint("id", name="pk_search"),
        UniqueConstraint("kind", "key", name="uq_search_kind_key"),
        sqlite_strict=True,
    )
    if op.get_context().dialect.name == "postgresql":
        _upgrade_postgresql()
    else:
        _upgrade_sqlite()


def _upgrade_sqlite() -> None:
    for table in KEPT_FOR_GOOD:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} BEGIN SELECT "
                f"RAISE(ABORT, '{table} is kept for good'); END"
            )
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search', "
        "content_rowid='id', tokenize='ascii', prefix='1 2 3 4 5 6 7 8', detail=none, "
        "columnsize=0)"
    )
    op.execute("INSERT INTO search_words(search_words, rank) VALUES('secure-delete', 1)")


def _upgrade_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is kept for good'; END $$"
    )
    for table in KEPT_FOR_GOOD:
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR "
            "EACH STATEMENT EXECUTE FUNCTION kept_for_good()"
        )
    op.execute("CREATE INDEX search_words ON search USING gin (array_to_tsvector(string_to_array(words, ' ')))")


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    if sqlite:
        op.drop_table("search_words")
    op.drop_table("search")
    op.drop_table("weighings")
    op.drop_table("production")
    op.drop_table("price_lines")
    op.drop_table("figures")
    op.drop_table("certificate_lines")
    op.drop_table("waiting_batches")
    op.drop_table("void_numbers")
    op.drop_table("trust_files")
    op.drop_table("titles")
    op.drop_table("stock")
    op.drop_table("shipments")
    op.drop_table("settings")
    op.drop_table("seizures")
    op.drop_table("sealed_keys")
    op.drop_table("received_numbers")
    op.drop_table("receipts")
    op.drop_table("pools")
    op.drop_table("parties")
    op.drop_table("parcels")
    op.drop_table("papers")
    op.drop_table("officers")
    op.drop_table("office_records")
    op.drop_table("office_certificates")
    op.drop_table("lists_files")
    op.drop_table("ledger")
    op.drop_table("kept")
    op.drop_table("issuer_keys")
    op.drop_table("incoming")
    op.drop_table("history")
    op.drop_table("head")
    op.drop_table("drafts")
    op.drop_table("counters")
    op.drop_table("certificates")
    op.drop_table("batches")
    if not sqlite:
        op.execute("DROP FUNCTION kept_for_good()")
