"""What is kept for good: triggers that abort every UPDATE and DELETE of an append-only table.

They stop mistakes and shortcuts. Who holds the key can drop them; the history's chain finds that out.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, text

SQLITE = (
    "CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is kept for good'); END"
)
POSTGRESQL_REFUSAL = (
    "CREATE FUNCTION kept_for_good() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is kept for good'; END $$"
)
POSTGRESQL = (
    "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good()"
)


def keep_for_good(connection: Connection, tables: Iterable[str]) -> None:
    """Puts the triggers on these tables, in the engine's own dialect."""
    for statement in statements(tables, connection.dialect.name):
        connection.execute(text(statement))


def statements(tables: Iterable[str], dialect: str) -> list[str]:
    """The SQL that makes these tables append-only."""
    if dialect == "postgresql":
        return [POSTGRESQL_REFUSAL, *(POSTGRESQL.format(table=table) for table in tables)]
    return [SQLITE.format(table=table, event=event) for table in tables for event in ("UPDATE", "DELETE")]
