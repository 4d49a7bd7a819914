"""The machine secret: there, or not there, and never an error or a wait."""

import threading

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest

from kpdesk.signing.machine import Ring, machine_secret, system_ring, trusted


class Kept:
    """A keyring that keeps."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password


class Forgetful(Kept):
    """Says it saved."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Broken(Kept):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("collection is locked")


def test_made_once_and_found_again() -> None:
    ring = Kept()
    assert machine_secret(ring=lambda: ring) is None
    secret = machine_secret(create=True, ring=lambda: ring)
    assert secret is not None
    assert len(secret) == 32
    assert machine_secret(create=True, ring=lambda: ring) == secret
    assert machine_secret(ring=lambda: ring) == secret
    assert [len(kept) for kept in ring.entries.values()] == [44]


@pytest.mark.parametrize("ring", [Forgetful(), Broken(), None], ids=["forgetful", "broken", "none"])
def test_no_use(ring: Ring | None) -> None:
    assert machine_secret(create=True, ring=lambda: ring) is None


@pytest.mark.parametrize("entry", ["", "AAAA", "not base64!", "Ä"])
def test_entries_that_are_not_ours(entry: str) -> None:
    ring = Kept()
    ring.set_password("kpdesk", "machine", entry)
    assert machine_secret(ring=lambda: ring) is None


def test_a_hanging_keyring_is_left_alone() -> None:
    release, ended = threading.Event(), threading.Event()

    class Hanging(Kept):
        def get_password(self, service: str, username: str) -> str | None:
            release.wait()
            ended.set()
            return None

    assert machine_secret(seconds=0.05, ring=Hanging) is None
    release.set()
    assert ended.wait(10)


def test_only_an_operating_systems_keyring_is_trusted() -> None:
    plain = type("PlaintextKeyring", (Kept,), {"__module__": "keyrings.alt.file"})()
    null, failing = keyring.backends.null.Keyring(), keyring.backends.fail.Keyring()
    assert trusted([plain, null, failing]) is None
    for module in ("Windows", "macOS", "SecretService", "kwallet"):
        good = type("Keyring", (Kept,), {"__module__": f"keyring.backends.{module}"})()
        assert trusted([plain, good]) is good


def test_without_a_keyring_there_is_none() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    try:
        assert system_ring() is None
        assert machine_secret(create=True) is None
    finally:
        keyring.set_keyring(before)
