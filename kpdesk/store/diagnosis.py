"""Why a file does not open with the office's key: as far as an encrypted file lets itself be told from noise.

A page of SQLCipher 4 is ciphertext, 16 bytes of IV and 64 of HMAC-SHA512 under a key made of the raw key and the
file's first 16 bytes, so a later page still vouches for a store whose first page is damaged.
"""

import hashlib
import hmac
import zlib
from pathlib import Path

from sqlcipher3 import dbapi2

from kpdesk.domain.outcomes import Trouble
from kpdesk.store.troubles import NotOurFile, PlainFile, StoreDamaged, WrongKey, as_trouble, code_of

PAGE = 4096
_MOST_PAGES = 9


def diagnose(path: Path, key: bytes) -> Trouble:
    """PlainFile, NotOurFile, StoreDamaged or WrongKey, for a file that SQLCipher calls no database.

    Only for the holder of the store's lock: reading the file drops this process's own POSIX locks on it.
    """
    if is_plain(path):
        return PlainFile(str(path))
    with as_trouble(), path.open("rb") as file:
        pages = file.read(_MOST_PAGES * PAGE)
    if len(pages) % PAGE or path.stat().st_size % PAGE or not _noise(pages[:PAGE]):
        return NotOurFile(str(path))
    return StoreDamaged() if _vouched(pages, key) else WrongKey(str(path))


def is_plain(path: Path) -> bool:
    """Whether the file opens as SQLite without any key."""
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except dbapi2.Error as error:
        if code_of(error) == dbapi2.SQLITE_NOTADB:
            return False
        raise
    finally:
        connection.close()
    return True


def _noise(page: bytes) -> bool:
    return len(zlib.compress(page)) >= len(page)


def _vouched(pages: bytes, key: bytes) -> bool:
    """Whether any page after the first carries our key's own HMAC."""
    salt = bytes(byte ^ 0x3A for byte in pages[:16])
    mac_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)
    for number in range(2, len(pages) // PAGE + 1):
        page = pages[(number - 1) * PAGE : number * PAGE]
        mac = hmac.digest(mac_key, page[:-64] + number.to_bytes(4, "little"), "sha512")
        if hmac.compare_digest(mac, page[-64:]):
            return True
    return False
