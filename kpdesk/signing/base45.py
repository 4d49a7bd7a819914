"""Base45 (RFC 9285): bytes in the 45 characters that a QR code packs densest. Strict, and quick for a scanner."""

import struct

_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_TO_DIGIT = bytes(_ALPHABET.find(byte) % 256 for byte in range(256))
_BAD = b"\xff"


def encode(plain: bytes) -> str:
    """Two bytes become three characters, a last single byte two."""
    digits = bytearray()
    for (pair,) in struct.iter_unpack(">H", plain[: len(plain) & ~1]):
        rest, low = divmod(pair, 45)
        high, middle = divmod(rest, 45)
        digits += bytes((low, middle, high))
    if len(plain) % 2:
        high, low = divmod(plain[-1], 45)
        digits += bytes((low, high))
    return bytes(_ALPHABET[digit] for digit in digits).decode()


def decode(text: str) -> bytes:
    """The bytes of a text; raises ValueError for any other character, a cut group or a group out of range."""
    digits = text.encode("ascii").translate(_TO_DIGIT)  # UnicodeEncodeError is a ValueError
    rest = len(digits) % 3
    if _BAD in digits or rest == 1:
        raise ValueError("not base45")
    groups, whole = len(digits) // 3, len(digits) - rest
    # All groups at once, as 24-bit lanes of one long integer: many times as quick as a loop over them.
    long = int.from_bytes(digits[:whole], "little")
    lane = int.from_bytes(b"\xff\0\0" * groups, "little")
    values = (long & lane) + 45 * (long >> 8 & lane) + 2025 * (long >> 16 & lane)
    pairs = values.to_bytes(3 * groups, "little")
    last = digits[-2] + 45 * digits[-1] if rest else 0
    if pairs[2::3].count(0) != groups or last > 255:
        raise ValueError("a group out of range")
    plain = bytearray(2 * groups)
    plain[0::2], plain[1::2] = pairs[1::3], pairs[0::3]
    return bytes(plain) + (bytes([last]) if rest else b"")
