"""The rules that the office decides for itself: today's value, what is coming, and a change by two from a day on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from kpdesk.desks.supervisor import Decided, SettingSlip
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.participants import OwnDate, Zone
from ui import look, messages
from ui.supervisor.doing import Doing, DoingCard, sign_beside
from ui.supervisor.settings_words import setting_told, setting_word, value_word
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, card, column, table_card, text
from ui.widgets.columns import Columns
from ui.widgets.day_field import DayField
from ui.widgets.field import Field, choice, line
from ui.widgets.page import Page
from ui.widgets.rows import Column, Rows
from ui.widgets.tabs import Tabs

_CHANGES = ("settings",)
_YES, _NO = "yes", "no"
Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Law:
    """What the page shows."""

    settings: tuple[SettingSlip, ...]
    own: tuple[OwnDate, ...]
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What two decide: a setting, an own date of a participant, or a zone."""

    key: str
    name: str = ""
    value: Value = ""
    first: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SettingsActs:
    """What the page asks of a desk; all but `check` run in the workroom."""

    see: Callable[[], Law]
    decided: Callable[[str], tuple[Decided, ...]]
    check: Callable[[str, Value], None]
    """Raises NotASetting where the value does not fit."""
    do: Callable[[Change, str, str], object]
    """(change, the second officer's name and password)."""
    today: Callable[[], date]


