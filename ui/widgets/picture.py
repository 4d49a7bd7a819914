"""A page's picture: fitted or enlarged, scaled smoothly at the screen's own resolution."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui import look
from ui.slips import Picture

_CLOSEST = 8.0


def image(picture: Picture) -> QImage:
    """The picture as Qt's own copy."""
    form = QImage.Format.Format_RGB888 if picture.mode == "RGB" else QImage.Format.Format_Grayscale8
    return QImage(picture.content, picture.width, picture.height, picture.stride, form).copy()


class PictureView(QFrame):
    """Fits the picture; `+`, `-`, `0`, Ctrl+wheel and a double click look closer or not, drag and arrows move."""

    def __init__(self, name: str, title: str, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("picture", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._empty = empty
        self._image = QImage()
        self._scaled = QImage()
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)
        self._dragged: QPoint | None = None

    @property
    def zoom(self) -> float:
        """1.0: the whole picture fits."""
        return self._zoom

    def show_picture(self, picture: Picture | None) -> None:
        self._image = QImage() if picture is None else image(picture)
        self._scaled = QImage()
        self._look_closer(0)

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def _look_closer(self, factor: float) -> None:
        """0 fits the whole picture again."""
        self._zoom = min(max(self._zoom * factor, 1.0), _CLOSEST) if factor else 1.0
        if self._zoom == 1.0:
            self._centre = QPointF(0.5, 0.5)
        self.update()

    def _move(self, by: QPointF) -> None:
        moved = self._centre + by / self._zoom
        self._centre = QPointF(min(max(moved.x(), 0.0), 1.0), min(max(moved.y(), 0.0), 1.0))
        self.update()

    def _target(self) -> QRectF:
        """Where the whole picture lies, in our own pixels."""
        room = self.contentsRect().adjusted(12, 12, -12, -12)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).toSizeF() * self._zoom
        left = room.center().x() - size.width() * self._centre.x()
        top = room.center().y() - size.height() * self._centre.y()
        return QRectF(left, top, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self._image.isNull():
            painter.setPen(look.current().tone("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.contentsRect().adjusted(24, 24, -24, -24), flags, self._empty)
            return
        target, ratio = self._target(), self.devicePixelRatioF()
        size = (target.size() * ratio).toSize()
        if size.width() < self._image.width():
            if self._scaled.size() != size:
                self._scaled = self._image.scaled(
                    size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            shown = self._scaled
        else:
            shown = self._image
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipRect(self.contentsRect())
        painter.drawImage(target, shown)
        painter.setPen(look.current().tone("line"))
        painter.drawRect(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._look_closer(1.25)
            case Qt.Key.Key_Minus:
                self._look_closer(0.8)
            case Qt.Key.Key_0:
                self._look_closer(0)
            case Qt.Key.Key_Left:
                self._move(QPointF(-0.1, 0))
            case Qt.Key.Key_Right:
                self._move(QPointF(0.1, 0))
            case Qt.Key.Key_Up:
                self._move(QPointF(0, -0.1))
            case Qt.Key.Key_Down:
                self._move(QPointF(0, 0.1))
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._look_closer(1.25 if event.angleDelta().y() > 0 else 0.8)
        else:
            super().wheelEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._look_closer(0 if self._zoom > 1 else 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None and not self._image.isNull():
            moved = event.position().toPoint() - self._dragged
            self._dragged = event.position().toPoint()
            self._move(QPointF(-moved.x() / max(self.width(), 1), -moved.y() / max(self.height(), 1)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
