"""One parcel, all its life: facts, photo, weights, figures, custody, papers, and who did what; for reading alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kpdesk.desks.dossier import Dossier, Paper, Step
from kpdesk.domain.custody import Contest, Dispute, Place, Service
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import ParcelState
from ui import look
from ui.clerk.words import ACTS, FIGURES, PLACES, SOURCES, STATES
from ui.marks import QT_TRANSLATE_NOOP
from ui.slips import Picture
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.abreast import Abreast
from ui.widgets.card import BETWEEN, button, card, column, text
from ui.widgets.flow import Flow
from ui.widgets.life_line import LifeLine
from ui.widgets.pairs import Pairs
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows
from ui.widgets.tabs import Tabs
from ui.widgets.timeline import Happened, Timeline

_LIFE = (
    ParcelState.RECEIVED,
    ParcelState.WEIGHED,
    ParcelState.VALUED,
    ParcelState.BAGGED,
    ParcelState.APPLIED,
    ParcelState.SEALED,
    ParcelState.RELEASED,
)
_HEADINGS = {
    "7102.10": QT_TRANSLATE_NOOP("goods", "7102.10  unsorted"),
    "7102.21": QT_TRANSLATE_NOOP("goods", "7102.21  industrial"),
    "7102.31": QT_TRANSLATE_NOOP("goods", "7102.31  non-industrial"),
}
_CHANGED = {
    "bag": QT_TRANSLATE_NOOP("changes", "bag {value}"),
    "shipment": QT_TRANSLATE_NOOP("changes", "application {value}"),
    "number": QT_TRANSLATE_NOOP("changes", "no. {value}"),
    "holder": QT_TRANSLATE_NOOP("changes", "with {value}"),
}
_TONES = {"contest": Tone.LIFTABLE, "settle_contest": Tone.OK, "withdraw_parcel": Tone.STOP}


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierActs:
    """What the view asks of a desk; all run in the workroom."""

    dossier: Callable[[str], Dossier]
    picture: Callable[[str], Picture | None]
    """An archived paper or photo by its digest, opened in the camera's lane."""
    clock: Callable[[], datetime]


