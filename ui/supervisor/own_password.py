"""An officer types the own new password, twice; nobody else has to see or know it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui import look
from ui.unlock import CapsLock, password_line
from ui.widgets.card import INSIDE, button, column, row, text
from ui.widgets.field import Field

_LEAST = 15


class OwnPassword(QDialog):
    """Enter goes to the second line, and then to the button."""

    given = Signal(str)

    def __init__(self, officer: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("own_password")
        self.setWindowTitle(self.tr("Own password"))
        self.setProperty("ground", True)
        self.setModal(True)
        self._first, self._again = password_line("own_password_first"), password_line("own_password_again")
        self._first_field = Field(self.tr("&Password"), self._first, below=True)
        self._again_field = Field(self.tr("The password &once more"), self._again, below=True)
        self._first_field.show_below(self.tr("at least {count} characters; a sentence is good").format(count=_LEAST))
        self._take = button("own_password_take", self.tr("Take this password"), primary=True)
        back = button("own_password_back", self.tr("Go back"), "Esc")
        inside = column(gap=16)
        inside.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        inside.addWidget(text(self.tr("{officer} types the own password").format(officer=officer), "title"))
        told = self.tr("Let {officer} sit down here. Nobody else needs to know it; two supervisors can replace it.")
        inside.addWidget(text(told.format(officer=officer), "muted", wrap=True))
        for field in (self._first_field, self._again_field):
            inside.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(row(self._take, back, 1))
        self.setLayout(inside)
        self._caps = CapsLock(self)
        self._first.installEventFilter(self._caps)
        self._caps.noticed.connect(lambda on: self._again_field.show_below(self.tr("Caps Lock is on.") if on else ""))
        self._first.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self._take.setFocus)
        self._take.clicked.connect(self._on_taken)
        back.clicked.connect(self.reject)
        self.resize(look.current().px(560), look.current().px(360))
        self._first.setFocus()

    def _on_taken(self) -> None:
        self._first_field.show_words("")
        self._again_field.show_words("")
        if len(self._first.text()) < _LEAST:
            self._first_field.show_words(self.tr("Write at least {count} characters.").format(count=_LEAST))
            self._first.setFocus()
        elif self._first.text() != self._again.text():
            self._again_field.show_words(self.tr("This is not the same password."))
            self._again.selectAll()
            self._again.setFocus()
        else:
            typed = self._first.text()
            self.accept()
            self.given.emit(typed)

    def done(self, result: int) -> None:
        for each in (self._first, self._again):
            each.clear()
        super().done(result)
