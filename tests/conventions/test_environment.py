"""The libraries under us are the ones that were chosen for their faults."""

import sys

from PySide6 import __version__ as qt
from PySide6.QtCore import QObject
from sqlcipher3 import dbapi2


def test_qt_keeps_its_references_to_none() -> None:
    """PySide6 6.12.0 below Python 3.12 loses one at each call that returns nothing, and aborts after some 5,200."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.setObjectName("parcel")
    assert sys.getrefcount(None) > before - 100
    assert qt == "6.11.3"


def test_the_encrypted_database_is_new_enough() -> None:
    """SQLite before 3.51.3 can corrupt a database when its write-ahead log is reset."""
    connection = dbapi2.connect(":memory:")
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    assert dbapi2.sqlite_version_info >= (3, 51, 3)
    assert tuple(int(part) for part in cipher.split()[0].split(".")) >= (4, 14)
