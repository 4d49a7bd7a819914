"""Looks: readable tones, a whole style sheet, fonts and icons that are there."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication, QLabel

from kpdesk.domain.parties import Role
from resources import path
from ui import look
from ui.look import Look, Theme
from ui.tones import Tone

ICONS = sorted(file.stem for file in path("icons").glob("*.svg"))
PAIRS = [
    *(("ink", ground) for ground in ("ground", "card", "field", "still", "hover", "picked")),
    *(("muted", ground) for ground in ("ground", "card", "still")),
    *(("side_ink", ground) for ground in ("side", "side_hover", "side_picked")),
    *(("side_muted", ground) for ground in ("side",)),
    *((tone.value, f"{tone.value}_ground") for tone in Tone),
    *((tone.value, "card") for tone in Tone),
    *(("ink", f"{tone.value}_ground") for tone in Tone),
    *(("on_accent", role.value) for role in Role),
    ("practice_ink", "practice"),
]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2: 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    parts = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3])
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(theme: Theme, text: str, ground: str) -> None:
    worn = Look(theme)
    least = 7 if theme is Theme.CONTRAST else 4.5
    assert contrast(worn.tone(text), worn.tone(ground)) >= least


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("size", [80, 100, 200])
def test_the_sheet_is_whole(theme: Theme, size: int) -> None:
    sheet = Look(theme, size).sheet()
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    assert not re.search(r"\b\d+u\b", sheet)
    assert sheet.count("{") == sheet.count("}")


def test_lengths_follow_the_text_size() -> None:
    assert [Look().sized(size).px(40) for size in (10, 100, 150, 999)] == [32, 40, 60, 80]


def test_fonts_come_with_the_program(qapp: QApplication) -> None:
    assert {look.SANS, look.MONO} <= set(QFontDatabase.families())


def test_a_heavier_cut_is_wider(qapp: QApplication) -> None:
    label = QLabel("Certificate")
    plain = label.sizeHint().width()
    look.heavier(label, 700)
    assert label.sizeHint().width() > plain


def test_icons_are_drawn_in_the_tone_of_the_moment(qapp: QApplication) -> None:
    icons = [look.icon(name) for name in ICONS]
    for theme in Theme:
        Look(theme).wear(qapp)
        assert {ink(icon) for icon in icons} == {Look(theme).tone("ink").name()}


def ink(icon: QIcon) -> str:
    """The colour of the first pixel that is fully painted."""
    drawn = icon.pixmap(QSize(96, 96)).toImage()
    pixels = (drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height()))
    return next(pixel.name() for pixel in pixels if pixel.alpha() == 255)


def test_every_role_has_its_accent() -> None:
    assert {role.value for role in Role} == set(look.ROLES)


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_has_its_icon(tone: Tone) -> None:
    assert tone.value in ICONS
