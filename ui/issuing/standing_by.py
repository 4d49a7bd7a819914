"""Beside a shipment that is sealed: officers of other services who stand by, and a photo. Neither is asked for."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kpdesk.desks.counter import Shot
from kpdesk.domain.custody import Service
from ui import look
from ui.keys import Keyboard
from ui.slips import Picture
from ui.widgets.abreast import Abreast
from ui.widgets.card import APART, INSIDE, column, text
from ui.widgets.drop_area import DropArea
from ui.widgets.field import Field, line
from ui.widgets.picture import PictureView


class StandingBy(QFrame):
    """Names are typed; the photo is dropped, pasted or chosen, and shown as it will be kept."""

    given = Signal(object, str)
    """A path or bytes, and a name for troubles."""

    def __init__(self, keyboard: Keyboard) -> None:
        super().__init__()
        self.setObjectName("seal_beside")
        self.setProperty("card", True)
        self.shot: Shot | None = None
        self._customs, self._mines = line("seal_customs"), line("seal_mines")
        names = QWidget()
        fields = (Field(self.tr("C&ustoms officer"), self._customs), Field(self.tr("&Mines officer"), self._mines))
        names.setLayout(column(*fields))
        self._picture = PictureView("seal_photo_view", self.tr("Photo"))
        self._photo = DropArea(
            "seal_photo",
            self.tr("Drop or paste a photo"),
            self.tr("PNG or JPEG, or press {key}").format(key=keyboard.name("open")),
            self.tr("Pictures (*.png *.jpg *.jpeg)"),
            self._picture,
        )
        self._photo.setMinimumSize(look.current().px(200), look.current().px(120))
        beside = Abreast(2, gap=16, between=12)
        beside.show_widgets([names, self._photo])
        inside = QVBoxLayout(self)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        inside.setSpacing(APART)
        for widget in (text(self.tr("Who stands by, and a photo"), "caption"), beside):
            inside.addWidget(widget)
        self._photo.given.connect(lambda paths: self.given.emit(paths[0], paths[0].name))
        self._photo.pasted.connect(lambda content: self.given.emit(content, self.tr("pasted picture")))

    @property
    def witnesses(self) -> Mapping[Service, str]:
        return {Service.CUSTOMS: self._customs.text().strip(), Service.MINES: self._mines.text().strip()}

    def choose(self) -> None:
        self._photo.choose()

    def show_shot(self, shot: Shot | None) -> None:
        self.shot = shot
        seen = shot.picture if shot else None
        self._picture.show_picture(Picture(seen.width, seen.height, seen.width * 3, "RGB", seen.rgb) if seen else None)
        self._photo.show_content(shot is not None)

    def clear(self) -> None:
        """For the next shipment: others may stand by."""
        self.show_shot(None)
        for each in (self._customs, self._mines):
            each.clear()