class DossierView(QWidget):
    """Ctrl+Tab turns the tabs."""

    closed = Signal()
    print_asked = Signal()

    def __init__(self, acts: DossierActs, surface: Surface) -> None:
        super().__init__()
        self.setObjectName("dossier")
        self._acts, self._workroom, self._formats = acts, surface.workroom, surface.formats
        self.number = ""
        self._build(surface)

    def _build(self, surface: Surface) -> None:
        self._tabs = Tabs("dossier_tabs", self.tr("Parts of the dossier"))
        self._facts = Pairs("dossier_facts", self.tr("Facts"))
        self._photo = PictureView("dossier_photo", self.tr("Photo of the parcel"), self.tr("No photo was taken."))
        self._photo.setMinimumSize(look.current().px(240), look.current().px(240))
        facts = Abreast(2, gap=24, between=16)
        facts.show_widgets([self._facts, self._photo])
        self._add(self.tr("Facts"), column(facts, 1))
        self._add(self.tr("Weights and values"), self._weights())
        self._custody = self._rows("dossier_custody", self.tr("Whose hands it went through"), self._custody_columns())
        self._add(self.tr("Custody"), column(self._custody))
        self._add(self.tr("Papers"), self._papers_tab())
        empty = self.tr("Nothing has happened yet.")
        self._story = Timeline("dossier_story", self.tr("Who did what when"), empty)
        self._add(self.tr("Story"), column(self._story))
        inside, held = card("dossier_card")
        held.addWidget(self._tabs)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 8, 32, 32)
        whole.setSpacing(BETWEEN)
        whole.addWidget(self._head(surface))
        whole.addWidget(inside, 1)

    def _head(self, surface: Surface) -> QFrame:
        head, inside = card("dossier_head")
        self._number = text("", "title")
        self._number.setObjectName("dossier_number")
        self._firm = text("", wrap=True)
        self._firm.setObjectName("dossier_firm")
        self._carats = text("–", "figure")
        self._carats.setObjectName("dossier_carats")
        self._carats.setAccessibleName(self.tr("Agreed carats"))
        self._carats.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._value = text("", "muted", wrap=True)
        self._value.setObjectName("dossier_value")
        self._line = LifeLine(
            "dossier_life",
            self.tr("Where it is"),
            [QCoreApplication.translate("states", STATES[state]) for state in _LIFE],
        )
        back = button("dossier_back", self.tr("All parcels"), surface.keyboard.name("back"), link=True)
        back.clicked.connect(self.closed)
        prints = button("dossier_print", self.tr("Print its paper"), surface.keyboard.name("print"), link=True)
        prints.clicked.connect(self.print_asked)
        for act, does in (("back", self.closed), ("print", self.print_asked), ("next_tab", self.next_tab)):
            for sequence in surface.keyboard[act].sequences:
                shortcut = QShortcut(QKeySequence(sequence), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(does)
        named, worth, firm = QWidget(), QWidget(), QWidget()
        flow = Flow(named, gap=16)
        flow.setContentsMargins(0, 0, 0, 0)
        for each in (back, prints):
            flow.addWidget(each)
        firm.setLayout(column(self._number, self._firm, named, 1, gap=2))
        worth.setLayout(column(self._carats, self._value, gap=0))
        top = Abreast(2, gap=BETWEEN, between=8)
        top.show_widgets([firm, worth])
        inside.addWidget(top)
        inside.addSpacing(8)
        inside.addWidget(self._line)
        return head

    def _add(self, words: str, inside: Any) -> None:
        page = QWidget()
        inside.setContentsMargins(0, 8, 0, 0)
        page.setLayout(inside)
        self._tabs.add(words, page)

    def _rows(self, name: str, title: str, columns: Sequence[Column], empty: str = "") -> Rows:
        made = Rows(name, title, columns, empty or self.tr("Nothing yet."))
        made.setMinimumHeight(look.current().px(120))
        return made

    def _weights(self) -> Any:
        formats, now = self._formats, self._acts.clock
        self._readings = self._rows(
            "dossier_readings",
            self.tr("Readings"),
            (
                Column(self.tr("Reading"), lambda read: formats.carats(read.carats), number=True),
                Column(self.tr("Officer"), lambda read: read.officer, wide=True),
                Column(self.tr("Balance"), lambda read: f"✎ {read.by_hand}" if read.by_hand else read.balance),
                Column(self.tr("When"), lambda read: formats.since(read.at, now()), number=True),
            ),
            self.tr("Readings are shown once the carats are agreed."),
        )
        self._figures = self._rows(
            "dossier_figures",
            self.tr("Figures"),
            (
                Column(self.tr("Whose"), lambda figure: _said("figures", FIGURES[figure.kind]), wide=True),
                Column(self.tr("Value"), lambda figure: formats.money(figure.total), number=True),
                Column(self.tr("When"), lambda figure: formats.since(figure.at, now()), number=True),
            ),
            self.tr("Figures are shown once all of them are in."),
        )
        self._contests = self._rows(
            "dossier_contests",
            self.tr("Contests"),
            (
                Column(self.tr("Contest"), lambda contest: contest.number),
                Column(self.tr("By"), lambda contest: contest.contester, wide=True),
                Column(self.tr("Before"), lambda contest: self._contested(contest, contest.carats, contest.value)),
                Column(self.tr("Agreed"), self._agreed),
            ),
        )
        both = Abreast(2, gap=24, between=16)
        readings = _captioned(self.tr("Readings"), self._readings)
        both.show_widgets([readings, _captioned(self.tr("Figures"), self._figures)])
        self._contested_part = _captioned(self.tr("Contests"), self._contests)
        return column(both, self._contested_part, gap=16)

    def _custody_columns(self) -> Sequence[Column]:
        return (
            Column(self.tr("Since"), lambda stay: self._formats.moment(stay.since), number=True),
            Column(self.tr("Where"), lambda stay: _said("places", PLACES[stay.place]), tone=_place_tone),
            Column(self.tr("With"), lambda stay: stay.holder, wide=True),
            Column(self.tr("Hand-over"), lambda stay: stay.handover),
        )

    def _papers_tab(self) -> Any:
        columns = (
            Column(self.tr("Paper"), lambda paper: paper.name, wide=True),
            Column(self.tr("Kept"), lambda paper: self._formats.moment(paper.kept_at), number=True),
        )
        empty = self.tr("No paper of this parcel is archived yet.")
        self._papers = self._rows("dossier_papers", self.tr("Papers"), columns, empty)
        self._paper = PictureView("dossier_paper", self.tr("The paper"), self.tr("Choose a paper."))
        self._papers.picked.connect(self._on_paper)
        self._paper.setMinimumHeight(look.current().px(260))
        both = Abreast(2, gap=24, between=16)
        both.show_widgets([self._papers, self._paper])
        return column(both)

    # Filled

    def show_dossier(self, told: Dossier) -> None:
        slip, formats = told.slip, self._formats
        self.number = slip.number
        self._number.setText(slip.number)
        self._firm.setText(f"{slip.exporter}  {slip.exporter_name}")
        self._carats.setText(formats.carats(slip.carats) if slip.carats else "–")
        self._value.setText(self._worth(told))
        gone = slip.state is ParcelState.WITHDRAWN
        at = _LIFE.index(slip.state) if slip.state in _LIFE else 0
        ended = (
            "" if slip.state in _LIFE else _said("states", STATES[slip.state]) if slip.state in STATES else slip.state
        )
        self._line.show_at(at, ended=ended if gone or ended else "")
        own = (self.tr("Note"), self.tr("Drawn on"), self.tr("Vouchers"))
        self._facts.show_pairs(self._pairs(told), own=own)
        self._readings.show_slips(told.readings)
        self._figures.show_slips(told.figures)
        self._contests.show_slips(told.contests)
        self._contested_part.setVisible(bool(told.contests))
        self._custody.show_slips(told.stays)
        self._papers.show_slips(told.papers)
        self._story.show_happened([self._happened(step) for step in told.steps])
        self._photo.show_picture(None)
        if told.photos:
            self._workroom.run(
                self, lambda: self._acts.picture(told.photos[0].picture), self._photo.show_picture, lane="camera"
            )

    def _on_paper(self, paper: Paper | None) -> None:
        if paper is None:
            self._paper.show_picture(None)
            return
        digest = paper.digest
        self._workroom.run(self, lambda: self._acts.picture(digest), self._paper.show_picture, lane="camera")

    def _worth(self, told: Dossier) -> str:
        slip = told.slip
        if slip.carats is None:
            return self.tr("carats not agreed yet")
        if slip.value is None:
            return self.tr("not valued yet")
        per_carat = slip.value.per_carat(slip.carats)
        each = self.tr("{price} a carat").format(price=self._formats.number(per_carat)) if per_carat else ""
        return "  ·  ".join(filter(None, (self._formats.money(slip.value), each)))

    def _pairs(self, told: Dossier) -> list[tuple[str, str]]:
        slip, formats = told.slip, self._formats
        first = told.stays[0] if told.stays else None
        where = f"{_said('places', PLACES[first.place])}, {first.holder}" if first else ""
        by_service = {witness.service: witness.name for witness in told.witnesses}
        vouchers = [f"{each.number} {each.seller} {formats.carats(each.carats)}" for each in told.vouchers]
        draws = [f"{draw.source} {draw.origin} {formats.carats(draw.carats)}" for draw in told.draws]
        return [
            (self.tr("Received"), f"{formats.moment(slip.received_at)}, {told.received_by}"),
            (self.tr("Now"), where),
            (self.tr("Source"), _said("goods", SOURCES[told.source])),
            (self.tr("Mining title"), "  ".join(filter(None, (told.title, told.mine)))),
            (self.tr("Countries of origin"), ", ".join(slip.origins)),
            (self.tr("Provenance"), slip.provenance),
            (self.tr("Zone"), told.zone),
            (self.tr("HS heading"), _said("goods", _HEADINGS[slip.heading.value])),
            (self.tr("Stones"), formats.number(slip.pieces) if slip.pieces else ""),
            (self.tr("Bag"), slip.bag),
            (self.tr("Application"), slip.shipment),
            (self.tr("Certificate"), told.certificate),
            (self.tr("Weighed by"), told.weighed_by),
            (self.tr("Valued by"), told.valued_by),
            (self.tr("Witness of customs"), by_service.get(Service.CUSTOMS, "")),
            (self.tr("Witness of mines"), by_service.get(Service.MINES, "")),
            (self.tr("Vouchers"), ", ".join(vouchers)),
            (self.tr("Drawn on"), ", ".join(draws)),
            (self.tr("Note"), told.note),
        ]

    def _happened(self, step: Step) -> Happened:
        changed = dict(step.changed)
        details = [*self._details(changed), step.why if step.act != "give_figure" else ""]
        what = _said("acts", ACTS[step.act]) if step.act in ACTS else step.act.replace("_", " ")
        return Happened(
            when=self._formats.moment(step.at),
            what=what,
            who=step.officer,
            details="  ·  ".join(filter(None, details)),
            tone=_TONES.get(step.act),
        )

    def _details(self, changed: Mapping[str, str]) -> list[str]:
        said = []
        for name in ("carats", "agreed_carats"):
            if name in changed:
                said.append(self._formats.carats(Carats.of(changed[name])))
        for name in ("value", "agreed_value"):
            if name in changed:
                said.append(self._formats.money(Money.of(changed[name])))
        if "place" in changed:
            said.append(_said("places", PLACES[Place(changed["place"])]))
        return [
            *said,
            *(
                _said("changes", words).format(value=changed[name])
                for name, words in _CHANGED.items()
                if name in changed
            ),
        ]

    def _contested(self, contest: Contest, carats: Carats | None, value: Money | None) -> str:
        if contest.what is Dispute.WEIGHT:
            return self._formats.carats(carats) if carats else ""
        return self._formats.money(value) if value else ""

    def _agreed(self, contest: Contest) -> str:
        if contest.live:
            return self.tr("open")
        return self._contested(contest, contest.agreed_carats, contest.agreed_value) or self.tr("taken home")

    def next_tab(self) -> None:
        self._tabs.next()

    def take_cursor(self) -> None:
        self._tabs.bar.setFocus()


def _captioned(words: str, table: Rows) -> QWidget:
    held = QWidget()
    held.setMinimumWidth(look.current().px(300))
    held.setLayout(column(text(words, "caption"), table, gap=4))
    return held


def _said(context: str, words: str) -> str:
    return QCoreApplication.translate(context, words)


def _place_tone(stay: Any) -> Tone:
    return {Place.HOLD: Tone.LIFTABLE, Place.SEIZED: Tone.STOP}.get(stay.place, Tone.OK)
