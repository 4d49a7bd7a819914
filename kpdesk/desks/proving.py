"""What proves a sheet: its code, its bars or its number, read back from the paper by a machine or a person.

A picture from outside is opened by the reader's child process; frames are the office's own camera, or a folder of
pictures in its place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kpdesk.desks.reading import Reader, texts_of
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import Certificate
from kpdesk.domain.outcomes import Refusal
from kpdesk.scanning import decode
from kpdesk.scanning.frames import Frames, PictureFolder
from kpdesk.scanning.steady import Steady, checks
from kpdesk.signing.code import PREFIX

__all__ = [
    "Frames",
    "OtherSheet",
    "PictureFolder",
    "SheetDoesNotProve",
    "proof",
    "read_back",
    "read_file",
    "read_picture",
]


@dataclass(eq=False)
class SheetDoesNotProve(Refusal):
    """What was read from the sheet is not this certificate's code, nor its number."""

    number: str


@dataclass(eq=False)
class OtherSheet(SheetDoesNotProve):
    """What was read stands on another sheet."""

    found: str


def proof(thing: Certificate, read: Iterable[str]) -> str:
    """Which of the texts read proves the sheet, for the history; raises OtherSheet, SheetDoesNotProve."""
    assert thing.number is not None
    number = thing.number
    proofs = {
        thing.code: "by its code",
        thing.compact_code: "by its small code",
        number.with_check: "by its bars",
        number.text: "by its number",
        number.text[-4:]: "by its last four",
    }
    texts = {text.strip() if text.startswith(PREFIX) else text.replace(" ", "").upper() for text in read}
    for text, how in proofs.items():
        if text in texts:
            return how
    if other := next((text for text in sorted(texts) if len(text) >= len(number.text) and _is_number(text)), ""):
        longer = len(other) > len(number.text) and checks(other)
        raise OtherSheet(number.text, other[:-1] if longer else other)
    raise SheetDoesNotProve(number.text)


def _is_number(text: str) -> bool:
    try:
        return Number.parse(text).text == text
    except Refusal:
        return False


def read_back(frames: Frames) -> Iterator[str]:
    """The texts that a camera sees and that may be believed, each once; ends with the frames. Raises NoFrames."""
    steady = Steady()
    for frame in frames:
        for code in steady.believe(decode.read(frame.grey)):
            yield code.text


def read_file(reader: Reader, path: Path) -> tuple[str, ...]:
    """The texts of a scan or photograph of the sheet, through the child; raises the troubles of strange files."""
    return texts_of(reader.read(path))


def read_picture(reader: Reader, name: str, content: bytes) -> tuple[str, ...]:
    """As `read_file`, for a picture already here."""
    return texts_of(reader.read_bytes(name, content))
