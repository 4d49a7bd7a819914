"""The verify page tied to the inspector's desk. Strange files are opened by the one child process, never here."""

import time
from decimal import Decimal
from pathlib import Path

from kpdesk.desks import inspector
from kpdesk.desks.desk import Desk
from kpdesk.desks.reading import Reader, code_of
from kpdesk.domain.certificate import Number
from ui.inspector.verify import VerifyActs
from ui.slips import Checked, Picture


def verify_acts(desk: Desk, reader: Reader) -> VerifyActs:
    """The page's questions; the reader belongs to the camera's lane."""
    return VerifyActs(
        check_file=lambda path: _check_file(desk, reader, path),
        check_number=lambda number: _check_number(desk, number),
    )


def _check_file(desk: Desk, reader: Reader, path: Path) -> Checked:
    start = time.perf_counter()
    sheet = reader.read(path)
    verdict = inspector.verify(desk, code_of(sheet))
    took = Decimal(f"{time.perf_counter() - start:.1f}")
    seen = reader.picture(path)
    picture = Picture(seen.width, seen.height, 3 * seen.width, "RGB", seen.rgb)
    return Checked(verdict=verdict, source=path.name, at=desk.clock(), took=took, picture=picture)


def _check_number(desk: Desk, typed: str) -> Checked:
    """A number alone has no code: what the books and the lists say of it."""
    number = Number.parse(typed)
    verdict = inspector.verify_number(desk, number)
    return Checked(verdict=verdict, source=number.text, at=desk.clock(), took=Decimal("0.0"), picture=None)