class OfficeSettingsPage(Page):
    """The settings at the start; at the end what the picked one means, how it was, and its change."""

    def __init__(self, acts: SettingsActs, surface: Surface) -> None:
        super().__init__("office_settings", surface)
        self._acts, self._surface = acts, surface
        self._picked: SettingSlip | None = None
        self._build()
        self._wire()

    def _build(self) -> None:
        day = self._formats.date
        self._settings = Rows(
            "office_settings_list",
            self.tr("Settings of the office"),
            (
                Column(self.tr("Setting"), lambda each: setting_word(each.name), wide=True),
                Column(self.tr("Today"), lambda each: value_word(each.value)),
                Column(self.tr("Since"), lambda each: day(each.since) if each.since else ""),
                Column(self.tr("Coming"), self._coming),
            ),
            "",
        )
        self._own = Rows(
            "office_settings_own",
            self.tr("Own dates of participants"),
            (
                Column(self.tr("Participant"), lambda each: each.code),
                Column(self.tr("From"), lambda each: day(each.effective_from)),
                Column(
                    self.tr("Our law"),
                    lambda each: self.tr("imports allowed") if each.imports_allowed else self.tr("imports barred"),
                    tone=lambda each: Tone.OK if each.imports_allowed else Tone.STOP,
                    wide=True,
                ),
            ),
            self.tr(
                "Our law says of every participant what the Scheme says. Where it lags behind, enter its day here."
            ),
        )
        self._zones = Rows(
            "office_settings_zones",
            self.tr("Zones of restricted participants"),
            (
                Column(self.tr("Participant"), lambda each: each.participant),
                Column(self.tr("Zone"), lambda each: each.name, wide=True),
                Column(self.tr("Open from"), lambda each: day(each.open_from)),
                Column(self.tr("Until"), lambda each: day(each.until) if each.until else ""),
            ),
            self.tr("No zone is open: from a restricted participant nothing may be exported."),
        )
        self._tabs = Tabs("office_settings_tabs", self.tr("What the office decides"))
        self._tabs.setMinimumHeight(look.current().px(300))
        for words, table in (
            (self.tr("Settings"), self._settings),
            (self.tr("Own dates"), self._own),
            (self.tr("Zones"), self._zones),
        ):
            self._tabs.add(words, table)
        shown, inside = card("office_settings_shown")
        inside.addWidget(self._tabs, 1)
        self._decided = Rows(
            "office_settings_decided",
            self.tr("How it was decided"),
            (
                Column(self.tr("Value"), lambda each: value_word(each.value)),
                Column(self.tr("From"), lambda each: day(each.effective_from)),
                Column(self.tr("Signed by"), lambda each: f"{each.by}, {each.second}", wide=True),
                Column(self.tr("On"), lambda each: self._formats.moment(each.at)),
            ),
            self.tr("As the program came; nobody has decided otherwise."),
        )
        self._told = text("", wrap=True)
        self._told.setObjectName("office_settings_told")
        told, of = card("office_settings_about", self.tr("What it decides"))
        of.addWidget(self._told)
        past = table_card("office_settings_past", self.tr("How it was decided"), self._decided)
        past.setMinimumHeight(look.current().px(180))
        self.card = self._form()
        view = QWidget()
        end = column(told, self.card, past, gap=BETWEEN)
        end.setStretch(2, 1)
        Columns(view, (column(shown), 7), (end, 5))
        self.setLayout(column(view))

    def _form(self) -> DoingCard:
        self._value = line("office_settings_value", longest=40)
        self._pick = choice("office_settings_pick")
        self._code = line("office_settings_code", mono=True, longest=2)
        self._law = choice(
            "office_settings_law", (self.tr("imports allowed"), True), (self.tr("imports barred"), False)
        )
        self._zone = line("office_settings_zone", longest=80)
        self._first = DayField("office_settings_from", self.tr("&First day"), today=self._acts.today)
        self._until = DayField("office_settings_until", self.tr("&Last day, if any"), today=self._acts.today)
        self._value_field = Field(self.tr("New &value"), self._value)
        fields: dict[str, QWidget] = {
            "value": self._value_field,
            "pick": Field(self.tr("New val&ue"), self._pick),
            "code": Field(self.tr("&Participant, two letters"), self._code),
            "law": Field(self.tr("Our la&w"), self._law),
            "zone": Field(self.tr("&Zone or mine"), self._zone),
            "first": self._first,
            "until": self._until,
        }
        doings = [
            Doing(
                "setting",
                self.tr("Change from a day on"),
                ("value", "pick", "first"),
                (),
                (),
                self.tr("Nothing done before that day changes; two supervisors sign."),
            ),
            Doing(
                "own_date",
                self.tr("Enter an own date"),
                ("code", "law", "first"),
                (),
                (),
                self.tr("What our own law says of a participant; it counts from the next sign-in."),
            ),
            Doing(
                "zone",
                self.tr("Open a zone"),
                ("code", "zone", "first", "until"),
                ("until",),
                ("zone",),
                self.tr("From which a restricted participant may export; it counts from the next sign-in."),
            ),
        ]
        return DoingCard("office_settings_doing", doings, fields, self._keyboard)

    def _wire(self) -> None:
        self._settings.picked.connect(self._on_picked)
        self._settings.opened.connect(lambda _: self.card.take_cursor())
        self._tabs.bar.currentChanged.connect(self._on_tab)
        self.card.chosen.connect(self._on_chosen)
        self.card.asked.connect(self._on_asked)
        self.bind("main", self.card.ask)
        self.bind("next_tab", self._tabs.next)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._settings.take_cursor()
        self._ask()

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.see, self.show_law)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & set(_CHANGES):
            self._ask()

    def _on_tab(self, at: int) -> None:
        self.card.choose(("setting", "own_date", "zone")[at])

    def _on_chosen(self, key: str) -> None:
        self._tabs.turn(("setting", "own_date", "zone").index(key))

    def show_law(self, law: Law) -> None:
        self._settings.show_slips(law.settings)
        self._own.show_slips(law.own)
        self._zones.show_slips(law.zones)
        changed = sum(each.since is not None for each in law.settings)
        coming = sum(bool(each.coming) for each in law.settings)
        words = self.tr("decided here: {changed} of {all}  ·  coming: {coming}")
        self.show_subtitle(words.format(changed=changed, all=len(law.settings), coming=coming))
        self._on_picked(self._settings.current())

    def _coming(self, slip: SettingSlip) -> str:
        return ", ".join(f"{value_word(value)} {self._formats.date(on)}" for on, value in slip.coming)

    def _on_picked(self, slip: object) -> None:
        if not isinstance(slip, SettingSlip):
            return
        again = self._picked is not None and self._picked.name == slip.name
        self._picked = slip
        self._told.setText(f"{setting_word(slip.name)}.  {setting_told(slip.name)}")
        if not again:
            self._offer(slip)
        self._workroom.run(self, partial(self._acts.decided, slip.name), self._decided.show_slips)

    def _offer(self, slip: SettingSlip) -> None:
        """The editor that this setting wants."""
        options = (_YES, _NO) if isinstance(slip.value, bool) else slip.options
        self._pick.clear()
        for each in options:
            self._pick.addItem(value_word({_YES: True, _NO: False}.get(each, each)), each)
        self._value.clear()
        self.card.leave_out("value", bool(options))
        self.card.leave_out("pick", not options)

    def _typed(self, slip: SettingSlip) -> Value:
        """As the setting takes it; what is no number stays as it was typed, and is refused."""
        if isinstance(slip.value, bool):
            return bool(self._pick.currentData() == _YES)
        if slip.options:
            return str(self._pick.currentData())
        typed = self._value.text().strip()
        return int(typed) if isinstance(slip.value, int) and typed.isascii() and typed.isdigit() else typed

    def _on_asked(self, doing: Doing) -> None:
        first = self._first.day
        if first is None:
            return
        if first < self._acts.today():
            self._first.show_words(self.tr("A rule does not reach back; the first day is today or later."))
            self._first.line.setFocus()
            return
        said, change = self._said(doing, first)
        if change is None:
            return
        sign_beside(
            self,
            self._surface,
            verb=doing.words,
            said=[doing.words, said],
            sign=lambda officer, password: self._acts.do(change, officer, password),
            done=lambda _: self._on_done(said),
        )

    def _said(self, doing: Doing, first: date) -> tuple[str, Change | None]:
        """What is signed, in words and as a change; None where a value does not fit, which is said beside the field."""
        day, code = self._formats.date(first), self._code.text().strip().upper()
        if doing.key == "own_date":
            law = bool(self._law.currentData())
            words = self.tr("{code}: {law} from {day}").format(code=code, law=self._law.currentText(), day=day)
            return words, Change(key="own_date", name=code, value=law, first=first)
        if doing.key == "zone":
            zone = self._zone.text().strip()
            words = self.tr("{code}, {zone}: open from {day}").format(code=code, zone=zone, day=day)
            return words, Change(key="zone", name=code, value=zone, first=first, until=self._until.day)
        slip = self._picked
        if slip is None:
            return "", None
        value = self._typed(slip)
        try:
            self._acts.check(slip.name, value)
        except Refusal as refusal:
            self._value_field.show_words(messages.in_full(refusal))
            self._value.setFocus()
            return "", None
        words = self.tr("{setting}: {before} becomes {value} from {day}")
        told = {"setting": setting_word(slip.name), "before": value_word(slip.value), "value": value_word(value)}
        return words.format(**told, day=day), Change(key="setting", name=slip.name, value=value, first=first)

    def _on_done(self, said: str) -> None:
        for editor in (self._value, self._code, self._zone, self._first.line, self._until.line):
            editor.clear()
        self.card.say(said, Tone.OK)
        self.told.emit(said)
        self._workroom.changed.emit(frozenset(_CHANGES))
        self._settings.take_cursor()
