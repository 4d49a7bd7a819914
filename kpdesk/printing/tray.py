"""A printer for practice and tests: a tray of pictures of sheets, looking as a camera would see them.

It can be told what happens to the next sheets, so the whole life of a number runs without hardware.
"""

import re
from collections import deque
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageFilter

from kpdesk.printing.pages import Picture, render
from kpdesk.printing.port import PrinterGone

_DPI = 300
_WHITE = 255


class Fate(StrEnum):
    """What becomes of a sheet: the four answers to “what is on the sheet?” (desk.md 3.4)."""

    GOOD = "good"
    BADLY_PRINTED = "badly printed"
    """Streaks where the toner is out: no code can be read."""
    NOTHING_PRINTED = "nothing printed"
    """A clean sheet."""
    LOST = "lost"
    """No sheet came."""


class TrayPrinter:
    """Prints into a folder: `NUMBER.png`, 300 dpi, grey.

    `random` gives every sheet its own small turn, blur, paper and noise; a seeded one gives the same sheets again.
    """

    def __init__(self, folder: Path, *, random: Generator, name: str = "Practice tray") -> None:
        self._folder = folder
        self._random = random
        self._name = name
        self._fates: deque[Fate] = deque()
        self._plugged = True

    @property
    def name(self) -> str:
        return self._name

    def foretell(self, *fates: Fate) -> None:
        """The next sheets meet these fates in turn; after them all sheets are good."""
        self._fates.extend(fates)

    def plug(self, *, plugged: bool) -> None:
        """Pulls the plug, or puts it back."""
        self._plugged = plugged

    def submit(self, pdf: bytes, *, number: str) -> None:
        if not self._plugged:
            raise PrinterGone(self._name)
        file = self._file(number)
        fate = self._fates.popleft() if self._fates else Fate.GOOD
        page = _image(render(pdf, dpi=_DPI, grey=True))
        match fate:
            case Fate.LOST:
                file.unlink(missing_ok=True)
                return
            case Fate.NOTHING_PRINTED:
                page.paste(_WHITE, (0, 0, *page.size))
            case Fate.BADLY_PRINTED:
                _streak(page)
            case Fate.GOOD:
                pass
        self._folder.mkdir(parents=True, exist_ok=True)
        half_done = file.with_suffix(".part")
        half_done.write_bytes(self._seen(page))
        half_done.replace(file)

    def sheet(self, number: str) -> bytes | None:
        """The sheet as a PNG picture, None if none came."""
        file = self._file(number)
        return file.read_bytes() if file.exists() else None

    def _file(self, number: str) -> Path:
        if not re.fullmatch("[A-Z0-9]{1,32}", number):
            raise ValueError("a sheet is named by its number")
        return self._folder / f"{number}.png"

    def _seen(self, page: Image.Image) -> bytes:
        """The sheet under a camera: a little turned and blurred, unevenly lit, noisy, through JPEG."""
        random = self._random
        paper, toner = random.integers(238, 250), random.integers(18, 38)
        toned = page.point([int(toner + level * (paper - toner) / _WHITE) for level in range(256)])
        turned = toned.rotate(random.uniform(-0.7, 0.7), Image.Resampling.BILINEAR, fillcolor=int(paper))
        blurred = turned.filter(ImageFilter.GaussianBlur(random.uniform(0.4, 0.9)))
        shaded = ImageChops.subtract(blurred, self._shade(*page.size))
        lossy, seen = BytesIO(), BytesIO()
        shaded.save(lossy, "JPEG", quality=80)
        Image.open(lossy).save(seen, "PNG", compress_level=1)
        return seen.getvalue()

    def _shade(self, width: int, height: int) -> Image.Image:
        """Light that falls off to one side, and grain."""
        grain = np.abs(self._random.normal(0, 6, (512, 512))).astype(np.uint8)
        tiled = np.tile(grain, (height // 512 + 1, width // 512 + 1))[:height, :width]
        slope = np.linspace(0, self._random.uniform(8, 28), width).astype(np.uint8)
        return Image.fromarray(tiled + slope)


def _image(picture: Picture) -> Image.Image:
    size = picture.width, picture.height
    return Image.frombytes(picture.mode, size, picture.content, "raw", picture.mode, picture.stride)


def _streak(page: Image.Image) -> None:
    """Down the page, every 20 mm, 8 mm without toner: more than any code can mend."""
    millimetre = _DPI / 25.4
    for start in range(0, page.width, round(20 * millimetre)):
        page.paste(_WHITE, (start, 0, min(page.width, start + round(8 * millimetre)), page.height))
