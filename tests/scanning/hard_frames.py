"""Frames as a webcam would see a printed sheet, made hard in one way at a time; the same seed gives the same pixels.

The sheet: the signed code of ~900 characters, the number's Code 128 and lines of text, on a guilloche. Base distance
3 pixels a module at 1280 x 720. Glare, moire and focus are models.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt
import segno
import zxingcpp

from kpdesk.domain.certificate import Number
from kpdesk.scanning.codes import Grey

WIDTH, HEIGHT = 1280, 720
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
NUMBER = Number("CD2026001377")
_DOTS = 6
"""Pixels a module on the drawn sheet, before the camera."""


def signed_code_text(length: int = 900, *, seed: int = 0) -> str:
    """Text of the shape and size of a signed code: `KPC1:` and base45."""
    picks = np.random.default_rng(seed).integers(0, len(BASE45), length)
    return "KPC1:" + "".join(BASE45[pick] for pick in picks)


def qr(text: str, *, dots: int = _DOTS) -> Grey:
    """Level M with its quiet zone of 4 modules."""
    modules = np.array(tuple(segno.make_qr(text, error="m", boost_error=False).matrix_iter(border=4)), bool)
    return np.kron(np.where(modules, 0, 255).astype(np.uint8), np.ones((dots, dots), np.uint8))


def code_128(text: str, *, dots: int = 5) -> Grey:
    """With its quiet zones."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    return np.asarray(barcode.to_image(scale=dots), np.uint8)


@dataclass
class View:
    """How the sheet lies before the camera, and what spoils the picture."""

    module: float = 3.0
    """Pixels a module of the signed code."""
    turn: float = 0.0
    tilt: float = 0.0
    """Degrees."""
    spoil: list[Callable[[Grey, np.random.Generator], Grey]] = field(default_factory=list)


@dataclass(frozen=True)
class HardFrame:
    category: str
    level: float
    text: str
    grey: Grey


def sheet(text: str) -> Grey:
    """The part of a page around the signed code, at 6 pixels a module."""
    square, bars = qr(text), code_128(NUMBER.with_check)[:120]
    side = square.shape[0]
    page = np.full((side + 400, max(side, bars.shape[1]) + 200), 255, np.uint8)
    ys, xs = np.mgrid[: page.shape[0], : page.shape[1]]
    page[np.abs(np.sin(xs / 23 + 4 * np.sin(ys / 61))) < 0.12] = 205
    for line in range(5):
        cv2.putText(page, "KIMBERLEY PROCESS CERTIFICATE 7102.31", (40, 50 + 34 * line), 0, 0.9, 60, 2)
    page[220 : 220 + side, 60 : 60 + side] = square
    page[-150 : -150 + bars.shape[0], 60 : 60 + bars.shape[1]] = bars
    return page


def seen(page: Grey, view: View, rng: np.random.Generator) -> Grey:
    """The sheet through a pinhole camera, then spoiled."""
    height, width = page.shape
    scale = view.module / _DOTS
    turn, tilt = np.radians(view.turn), np.radians(view.tilt)
    flat = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) * scale / 2
    flat = flat @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    away = 1 + flat[:, 1] * np.sin(tilt) / 1500
    middle = np.array([WIDTH / 2, HEIGHT / 2]) + rng.uniform(-6, 6, 2)
    target = np.column_stack((flat[:, 0], flat[:, 1] * np.cos(tilt))) / away[:, None] + middle
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    lens = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    softened = cv2.GaussianBlur(page, (0, 0), 0.35 / scale)
    frame = cv2.warpPerspective(softened, lens, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=120)
    grey = np.asarray(frame, np.uint8)
    for each in view.spoil:
        grey = each(grey, rng)
    return grey


def blur(sigma: float) -> Callable[[Grey, np.random.Generator], Grey]:
    return lambda grey, rng: np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.uint8)


def motion(pixels: float) -> Callable[[Grey, np.random.Generator], Grey]:
    def spoil(grey: Grey, rng: np.random.Generator) -> Grey:
        size = 2 * int(pixels) + 3
        kernel = np.zeros((size, size), np.float32)
        way = rng.uniform(0, np.pi)
        for step in np.linspace(-pixels / 2, pixels / 2, 4 * size):
            kernel[round(size // 2 + step * np.sin(way)), round(size // 2 + step * np.cos(way))] += 1
        return np.asarray(cv2.filter2D(grey, -1, kernel / kernel.sum()), np.uint8)

    return spoil


def noise(sigma: float) -> Callable[[Grey, np.random.Generator], Grey]:
    return lambda grey, rng: _pixels(grey + rng.normal(0, sigma, grey.shape))


def jpeg(quality: float) -> Callable[[Grey, np.random.Generator], Grey]:
    def spoil(grey: Grey, _: np.random.Generator) -> Grey:
        packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(quality)])[1]
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)

    return spoil


def contrast(left: float) -> Callable[[Grey, np.random.Generator], Grey]:
    return lambda grey, rng: _pixels(128 + (grey.astype(float) - 128) * left)


def glare(radius: float) -> Callable[[Grey, np.random.Generator], Grey]:
    def spoil(grey: Grey, rng: np.random.Generator) -> Grey:
        x, y = np.array([WIDTH / 2, HEIGHT / 2]) + rng.uniform(-80, 80, 2)
        ys, xs = np.mgrid[: grey.shape[0], : grey.shape[1]]
        return _pixels(grey + 400 * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2 * radius**2)))

    return spoil


CATEGORIES: dict[str, tuple[tuple[float, ...], Callable[[float], View]]] = {
    "scale": ((1.5, 1.8, 2.2, 2.6, 3.2, 4.0), lambda level: View(module=level)),
    "turn": ((0, 17, 45, 90, 133, 270), lambda level: View(turn=level)),
    "tilt": ((10, 20, 30, 40, 45), lambda level: View(tilt=level, turn=8)),
    "blur": ((0.6, 0.8, 1.0, 1.2, 1.4, 1.8), lambda level: View(spoil=[blur(level)])),
    "motion": ((2, 3, 4, 5, 6), lambda level: View(spoil=[motion(level)])),
    "noise": ((6, 12, 20, 30, 42), lambda level: View(spoil=[noise(level)])),
    "jpeg": ((80, 50, 30, 20, 10), lambda level: View(spoil=[noise(2), jpeg(level)])),
    "contrast": ((0.7, 0.5, 0.3, 0.2, 0.1), lambda level: View(spoil=[contrast(level), noise(1)])),
    "glare": ((10, 20, 30, 40, 60), lambda level: View(spoil=[glare(level)])),
}
"""Category → its levels, and the view at one level."""


def mix(level: float) -> View:
    """All at once, as a hand does it; from 0 (kind) to 1 (harsh)."""
    return View(
        module=3.4 - level,
        turn=360 * level,
        tilt=35 * level,
        spoil=[blur(0.4 + 0.5 * level), motion(1 + 2 * level), noise(3 + 9 * level), jpeg(80 - 50 * level)],
    )


def hard_frames(seeds: int, *, categories: tuple[str, ...] = (*CATEGORIES, "mix")) -> Iterator[HardFrame]:
    """`seeds` frames for every level of every category, each with its own text."""
    for category in categories:
        levels, view = CATEGORIES.get(category, ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), mix))
        for level in levels:
            for seed in range(seeds):
                text = signed_code_text(seed=seed)
                yield HardFrame(category, level, text, seen(sheet(text), view(level), np.random.default_rng(seed)))


def _pixels(values: npt.NDArray[np.float64]) -> Grey:
    return np.clip(values, 0, 255).astype(np.uint8)
