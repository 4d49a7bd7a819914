"""The unlock window: who it is, the password, and whatever is wrong with it under the field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from kpdesk.domain.outcomes import Outcome
from ui import look, messages
from ui.widgets.band import PracticeBand
from ui.widgets.card import Notice, Sign, button, card, column, row, text
from ui.widgets.field import Field, completer, line
from ui.work import Workroom


class CapsLock(QObject):
    """Notices in a line that letters come out large though Shift is not held."""

    noticed = Signal(bool)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_CapsLock:
                self.noticed.emit(False)
            elif event.text().isalpha():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.noticed.emit(event.text().isupper() != shifted)
        return False


def password_line(name: str) -> QLineEdit:
    made = line(name, longest=1024)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return made


class UnlockWindow(QWidget):
    """Signs one officer in; the passphrase is stretched in the workroom, for that takes a second on purpose."""

    unlocked = Signal(object)
    """The desk that was opened."""

    def __init__(self, *, open_desk: Callable[[str, str], object], workroom: Workroom) -> None:
        """`open_desk(officer, password)` is called in the workroom and refuses by raising an outcome."""
        super().__init__()
        self.setObjectName("unlock")
        self.setProperty("ground", True)
        self.setProperty("role", "clerk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._open, self._workroom = open_desk, workroom
        self._build()
        self._wire()
        self.setWindowTitle("kpdesk")
        self.resize(look.current().px(880), look.current().px(560))

    def _build(self) -> None:
        self._officer = line("unlock_officer")
        self._password = password_line("unlock_password")
        self._password_field = Field(self.tr("&Password"), self._password)
        self._notice = Notice("unlock_trouble")
        self._progress = QProgressBar()
        self._progress.setObjectName("unlock_progress")
        self._progress.setAccessibleName(self.tr("Unlocking"))
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        held = self._progress.sizePolicy()
        held.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(held)
        self._progress.hide()
        self._unlock = button("unlock_open", self.tr("Unlock"), self.tr("Enter"), primary=True)
        self._hint = text("", "muted", wrap=True)
        self._hint.setObjectName("unlock_hint")
        self._hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint.hide()
        form, inside = card("unlock_card")
        inside.setSpacing(16)
        inside.addWidget(text(self.tr("Sign in"), "title"))
        inside.addWidget(self._notice)
        inside.addWidget(Field(self.tr("&Officer"), self._officer))
        inside.addWidget(self._password_field)
        inside.addWidget(self._progress)
        inside.addLayout(row(self._unlock, 1))
        inside.addWidget(self._hint)
        form.setMaximumWidth(look.current().px(440))
        place = QHBoxLayout()
        place.setContentsMargins(32, 32, 32, 32)
        place.addStretch(1)
        place.addWidget(form, 8, Qt.AlignmentFlag.AlignVCenter)
        place.addStretch(1)
        self._band = PracticeBand()
        self._band.hide()
        ground = QWidget()
        ground.setProperty("ground", True)
        ground.setLayout(place)
        within = QScrollArea()
        within.setWidgetResizable(True)
        within.setFrameShape(QFrame.Shape.NoFrame)
        within.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        within.setWidget(ground)
        halves = row(self._side(), gap=0)
        halves.addWidget(within, 1)
        whole = column(self._band, gap=0)
        whole.addLayout(halves, 1)
        self.setLayout(whole)

    def _side(self) -> QFrame:
        side = QFrame()
        side.setProperty("side", "wide")
        inside = QVBoxLayout(side)
        inside.setContentsMargins(32, 32, 32, 32)
        inside.setSpacing(8)
        self._office = text("", "heading", wrap=True)
        self._office.setObjectName("unlock_office")
        inside.addWidget(Sign("value", "side_ink", 40))
        inside.addSpacing(8)
        inside.addWidget(text("kpdesk", "title"))
        inside.addWidget(self._office)
        inside.addStretch(1)
        inside.addWidget(
            text(self.tr("Kimberley Process certificates, issued and proved offline."), "muted", wrap=True)
        )
        return side

    def _wire(self) -> None:
        self._caps = CapsLock(self)
        self._password.installEventFilter(self._caps)
        self._caps.noticed.connect(self._on_caps)
        self._password.textEdited.connect(lambda: self._password_field.show_words(""))
        self._officer.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._on_unlock)
        self._unlock.clicked.connect(self._on_unlock)

    def show_door(self, office: str, officers: Sequence[str], *, practice: bool, passphrase_file: str = "") -> None:
        """Whose office it is and who may sign in; what was typed meanwhile stays."""
        self._office.setText(office)
        self._officer.setCompleter(completer(officers, self))
        if len(officers) == 1 and not self._officer.text():
            self._officer.setText(officers[0])
        self._band.setVisible(practice)
        if practice:
            self.setWindowTitle(self.tr("PRACTICE – kpdesk"))
        if passphrase_file:
            words = self.tr("Practice: sign in as anybody, such as {officers}. The password of all is in {file}.")
            self._hint.setText(words.format(officers=", ".join(officers[2:5]), file=passphrase_file))
            self._hint.show()

    def ask_officer(self) -> None:
        """Somebody else than the last one."""
        self._officer.clear()
        self._password.clear()
        self._officer.setFocus()

    def show_trouble(self, problem: Outcome) -> None:
        """There is no office to sign in to."""
        self._notice.show_words(messages.in_full(problem))
        self._unlock.setDisabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self._password if self._officer.text() else self._officer).setFocus()

    def _on_caps(self, on: bool) -> None:
        self._password_field.show_below(self.tr("Caps Lock is on.") if on else "")

    def _on_unlock(self) -> None:
        officer, password = self._officer.text().strip(), self._password.text()
        if not officer or not password:
            (self._password if officer else self._officer).setFocus()
            return
        self._hold(True)
        self._workroom.run(self, lambda: self._open(officer, password), self._on_opened, self._on_refused)

    def _on_opened(self, desk: object) -> None:
        self._hold(False)
        self._password.clear()
        self.unlocked.emit(desk)

    def _on_refused(self, problem: Outcome) -> None:
        self._hold(False)
        self._password_field.show_words(messages.in_full(problem))
        self._password.selectAll()
        self._password.setFocus()

    def _hold(self, held: bool) -> None:
        self._progress.setVisible(held)
        for widget in (self._officer, self._password, self._unlock):
            widget.setDisabled(held)
