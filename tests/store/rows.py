"""A row to keep and look for."""

import secrets

from sqlalchemy import insert, select

from kpdesk.store.database import Database
from kpdesk.store.search import search


def keep(store: Database, words: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(insert(search).values(kind="practice", key=secrets.token_hex(4), words=words))


def kept(store: Database) -> list[str]:
    with store.reading.connect() as connection:
        return list(connection.scalars(select(search.c.words)))
