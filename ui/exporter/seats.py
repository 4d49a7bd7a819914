"""Exporters' seats: let in by two after their fingerprint was read out, ended by two, answered by file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parties import Role
from kpdesk.domain.seat import Seat
from ui import look, messages
from ui.formats import isolated
from ui.second import SecondSignature
from ui.slips import Signed
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, button, card, column, row, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line
from ui.widgets.page import Page
from ui.widgets.pick_field import PickField
from ui.widgets.rows import Column, Rows

_LOWEST = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """An enrolment file before it is believed."""

    name: str
    fingerprint: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsActs:
    """What the page asks of a desk; all run in the workroom."""

    seats: Callable[[], Sequence[tuple[Seat, str]]]
    exporters: Callable[[], Sequence[tuple[str, str]]]
    fingerprint: Callable[[], str]
    """Of the office's code key."""
    card: Callable[[], str]
    """Write the card that a new seat is set up with: where the file is."""
    look: Callable[[Path], Shown]
    enrol: Callable[[bytes, str, str, str], object]
    """(enrolment, exporter, officer, password)."""
    revoke: Callable[[str, str, str, str], object]
    """(seat, why, officer, password)."""
    answer: Callable[[str], str]


class SeatsPage(Page):
    """The list; beside it what lets a seat in, and what ends one."""

    def __init__(self, acts: SeatsActs, surface: Surface) -> None:
        super().__init__("seats", surface)
        self._acts = acts
        self._shown: Shown | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        shown = self._formats
        self._list = Rows(
            "seats_list",
            self.tr("Exporters' seats"),
            (
                Column(
                    self.tr("Seat"), lambda each: each[0].id, tone=lambda each: Tone.OK if each[0].live else Tone.STOP
                ),
                Column(self.tr("Firm"), lambda each: each[1], wide=True),
                Column(self.tr("Enrolled"), lambda each: shown.date(each[0].enrolled_on)),
                Column(self.tr("Stands"), self._stands),
            ),
            self.tr("No firm has its own seat yet. Give one the office's card; then enrol it here."),
        )
        listed = table_card("seats_card", self.tr("Exporters' seats"), self._list)
        listed.setMinimumHeight(look.current().px(_LOWEST))
        self._notice = Notice("seats_trouble")
        self._card = button("seats_write_card", self.tr("Write the office's card"))
        self._own = text("", "number", wrap=True)
        self._own.setObjectName("seats_own")
        give, inside = card("seats_give", self.tr("1  For a new seat"))
        inside.addWidget(
            text(self.tr("Give the firm this file, and read out the fingerprint of the office's key:"), wrap=True)
        )
        inside.addWidget(self._own)
        inside.addLayout(row(self._card, 1))
        nothing = self.tr("Nothing known matches “{text}”. Type part of a name or number.")
        self._exporter = PickField("seats_exporter", self.tr("&Exporter"), nothing=nothing)
        self._choose = button("seats_choose", self.tr("Choose the enrolment file"), self._keyboard.name("open"))
        self._name = text("", "heading", wrap=True)
        self._name.setObjectName("seats_name")
        self._print = text(self.tr("The seat's fingerprint is shown here."), "number", wrap=True)
        self._print.setObjectName("seats_fingerprint")
        self._enrol = button("seats_enrol", self.tr("Enrol"), self._keyboard.name("main"), primary=True)
        enrol, inside = card("seats_enrolment", self.tr("2  Enrol it, once the firm has read the same out"))
        inside.addLayout(row(self._choose, 1))
        for each in (self._name, self._print, self._exporter):
            inside.addWidget(each)
        inside.addLayout(row(self._enrol, 1))
        self._why = line("seats_why", longest=200)
        self._revoke = button("seats_revoke", self.tr("Revoke the seat"))
        self._answer = button("seats_answer", self.tr("Write its answer"))
        end, inside = card("seats_chosen", self.tr("The seat chosen in the list"))
        inside.addLayout(row(self._answer, 1))
        inside.addWidget(Field(self.tr("&Why it is revoked"), self._why))
        inside.addLayout(row(self._revoke, 1))
        start = column(self._notice, listed, end, gap=BETWEEN)
        start.setStretch(1, 1)
        beside = column(give, enrol, 1, gap=BETWEEN)
        Columns(self, (start, 1), (beside, 1))
        self._show_file(None)

    def _wire(self) -> None:
        self._list.picked.connect(self._on_picked)
        self._card.clicked.connect(lambda: self._tell(self._acts.card, self.tr("the office's card: {file}")))
        self._choose.clicked.connect(self.choose)
        self._enrol.clicked.connect(self.enrol)
        self._revoke.clicked.connect(self.revoke)
        self._answer.clicked.connect(self._on_answer)
        self.bind("open", self.choose)
        self.bind("main", self.enrol)
        self._workroom.changed.connect(lambda changes: self._ask() if "seats" in changes else None)

    def enter(self) -> None:
        self._list.take_cursor()
        self._workroom.run(self, self._acts.fingerprint, lambda words: self._own.setText(isolated(words)))
        self._workroom.run(
            self,
            self._acts.exporters,
            lambda found: self._exporter.show_options([(number, f"{number}  {name}") for number, name in found]),
        )
        self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.seats, self._show)

    def _show(self, seats: Sequence[tuple[Seat, str]]) -> None:
        self._list.show_slips(seats)
        self.show_subtitle(self.tr("at work: {count}").format(count=sum(seat.live for seat, _ in seats)))
        self._on_picked(self._list.current())

    def _on_picked(self, chosen: object) -> None:
        seat = chosen[0] if isinstance(chosen, tuple) else None
        self._answer.setEnabled(seat is not None)
        for each in (self._revoke, self._why):
            each.setEnabled(seat is not None and seat.live)

    def _stands(self, chosen: tuple[Seat, str]) -> str:
        seat, _ = chosen
        if seat.revoked_on is None:
            return self.tr("at work")
        return self.tr("revoked {day}").format(day=self._formats.date(seat.revoked_on))

    def choose(self) -> None:
        """Ask for the enrolment file in the system's own dialog."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self._choose.accessibleName(), "", self.tr("Enrolment files (*.kpe)")
        )
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, file: Path) -> None:
        """Show whose key an enrolment brings."""
        self._show_file(None)
        self._workroom.run(self, lambda: self._acts.look(file), self._show_file, self._on_refused)

    def _show_file(self, shown: Shown | None) -> None:
        self._shown = shown
        self._notice.show_words("")
        self._name.setText(shown.name if shown else "")
        self._name.setVisible(shown is not None)
        self._print.setText(isolated(shown.fingerprint) if shown else self.tr("The seat's fingerprint is shown here."))
        self._enrol.setEnabled(shown is not None)

    def enrol(self) -> None:
        """With another supervisor beside."""
        shown = self._shown
        if shown is None or not self._exporter.check() or self._exporter.value is None:
            (self._choose if shown is None else self._exporter.line).setFocus()
            return
        exporter = self._exporter.value
        self._second(
            self.tr("Enrol"),
            f"{exporter}  {shown.name}",
            lambda *who: self._acts.enrol(shown.content, exporter, *who),
            self.tr("the seat of {name} is enrolled").format(name=shown.name),
        )

    def revoke(self) -> None:
        """With another supervisor beside, for a reason."""
        chosen, why = self._list.current(), self._why.text().strip()
        if not isinstance(chosen, tuple) or not why:
            self._why.setFocus()
            return
        seat: Seat = chosen[0]
        self._second(
            self.tr("Revoke"),
            f"{seat.id}  {chosen[1]}",
            lambda *who: self._acts.revoke(seat.id, why, *who),
            self.tr("{seat} is revoked").format(seat=seat.id),
        )

    def _second(self, verb: str, about: str, sign: Callable[[str, str], object], said: str) -> None:
        dialog = SecondSignature(
            verb=verb,
            lines=[Signed(about)],
            sign=sign,
            workroom=self._workroom,
            formats=self._formats,
            role=Role.SUPERVISOR,
            parent=self,
        )
        dialog.signed.connect(lambda _: self._on_signed(said))
        dialog.open()

    def _on_signed(self, said: str) -> None:
        self._why.clear()
        self._exporter.show_value(None)
        self._show_file(None)
        self._workroom.changed.emit(frozenset({"seats"}))
        self.told.emit(said)

    def _on_answer(self) -> None:
        chosen = self._list.current()
        if isinstance(chosen, tuple):
            seat: Seat = chosen[0]
            self._tell(lambda: self._acts.answer(seat.id), self.tr("answer: {file}"), changes=("seats",))

    def _tell(self, work: Callable[[], str], words: str, changes: tuple[str, ...] = ()) -> None:
        self._workroom.run(
            self, work, lambda file: self.told.emit(words.format(file=file)), self._on_refused, changes=changes
        )

    def _on_refused(self, problem: Outcome) -> None:
        self._notice.show_words(messages.in_full(problem))


def _tone(chosen: tuple[Seat, str]) -> Tone:
    return Tone.OK if chosen[0].live else Tone.STOP
