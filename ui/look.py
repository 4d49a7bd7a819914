"""How the window looks: three sets of tones, text size, fonts, icons and the one style sheet laid over Fusion.

Tones are asked for when something is painted and never kept, so that a change of look reaches everything.
"""

import importlib.util
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from resources import path

SANS = "IBM Plex Sans"
MONO = "IBM Plex Mono"
SMALLEST, LARGEST = 80, 200
_WEIGHT = QFont.Tag("wght")


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


ROLES = ("clerk", "valuer", "issuing", "exporter_desk", "inspector", "supervisor", "auditor", "authority", "seat")
"""The roles of `kpdesk.domain.parties`, by name alone: to import them would delay the start."""

_TONES: dict[Theme, dict[str, str]] = {
    Theme.LIGHT: {
        "ground": "#f3f5f8", "card": "#ffffff", "line": "#dfe4ec", "edge": "#bcc4d2", "ink": "#14203a",
        "muted": "#566178", "field": "#ffffff", "still": "#f3f5f8", "hover": "#eef2f8", "picked": "#e4ecf8",
        "side": "#14203a", "side_ink": "#eef2fa", "side_muted": "#a3afc8", "side_hover": "#1e2d4e",
        "side_picked": "#27385f", "side_line": "#2a3a5e", "on_accent": "#ffffff",
        "ok": "#00665c", "ok_ground": "#e3f3f0", "note": "#2a5a9e", "note_ground": "#e8f0fb",
        "liftable": "#8a4b00", "liftable_ground": "#fff2da", "stop": "#b02318", "stop_ground": "#fdebe8",
        "unknown": "#4d586c", "unknown_ground": "#eceff4", "practice": "#f2b705", "practice_ink": "#2b2000",
        "clerk": "#2156a5", "valuer": "#6a3fa0", "issuing": "#1b6e45", "exporter_desk": "#a84a08",
        "inspector": "#a8271d", "supervisor": "#4a5568", "auditor": "#4a5568", "authority": "#0e6a74",
        "seat": "#a84a08",
    },
    Theme.DARK: {
        "ground": "#0f1521", "card": "#18202f", "line": "#273145", "edge": "#43506a", "ink": "#e9edf5",
        "muted": "#a0abc0", "field": "#111827", "still": "#1f2839", "hover": "#212c40", "picked": "#263653",
        "side": "#0a0f19", "side_ink": "#e9edf5", "side_muted": "#93a0b8", "side_hover": "#151d2c",
        "side_picked": "#1d2940", "side_line": "#1f2a3f", "on_accent": "#0b1322",
        "ok": "#5fd0bd", "ok_ground": "#12322f", "note": "#86b6f7", "note_ground": "#172b47",
        "liftable": "#f5bd5c", "liftable_ground": "#3a2a0d", "stop": "#ff9386", "stop_ground": "#431c1a",
        "unknown": "#b5bfd0", "unknown_ground": "#262f40", "practice": "#e0aa10", "practice_ink": "#1d1500",
        "clerk": "#7fb0f8", "valuer": "#bfa0f0", "issuing": "#6fd0a0", "exporter_desk": "#f5a566",
        "inspector": "#ff9a8d", "supervisor": "#b4c0d4", "auditor": "#b4c0d4", "authority": "#66cbd6",
        "seat": "#f5a566",
    },
    Theme.CONTRAST: {
        "ground": "#000000", "card": "#000000", "line": "#ffffff", "edge": "#ffffff", "ink": "#ffffff",
        "muted": "#f0f0f0", "field": "#000000", "still": "#000000", "hover": "#1f2a44", "picked": "#0a3a7a",
        "side": "#000000", "side_ink": "#ffffff", "side_muted": "#f0f0f0", "side_hover": "#1f2a44",
        "side_picked": "#0a3a7a", "side_line": "#ffffff", "on_accent": "#000000",
        "ok": "#5cf2da", "ok_ground": "#000000", "note": "#9cc9ff", "note_ground": "#000000",
        "liftable": "#ffd23f", "liftable_ground": "#000000", "stop": "#ffb0a6", "stop_ground": "#000000",
        "unknown": "#ffffff", "unknown_ground": "#000000", "practice": "#ffd23f", "practice_ink": "#000000",
        "clerk": "#9cc9ff", "valuer": "#dcc6ff", "issuing": "#86f0b8", "exporter_desk": "#ffbe85",
        "inspector": "#ffb0a6", "supervisor": "#ffffff", "auditor": "#ffffff", "authority": "#86ecf5",
        "seat": "#ffbe85",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A theme at a text size (in percent)."""

    theme: Theme = Theme.LIGHT
    text: int = 100

    def tone(self, name: str) -> QColor:
        """A colour by its name in the table above."""
        return QColor(_TONES[self.theme][name])

    def px(self, pixels: int) -> int:
        """A length drawn for 100 %."""
        return round(pixels * self.text / 100)

    def sized(self, text: int) -> "Look":
        return replace(self, text=min(max(text, SMALLEST), LARGEST))

    def palette(self) -> QPalette:
        """Fusion's colours, for whatever the style sheet does not reach."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.tone(name))
            if role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
                palette.setColor(QPalette.ColorGroup.Disabled, role, self.tone("muted"))
        return palette

    def sheet(self) -> str:
        """The style sheet with `@tone` and `12u` (pixels at 100 %) filled in."""
        shared, each = path("theme/desk.qss").read_text(encoding="utf-8").split("/* for each role */")
        roles = (each.replace("@role", role).replace("@accent", f"@{role}") for role in ROLES)
        text = "".join([shared, *roles]).replace("@icons", path("icons").as_posix())
        text = re.sub("@([a-z_]+)", lambda found: _TONES[self.theme][found[1]], text)
        return re.sub(r"\b(\d+)u\b", lambda found: f"{self.px(int(found[1]))}px", text)

    def wear(self, app: QApplication) -> None:
        """Give the whole program this look."""
        if not app.property("dressed"):
            app.setStyle("Fusion")
            _load_fonts()
            app.setProperty("dressed", True)
        app.setProperty("look", self)
        app.setPalette(self.palette())
        font = QFont(SANS)
        font.setPixelSize(self.px(14))
        app.setFont(font)
        app.setStyleSheet(self.sheet())


def current() -> Look:
    """The look in force; the plain one before any was worn."""
    app = QApplication.instance()
    look = app.property("look") if app else None
    return look if isinstance(look, Look) else Look()


_PALETTE = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "still",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "picked",
    QPalette.ColorRole.HighlightedText: "ink",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "note",
    QPalette.ColorRole.Mid: "edge",
}


def _load_fonts() -> None:
    """From the packages that hold them, without importing those: that alone would cost a tenth of a second."""
    for package, files in (
        ("fontpkg_ibm_plex_sans", ("IBMPlexSans[wdth,wght].ttf",)),
        ("fontpkg_ibm_plex_mono", ("IBMPlexMono-Regular.ttf", "IBMPlexMono-SemiBold.ttf")),
    ):
        found = importlib.util.find_spec(package)
        for folder in (found.submodule_search_locations or ()) if found else ():
            for file in files:
                QFontDatabase.addApplicationFont(str(Path(folder) / "files" / file))


def heavier(widget: QWidget, weight: int = 500) -> None:
    """A heavier cut of the variable font: style sheets know only its regular one."""
    font = widget.font()
    font.setVariableAxis(_WEIGHT, weight)
    widget.setFont(font)


def icon(name: str, tone: str = "ink", *, still: str = "muted") -> QIcon:
    """A drawn icon in a tone of the look in force whenever it is painted; `still`: the tone where it is disabled."""
    return QIcon(_Strokes(name, tone, still))


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon of ours into a rectangle."""
    from PySide6.QtSvg import QSvgRenderer

    drawing = _drawing(name).replace(b"currentColor", colour.name().encode())
    QSvgRenderer(QByteArray(drawing)).render(painter, rect)


@cache
def _drawing(name: str) -> bytes:
    return path(f"icons/{name}.svg").read_bytes()


class _Strokes(QIconEngine):
    """Paints an icon anew each time, in the tone of the moment."""

    def __init__(self, name: str, tone: str, still: str) -> None:
        super().__init__()
        self._name, self._tone, self._still = name, tone, still

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tone = self._still if mode == QIcon.Mode.Disabled else self._tone
        paint_icon(painter, QRectF(rect), self._name, current().tone(tone))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Strokes(self._name, self._tone, self._still)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet see them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
