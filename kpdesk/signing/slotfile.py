"""The slots file: canonical JSON, read strictly. Its MAC is checked when a slot opens: before that no key is known."""

from dataclasses import dataclass

from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.records import Value, canonical, parse
from kpdesk.signing.slots import KEY, SALT, SEALED, Cost, Slot, SlotKind, Slots

MOST_BYTES = 256 * 1024
_MOST_SLOTS = 200


@dataclass(eq=False)
class NotSlots(Trouble):
    """The bytes are no slots file as this program writes it."""


def dump(slots: Slots) -> bytes:
    return canonical({**slots.record(), "mac": slots.mac.hex()}).encode() + b"\n"


def load(data: bytes) -> Slots:
    """The slots in a file that must be ours to the byte; raises NotSlots."""
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("too large")
        record = parse(data.decode().removesuffix("\n"))
        slots = Slots(
            _text(record["database"]),
            _number(record["generation"]),
            tuple(_slot(each) for each in _list(record["slots"])),
            _octets(record["mac"], KEY),
        )
        same = dump(slots) == data
    except (KeyError, TypeError, ValueError) as problem:
        raise NotSlots from problem
    if not same or len({slot.id for slot in slots.slots}) != len(slots.slots):
        raise NotSlots
    return slots


def _slot(value: Value) -> Slot:
    record = _entries(value)
    kind = SlotKind(_text(record["kind"]))
    password = kind is SlotKind.PASSWORD
    return Slot(
        _text(record["id"]),
        kind,
        _text(record["owner"]),
        _octets(record["salt"], SALT),
        _octets(record["sealed"], SEALED),
        _cost(_entries(record["argon2id"])) if password else None,
        record["machine"] is True if password else False,
    )


def _cost(record: dict[str, Value]) -> Cost:
    return Cost(_number(record["memory"]), _number(record["passes"]), _number(record["lanes"]))


def _entries(value: Value) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise ValueError("entries are wanted")
    return value


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list) or len(value) > _MOST_SLOTS:
        raise ValueError("slots are wanted")
    return value


def _text(value: Value) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 200:
        raise ValueError("a short text is wanted")
    return value


def _number(value: Value) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a number is wanted")
    return value


def _octets(value: Value, length: int) -> bytes:
    octets = bytes.fromhex(_text(value))
    if len(octets) != length:
        raise ValueError("other bytes are wanted")
    return octets
