"""DER, as little of it as envelopes and signatures need: each length in its one shortest form."""

from typing import NamedTuple

SEQUENCE, SET, INTEGER, OCTETS = 0x30, 0x31, 0x02, 0x04
_LONGEST = 4


class Element(NamedTuple):
    """One value with its tag."""

    tag: int
    content: bytes
    whole: bytes


def element(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return header(tag, len(content)) + content


def header(tag: int, length: int) -> bytes:
    """Tag and length of a value."""
    if length < 0x80:
        return bytes([tag, length])
    count = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | count]) + length.to_bytes(count, "big")


def integer(value: int) -> bytes:
    """A non-negative INTEGER."""
    return element(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def set_of(*parts: bytes) -> bytes:
    return element(SET, *sorted(parts))


def read_header(data: bytes, at: int, tag: int | None = None) -> tuple[int, int]:
    """Where the value at this place begins and how long it says it is; ValueError for another tag or a longer form."""
    if len(data) < at + 2 or tag not in (None, data[at]):
        raise ValueError("another tag")
    count = max(0, data[at + 1] - 0x80)
    length = int.from_bytes(data[at + 2 : at + 2 + count], "big") if count else data[at + 1]
    written = header(data[at], length)
    if count > _LONGEST or not data.startswith(written, at):
        raise ValueError("not the shortest length")
    return at + len(written), length


def elements(data: bytes) -> list[Element]:
    """The values that make up `data` to its end; ValueError."""
    found, at = [], 0
    while at < len(data):
        start, length = read_header(data, at)
        if start + length > len(data):
            raise ValueError("cut off")
        found.append(Element(data[at], data[start : start + length], data[at : start + length]))
        at = start + length
    return found
