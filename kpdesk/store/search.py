"""Search over folded words: `index` when a thing changes, `find` while somebody types.

Each typed word is a prefix, all must be met, the newest thing comes first; nothing is ranked, for ranking reads every
hit. One plain table on both engines: SQLite looks it up through FTS5, PostgreSQL through an inverted index.
"""

import unicodedata
from typing import NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
    text,
    update,
)

from kpdesk.store.columns import INTEGER, TEXT

metadata = MetaData()
search = Table(
    "search",
    metadata,
    Column("id", INTEGER),
    Column("kind", TEXT, nullable=False),
    Column("key", TEXT, nullable=False),
    Column("words", TEXT, nullable=False),
    PrimaryKeyConstraint("id", name="pk_search"),
    UniqueConstraint("kind", "key", name="uq_search_kind_key"),
    sqlite_strict=True,
)

SQLITE = (
    # no positions, no sizes: words are a set. The folding is ours, so the tokenizer only splits at spaces
    "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search', content_rowid='id', "
    "tokenize='ascii', prefix='1 2 3 4 5 6 7 8', detail=none, columnsize=0)",
    # an erased name leaves the index at once, not with a later merge
    "INSERT INTO search_words(search_words, rank) VALUES('secure-delete', 1)",
)
POSTGRESQL = ("CREATE INDEX search_words ON search USING gin (array_to_tsvector(string_to_array(words, ' ')))",)
"""What the search needs beside its table, per engine."""

HISTORY = "history"
"""The kind of the words of a history's reasons, which only a search of the history finds."""
_OWN_WORDS = {HISTORY: "¶"}
"""What begins each word of such a kind; no folded word does, so that a search of everything never meets them."""
_MOST_TYPED = 8
_LONGEST_WORD = 40
_KIND = "§"
"""Marks the word that is a thing's kind; no folded word begins with it."""

_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n",
        "ŧ": "t", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k", "ŀ": "l", "ɛ": "e", "ɔ": "o", "ǝ": "e", "ə": "e", "ـ": "",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, after case folding."""


class Hit(NamedTuple):
    kind: str
    key: str


def install(connection: Connection) -> None:
    """The word index of the engine, beside the table `search` that is already there."""
    for statement in POSTGRESQL if connection.dialect.name == "postgresql" else SQLITE:
        connection.execute(text(statement))


def fold(typed: str) -> list[str]:
    """The words of a text without case, accents and punctuation: `Łódź-Gold` is `lodz`, `gold`."""
    plain = unicodedata.normalize("NFKD", typed).casefold().translate(_LETTERS)
    letters = [letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter)]
    return "".join(letter if _in_word(letter) else " " for letter in letters).split()


def _in_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")  # vowel signs of Indic scripts


def words_of(kind: str, text: str) -> str:
    """What the index holds of a text: each folded word once, and the kind."""
    own = _OWN_WORDS.get(kind, "")
    return " ".join([*sorted({own + word[:_LONGEST_WORD] for word in fold(text)}), _KIND + kind])


def index(connection: Connection, kind: str, key: str, text: str) -> None:
    """Makes a thing findable by the words of this text, instead of what was indexed of it before."""
    words = words_of(kind, text)
    row = connection.execute(_row(kind, key)).one_or_none()
    if row is None:
        inserted = insert(search).values(kind=kind, key=key, words=words).returning(search.c.id)
        _write(connection, _ADD, connection.execute(inserted).scalar_one(), words)
    elif row.words != words:
        _write(connection, _TAKE, row.id, row.words)
        connection.execute(update(search).where(search.c.id == row.id).values(words=words))
        _write(connection, _ADD, row.id, words)


def forget(connection: Connection, kind: str, key: str) -> None:
    """Takes a thing out of the search, its words out of the file."""
    row = connection.execute(_row(kind, key)).one_or_none()
    if row is not None:
        _write(connection, _TAKE, row.id, row.words)
        connection.execute(delete(search).where(search.c.id == row.id))


def find(connection: Connection, kind: str, typed: str, limit: int) -> list[str]:
    """The keys of at most `limit` things of this kind that have every typed word as a prefix, newest first."""
    return [hit.key for hit in _hits(connection, typed, limit, kind)]


def find_any(connection: Connection, typed: str, limit: int) -> list[Hit]:
    """As `find`, over things of every kind."""
    return _hits(connection, typed, limit, None)


def _hits(connection: Connection, typed: str, limit: int, kind: str | None) -> list[Hit]:
    own = _OWN_WORDS.get(kind or "", "")
    words = [own + word[:_LONGEST_WORD] for word in fold(typed)][:_MOST_TYPED]
    if not words:
        return []
    if connection.dialect.name == "postgresql":
        query, prefix, joint = _FIND_POSTGRESQL, "'{}':*", " & "
        exact = f"'{_KIND}{kind}'"
    else:
        query, prefix, joint = _FIND_SQLITE, '"{}"*', " "
        exact = f'"{_KIND}{kind}"'
    terms = [prefix.format(word) for word in words] + ([exact] if kind else [])
    rows = connection.execute(query, {"terms": joint.join(terms), "limit": limit})
    return [Hit(row.kind, row.key) for row in rows]


def _row(kind: str, key: str) -> Select[tuple[int, str]]:
    return select(search.c.id, search.c.words).where(search.c.kind == kind, search.c.key == key)


def _write(connection: Connection, statement: str, row: int, words: str) -> None:
    """FTS5 follows the table by hand; an inverted index follows it by itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, (row, words))


_ADD = "INSERT INTO search_words(rowid, words) VALUES (?, ?)"
_TAKE = "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', ?, ?)"
_FIND_SQLITE = text(
    "SELECT search.kind, search.key FROM search_words JOIN search ON search.id = search_words.rowid "
    "WHERE search_words MATCH :terms ORDER BY search_words.rowid DESC LIMIT :limit"
)
_FIND_POSTGRESQL = text(
    "SELECT kind, key FROM search WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:terms AS tsquery) "
    "ORDER BY id DESC LIMIT :limit"
)
