"""The whole check of a full long code, from text to verdict, against one bare ECDSA P-256 verification.

The bare part is the public library alone: key loaded, signature in DER, the very bytes that were signed. Both are
timed in turn, one by one, so that each finds the processor as the other leaves it.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kpdesk.domain.certificate import Number
from kpdesk.domain.trust import Reason, ReceivedNumber, VoidNumber
from kpdesk.domain.verdict import Acceptable
from kpdesk.signing import code
from kpdesk.signing.cbor import encode
from kpdesk.signing.signature import open1
from tests.vectors.practice import LISTS, LONG, NOW, OFFICE

RUNS, EACH = 9, 600
DAY = date(2026, 1, 1)


def run() -> dict[str, Any]:
    lists = replace(
        LISTS,
        voids=tuple(VoidNumber(Number(f"XZ{each:08}"), Reason.VOID, DAY) for each in range(10_000)),
        received=tuple(ReceivedNumber(Number(f"XZ{each:08}"), "ZZ", DAY) for each in range(20_000)),
    )
    text = code.sign(LONG, signer=OFFICE).full
    signed = open1(code._unpack(text))
    message = encode(["Signature1", signed.protected, b"", signed.payload])
    half = len(signed.signature) // 2
    der = encode_dss_signature(
        int.from_bytes(signed.signature[:half], "big"), int.from_bytes(signed.signature[half:], "big")
    )
    public, algorithm = OFFICE.private.public_key(), ec.ECDSA(hashes.SHA256())

    def ours() -> None:
        assert code.check(text, lists=lists, now=NOW).acceptable is Acceptable.ACCEPTABLE

    def bare() -> None:
        public.verify(der, message, algorithm)

    rounds = [_round(ours, bare) for _ in range(RUNS)]
    ratios = [our / own for our, own in rounds]
    return {
        "name": "code",
        "what": "text of a full long code to verdict, lists loaded, against one bare P-256 verification",
        "median_ratio": statistics.median(ratios),
        "runs": ratios,
        "limit": 4.0,
        "check_ms": statistics.median(our for our, _ in rounds) / 1e6,
        "bare_ms": statistics.median(own for _, own in rounds) / 1e6,
        "characters": len(text),
    }


def _round(ours: Callable[[], None], bare: Callable[[], None]) -> tuple[float, float]:
    """The medians of both in nanoseconds."""
    pairs = [(_timed(ours), _timed(bare)) for _ in range(EACH)]
    return statistics.median(our for our, _ in pairs), statistics.median(own for _, own in pairs)


def _timed(act: Callable[[], None]) -> int:
    start = time.perf_counter_ns()
    act()
    return time.perf_counter_ns() - start
