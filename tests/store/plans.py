"""How SQLite means to find what an act asks: no list may read a whole table."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from kpdesk.store.database import Database


def scans(database: Database, act: Callable[[], object]) -> list[str]:
    """The steps of an act's SELECTs that read a whole table, or sort what a LIMIT should have stopped."""
    asked: list[tuple[str, Any]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def listen(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    try:
        act()
    finally:
        event.remove(database.engine, "before_cursor_execute", listen)
    selects = [(statement, parameters) for statement, parameters in asked if statement.startswith("SELECT")]
    if not selects:
        raise AssertionError("the act asked nothing")
    found = []
    with database.reading.connect() as connection:
        for statement, parameters in selects:
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                if _reads_all(row.detail, "LIMIT" in statement):
                    found.append(f"{row.detail}: {statement}")
    return found


def _reads_all(step: str, limited: bool) -> bool:
    """A look-up in the word index is called a scan, with an M; so is walking an index until the limit."""
    if step.startswith("SCAN") and step != "SCAN CONSTANT ROW":
        looked_up = re.search(r"VIRTUAL TABLE INDEX \d+:.*M", step)
        return not (looked_up or (limited and "USING" in step))
    return limited and "TEMP B-TREE" in step
