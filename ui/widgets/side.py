"""The dark side of the window: office, officer, the sections of the roles held, and the lock."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from kpdesk.domain.parties import Role
from ui import look
from ui.keys import Keyboard
from ui.marks import QT_TRANSLATE_NOOP
from ui.widgets.card import Sign, column, row, text

_ROLES = {
    Role.CLERK: QT_TRANSLATE_NOOP("roles", "Clerk"),
    Role.VALUER: QT_TRANSLATE_NOOP("roles", "Valuer"),
    Role.ISSUING: QT_TRANSLATE_NOOP("roles", "Issuing officer"),
    Role.EXPORTER_DESK: QT_TRANSLATE_NOOP("roles", "Exporter's desk"),
    Role.INSPECTOR: QT_TRANSLATE_NOOP("roles", "Inspector"),
    Role.SUPERVISOR: QT_TRANSLATE_NOOP("roles", "Supervisor"),
    Role.AUDITOR: QT_TRANSLATE_NOOP("roles", "Auditor"),
    Role.AUTHORITY: QT_TRANSLATE_NOOP("roles", "Analyst"),
    Role.SEAT: QT_TRANSLATE_NOOP("roles", "Exporter's seat"),
}
_ICONS = {
    Role.CLERK: "register",
    Role.VALUER: "value",
    Role.ISSUING: "issue",
    Role.EXPORTER_DESK: "handover",
    Role.INSPECTOR: "verify",
    Role.SUPERVISOR: "officers",
    Role.AUDITOR: "log",
    Role.AUTHORITY: "chart",
    Role.SEAT: "handover",
}


def role_word(role: Role) -> str:
    return QCoreApplication.translate("roles", _ROLES[role])


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the side and the page behind it, which is made when it is first turned to."""

    key: str
    title: str
    icon: str
    role: Role
    factory: Callable[[], QWidget]
    act: str = ""
    """The act of the key table that opens it."""
    keys: tuple[str, ...] = ()
    """The acts that have a key on its page."""
    urgent: Callable[[], bool] | None = None
    """Asked in the workroom when an officer has signed in: must this be turned to before anything else?"""
    at_counter: bool = False
    """Its page keeps other firms private in the counter view; the others are closed then."""
    opens: tuple[str, ...] = ()
    """The kinds of things its page can show: `parcel`, `party`."""


class Entry(QPushButton):
    """An entry with its key at the end."""

    def __init__(self, name: str, words: str, icon: str, key: str, title: str = "") -> None:
        super().__init__(f"  {title or words}")
        self.setObjectName(name)
        self.setAccessibleName(title or words)
        self.setIcon(look.icon(icon, "side_ink"))
        self.setIconSize(QSize(look.current().px(18), look.current().px(18)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.key = QLabel(key)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 16, 0)
        inside.addStretch(1)
        inside.addWidget(self.key)


class Side(QFrame):
    """What one may turn to."""

    chosen = Signal(str)
    """The key of a section."""
    lock_asked = Signal()
    messages_asked = Signal()
    change_asked = Signal()
    """Another officer wants to sign in."""

    def __init__(self, office: str, officer: str, sections: Sequence[Section], keyboard: Keyboard) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setProperty("side", True)
        self._entries: dict[str, Entry] = {}
        self._group = QButtonGroup(self)
        entries = QWidget()
        entries.setProperty("side", "inner")
        self._column = QVBoxLayout(entries)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for role, its in groupby(sections, key=lambda section: section.role):
            self._role(role)
            for section in its:
                self._entry(section, keyboard)
            self._column.addSpacing(24)
        self._column.addStretch(1)
        held = self._held = QScrollArea()
        held.setWidgetResizable(True)
        held.setFrameShape(QFrame.Shape.NoFrame)
        held.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held.setWidget(entries)
        self._messages = Entry("side_messages", self.tr("Messages"), "messages", keyboard.name("messages"))
        self._messages.clicked.connect(self.messages_asked)
        lock = Entry("side_lock", self.tr("Lock"), "lock", keyboard.name("lock"))
        lock.clicked.connect(self.lock_asked)
        signed = Entry("side_officer", officer, "officers", "")
        signed.setToolTip("{words}  {key}".format(words=self.tr("Change officer"), key=keyboard.name("change_officer")))
        signed.setAccessibleName(self.tr("{officer}, change officer").format(officer=officer))
        signed.clicked.connect(self.change_asked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 24, 0, 16)
        whole.setSpacing(0)
        whole.addLayout(_head("kpdesk", office))
        whole.addSpacing(24)
        whole.addWidget(held, 1)
        for widget in (self._messages, signed, lock):
            whole.addWidget(widget)

    def _role(self, role: Role) -> None:
        caption = text(role_word(role), "caption")
        caption.setObjectName(f"side_role_{role}")
        line = row(Sign(_ICONS[role], "side_muted", 14), caption, 1, gap=8)
        line.setContentsMargins(20, 0, 16, 6)
        self._column.addLayout(line)

    def _entry(self, section: Section, keyboard: Keyboard) -> None:
        key = keyboard.name(section.act) if section.act else ""
        entry = Entry(f"side_{section.key}", section.title, section.icon, key)
        entry.setCheckable(True)
        entry.clicked.connect(lambda: self.chosen.emit(section.key))
        self._group.addButton(entry)
        self._entries[section.key] = entry
        self._column.addWidget(entry)

    def show_only(self, keys: Collection[str]) -> None:
        """Open these sections and close the others."""
        for key, entry in self._entries.items():
            entry.setEnabled(key in keys)

    def show_section(self, key: str) -> None:
        self._entries[key].setChecked(True)
        self._held.ensureWidgetVisible(self._entries[key])

    def show_unread(self, count: int) -> None:
        words = self.tr("Messages")
        self._messages.setText(f"  {words}  {count}" if count else f"  {words}")


def _head(name: str, office: str) -> QVBoxLayout:
    head = column(text(name, "title"), text(office, wrap=True), gap=2)
    head.setContentsMargins(20, 0, 16, 0)
    return head
