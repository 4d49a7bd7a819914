"""Key slots: the database key, wrapped once for every officer's password and every printed recovery code.

`keyslots.json` lies beside the encrypted database. A password is stretched by Argon2id and mixed with the machine
secret where there is one; each slot seals the same random key; a MAC under that key covers the whole file.
"""

import hmac
import os
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.records import Value, canonical
from kpdesk.signing.recovery import new_recovery_secret, print_recovery_code, read_recovery_code

KEY, SALT, SEALED = 32, 16, 12 + 32 + 16
"""Bytes of a key, of a salt, and of a sealed key with its nonce and tag."""

_NONCE = 12
_SHORTEST, _LONGEST = 15, 1024


@dataclass(eq=False)
class PasswordTooShort(Refusal):
    """NIST SP 800-63B-4: at least 15 characters where a password stands alone."""

    characters: int
    least: int = _SHORTEST


@dataclass(eq=False)
class PasswordTooLong(Refusal):
    """Longer than anybody types; nothing is ever cut off silently."""

    characters: int
    most: int = _LONGEST


@dataclass(eq=False)
class LastSlot(Refusal):
    """The last officer's slot stays: without it nobody signs in."""

    owner: str


@dataclass(eq=False)
class WrongPassphrase(Trouble):
    """No slot opens with this name and password, or with this recovery code."""


@dataclass(eq=False)
class NoMachineSecret(Trouble):
    """The slot was made with a secret that this computer's keyring no longer gives."""

    officer: str


@dataclass(eq=False)
class SlotsDamaged(Trouble):
    """The slots file was altered: its MAC under the database key does not fit."""


@dataclass(eq=False)
class MemoryTooSmall(Trouble):
    """The computer did not give Argon2 the memory that the slot asks for."""

    mebibytes: int


class SlotKind(StrEnum):
    PASSWORD = "password"  # noqa: S105
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a password costs: Argon2id's memory in KiB, passes and lanes."""

    memory: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        fits = 1 <= self.passes <= 10 and 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory <= 1024 * 1024
        if not fits:
            raise ValueError("beyond 1 GiB, 10 passes or 16 lanes a forged slot could hang the desk")


STANDARD = Cost(64 * 1024, 3, 4)
"""RFC 9106's second option: some 0.3 s."""
SMALL = Cost(19 * 1024, 2, 1)
"""For machines under 4 GiB."""
WITHOUT_KEYRING = Cost(256 * 1024, 3, 4)
"""Where no machine secret helps the password."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in."""

    id: str
    kind: SlotKind
    owner: str
    """The officer, or what is written on the recovery code's envelope."""
    salt: bytes
    sealed: bytes
    """Nonce, then the database key under this slot's own key."""
    cost: Cost | None = None
    """Of a password."""
    machine: bool = False
    """Whether the machine secret is needed too."""

    def record(self) -> dict[str, Value]:
        record: dict[str, Value] = {
            "id": self.id,
            "kind": self.kind.value,
            "owner": self.owner,
            "salt": self.salt.hex(),
            "sealed": self.sealed.hex(),
        }
        if self.cost:
            record["argon2id"] = {"memory": self.cost.memory, "passes": self.cost.passes, "lanes": self.cost.lanes}
            record["machine"] = self.machine
        return record


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots file of one generation of one database."""

    database: str
    generation: int
    slots: tuple[Slot, ...] = ()
    mac: bytes = b""
    """Over the record, under a key derived from the database key."""

    def record(self) -> dict[str, Value]:
        """All but the MAC."""
        return {
            "format": "kpdesk-slots/1",
            "database": self.database,
            "generation": self.generation,
            "slots": [slot.record() for slot in self.slots],
        }

    def of(self, officer: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.kind is SlotKind.PASSWORD and slot.owner == officer), None)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What an officer's password opens."""

    dek: bytes = field(repr=False)
    """The database key, 32 bytes."""
    sealing_key: bytes = field(repr=False)
    """Seals this officer's approval key, 32 bytes; nobody else can derive it."""


def new_slots(*, database: str, generation: int) -> tuple[Slots, bytes]:
    """An empty slots file and the new database key that its slots will seal."""
    dek = os.urandom(KEY)
    return _closed(Slots(database, generation), dek), dek


def add_password(
    slots: Slots, *, dek: bytes, officer: str, password: str, machine_secret: bytes | None, cost: Cost = STANDARD
) -> tuple[Slots, bytes]:
    """A slot for this officer, in place of an older one, and the new sealing key of the officer's approval key.

    Raises PasswordTooShort, PasswordTooLong, SlotsDamaged and MemoryTooSmall.
    """
    _check(slots, dek)
    typed = unicodedata.normalize("NFKC", password)
    shortest = min(len(password), len(typed))  # NFKC makes eighteen signs of one, and one of two
    if shortest < _SHORTEST:
        raise PasswordTooShort(shortest)
    if len(typed) > _LONGEST:
        raise PasswordTooLong(len(typed))
    blank = Slot(
        secrets.token_hex(8), SlotKind.PASSWORD, officer, os.urandom(SALT), b"", cost, machine_secret is not None
    )
    stretched = _stretch(typed, blank)
    slot = _sealed(slots, blank, stretched + (machine_secret or b""), dek)
    others = tuple(each for each in slots.slots if each != slots.of(officer))
    return _closed(replace(slots, slots=(*others, slot)), dek), _sealing_key(slots, slot, stretched)


