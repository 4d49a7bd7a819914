import pytest
from sqlalchemy import Connection, Table, TextClause, inspect, text
from sqlalchemy.exc import IntegrityError

from kpdesk.store import tables
from kpdesk.store.database import Database
from kpdesk.store.migrations import HEAD

KEPT = [tables.metadata.tables[name] for name in tables.APPEND_ONLY]


@pytest.fixture
def connection(shared: Database):
    with shared.engine.connect() as connection:
        yield connection
        connection.rollback()


def fill(connection: Connection, table: Table) -> dict[str, object]:
    """One row of this table, as the engine holds it, without its parents."""
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    values = {"INTEGER": 1, "TEXT": "x", "BLOB": b"x"}
    columns = inspect(connection).get_columns(table.name)
    row = {column["name"]: values[str(column["type"])] for column in columns}
    connection.execute(putting("INSERT", table, row))
    return row


def putting(how: str, table: Table, row: dict[str, object], then: str = "") -> TextClause:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    return text(f"{how} INTO {table.name} ({names}) VALUES ({values}) {then}").bindparams(**row)


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
@pytest.mark.parametrize("how", ["UPDATE", "DELETE", "REPLACE", "INSERT OR REPLACE", "upsert"])
def test_what_is_kept_for_good_is_neither_changed_nor_taken_away(
    connection: Connection, table: Table, how: str
) -> None:
    row = fill(connection, table)
    same = '"{0}" = "{0}"'.format(list(row)[-1])
    statement = {
        "UPDATE": text(f"UPDATE {table.name} SET {same}"),
        "DELETE": text(f"DELETE FROM {table.name}"),
        "upsert": putting("INSERT", table, row, f"ON CONFLICT DO UPDATE SET {same}"),
        "REPLACE": putting("REPLACE", table, row),
        "INSERT OR REPLACE": putting("INSERT OR REPLACE", table, row),
    }[how]
    with pytest.raises(IntegrityError, match=f"{table.name} is kept for good"):
        connection.execute(statement)
    assert connection.scalar(text(f"SELECT count(*) FROM {table.name}")) == 1


def test_a_second_row_that_replaces_by_any_unique_column_is_refused(connection: Connection) -> None:
    first = fill(connection, tables.history)
    second = first | {"sequence": 2, "record": "another"}
    with pytest.raises(IntegrityError, match="kept for good"):
        connection.execute(putting("INSERT OR REPLACE", tables.history, second))
    assert connection.scalar(text("SELECT record FROM history")) == first["record"]


def test_the_head_that_every_unit_moves_is_not_kept(connection: Connection) -> None:
    fill(connection, tables.head)
    connection.execute(text("UPDATE head SET size = size + 1"))
    assert connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
