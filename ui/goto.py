"""Go to anything (Ctrl+K): a section by its name, a thing by its number, a bag, a seal or a firm."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpdesk.desks.finding import Hit
from ui import look
from ui.marks import QT_TRANSLATE_NOOP
from ui.surface import Surface
from ui.widgets.card import card, text
from ui.widgets.field import line
from ui.widgets.rows import Column, Rows
from ui.widgets.side import Section
from ui.widgets.veil import Veil

_PAUSE_MS = 150
_WIDE, _TALL = 720, 420
_KINDS = {
    "section": QT_TRANSLATE_NOOP("kinds", "Page"),
    "parcel": QT_TRANSLATE_NOOP("kinds", "Parcel"),
    "shipment": QT_TRANSLATE_NOOP("kinds", "Application"),
    "certificate": QT_TRANSLATE_NOOP("kinds", "Certificate"),
    "party": QT_TRANSLATE_NOOP("kinds", "Firm"),
    "title": QT_TRANSLATE_NOOP("kinds", "Mining title"),
    "incoming": QT_TRANSLATE_NOOP("kinds", "Incoming certificate"),
    "stock": QT_TRANSLATE_NOOP("kinds", "Stock"),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A line of the list: where it leads and what it says."""

    section: str
    subject: str
    kind: str
    name: str
    about: str
    carats: str


class GoTo(Veil):
    """Lies over the window until something is chosen or Esc."""

    chosen = Signal(str, str)
    """The key of a section, and what to show there."""

    def __init__(
        self,
        window: QWidget,
        sections: Sequence[Section],
        find: Callable[[str], Sequence[Hit]],
        surface: Surface,
    ) -> None:
        """`find` runs in the workroom."""
        super().__init__("goto", window)
        self._surface, self._find = surface, find
        self._sections = tuple(sections)
        self._leads: Mapping[str, str] = {kind: section.key for section in sections for kind in section.opens}
        self._eager = False
        self._build()
        self._wire()
        self._show(())
        self.show()
        self._line.setFocus()

    def _build(self) -> None:
        self._line = line("goto_line")
        self._line.setProperty("large", True)
        self._line.setAccessibleName(self.tr("Go to"))
        self._line.setPlaceholderText(self.tr("A page, a number, a bag, a seal, a firm"))
        self._found = Rows(
            "goto_found",
            self.tr("Found"),
            (
                Column(self.tr("What"), lambda goal: goal.kind),
                Column(self.tr("Name"), lambda goal: goal.name),
                Column(self.tr("Firm"), lambda goal: goal.about, wide=True),
                Column(self.tr("Carats"), lambda goal: goal.carats, number=True),
            ),
            self.tr("Nothing here begins with these words."),
        )
        inside_card, inside = card("goto_card")
        caption = text(self.tr("Go to"), "caption")
        caption.setBuddy(self._line)
        inside.addWidget(caption)
        inside.addWidget(self._line)
        inside.addWidget(self._found, 1)
        inside_card.setMaximumSize(look.current().px(_WIDE), look.current().px(_TALL))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 72, 32, 32)
        whole.addWidget(inside_card, 8, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        inside_card.setMinimumWidth(min(look.current().px(_WIDE), self.width() - 64))

    def _wire(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._line.textChanged.connect(self._on_typed)
        self._line.returnPressed.connect(self._take)
        self._line.installEventFilter(self)
        self._found.opened.connect(self._go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while one types."""
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._found.step(step)
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self) -> None:
        self._eager = False
        self._show(())
        self._pause.start()

    def _ask(self) -> None:
        typed = self._line.text()
        if typed.strip():
            self._surface.workroom.run(self, lambda: self._find(typed), lambda found: self._on_found(typed, found))

    def _on_found(self, typed: str, found: Sequence[Hit]) -> None:
        if typed == self._line.text():
            self._show(found)
            if self._eager:
                self._go(self._found.current())

    def _show(self, found: Sequence[Hit]) -> None:
        """Pages whose name has the letters typed, then what was found and some page can show."""
        typed = self._line.text().strip().casefold()
        pages = [
            Goal(section.key, "", _kind("section"), section.title, "", "")
            for section in self._sections
            if typed in section.title.casefold()
        ]
        things = [
            Goal(
                self._leads[hit.kind], hit.subject, _kind(hit.kind), hit.identity, hit.about,
                self._surface.formats.carats(hit.carats) if hit.carats else "",
            )
            for hit in found
            if hit.kind in self._leads and self._surface.counter.shows(hit.firm)
        ]  # fmt: skip
        self._found.show_slips([*pages, *things])

    def _take(self) -> None:
        """The line the cursor is on; whoever is faster than the list gets its first line when it comes."""
        if self._pause.isActive():
            self._pause.stop()
            self._eager = True
            self._ask()
        else:
            self._go(self._found.current())

    def _go(self, goal: object) -> None:
        if isinstance(goal, Goal):
            self.leave(back=False)
            self.chosen.emit(goal.section, goal.subject)


def _kind(kind: str) -> str:
    return QCoreApplication.translate("kinds", _KINDS[kind]) if kind in _KINDS else kind
