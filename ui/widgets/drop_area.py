"""A place to give files: dropped, pasted or chosen. What they hold is opened elsewhere, in a process of its own."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedLayout, QWidget

from ui import look
from ui.widgets.card import Sign, column, text


class DropArea(QFrame):
    """Takes local files only, nothing is fetched from anywhere; shows `content` once there is something to show."""

    given = Signal(object)
    """A tuple of paths."""
    pasted = Signal(object)
    """The bytes of a picture from the clipboard, as PNG or JPEG."""

    def __init__(self, name: str, words: str, hint: str, pattern: str, content: QWidget) -> None:
        """`pattern`: what the file dialog shows, such as `Pictures and PDFs (*.png *.pdf)`."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("drop", "true")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pattern, self._content = pattern, content
        sign, said, hinted = (
            Sign("drop", "muted", 32),
            text(words, "heading", wrap=True),
            text(hint, "muted", wrap=True),
        )
        asked = column(1, sign, said, hinted, 1)
        for each in (said, hinted):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        asked.setAlignment(sign, Qt.AlignmentFlag.AlignHCenter)
        self._empty = QWidget()
        self._empty.setLayout(asked)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)

    def show_content(self, there: bool) -> None:
        self._stack.setCurrentWidget(self._content if there else self._empty)

    def choose(self) -> None:
        """Ask for files in the system's own dialog."""
        chosen, _ = QFileDialog.getOpenFileNames(self, self.accessibleName(), "", self._pattern)
        self._give(map(Path, chosen))

    def _give(self, paths: Iterable[Path]) -> None:
        if given := tuple(path for path in paths if path.is_file()):
            self.given.emit(given)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local(event.mimeData()):
            look.restyle(self, drop="over")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        look.restyle(self, drop="true")

    def dropEvent(self, event: QDropEvent) -> None:
        look.restyle(self, drop="true")
        self._give(_local(event.mimeData()))
        event.acceptProposedAction()

    def paste(self) -> None:
        """Take what lies in the clipboard: files, or a picture."""
        lies = QGuiApplication.clipboard().mimeData()
        if files := _local(lies):
            self._give(files)
        elif picture := _picture(lies):
            self.pasted.emit(picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)


def _local(given: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in given.urls() if QUrl(url).isLocalFile()]


def _picture(given: QMimeData) -> bytes:
    """A picture as it was copied; one that another program drew is written as PNG."""
    for form in ("image/png", "image/jpeg"):
        if given.hasFormat(form):
            return bytes(given.data(form).data())
    image, written = QImage(given.imageData()), QBuffer()
    if image.isNull():
        return b""
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(written, b"PNG")
    return bytes(written.data().data())
