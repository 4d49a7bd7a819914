"""The office's books, open: visits that write, visits that read; the disk's failures come out as troubles."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from kpdesk.domain.history import Head
from kpdesk.domain.records import NotCanonical
from kpdesk.store import tables
from kpdesk.store.database import Database
from kpdesk.store.mapping import map_domain
from kpdesk.store.troubles import trouble_of
from kpdesk.store.unit import TextNotPlain, Unit


class Store:
    """The office's books: visits that write, and looks that read."""

    def __init__(self, database: Database) -> None:
        map_domain()
        self._database = database

    @contextmanager
    def unit(self, *, by: str, at: datetime) -> Iterator[Unit]:
        """A writing visit. Leaving commits, an exception rolls back; the disk's failures come out as troubles."""
        with self._visit(self._database.engine) as session:
            session.execute(select(tables.head.c.id).with_for_update())
            unit = Unit(session, by=by, at=at)
            yield unit
            session.commit()

    @contextmanager
    def begin(self, *, by: str, at: datetime) -> Iterator[Unit]:
        """The first visit of a new store, whose history is empty."""
        with self._visit(self._database.engine) as session:
            empty = Head()
            session.execute(insert(tables.head).values(id=1, epoch=1, size=empty.size, digest=empty.digest))
            yield Unit(session, by=by, at=at)
            session.commit()

    @contextmanager
    def view(self, *, by: str, at: datetime) -> Iterator[Unit]:
        """A reading visit that finds nouns; what it changes is forgotten."""
        with self._visit(self._database.reading) as session:
            yield Unit(session, by=by, at=at)
            session.rollback()

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A reading visit: one state of the books, whatever is written meanwhile."""
        with self._visit(self._database.reading) as session:
            yield session

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def _visit(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except NotCanonical as problem:
            raise TextNotPlain from problem
        except IntegrityError:
            raise
        except DBAPIError as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            raise trouble from error
        except StatementError as error:
            if not isinstance(error.orig, NotCanonical):
                raise
            raise TextNotPlain from error