def add_recovery(slots: Slots, *, dek: bytes, label: str) -> tuple[Slots, str]:
    """A slot for a new recovery code, and the code to print once; raises SlotsDamaged."""
    _check(slots, dek)
    secret = new_recovery_secret()
    blank = Slot(secrets.token_hex(8), SlotKind.RECOVERY, label, os.urandom(SALT), b"")
    slot = _sealed(slots, blank, secret, dek)
    return _closed(replace(slots, slots=(*slots.slots, slot)), dek), print_recovery_code(secret)


def remove(slots: Slots, *, dek: bytes, slot_id: str) -> Slots:
    """The file without this slot; raises SlotsDamaged and LastSlot."""
    _check(slots, dek)
    left = tuple(slot for slot in slots.slots if slot.id != slot_id)
    gone = next((slot for slot in slots.slots if slot.id == slot_id), None)
    if gone and all(slot.kind is not SlotKind.PASSWORD for slot in left):
        raise LastSlot(gone.owner)
    return _closed(replace(slots, slots=left), dek)


def open_with_password(slots: Slots, *, officer: str, password: str, machine_secret: bytes | None) -> Unlocked:
    """Raises WrongPassphrase, NoMachineSecret, SlotsDamaged and MemoryTooSmall."""
    slot, typed = slots.of(officer), unicodedata.normalize("NFKC", password)
    if slot is None or len(typed) > _LONGEST:
        raise WrongPassphrase
    if slot.machine and machine_secret is None:
        raise NoMachineSecret(officer)
    stretched = _stretch(typed, slot)
    dek = _unsealed(slots, slot, stretched + (machine_secret or b"" if slot.machine else b""))
    if dek is None:
        raise WrongPassphrase
    _check(slots, dek)
    return Unlocked(dek, _sealing_key(slots, slot, stretched))


def open_with_recovery(slots: Slots, *, code: str) -> bytes:
    """The database key; raises RecoveryCodeMistyped, WrongPassphrase and SlotsDamaged."""
    secret = read_recovery_code(code)
    recoveries = (slot for slot in slots.slots if slot.kind is SlotKind.RECOVERY)
    dek = next((dek for slot in recoveries if (dek := _unsealed(slots, slot, secret))), None)
    if dek is None:
        raise WrongPassphrase
    _check(slots, dek)
    return dek


def _stretch(typed: str, slot: Slot) -> bytes:
    assert slot.cost
    try:
        return hash_secret_raw(
            typed.encode("utf-8", "surrogatepass"),
            slot.salt,
            time_cost=slot.cost.passes,
            memory_cost=slot.cost.memory,
            parallelism=slot.cost.lanes,
            hash_len=KEY,
            type=Type.ID,
        )
    except HashingError as problem:
        raise MemoryTooSmall(slot.cost.memory // 1024) from problem


def _derived(secret: bytes, salt: bytes | None, *label: str) -> bytes:
    return HKDF(SHA256(), KEY, salt, "|".join(label).encode()).derive(secret)


def _sealing_key(slots: Slots, slot: Slot, stretched: bytes) -> bytes:
    return _derived(stretched, slot.salt, "kpdesk/approval/1", slots.database, slot.owner)


def _lock(slots: Slots, slot: Slot, secret: bytes) -> tuple[AESGCM, bytes]:
    """The slot's cipher, and what it binds the sealed key to."""
    label = canonical({"db": slots.database, "gen": slots.generation, "id": slot.id, "kind": slot.kind.value})
    return AESGCM(_derived(secret, slot.salt, "kpdesk/kek/1", slots.database, slot.id)), label.encode()


def _sealed(slots: Slots, slot: Slot, secret: bytes, dek: bytes) -> Slot:
    cipher, label = _lock(slots, slot, secret)
    nonce = os.urandom(_NONCE)
    return replace(slot, sealed=nonce + cipher.encrypt(nonce, dek, label))


def _unsealed(slots: Slots, slot: Slot, secret: bytes) -> bytes | None:
    cipher, label = _lock(slots, slot, secret)
    try:
        return cipher.decrypt(slot.sealed[:_NONCE], slot.sealed[_NONCE:], label)
    except InvalidTag:
        return None


def _mac(slots: Slots, dek: bytes) -> bytes:
    return hmac.digest(_derived(dek, None, "kpdesk/slots-mac/1"), canonical(slots.record()).encode(), "sha256")


def _closed(slots: Slots, dek: bytes) -> Slots:
    return replace(slots, mac=_mac(slots, dek))


def _check(slots: Slots, dek: bytes) -> None:
    if not hmac.compare_digest(slots.mac, _mac(slots, dek)):
        raise SlotsDamaged
