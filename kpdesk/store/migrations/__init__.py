"""The schema's versions. Alembic is imported only when a store's version is not HEAD.

Until the first release there is one version, made anew from the tables by `python -m kpdesk.store.migrations`; after
it, a change of the tables is a further file in `versions/`, written by hand, and a new HEAD. SQLite rebuilds a table
to alter it, which drops its triggers without a word: rebuild append-only tables inside `keeping_triggers`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""The newest version, four digits, ordered as text."""


def version(connection: Connection) -> str:
    """The schema's version in this store, empty where there is no schema yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Brings the schema up to a version, all of it or nothing; the connection is not yet in a transaction."""
    from alembic import command

    with _one_transaction(connection):
        command.upgrade(_config(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    """Takes the schema back to a version, `base` for none; what a version added is lost."""
    from alembic import command

    with _one_transaction(connection):
        command.downgrade(_config(connection), to)


@contextmanager
def keeping_triggers(connection: Connection, table: str) -> Iterator[None]:
    """Puts a SQLite table's triggers back after its block has rebuilt the table."""
    kept = []
    if connection.dialect.name == "sqlite":
        query = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        kept = list(connection.scalars(query, {"table": table}))
    yield
    for trigger in kept:
        connection.execute(text(trigger))


@contextmanager
def _one_transaction(connection: Connection) -> Iterator[None]:
    """Foreign keys are off while tables are rebuilt (SQLite takes it only between transactions), then checked."""
    sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection
    if sqlite:
        driver.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            if not sqlite:  # two desks may start at once
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('kpdesk schema'))"))
            yield
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("a migration left rows without their parents")
    finally:
        if sqlite:
            driver.cursor().execute("PRAGMA foreign_keys=ON")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
