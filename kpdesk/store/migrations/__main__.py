"""`python -m kpdesk.store.migrations` writes the first version anew from the tables (until the first release).

A migration is frozen: it names plain column types, says its own SQL and imports nothing that may change later.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template

from sqlalchemy import Column, Constraint, ForeignKeyConstraint, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.dialects import sqlite

from kpdesk.store import search, tables, triggers

PATH = Path(__file__).parent / "versions" / "v0001_first.py"

_TEMPLATE = Template('''\
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
    $kept
]


def upgrade() -> None:
    $creates
    if op.get_context().dialect.name == "postgresql":
        _upgrade_postgresql()
    else:
        _upgrade_sqlite()


def _upgrade_sqlite() -> None:
    for table in KEPT_FOR_GOOD:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                $sqlite_trigger
            )
    $sqlite_search


def _upgrade_postgresql() -> None:
    op.execute(
        $refusal
    )
    for table in KEPT_FOR_GOOD:
        op.execute(
            $postgresql_trigger
        )
    $postgresql_search


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    if sqlite:
        op.drop_table("search_words")
    $drops
    if not sqlite:
        op.execute("DROP FUNCTION kept_for_good()")
''')


def first_version() -> str:
    """The text of the first migration, from the tables as they are now."""
    made = [*tables.metadata.sorted_tables, search.search]
    return _TEMPLATE.substitute(
        kept="\n    ".join(f'"{table}",' for table in tables.APPEND_ONLY),
        creates="\n    ".join(line for table in made for line in _create(table)),
        drops="\n    ".join(f'op.drop_table("{table.name}")' for table in reversed(made)),
        refusal=_text(triggers.POSTGRESQL_REFUSAL, 8),
        sqlite_trigger=_text(triggers.SQLITE, 16, formatted=True),
        postgresql_trigger=_text(triggers.POSTGRESQL, 12, formatted=True),
        sqlite_search=_executed(search.SQLITE),
        postgresql_search=_executed(search.POSTGRESQL),
    )


def _executed(statements: Iterable[str]) -> str:
    calls = []
    for statement in statements:
        short = f'op.execute("{statement}")'
        calls.append(short if len(short) < 116 else f"op.execute(\n        {_text(statement, 8)}\n    )")
    return "\n    ".join(calls)


def _text(statement: str, indent: int, *, formatted: bool = False) -> str:
    """A literal over several lines, each with a placeholder marked as such."""
    parts = [""]
    for word in statement.split(" "):
        if len(parts[-1]) + len(word) > 80:
            parts.append("")
        parts[-1] += word + " "
    parts[-1] = parts[-1].removesuffix(" ")
    marks = ["f" if formatted and "{" in part else "" for part in parts]
    return f"\n{' ' * indent}".join(f'{mark}"{part}"' for mark, part in zip(marks, parts, strict=True))


def _create(table: Table) -> Iterator[str]:
    yield "op.create_table("
    yield f'    "{table.name}",'
    for column in table.columns:
        yield f"    {_column(column)},"
    for constraint in sorted(table.constraints, key=_rank):
        yield f"    {_constraint(constraint)},"
    yield "    sqlite_strict=True,"
    yield ")"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield "op.create_index("
        yield f'    "{index.name}",'
        yield f'    "{table.name}",'
        yield f"    [{_names(index.columns.keys())}],"
        if index.unique:
            yield "    unique=True,"
        yield ")"


def _column(column: Column[object]) -> str:
    if column.server_default is not None or column.computed is not None:
        raise NotImplementedError(f"{column}: only plain columns are rendered")
    kind = {"TEXT": "TEXT", "INTEGER": "INTEGER", "BLOB": "BYTES"}[column.type.compile(sqlite.dialect())]
    counted = ", autoincrement=False" if column.autoincrement is False else ""
    return f'Column("{column.name}", {kind}, nullable={column.nullable}{counted})'


def _rank(constraint: Constraint) -> tuple[int, str]:
    kinds: list[type[Constraint]] = [PrimaryKeyConstraint, ForeignKeyConstraint, UniqueConstraint]
    return kinds.index(type(constraint)), str(constraint.name)


def _constraint(constraint: Constraint) -> str:
    name = f', name="{constraint.name}"' if constraint.name else ""
    match constraint:
        case PrimaryKeyConstraint() | UniqueConstraint():
            return f"{type(constraint).__name__}({_names(constraint.columns.keys())}{name})"
        case ForeignKeyConstraint():
            targets = _names(element.target_fullname for element in constraint.elements)
            return f"ForeignKeyConstraint([{_names(constraint.column_keys)}], [{targets}]{name})"
    raise NotImplementedError(f"{constraint} is not rendered")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


if __name__ == "__main__":
    PATH.write_text(first_version(), "utf-8")
