import io
import re
import runpy
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlcipher3 import dbapi2

from kpdesk.store import database, migrations, search, tables, triggers
from kpdesk.store.database import Database
from kpdesk.store.migrations.__main__ import PATH, first_version

AGAIN = "the tables changed: run python -m kpdesk.store.migrations"


def schema(connection: Connection) -> dict[str, str]:
    """What SQLite holds of the schema, without the white space that two writers set differently."""
    query = text("SELECT type || ' ' || name AS name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'")
    return {row.name: re.sub(r"\s+", " ", row.sql or "") for row in connection.execute(query)}


def by_tables(connection: Connection) -> None:
    for table in tables.metadata.tables.values():  # how SQLite checks types is the migrations' matter
        table.dialect_options["sqlite"]["strict"] = True
    tables.metadata.create_all(connection)
    search.metadata.create_all(connection)
    triggers.keep_for_good(connection, tables.APPEND_ONLY)
    search.install(connection)


def test_the_schema_by_migrations_is_the_schema_by_tables(store: Database, tmp_path: Path) -> None:
    plain = create_engine(f"sqlite:///{tmp_path / 'plain.db'}", module=dbapi2)
    with plain.begin() as connection:
        by_tables(connection)
        expected = schema(connection)
    plain.dispose()
    with store.reading.connect() as connection:
        assert schema(connection) == expected, AGAIN


def test_the_first_version_is_made_from_the_tables() -> None:
    assert PATH.read_text("utf-8") == first_version(), AGAIN


def test_every_table_is_strict_and_has_a_key(store: Database) -> None:
    with store.reading.connect() as connection:
        rows = connection.execute(text("PRAGMA table_list")).all()
    ours = {row.name: row.strict for row in rows if row.type == "table" and not row.name.startswith("sqlite_")}
    ours.pop("alembic_version")
    assert len(ours) > 20
    assert [name for name, strict in ours.items() if not strict] == []
    assert [table.name for table in tables.metadata.tables.values() if not table.primary_key.columns] == []


def test_down_and_up_again(store: Database) -> None:
    with store.engine.connect() as connection:
        before = schema(connection)
        assert migrations.version(connection) == migrations.HEAD
        connection.rollback()
        migrations.downgrade(connection, "base")
        assert schema(connection) == {}
        assert migrations.version(connection) == ""
        connection.rollback()
        migrations.upgrade(connection)
        assert schema(connection) == before
        assert migrations.version(connection) == migrations.HEAD


def test_an_upgrade_that_breaks_leaves_the_old_schema(closed: Path, key: bytes) -> None:
    with database.open(closed, key) as store, store.engine.connect() as connection:
        migrations.downgrade(connection, "base")
        connection.exec_driver_sql("CREATE TABLE search (in_the_way TEXT)")
        connection.commit()
        with pytest.raises(Exception, match="search already exists"):
            migrations.upgrade(connection)
        assert list(schema(connection)) == ["table search"]
        connection.rollback()
        assert connection.connection.driver_connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_migration_that_leaves_orphans_is_taken_back(store: Database) -> None:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (of INTEGER REFERENCES parent)")
        connection.commit()
        with pytest.raises(RuntimeError, match="without their parents"), migrations._one_transaction(connection):
            connection.exec_driver_sql("INSERT INTO child VALUES (5)")
        assert connection.exec_driver_sql("SELECT count(*) FROM child").scalar() == 0


@pytest.mark.parametrize("keeping", [False, True])
def test_a_rebuilt_table_loses_its_triggers_unless_they_are_kept(store: Database, keeping: bool) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    def rebuild(connection: Connection) -> None:
        op = Operations(MigrationContext.configure(connection))
        with op.batch_alter_table("head", recreate="always", table_kwargs={"sqlite_strict": True}) as batch:
            batch.alter_column("digest", new_column_name="hash")

    with store.engine.begin() as connection:
        triggers.keep_for_good(connection, ["head"])
        connection.execute(tables.head.insert().values(id=1, epoch=1, size=0, digest=""))
    with store.engine.connect() as connection, migrations._one_transaction(connection):
        if keeping:
            with migrations.keeping_triggers(connection, "head"):
                rebuild(connection)
        else:
            rebuild(connection)
    with store.engine.connect() as connection:
        if keeping:
            with pytest.raises(IntegrityError, match="head is kept for good"):
                connection.execute(text("UPDATE head SET hash = 'x'"))
        else:
            connection.execute(text("UPDATE head SET hash = 'x'"))


def test_postgresql_gets_the_same_schema_by_both_ways() -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    script = io.StringIO()
    options = {"as_sql": True, "output_buffer": script}
    with Operations.context(MigrationContext.configure(dialect_name="postgresql", opts=options)):
        runpy.run_path(str(PATH))["upgrade"]()
    expected = [
        str(element.compile(dialect=postgresql.dialect()))
        for table in [*tables.metadata.sorted_tables, search.search]
        for element in [CreateTable(table), *(CreateIndex(index) for index in table.indexes)]
    ]
    expected += [*triggers.statements(tables.APPEND_ONLY, "postgresql"), *search.POSTGRESQL]
    made = script.getvalue().split(";\n\n")
    assert sorted(map(_normal, made)) == sorted(["", *map(_normal, expected)]), AGAIN


def _normal(statement: str) -> str:
    return re.sub(r"\s+", " ", statement).strip()
