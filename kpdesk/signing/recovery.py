"""Recovery codes: 32 random bytes and 3 check bytes as 14 printed groups of four, for an envelope in a safe."""

import hashlib
import os
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass

from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.trust import grouped

_SECRET_BYTES, _CHECK_BYTES = 32, 3
_CHARACTERS = (_SECRET_BYTES + _CHECK_BYTES) * 8 // 5
_TWINS = str.maketrans("018", "OIB")
"""Base32 has no 0, 1 and 8: whoever types one has misread its twin."""


@dataclass(eq=False)
class RecoveryCodeMistyped(Refusal):
    """Not a recovery code as it was printed: its own check says so, before any lock is tried."""


def new_recovery_secret() -> bytes:
    return os.urandom(_SECRET_BYTES)


def print_recovery_code(secret: bytes) -> str:
    """The secret as it is printed: 14 groups of 4."""
    return grouped(b32encode(secret + _check(secret)).decode(), 4)


def read_recovery_code(typed: str) -> bytes:
    """The secret in a code as a person typed it; raises RecoveryCodeMistyped."""
    plain = re.sub(r"[\s\-]", "", typed[:200]).upper().translate(_TWINS)
    try:
        octets = b32decode(plain) if len(plain) == _CHARACTERS else b""
    except ValueError as problem:
        raise RecoveryCodeMistyped from problem
    secret = octets[:_SECRET_BYTES]
    if octets != secret + _check(secret):
        raise RecoveryCodeMistyped
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"kpdesk/recovery/1" + secret).digest()[:_CHECK_BYTES]
