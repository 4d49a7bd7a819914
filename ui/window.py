"""The window: sections by role at the dark side, one page at a time, the status line; no floating windows."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kpdesk.desks.finding import Hit
from kpdesk.domain.outcomes import Outcome
from ui import look, messages, preferences
from ui.counter import AskFirm
from ui.formats import Clock
from ui.goto import GoTo
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.band import PracticeBand
from ui.widgets.card import Notice, column, row, text
from ui.widgets.page import Page
from ui.widgets.panel import Message, Panel
from ui.widgets.side import Section, Side
from ui.widgets.status import StatusLine
from ui.widgets.veil import Veil
from ui.work import Mistake

_CLOCK_MS = 5_000
_PANEL, _NARROWEST = 360, 420
_EVERYWHERE = {
    "messages", "keys", "lock", "change_officer", "go_to", "counter", "back", "full_screen", "larger", "smaller",
    "plain_size", "undo", "redo",
}  # fmt: skip
"""The acts that have their keys in every window."""
_LEADS = {"draft": "register", "balance": "balances", "printer": "issue", "waiting": "today", "unsent": "office_today"}
"""The section behind a part of the status line."""


class DeskWindow(QMainWindow):
    """What an officer works in after signing in."""

    locked = Signal()
    """Everything must be hidden now; drafts are kept."""
    present = Signal()
    """Somebody is at the desk, though no key was touched."""
    officer_changed = Signal()
    """The same, for another officer to sign in."""

    def __init__(
        self,
        *,
        office: str,
        officer: str,
        sections: Sequence[Section],
        surface: Surface,
        clock: Clock,
        find: Callable[[str], Sequence[Hit]] = lambda typed: (),
        firm: Callable[[str], tuple[str, str]] = lambda typed: (typed, ""),
        practice: bool = False,
    ) -> None:
        """`find`: what begins with the words typed. `firm`: a firm's (number, name). Both run in the workroom."""
        super().__init__()
        self.setObjectName("desk")
        self._sections = {section.key: section for section in sections}
        self._pages: dict[str, tuple[QScrollArea, QWidget]] = {}
        self._workroom, self._formats, self._keyboard = surface.workroom, surface.formats, surface.keyboard
        self._clock, self._find, self._firm, self._surface = clock, find, firm, surface
        self._section: Section | None = None
        self._practice = practice
        self._build(office, officer, sections)
        self._wire()
        name = f"{office} – kpdesk"
        marked = self.tr("PRACTICE – {office}").format(office=name)
        self.setWindowTitle(marked if practice else name)
        self.setMinimumSize(1024, 640)
        self.resize(1320, 800)
        if sections:
            self.go(sections[0].key)
        for section in sections:
            if section.urgent:
                self._workroom.run(self, section.urgent, partial(self._go_first, section.key))

    def _build(self, office: str, officer: str, sections: Sequence[Section]) -> None:
        self._side = Side(office, officer, sections, self._keyboard)
        self._title = text("", "title")
        self._title.setObjectName("title")
        self._subtitle = text(" ", "muted")
        self._subtitle.setObjectName("subtitle")
        self._now = text("", "muted")
        self._now.setObjectName("clock")
        head = row(1, self._now)
        head.insertLayout(0, column(self._title, self._subtitle, gap=0))
        head.setContentsMargins(32, 20, 32, 12)
        self._notice, self._facing = Notice("trouble"), Notice("facing")
        held = column(self._facing, self._notice)
        held.setContentsMargins(32, 0, 32, 0)
        self._stack = QStackedWidget()
        self._main = QFrame()
        self._main.setProperty("ground", True)
        main = QVBoxLayout(self._main)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        for layout in (head, held):
            main.addLayout(layout)
        main.addWidget(self._stack, 1)
        self._panel = Panel(self._formats, self._keyboard, self.acts)
        whole = QWidget()
        outer = column(gap=0)
        if self._practice:
            outer.addWidget(PracticeBand())
        inner = row(self._side, self._main, self._panel, gap=0)
        inner.setStretch(1, 1)
        outer.addLayout(inner, 1)
        self.status = StatusLine({part: key for part, key in _LEADS.items() if key in self._sections})
        outer.addWidget(self.status)
        whole.setLayout(outer)
        self.setCentralWidget(whole)

    def _wire(self) -> None:
        self._side.chosen.connect(self.go)
        self._side.lock_asked.connect(self.locked)
        self._side.change_asked.connect(self.officer_changed)
        self._side.messages_asked.connect(lambda: self._panel.turn("messages"))
        self._panel.turned.connect(self._share)
        self._panel.unread_changed.connect(self._side.show_unread)
        self.status.asked.connect(self.go)
        self._surface.counter.changed.connect(self._on_counter)
        self._workroom.failed.connect(self._on_failed)
        self._workroom.bug_found.connect(lambda number: self._on_failed(Mistake(number)))
        acts: dict[str, Callable[[], object]] = {
            "messages": lambda: self._panel.turn("messages"),
            "keys": lambda: self._panel.turn("keys"),
            "lock": self.locked.emit,
            "change_officer": self.officer_changed.emit,
            "go_to": self.go_to,
            "counter": self.turn_counter,
            "full_screen": lambda: self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen),
            "larger": lambda: self._resize_text(20),
            "smaller": lambda: self._resize_text(-20),
            "plain_size": lambda: self._resize_text(0),
        }
        for section in self._sections.values():
            if section.act:
                acts[section.act] = partial(self.go, section.key)
        for act, does in acts.items():
            for sequence in self._keyboard[act].sequences:
                QShortcut(QKeySequence(sequence), self).activated.connect(does)
        self._tick = QTimer(self)
        self._tick.setInterval(_CLOCK_MS)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()

    def _share(self) -> None:
        """The panel beside the page, or in its place where there is no room for both, as at 200 % text."""
        wanted = look.current().px(_PANEL)
        both = self.width() - self._side.width() - wanted >= look.current().px(_NARROWEST)
        self._main.setVisible(both or self._panel.isHidden())
        self._panel.setMaximumWidth(wanted if both else self.maximumWidth())
        self._panel.setMinimumWidth(wanted if both else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def go(self, key: str, subject: str = "") -> None:
        """Turn to a section, and there to `subject`; its page is made the first time."""
        if self._surface.counter.firm and not self._sections[key].at_counter:
            return
        section = self._section = self._sections[key]
        if key not in self._pages:
            self._pages[key] = self._add_page(section)
        held, page = self._pages[key]
        self._side.show_section(key)
        self._title.setText(section.title)
        self._subtitle.setText(page.subtitle if isinstance(page, Page) else "")
        self._stack.setCurrentWidget(held)
        if isinstance(page, Page):
            if subject:
                page.turn_to(subject)
            page.enter()

    def go_to(self) -> None:
        """Ask where to."""
        open_now = [each for each in self._sections.values() if each.at_counter or not self._surface.counter.firm]
        asked = GoTo(self, open_now, self._find, self._surface)
        asked.chosen.connect(self.go)

    def leave_question(self) -> None:
        """Away with whatever lies over the page in passing."""
        for veil in self.findChildren(Veil):
            veil.leave()

    def turn_counter(self) -> None:
        """Turn the screen to a firm at the counter, or back."""
        if self._surface.counter.firm:
            self._surface.counter.face("", "")
        else:
            asked = AskFirm(self, self._firm, self._workroom)
            asked.named.connect(self._surface.counter.face)

    def _on_counter(self) -> None:
        counter = self._surface.counter
        open_now = [key for key, section in self._sections.items() if section.at_counter or not counter.firm]
        self._side.show_only(open_now)
        self._facing.show_words(
            self.tr("Counter view: only {firm}  {name} is shown. {key} ends it.").format(
                firm=counter.firm, name=counter.name, key=self._keyboard.name("counter")
            )
            if counter.firm
            else "",
            Tone.NOTE,
        )
        if self._section and self._section.key not in open_now and open_now:
            self.go(open_now[0])

    def _go_first(self, key: str, urgent: bool) -> None:
        if urgent:
            self.go(key)

    def leave(self) -> None:
        """Everything typed is kept, now."""
        for _, page in self._pages.values():
            if isinstance(page, Page):
                page.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave()
        super().closeEvent(event)

    @property
    def sections(self) -> tuple[str, ...]:
        """The keys of what this officer may turn to."""
        return tuple(self._sections)

    @property
    def acts(self) -> set[str]:
        """The acts of the key table that do something in this window."""
        return {act for section in self._sections.values() for act in (section.act, *section.keys)} | _EVERYWHERE

    def page(self, key: str) -> QWidget | None:
        """The page of a section, if it was ever turned to."""
        return self._pages[key][1] if key in self._pages else None

    def _add_page(self, section: Section) -> tuple[QScrollArea, QWidget]:
        page = section.factory()
        held = QScrollArea()
        held.setProperty("role", section.role.value)
        held.setWidgetResizable(True)
        held.setFrameShape(QFrame.Shape.NoFrame)
        held.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        held.setWidget(page)
        self._stack.addWidget(held)
        if isinstance(page, Page):
            page.subtitle_changed.connect(lambda words: self._on_subtitle(section, words))
            page.told.connect(self.tell)
            page.state_changed.connect(lambda name, tone, words: self.show_state(name, Tone(tone), words))
            page.noted.connect(lambda words: self.warn(words, Tone.NOTE))
            page.going.connect(self.go)
        return held, page

    def _on_subtitle(self, section: Section, words: str) -> None:
        if section is self._section:
            self._subtitle.setText(words)

    def tell(self, words: str) -> None:
        """Something went well."""
        self.status.say(words)
        self._notice.show_words("")
        self._panel.add(Message(self._clock(), Tone.OK, words))

    def warn(self, words: str, tone: Tone) -> None:
        """Something went wrong: stays until the next act that goes well, and in Messages."""
        self._notice.show_words(words, tone)
        self._panel.add(Message(self._clock(), tone, words))

    def show_state(self, name: str, tone: Tone, words: str) -> None:
        """A part of the status line."""
        self.status.show_part(name, tone, words)

    def show_balance(self, tone: str, words: str) -> None:
        """The balance at this desk, as the status line says it."""
        self.show_state("balance", Tone(tone), words)

    def _on_failed(self, problem: Outcome) -> None:
        self.warn(messages.in_full(problem), Tone.STOP)

    def _show_time(self) -> None:
        self._now.setText(self._formats.moment(self._clock()))

    def _resize_text(self, step: int) -> None:
        """Larger, smaller, or with 0 back to 100 %."""
        now = look.current()
        preferences.wear(now.sized(now.text + step if step else 100))
        self._share()
