"""Files that people carry: papers and letters go out whole or not at all, into the folder `out`; letters come in."""

from collections.abc import Iterator
from pathlib import Path

from kpdesk.desks.desk import Desk
from kpdesk.exchange.applications import ANSWER
from kpdesk.exchange.whole import whole_file
from kpdesk.printing.pages import Picture, page_count, render
from kpdesk.scanning.troubles import FileUnreachable


def put_out(desk: Desk, name: str, content: bytes) -> Path:
    """Write a file into the folder of what goes out; raises FileNotWritten."""
    folder = desk.folder.out
    folder.mkdir(exist_ok=True)
    file = folder / name
    with whole_file(file) as stream:
        stream.write(content)
    return file


def pages(pdf: bytes, *, dpi: float) -> Iterator[Picture]:
    """Every page of one of our own papers, each drawn when it is asked for."""
    for number in range(page_count(pdf)):
        yield render(pdf, dpi=dpi, page=number)


def read_letter(file: Path) -> bytes:
    """A file that somebody brought, as far as any letter may be long; raises FileUnreachable."""
    try:
        with file.open("rb") as stream:
            return stream.read(ANSWER.most + 1)
    except OSError as problem:
        raise FileUnreachable(file.name) from problem
