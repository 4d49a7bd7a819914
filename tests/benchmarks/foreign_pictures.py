"""A strange picture through the child, against decoding it in our own process."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from kpdesk.scanning.decode import read
from kpdesk.scanning.foreign import Reader
from tests.scanning.hard_frames import View, jpeg, noise, seen, sheet, signed_code_text

ROUNDS, EACH = 7, 9


def run() -> dict[str, Any]:
    """A 720p photograph of a sheet: its two codes, read both ways in turn."""
    view = View(spoil=[noise(4), jpeg(80)])
    photograph = cv2.imencode(".jpg", seen(sheet(signed_code_text()), view, np.random.default_rng(0)))[1].tobytes()

    def bare() -> int:
        grey = cv2.imdecode(np.frombuffer(photograph, np.uint8), cv2.IMREAD_GRAYSCALE)
        return len(read(np.asarray(grey, np.uint8)))

    cv2.setNumThreads(1)
    with Reader() as reader:
        first = _timed(lambda: len(reader.read_bytes("first.jpg", photograph).texts))
        bare()
        rounds = [_round(lambda: len(reader.read_bytes("next.jpg", photograph).texts), bare) for _ in range(ROUNDS)]
    ratios = [child / own for child, own in rounds]
    return {
        "name": "foreign_pictures",
        "what": "a 720p photograph read by the child, against imdecode and zxing-cpp in this process",
        "median_ratio": statistics.median(ratios),
        "runs": ratios,
        "limit": 1.8,
        "first_file_ms": first * 1000,
        "next_file_ms": statistics.median(child for child, _ in rounds) * 1000,
        "bare_ms": statistics.median(own for _, own in rounds) * 1000,
    }


def _round(by_child: Callable[[], int], bare: Callable[[], int]) -> tuple[float, float]:
    """The medians of both, taken in turn."""
    children, owns = zip(*((_timed(by_child), _timed(bare)) for _ in range(EACH)), strict=True)
    return statistics.median(children), statistics.median(owns)


def _timed(read_once: Callable[[], int]) -> float:
    start = time.perf_counter()
    if read_once() != 2:
        raise RuntimeError("the photograph was not read")
    return time.perf_counter() - start
