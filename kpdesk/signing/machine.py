"""The machine secret: 32 bytes in the operating system's keyring, the second ingredient of an officer's password.

A keyring is never the only holder of anything: it disappears with a profile, hangs behind a locked collection,
or says it saved and did not. So whatever goes wrong here reads "no keyring", never an error.
"""

import base64
import binascii
import os
import queue
import threading
from collections.abc import Callable, Iterable
from typing import Protocol

_SERVICE = "kpdesk"
_SAFE = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
)


class Ring(Protocol):
    """What we ask of a keyring."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def machine_secret(
    *, create: bool = False, name: str = "machine", seconds: float = 3.0, ring: Callable[[], Ring | None] | None = None
) -> bytes | None:
    """This operating system account's secret, made and read back when `create`; None without a trusted keyring.

    Returns within `seconds`, however long the keyring hangs. `ring` finds another keyring than the system's.
    """
    answer: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = (ring or system_ring)()
            answer.put(None if found is None else _read(found, name) or (_create(found, name) if create else None))
        except Exception:  # keyrings of every system fail each in its own way
            answer.put(None)

    threading.Thread(target=ask, name="keyring", daemon=True).start()
    try:
        return answer.get(timeout=seconds)
    except queue.Empty:
        return None


def system_ring() -> Ring | None:
    """The operating system's keyring, unless it would keep secrets in clear or not at all."""
    import keyring  # 76 ms
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    return trusted(chosen.backends if isinstance(chosen, ChainerBackend) else [chosen])


def trusted(rings: Iterable[Ring]) -> Ring | None:
    """The first that belongs to an operating system: Windows, macOS, Secret Service or KWallet."""
    return next((ring for ring in rings if type(ring).__module__.startswith(_SAFE)), None)


def _read(ring: Ring, name: str) -> bytes | None:
    """None too for an entry that is not ours."""
    try:
        secret = base64.b64decode(ring.get_password(_SERVICE, name) or "", validate=True)
    except binascii.Error:
        return None
    return secret if len(secret) == 32 else None


def _create(ring: Ring, name: str) -> bytes | None:
    secret = os.urandom(32)
    # 44 characters: Windows keeps no more than 1,280.
    ring.set_password(_SERVICE, name, base64.b64encode(secret).decode())
    return secret if _read(ring, name) == secret else None
