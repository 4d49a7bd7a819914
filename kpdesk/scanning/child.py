"""The child that opens strange files: bytes come in by a pipe, texts or pixels go back, nothing else gets out.

`python -m kpdesk.scanning.child`, started by `kpdesk.scanning.foreign.Reader`. It opens no path.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import IO, TypeAlias

from kpdesk.scanning import decode
from kpdesk.scanning.codes import QR, Code, Grey, Source
from kpdesk.scanning.pictures import Fault, Kind, Unreadable, open_pages, preview
from kpdesk.scanning.pipe import Head, receive, send
from kpdesk.scanning.walls import allow_seconds, leave_network, shut_in

_SLOWER_UNTIL, _NEXT_PAGE_UNTIL = 0.4, 0.75
"""Shares of a file's time, after which no slower look and no further page is begun."""

Look: TypeAlias = Callable[[Grey], tuple[Code, ...]]


def main() -> None:
    """Answer requests until the parent hangs up."""
    requests, answers = _channel()
    walls = leave_network()
    second_opinion = _libraries()
    # Every number below the limit is taken: whatever a file makes a library open, it cannot.
    walls += shut_in(descriptors=answers.fileno() + 1)
    send(answers, {"walls": walls, "second_opinion": second_opinion is not None})
    while True:
        try:
            request, data = receive(requests)
        except EOFError:
            return
        allow_seconds(request["seconds"])
        send(answers, *_answer(request, data, second_opinion))


def _channel() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent; what a library prints goes to the error stream, not between the messages."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _libraries() -> Look | None:
    """Load all that reading needs, before the walls stand; zbar is None where its library is missing."""
    import cv2
    import pypdfium2  # noqa: F401
    import zxingcpp  # noqa: F401

    cv2.setNumThreads(1)
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):
        return None

    def opinion(grey: Grey) -> tuple[Code, ...]:
        # zbar mangles bytes and misreads Code 128; a structured-append code makes pyzbar raise (ValueError).
        try:
            symbols = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
        except Exception:
            return ()
        return tuple(
            Code(QR, symbol.data.decode("utf-8", "replace"), tuple(map(tuple, symbol.polygon)), 0.0, Source.ZBAR)
            for symbol in symbols
        )

    return opinion


def _answer(request: Head, data: bytes, second_opinion: Look | None) -> tuple[Head, bytes]:
    import cv2

    kind = Kind(request["kind"])
    try:
        if request["longest"]:
            pixels = preview(kind, data, request["longest"])
            return {"width": pixels.shape[1], "height": pixels.shape[0]}, pixels.tobytes()
        return _texts(kind, data, request["every"], request["seconds"], second_opinion), b""
    except Unreadable as problem:
        fault = problem.fault
    except MemoryError:
        fault = Fault.TOO_LARGE
    except cv2.error as problem:
        fault = Fault.TOO_LARGE if problem.code == cv2.Error.StsNoMem else Fault.DAMAGED
    except Exception:
        # What a parser of foreign bytes may raise is open-ended.
        fault = Fault.DAMAGED
    return {"fault": fault}, b""


def _texts(kind: Kind, data: bytes, every: bool, seconds: float, second_opinion: Look | None) -> Head:
    """Look at page after page; slower looks only while there is no QR code yet and time is left."""
    start = time.monotonic()
    count, pages = open_pages(kind, data)
    codes: list[Code] = []
    looked = 0

    def found() -> bool:
        return any(code.format == QR for code in codes)

    def spent() -> float:
        return (time.monotonic() - start) / seconds

    slower: list[Look] = [decode.read_sharpened] + ([second_opinion] if second_opinion else [])
    for grey in pages:
        looked += 1
        seen = decode.read_any(grey) if every else decode.read(grey, look_again=False)
        codes += (replace(code, page=looked) for code in seen)
        for look in slower:
            if not found() and spent() < _SLOWER_UNTIL:
                codes += (replace(code, page=looked) for code in look(grey))
        if spent() > _NEXT_PAGE_UNTIL:
            break
    return {"texts": [asdict(code) for code in codes], "pages": count, "looked": looked}


if __name__ == "__main__":
    main()
