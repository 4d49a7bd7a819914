"""Everything about one entry: particulars, licences over the years, who may sign and how, titles, history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpdesk.domain.parties import LicenceState, PartyKind
from kpdesk.domain.register_slips import PartyCard, TitleCard, WatchCard
from kpdesk.domain.watch import Watched
from ui import look, messages
from ui.formats import Formats
from ui.keys import Keyboard
from ui.registers.asked import Entry
from ui.registers.tasks import TASKS, Aim
from ui.registers.timeline import Timeline
from ui.registers.words import (
    act_words,
    licence_kind,
    licence_words,
    shelf_words,
    standing_words,
    validity,
    watch_kind,
    watch_words,
)
from ui.slips import Picture
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Sign, button, card, column, row, text
from ui.widgets.findings import Findings
from ui.widgets.flow import Flow
from ui.widgets.pairs import Pairs
from ui.widgets.picture import PictureView
from ui.widgets.rows import Column, Rows
from ui.widgets.tabs import Tabs

_LEAF = 130
"""Pixels that a table of a leaf is high at least."""
_PICTURE = 120


class Detail(QWidget):
    """One at a time."""

    asked = Signal(str, object)
    """A task by its key, and its Aim."""
    picture_asked = Signal(str)
    """A specimen by its digest."""
    opened = Signal(str)
    """The subject of something named here."""

    def __init__(self, formats: Formats, keyboard: Keyboard, *, may: frozenset[str]) -> None:
        """`may`: `enter` changes firms and titles, `watch` the watch list; who may nothing reads."""
        super().__init__()
        self._formats, self._keyboard, self._may = formats, keyboard, may
        self.entry: Entry | None = None
        self._today = date.min
        self._build()
        self._wire()

    def _build(self) -> None:
        frame, inside = card("entry")
        inside.setSpacing(12)
        self._name = text("", "heading", wrap=True)
        self._name.setObjectName("entry_heading")
        self._sign = Sign("unknown")
        self._standing = text("", wrap=True)
        self._standing.setObjectName("entry_standing")
        self._under = text("", "muted", wrap=True)
        stands = row(self._sign, self._standing, gap=8)
        stands.setStretch(1, 1)
        self._facts = Pairs("entry_facts", self.tr("Particulars"))
        self._findings = Findings("entry_watch", self.tr("Watch lists"))
        self._change = button("entry_change", self.tr("Change"), self._keyboard.name("entry_change"))
        self._end = button("entry_end", self.tr("Take off the list"))
        self.tabs = Tabs("entry_tabs", self.tr("More about this entry"))
        self._pages: list[str] = []
        self._licence_leaf()
        self._power_leaf()
        self._title_leaf()
        self._particulars_leaf()
        self._history_leaf()
        for each in (self._name, self._under):
            inside.addWidget(each)
        inside.addLayout(stands)
        inside.addWidget(self._findings)
        inside.addWidget(self.tabs, 1)
        self.setLayout(column(frame, gap=BETWEEN))

    def _table(self, name: str, title: str, columns: Sequence[Column], empty: str) -> Rows:
        made = Rows(name, title, columns, empty)
        made.setMinimumHeight(look.current().px(_LEAF))
        return made

    def _add_tab(self, key: str, words: str, page: QWidget) -> None:
        self._pages.append(key)
        self.tabs.add(words, page)

    def _show_tabs(self, *keys: str) -> None:
        """Those that say something of what is shown; the one in front stays there if it is among them."""
        for place, key in enumerate(self._pages):
            self.tabs.bar.setTabVisible(place, key in keys)
        if self._pages[self.tabs.current] not in keys:
            self.tabs.turn(self._pages.index(keys[0]))

    def turn_on(self) -> None:
        """The next tab that is there."""
        self.tabs.next()
        while not self.tabs.bar.isTabVisible(self.tabs.current):
            self.tabs.next()

    def _licence_leaf(self) -> None:
        self._timeline = Timeline("entry_timeline", self.tr("Licences over the years"))
        self._licences = self._table(
            "entry_licences",
            self.tr("Licences"),
            (
                Column(
                    self.tr("Licence"), lambda each: each.number, tone=lambda each: licence_words(each, self._today)[0]
                ),
                Column(self.tr("To"), lambda each: licence_kind(each.kind)),
                Column(self.tr("From"), lambda each: self._formats.date(each.valid_from)),
                Column(self.tr("Stands"), lambda each: licence_words(each, self._today)[1], wide=True),
            ),
            self.tr("No licence is on record."),
        )
        self._licence_tasks = {
            key: button(f"entry_{key}", words)
            for key, words in (
                ("licence_add", self.tr("Add")),
                ("licence_renew", self.tr("Renew")),
                ("licence_suspend", self.tr("Suspend")),
                ("licence_restore", self.tr("End suspension")),
                ("licence_withdraw", self.tr("Withdraw")),
            )
        }
        page = QWidget()
        tasks = _flow(*self._licence_tasks.values())
        if "enter" not in self._may:
            tasks.hide()
        page.setLayout(column(self._timeline, self._licences, tasks, gap=8))
        self._add_tab("licences", self.tr("Licences"), page)

    def _power_leaf(self) -> None:
        self._powers = self._table(
            "entry_powers",
            self.tr("Signatories"),
            (
                Column(self.tr("Name"), lambda each: each.name, wide=True),
                Column(self.tr("Function"), lambda each: each.function),
                Column(
                    self.tr("May sign"),
                    lambda each: validity(each.power_from, each.power_until, self._today)[1],
                    tone=lambda each: validity(each.power_from, each.power_until, self._today)[0],
                ),
            ),
            self.tr("Nobody is on record who may sign."),
        )
        nothing = self.tr("No specimen was given.")
        self._specimen = PictureView("entry_specimen", self.tr("Specimen signature"), nothing)
        self._stamp = PictureView("entry_stamp", self.tr("Stamp"), nothing)
        for each in (self._specimen, self._stamp):
            each.setFixedHeight(look.current().px(_PICTURE))
        self._power_tasks = {
            key: button(f"entry_{key}", words)
            for key, words in (
                ("power_add", self.tr("Add")),
                ("power_end", self.tr("End the power")),
                ("stamp", self.tr("Stamp…")),
            )
        }
        page = QWidget()
        tasks = _flow(*self._power_tasks.values())
        if "enter" not in self._may:
            tasks.hide()
        page.setLayout(column(self._powers, tasks, _beside(self._specimen, self._stamp), gap=8))
        self._add_tab("powers", self.tr("Signatories"), page)

    def _title_leaf(self) -> None:
        self._titles = self._table(
            "entry_titles",
            self.tr("Mining titles"),
            (
                Column(self.tr("Title"), lambda each: each.number),
                Column(self.tr("Mine"), lambda each: each.mine, wide=True),
                Column(
                    self.tr("Stands"),
                    lambda each: validity(each.valid_from, each.valid_until, self._today)[1],
                    tone=lambda each: validity(each.valid_from, each.valid_until, self._today)[0],
                ),
            ),
            self.tr("It holds no mining title."),
        )
        self._add_tab("titles", self.tr("Titles"), self._titles)

    def _particulars_leaf(self) -> None:
        page = QWidget()
        page.setLayout(column(self._facts, _flow(self._change, self._end), 1, gap=16))
        self._add_tab("particulars", self.tr("Particulars"), page)

    def _history_leaf(self) -> None:
        self._events = self._table(
            "entry_events",
            self.tr("History"),
            (
                Column(self.tr("When"), lambda each: self._formats.moment(each.at)),
                Column(self.tr("What"), lambda each: act_words(each.act)),
                Column(self.tr("Who"), lambda each: each.by),
                Column(self.tr("Why"), lambda each: each.why, wide=True),
            ),
            self.tr("Nothing was done yet."),
        )
        self._add_tab("events", self.tr("History"), self._events)

    def _wire(self) -> None:
        self._change.clicked.connect(self.change)
        self._end.clicked.connect(lambda: self._ask("watch_end"))
        for key, made in self._licence_tasks.items():
            part = "" if key == "licence_add" else "licence"
            made.clicked.connect(lambda _=False, key=key, part=part: self._ask(key, part))
        for key, made in self._power_tasks.items():
            part = "power" if key == "power_end" else ""
            made.clicked.connect(lambda _=False, key=key, part=part: self._ask(key, part))
        self._licences.picked.connect(self._on_licence)
        self._powers.picked.connect(self._on_power)
        self._titles.opened.connect(lambda each: self.opened.emit(f"title/{each.number}"))

    def take_cursor(self) -> None:
        self.tabs.bar.setFocus()

    def change(self) -> None:
        if "enter" not in self._may:
            return
        match self.entry:
            case PartyCard():
                self._ask("party_change")
            case TitleCard():
                self._ask("title_change")

    def _ask(self, key: str, part: str = "") -> None:
        named = ""
        if part == "licence":
            named = getattr(self._licences.current(), "number", "")
        elif part == "power":
            named = getattr(self._powers.current(), "name", "")
        entry = self.entry
        if entry is None or (part and not named):
            return
        shelf = "watch" if isinstance(entry, WatchCard) else "title" if isinstance(entry, TitleCard) else "party"
        self.asked.emit(TASKS[key].key, Aim(shelf, entry.number, getattr(entry, "revision", 0), named))

    def show_entry(self, entry: Entry, today: date) -> None:
        self.entry, self._today = entry, today
        match entry:
            case PartyCard():
                self._show_party(entry)
            case TitleCard():
                self._show_title(entry)
            case WatchCard():
                self._show_watched(entry.watched)
        self._change.setVisible("enter" in self._may and not isinstance(entry, WatchCard))
        self._end.setVisible("watch" in self._may and isinstance(entry, WatchCard) and entry.watched.live)
        self._events.show_slips(entry.events)

    def _head(self, name: str, under: Sequence[str], stands: tuple[Tone, str]) -> None:
        tone, words = stands
        self._name.setText(name)
        self._under.setText("  ·  ".join(filter(None, under)))
        self._sign.show_sign(tone.value)
        self._standing.setText(words)
        self._standing.setAccessibleName(f"{messages.word(tone)}: {words}")

    def _show_party(self, entry: PartyCard) -> None:
        told = entry.particulars
        kind = shelf_words(entry.party_kind)
        under = (entry.number, kind, f"{told.address}, {told.country}")
        self._head(told.name, under, standing_words(entry.standing, entry.party_kind, self._today))
        former = "; ".join(
            self.tr("{name}, until {day}").format(name=each.name, day=self._formats.date(each.until))
            for each in entry.former_names
        )
        self._facts.show_pairs(
            (
                (self.tr("Address"), f"{told.address}, {told.country}"),
                (self.tr("Nationality or residence"), told.residence),
                (self.tr("Register or tax number"), told.registration),
                (self.tr("Telephone"), told.telephone),
                (self.tr("Email"), told.email),
                (self.tr("Formerly"), former),
                (self.tr("Remark"), told.remark),
            )
        )
        self._findings.show_answers([messages.found(each) for each in entry.findings])
        self._findings.setVisible(bool(entry.findings))
        self._timeline.show_licences(entry.licences, self._today)
        licences = sorted(entry.licences, key=lambda each: each.valid_from, reverse=True)
        powers = sorted(entry.representatives, key=lambda each: each.power_from, reverse=True)
        self._licences.show_slips(licences)
        self._powers.show_slips(powers)
        self._titles.show_slips(entry.titles)
        foreign = entry.party_kind is PartyKind.FOREIGN_AUTHORITY
        self._stamp.setVisible(foreign)
        self._power_tasks["stamp"].setVisible(foreign)
        leaves = ("licences",) * (not foreign) + ("powers",) + ("titles",) * bool(entry.titles)
        self._show_tabs(*leaves, "particulars", "events")
        self._on_licence(self._licences.current())
        self._on_power(self._powers.current())
        if foreign:
            self.picture_asked.emit(entry.stamp)

    def _show_title(self, entry: TitleCard) -> None:
        told = entry.terms
        self._head(told.mine, (entry.number, told.country), validity(told.valid_from, told.valid_until, self._today))
        former = "; ".join(
            self.tr("{name}, until {day}").format(name=each.holder, day=self._formats.date(each.until))
            for each in entry.former_holders
        )
        self._facts.show_pairs(
            (
                (self.tr("Holder"), f"{told.holder}  {entry.holder_name}"),
                (self.tr("Carats a month at most"), self._formats.carats(told.monthly_capacity)),
                (self.tr("Area"), told.area),
                (self.tr("Zone"), told.zone),
                (self.tr("Valid from"), self._formats.date(told.valid_from)),
                (self.tr("Valid until"), self._formats.date(told.valid_until) if told.valid_until else ""),
                (self.tr("Coordinates"), told.coordinates),
                (self.tr("Former holders"), former),
            )
        )
        self._findings.hide()
        self._show_tabs("particulars", "events")

    def _show_watched(self, entry: Watched) -> None:
        self._head(entry.name, (entry.number, watch_kind(entry), entry.country), watch_words(entry, self._today))
        self._facts.show_pairs(
            (
                (self.tr("Why"), entry.why),
                (self.tr("List or court"), entry.source),
                (self.tr("Other names"), "; ".join(entry.aliases)),
                (self.tr("Birth year"), str(entry.birth_year or "")),
                (self.tr("Since"), self._formats.date(entry.since)),
                (self.tr("Until"), self._formats.date(entry.until) if entry.until else ""),
            )
        )
        self._findings.hide()
        self._show_tabs("particulars", "events")

    def _on_licence(self, licence: Any) -> None:
        """What may be done to the licence the cursor is on."""
        state = licence.on(self._today) if licence else None
        living = state not in (None, LicenceState.WITHDRAWN)
        self._licence_tasks["licence_renew"].setEnabled(living)
        self._licence_tasks["licence_withdraw"].setEnabled(living)
        self._licence_tasks["licence_suspend"].setEnabled(living and state is not LicenceState.SUSPENDED)
        self._licence_tasks["licence_restore"].setEnabled(state is LicenceState.SUSPENDED)

    def _on_power(self, power: Any) -> None:
        ends = power is not None and (power.power_until is None or power.power_until >= self._today)
        self._power_tasks["power_end"].setEnabled(ends)
        self._specimen.show_picture(None)
        self._specimen.setVisible(power is not None)
        if power is not None and power.specimen:
            self.picture_asked.emit(power.specimen)

    def show_picture(self, digest: str, picture: Picture | None) -> None:
        """A specimen that was asked for."""
        if not isinstance(self.entry, PartyCard):
            return
        if digest == self.entry.stamp:
            self._stamp.show_picture(picture)
        if digest == getattr(self._powers.current(), "specimen", None):
            self._specimen.show_picture(picture)
            whose = self.tr("Specimen signature of {name}").format(name=getattr(self._powers.current(), "name", ""))
            self._specimen.setAccessibleName(whose)


def _flow(*widgets: QWidget) -> QWidget:
    held = QWidget()
    flow = Flow(held, gap=8)
    flow.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        flow.addWidget(each)
    return held


def _beside(*widgets: QWidget) -> QWidget:
    held = QWidget()
    held.setLayout(row(*widgets, gap=12))
    return held
