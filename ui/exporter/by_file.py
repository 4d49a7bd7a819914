"""Applications that came by file: whose they are, what they announce; met with real parcels, refused, answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kpdesk.desks.seats import AnnouncedSlip
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.seat import AnnouncedState
from ui import look, messages
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.drop_area import DropArea
from ui.widgets.field import Field, choice, numbered
from ui.widgets.flow import Flow
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows

_TONES = {
    AnnouncedState.WAITING: Tone.NOTE,
    AnnouncedState.APPLIED: Tone.OK,
    AnnouncedState.REFUSED: Tone.STOP,
}
_LOWEST = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class ByFileActs:
    """What the page asks of a desk; all run in the workroom."""

    listed: Callable[[], Sequence[AnnouncedSlip]]
    take: Callable[[Path], str]
    """Take a file in: the application's id. Refuses by raising an outcome."""
    reasons: Callable[[], Sequence[tuple[str, str]]]
    refuse: Callable[[str, str], object]
    answer: Callable[[str], str]
    """Write the answer to a seat: where the file is."""


class ByFilePage(Page):
    """Files are dropped or chosen; what is refused is said with its reason, and nothing of it was taken in."""

    def __init__(self, acts: ByFileActs, surface: Surface) -> None:
        super().__init__("by_file", surface)
        self._acts = acts
        self._said: list[str] = []
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self._list = Rows(
            "by_file_list",
            self.tr("Applications by file"),
            (
                Column(self.tr("Application"), lambda each: each.announced.id, tone=_tone),
                Column(self.tr("Firm"), lambda each: each.firm, wide=True),
                Column(self.tr("Stands at"), self._state),
            ),
            "",
        )
        self._drop = DropArea(
            "by_file_drop",
            self.tr("Take application files in"),
            self.tr("Drop .kpa files here, paste them, or choose them with the button."),
            self.tr("Application files (*.kpa)"),
            self._list,
        )
        self._choose = button("by_file_choose", self.tr("Take files in"), self._keyboard.name("open"))
        self._notice = Notice("by_file_trouble")
        listed = table_card("by_file_card", self.tr("Applications by file"), self._drop)
        listed.setMinimumHeight(look.current().px(_LOWEST))
        self._title = text("", "heading", wrap=True)
        self._title.setObjectName("by_file_title")
        self._facts = text("", wrap=True)
        self._facts.setObjectName("by_file_facts")
        self._meet = button("by_file_meet", self.tr("Pick its parcels"), self._keyboard.name("main"), primary=True)
        self._answer = button("by_file_answer", self.tr("Write the answer"))
        self._reason = choice("by_file_reason")
        self._refuse = button("by_file_refuse", self.tr("Refuse"))
        one, inside = card("by_file_one")
        for each in (self._title, self._facts):
            inside.addWidget(each)
        buttons = QWidget()
        flow = Flow(buttons, gap=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for made in (self._meet, self._answer):
            flow.addWidget(made)
        inside.addWidget(buttons)
        self._refusing = QWidget()
        refusing = row(Field(self.tr("Why it is re&fused"), self._reason), self._refuse, gap=12)
        refusing.setStretch(0, 1)
        refusing.setAlignment(self._refuse, Qt.AlignmentFlag.AlignBottom)
        self._refusing.setLayout(refusing)
        inside.addWidget(self._refusing)
        inside.addStretch(1)
        top = QWidget()
        top.setLayout(row(self._choose, 1))
        start = column(top, self._notice, listed, gap=BETWEEN)
        start.setStretch(2, 1)
        Columns(self, (start, 7), (column(one), 5))

    def _wire(self) -> None:
        self._drop.given.connect(self.take)
        self._choose.clicked.connect(self._drop.choose)
        self._list.picked.connect(self._show)
        self._list.opened.connect(lambda _: self.meet())
        self._meet.clicked.connect(self.meet)
        self._refuse.clicked.connect(self._on_refuse)
        self._answer.clicked.connect(self._on_answer)
        self.bind("open", self._drop.choose)
        self.bind("main", self.meet)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._choose.setFocus()
        self._workroom.run(self, self._acts.reasons, self._show_reasons)
        self._ask()

    def _show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        if not self._reason.count():
            for words, code in numbered(reasons):
                self._reason.addItem(words, code)

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.listed, self._show_list)

    def _show_list(self, found: Sequence[AnnouncedSlip]) -> None:
        self._drop.show_content(bool(found))
        self._list.show_slips(found)
        for place, each in enumerate(found):
            if each.announced.id == self._wanted:
                self._list.table.selectRow(place)
        self._wanted = ""
        waiting = sum(each.announced.live for each in found)
        self.show_subtitle(self.tr("waiting for their goods: {count}").format(count=waiting))
        current = self._list.current()
        self._show(current if isinstance(current, AnnouncedSlip) else None)

    def _show(self, slip: AnnouncedSlip | None) -> None:
        waiting = slip is not None and slip.announced.live
        self._meet.setEnabled(waiting)
        self._refusing.setVisible(waiting)
        self._answer.setEnabled(slip is not None)
        if slip is None:
            self._title.setText(self.tr("No application by file"))
            self._facts.setText(self.tr("What a seat announces is shown here, once its file was taken in."))
            return
        asked = slip.announced.asked
        self._title.setText(f"{slip.announced.id}  ·  {slip.firm}")
        lines = [
            self.tr("to {importer}, {country}").format(importer=asked.importer.name, country=asked.destination),
            self.tr("signed by {signer} on {day}").format(
                signer=asked.signer, day=self._formats.date(asked.declared_on)
            ),
            self.tr("warranty {statement} {sow}").format(statement=asked.statement, sow=asked.sow),
            self.tr("invoice {file}").format(file=asked.invoice_name) if asked.invoice_digest else "",
            *(
                f"{each.label}  {each.heading}  {self._formats.carats(each.carats)}  {self._formats.money(each.value)}"
                for each in asked.goods[:12]
            ),
            slip.announced.reason,
        ]
        self._facts.setText("\n".join(filter(None, lines)))

    def _state(self, slip: AnnouncedSlip) -> str:
        announced = slip.announced
        return {
            AnnouncedState.WAITING: self.tr("waits for its goods"),
            AnnouncedState.APPLIED: self.tr("applied for, {number}").format(number=announced.shipment),
            AnnouncedState.REFUSED: self.tr("refused"),
        }[announced.state]

    def take(self, files: Sequence[Path]) -> None:
        """One after another; those refused are named with the reason."""
        self._said = []
        self._notice.show_words("")
        for file in files:
            self._take(file)

    def _take(self, file: Path) -> None:
        self._workroom.run(
            self,
            lambda: self._acts.take(file),
            self._on_taken,
            lambda problem: self._on_refused(file, problem),
            changes=("announced",),
        )

    def _on_taken(self, identity: str) -> None:
        self._wanted = identity
        self.told.emit(self.tr("{number} is taken in").format(number=identity))

    def _on_refused(self, file: Path, problem: Outcome) -> None:
        self._said.append(f"{file.name}: {messages.in_full(problem)}")
        self._notice.show_words("\n".join(self._said))

    def meet(self) -> None:
        """On the application page, with the fields filled in."""
        slip = self._list.current()
        if isinstance(slip, AnnouncedSlip) and slip.announced.live:
            self.going.emit("application", f"announced/{slip.announced.id}")

    def _on_refuse(self) -> None:
        slip = self._list.current()
        if not isinstance(slip, AnnouncedSlip):
            return
        identity, reason = slip.announced.id, str(self._reason.currentData() or "")
        self._workroom.run(
            self,
            lambda: self._acts.refuse(identity, reason),
            lambda _: self.told.emit(self.tr("{number} is refused").format(number=identity)),
            lambda problem: self._notice.show_words(messages.in_full(problem)),
            changes=("announced",),
        )

    def _on_answer(self) -> None:
        slip = self._list.current()
        if isinstance(slip, AnnouncedSlip):
            seat = slip.announced.seat
            self._workroom.run(
                self,
                lambda: self._acts.answer(seat),
                lambda file: self.told.emit(self.tr("answer to {seat}: {file}").format(seat=seat, file=file)),
                lambda problem: self._notice.show_words(messages.in_full(problem)),
            )

    def _on_changed(self, changes: frozenset[str]) -> None:
        if changes & {"announced", "applications"}:
            self._ask()


def _tone(slip: AnnouncedSlip) -> Tone:
    return _TONES[slip.announced.state]
