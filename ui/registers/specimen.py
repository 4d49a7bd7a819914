"""A specimen of a signature or a stamp: dropped, pasted or chosen; it is opened elsewhere and kept small."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpdesk.desks.counter import Shot
from ui import look
from ui.keys import Keyboard
from ui.slips import Picture
from ui.tones import Tone
from ui.widgets.card import Notice, button, column, row, text
from ui.widgets.drop_area import DropArea
from ui.widgets.picture import PictureView

_HIGH = 150


class SpecimenField(QWidget):
    """Shows what will be kept."""

    given = Signal(object, str)
    """A path or bytes, and a name for troubles."""
    changed = Signal()

    def __init__(self, caption: str, keyboard: Keyboard) -> None:
        super().__init__()
        self.shot: Shot | None = None
        self._view = PictureView("entry_picture_view", caption)
        self._area = DropArea(
            "entry_picture",
            self.tr("Drop or paste a picture here"),
            self.tr("PNG or JPEG, white paper, as large as it is written"),
            self.tr("Pictures (*.png *.jpg *.jpeg)"),
            self._view,
        )
        self._area.setMinimumHeight(look.current().px(_HIGH))
        self._notice = Notice("entry_picture_notice")
        choose = button("entry_picture_choose", self.tr("Choose…"), keyboard.name("open"))
        remove = button("entry_picture_remove", self.tr("Take out"))
        self.setLayout(column(text(caption.replace("&", ""), "caption"), self._area, self._notice, gap=4))
        self.layout().addLayout(row(choose, remove, 1, gap=8))  # type: ignore[union-attr]
        self.setFocusProxy(self._area)
        self._area.given.connect(lambda paths: self.given.emit(paths[0], paths[0].name))
        self._area.pasted.connect(lambda data: self.given.emit(data, self.tr("pasted picture")))
        choose.clicked.connect(self.choose)
        remove.clicked.connect(lambda: self.show_shot(None))

    def choose(self) -> None:
        self._area.choose()

    def show_shot(self, shot: Shot | None) -> None:
        self.shot = shot
        self._view.show_picture(picture_of(shot))
        self._area.show_content(shot is not None)
        self._notice.show_words("")
        self.changed.emit()

    def say(self, words: str) -> None:
        self._notice.show_words(words, Tone.STOP)


def picture_of(shot: Shot | None) -> Picture | None:
    """As the window shows it."""
    seen = shot.picture if shot else None
    return Picture(seen.width, seen.height, seen.width * 3, "RGB", seen.rgb) if seen else None
