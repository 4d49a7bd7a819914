"""The second officer's signature, given beside the first officer at the same machine (decisions.md, People)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from ui import look, messages
from ui.formats import Formats
from ui.slips import Signed
from ui.unlock import CapsLock, password_line
from ui.widgets.card import INSIDE, button, column, row, text
from ui.widgets.field import Field, line
from ui.widgets.rows import Column, Rows
from ui.work import Workroom


class SecondSignature(QDialog):
    """Shows what is signed, takes name and password. Enter never signs: the verb must be pressed."""

    signed = Signal(object)
    """What `sign` gave back."""

    def __init__(
        self,
        *,
        verb: str,
        lines: Sequence[Signed],
        sign: Callable[[str, str], object],
        workroom: Workroom,
        formats: Formats,
        role: Role,
        parent: QWidget | None = None,
    ) -> None:
        """`verb` stands on the button, such as “Approve”; `sign(officer, password)` runs in the workroom."""
        super().__init__(parent)
        self.setObjectName("second")
        self.setWindowTitle(self.tr("Second signature"))
        self.setProperty("role", role.value)
        self.setProperty("ground", True)
        self.setModal(True)
        self._sign, self._workroom = sign, workroom
        self._build(verb, lines, formats)
        self._wire()
        self.resize(look.current().px(760), look.current().px(400))

    def _build(self, verb: str, lines: Sequence[Signed], formats: Formats) -> None:
        carats = lambda signed: formats.carats(signed.carats) if signed.carats else ""  # noqa: E731
        value = lambda signed: formats.money(signed.value) if signed.value else ""  # noqa: E731
        each = (
            Column(self.tr("What"), lambda signed: signed.about, wide=True),
            Column(self.tr("Record"), lambda signed: signed.digest[:8], number=True),
            Column(self.tr("Carats"), carats, number=True),
            Column(self.tr("Value"), value, number=True),
        )
        # Only the columns that say something of what is signed here.
        columns = [one for one in each if any(one.text(signed) for signed in lines)]
        shown = Rows("second_lines", self.tr("What is signed"), columns, empty="")
        shown.show_slips(lines)
        self._officer = line("second_officer")
        self._password = password_line("second_password")
        self._password_field = Field(self.tr("&Password"), self._password)
        self._approve = button("second_sign", verb, primary=True)
        self._back = button("second_back", self.tr("Go back"), "Esc")
        inside = column(gap=16)
        inside.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        inside.addWidget(text(self.tr("Another officer signs"), "title"))
        inside.addWidget(shown, 1)
        fields = row(gap=16)
        fields.addWidget(Field(self.tr("&Officer"), self._officer), 1, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self._password_field, 1, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(fields)
        inside.addLayout(row(self._approve, self._back, 1))
        self.setLayout(inside)
        self._officer.setFocus()

    def show_officer(self, name: str) -> None:
        """Who is likely to sign; only the password is left to type."""
        self._officer.setText(name)
        self._password.setFocus()

    def _wire(self) -> None:
        self._caps = CapsLock(self)
        self._password.installEventFilter(self._caps)
        self._caps.noticed.connect(
            lambda on: self._password_field.show_below(self.tr("Caps Lock is on.") if on else "")
        )
        self._password.textEdited.connect(lambda: self._password_field.show_words(""))
        self._officer.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._approve.setFocus)
        self._approve.clicked.connect(self._on_sign)
        self._back.clicked.connect(self.reject)

    def _on_sign(self) -> None:
        officer, password = self._officer.text().strip(), self._password.text()
        if not officer or not password:
            (self._password if officer else self._officer).setFocus()
            return
        self._hold(True)
        self._workroom.run(self, lambda: self._sign(officer, password), self._on_signed, self._on_refused)

    def _on_signed(self, answer: object) -> None:
        self._password.clear()
        self.signed.emit(answer)
        self.accept()

    def _on_refused(self, problem: Outcome) -> None:
        self._hold(False)
        self._password_field.show_words(messages.in_full(problem))
        self._password.selectAll()
        self._password.setFocus()

    def _hold(self, held: bool) -> None:
        for widget in (self._officer, self._password, self._approve):
            widget.setDisabled(held)

    def reject(self) -> None:
        self._password.clear()
        super().reject()
