"""The photo of a parcel: dropped, pasted or chosen; it is opened in a process of its own and kept small."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.desks.counter import Shot
from ui import look
from ui.keys import Keyboard
from ui.slips import Picture
from ui.tones import Tone
from ui.widgets.card import Notice, button, card
from ui.widgets.drop_area import DropArea
from ui.widgets.flow import Flow
from ui.widgets.picture import PictureView

_EMPTY, _SHOWN = 104, 220


class PhotoCard(QWidget):
    """Shows what will be kept."""

    given = Signal(object, str)
    """A path or bytes, and a name for troubles."""
    removed = Signal()

    def __init__(self, keyboard: Keyboard) -> None:
        super().__init__()
        self.shot: Shot | None = None
        frame, inside = card("photo", self.tr("Photo of the parcel"))
        self._view = PictureView("photo_view", self.tr("Photo of the parcel"))
        self._area = DropArea(
            "photo_drop",
            self.tr("Drop or paste a photo here"),
            self.tr("PNG or JPEG, at most 40 million pixels"),
            self.tr("Pictures (*.png *.jpg *.jpeg)"),
            self._view,
        )
        self._notice = Notice("photo_notice")
        self._choose = button("photo_choose", self.tr("Choose…"), keyboard.name("open"))
        self._paste = button("photo_paste", self.tr("Paste"))
        self._remove = button("photo_remove", self.tr("Take out"))
        buttons = QWidget()
        flow = Flow(buttons, gap=8)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (self._choose, self._paste, self._remove):
            flow.addWidget(each)
        inside.addWidget(self._area, 1)
        inside.addWidget(self._notice)
        inside.addWidget(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self._area.given.connect(lambda paths: self.given.emit(paths[0], paths[0].name))
        self._area.pasted.connect(lambda data: self.given.emit(data, self.tr("pasted picture")))
        self._choose.clicked.connect(self.choose)
        self._paste.clicked.connect(self._area.paste)
        self._remove.clicked.connect(self._on_remove)
        self.show_shot(None)

    def choose(self) -> None:
        self._area.choose()

    def show_shot(self, shot: Shot | None) -> None:
        self.shot = shot
        picture = shot.picture if shot else None
        shown = Picture(picture.width, picture.height, picture.width * 3, "RGB", picture.rgb) if picture else None
        self._view.show_picture(shown)
        self._area.show_content(shot is not None)
        self._area.setFixedHeight(look.current().px(_SHOWN if shot else _EMPTY))
        self._remove.setVisible(shot is not None)
        self._notice.show_words("")

    def say(self, words: str) -> None:
        self._notice.show_words(words, Tone.STOP)

    def _on_remove(self) -> None:
        self.show_shot(None)
        self.removed.emit()
