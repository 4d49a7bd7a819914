"""Officers: who holds which rights and keys, who acts for whom, what is in whose hands; every change by two."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from kpdesk.desks.handing import Hands
from kpdesk.desks.people import Person, Relaxed
from kpdesk.domain.acting import Acting, HandingOver
from ui import look
from ui.supervisor.doing import Doing, sign_beside
from ui.supervisor.listing import ListActs, ListBar, WithPaper
from ui.supervisor.officers_form import OWN_PASSWORD, OfficersForm, Wish
from ui.supervisor.own_password import OwnPassword
from ui.surface import Surface
from ui.tones import Tone
from ui.widgets.card import BETWEEN, Notice, card, column, text
from ui.widgets.columns import Columns
from ui.widgets.page import Page
from ui.widgets.paper_view import Shown
from ui.widgets.rows import Column, Rows
from ui.widgets.side import role_word
from ui.widgets.tabs import Tabs

_CHANGES = ("officers",)


@dataclass(frozen=True, slots=True)
class Staff:
    """What the page shows."""

    people: tuple[Person, ...]
    """Also those who left."""
    appointments: tuple[Acting, ...]
    handings: tuple[HandingOver, ...]
    names: dict[str, str]
    relaxed: tuple[Relaxed, ...]
    today: date


@dataclass(frozen=True, slots=True)
class OfficersActs:
    """What the page asks of a desk; all run in the workroom."""

    see: Callable[[], Staff]
    hands: Callable[[str], Hands]
    do: Callable[[Wish, str, str], Shown | None]
    """(wish, the second officer's name and password): a paper where the act has one."""
    lists: ListActs
    today: Callable[[], date]
    now: Callable[[], datetime] = field(repr=False)


class OfficersPage(Page):
    """The officers at the start; at the end what two of them change."""

    def __init__(self, acts: OfficersActs, surface: Surface) -> None:
        super().__init__("officers", surface)
        self._acts, self._surface = acts, surface
        self._staff: Staff | None = None
        self._wanted = ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self._relaxed = Notice("officers_relaxed")
        self._tabs = Tabs("officers_tabs", self.tr("Views of the officers"))
        self._tabs.setMinimumHeight(look.current().px(260))
        for words, table in self._tables():
            self._tabs.add(words, table)
        lists = [(self.tr("Officers and rights"), "officers"), (self.tr("Acting appointments"), "acting")]
        self._bar = ListBar("officers", lists, self._acts.lists, self._surface)
        shown, inside = card("officers_shown")
        for widget in (self._relaxed, self._tabs, self._bar):
            inside.addWidget(widget)
        inside.setStretch(1, 1)
        held, of = card("officers_hands", self.tr("Rights and hands"))
        self._rights = text("", "muted", wrap=True)
        self._rights.setObjectName("officers_rights")
        self._hands = text("", wrap=True)
        self._hands.setObjectName("officers_hands_words")
        of.addWidget(self._rights)
        of.addWidget(self._hands)
        self.form = OfficersForm(self._acts.today, self._keyboard)
        view = QWidget()
        Columns(view, (column(shown), 7), (column(self.form, held, gap=BETWEEN), 5))
        self._view = WithPaper("officers", view, self._acts.lists.paper, self._surface)
        self.setLayout(column(self._view))

    def _tables(self) -> list[tuple[str, Rows]]:
        day = self._formats.date
        self._people = Rows(
            "officers_people",
            self.tr("Officers"),
            (
                Column(self.tr("Officer"), lambda each: each.name, wide=True, tone=self._tone),
                Column(self.tr("Roles"), self._roles),
                Column(self.tr("Key"), self._key),
                Column(self.tr("Last act"), lambda each: self._since(each.last_act)),
            ),
            "",
        )
        self._acting = Rows(
            "officers_acting",
            self.tr("Acting appointments"),
            (
                Column(self.tr("Officer"), lambda each: self._name(each.officer), wide=True, tone=self._acting_tone),
                Column(self.tr("Acts as"), lambda each: role_word(each.role)),
                Column(self.tr("From"), lambda each: day(each.first)),
                Column(self.tr("Until"), lambda each: day(each.ended or each.last)),
                Column(self.tr("Why"), lambda each: each.why),
                Column(self.tr("Signed by"), lambda each: f"{self._name(each.by)}, {self._name(each.second)}"),
            ),
            self.tr("Nobody acts for another. An appointment has a first and a last day and ends by itself."),
        )
        self._handings = Rows(
            "officers_handings",
            self.tr("Handed over"),
            (
                Column(self.tr("Protocol"), lambda each: each.id),
                Column(self.tr("When"), lambda each: self._formats.moment(each.at)),
                Column(self.tr("From"), lambda each: self._name(each.giver)),
                Column(self.tr("To"), lambda each: self._name(each.taker)),
                Column(self.tr("What"), self._handed, wide=True),
            ),
            self.tr("Nothing was handed over as a whole yet."),
        )
        return [
            (self.tr("Officers"), self._people),
            (self.tr("Acting"), self._acting),
            (self.tr("Handed over"), self._handings),
        ]

    def _wire(self) -> None:
        self._people.picked.connect(self._on_picked)
        self._acting.picked.connect(self._on_acting)
        self.form.card.asked.connect(self._on_asked)
        self._bar.drawn.connect(self._view.show_paper)
        self._view.closed.connect(self._people.take_cursor)
        printed = self.tr("{number} printed")
        self._view.paper.printed.connect(lambda number: self.told.emit(printed.format(number=number)))
        self.bind("main", self.form.card.ask)
        self.bind("print", self._on_print)
        self.bind("next_tab", self._tabs.next)
        self._workroom.changed.connect(self._on_changed)

    def enter(self) -> None:
        self._people.take_cursor()
        self._ask()

    def turn_to(self, subject: str) -> None:
        """`officer/O-0003`."""
        self._wanted = subject.partition("/")[2]

    def _ask(self) -> None:
        self._workroom.run(self, self._acts.see, self.show_staff)

    def _on_changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & {*_CHANGES, "settings", "stock", "parcels"}:
            self._ask()

    def _on_print(self) -> None:
        if self._view.currentIndex() == 0:
            self._bar.show_paper()

    def show_staff(self, staff: Staff) -> None:
        self._staff = staff
        self.form.show_people([each for each in staff.people if each.left is None])
        self._acting.show_slips(staff.appointments)
        self._handings.show_slips(staff.handings)
        self._people.show_slips(staff.people)
        wanted = next((place for place, each in enumerate(staff.people) if each.id == self._wanted), None)
        if wanted is not None:
            self._people.table.selectRow(wanted)
            self._wanted = ""
        here = [each for each in staff.people if each.left is None]
        flagged = sum(not each.acknowledged for each in here)
        words = self.tr("at work: {count}  ·  keys not yet acknowledged: {flagged}")
        self.show_subtitle(words.format(count=len(here), flagged=flagged))
        self._relaxed.show_words("  ".join(map(self._relaxation, staff.relaxed)), Tone.LIFTABLE)
        self._on_picked(self._people.current())

    def _relaxation(self, found: Relaxed) -> str:
        words = {
            "small_office": self.tr("Small office: weigher and valuer may be one person since {day}."),
            "same_officer_weighs_again": self.tr("One officer may weigh twice since {day}."),
        }
        return words[found.setting].format(day=self._formats.date(found.since))

    # A line of the tables

    def _name(self, officer: str) -> str:
        return self._staff.names.get(officer, officer) if self._staff else officer

    def _tone(self, person: Person) -> Tone:
        return Tone.UNKNOWN if person.left else Tone.OK if person.acknowledged else Tone.LIFTABLE

    def _acting_tone(self, acting: Acting) -> Tone:
        today = self._acts.today()
        return Tone.OK if acting.on(today) else Tone.NOTE if acting.live and acting.first > today else Tone.UNKNOWN

    def _roles(self, person: Person) -> str:
        if person.left:
            return self.tr("left on {day}").format(day=self._formats.date(person.left))
        told = [role_word(role) for role, _ in person.roles]
        acts = self.tr("acts as {role}")
        today = self._acts.today()
        told += [acts.format(role=role_word(each.role)) for each in person.acting if each.on(today)]
        return " · ".join(told)

    def _key(self, person: Person) -> str:
        if person.left:
            return ""
        return self.tr("acknowledged") if person.acknowledged else self.tr("flagged")

    def _since(self, at: datetime | None) -> str:
        return self._formats.since(at, self._acts.now()) if at else "–"

    def _handed(self, each: HandingOver) -> str:
        return said_hands(each, self.tr("{drafts} drafts, {parcels} parcels, {stock} numbers of stock"))

    # The one that is picked

    def _on_picked(self, person: object) -> None:
        if not isinstance(person, Person):
            return
        self.form.show_person(person)
        self._rights.setText("\n".join(self._since_when(person)))
        self._hands.setText("")
        self._workroom.run(self, partial(self._acts.hands, person.id), partial(self._show_hands, person))

    def _since_when(self, person: Person) -> list[str]:
        held = self.tr("{role} since {day}")
        acts = self.tr("acts as {role} from {first} to {last}")
        day = self._formats.date
        told = [held.format(role=role_word(role), day=day(since)) for role, since in person.roles if not person.left]
        told += [
            acts.format(role=role_word(each.role), first=day(each.first), last=day(each.last)) for each in person.acting
        ]
        if person.batch_key:
            told.append(self.tr("holds the batch key"))
        return told

    def _show_hands(self, person: Person, hands: Hands) -> None:
        nothing = self.tr("{officer} has nothing in hand: no draft, no goods, no numbered stock.")
        held = self.tr("{officer}: {drafts} drafts, {parcels} parcels, {stock} numbers of stock.")
        words = nothing.format(officer=person.name) if hands.empty else said_hands(hands, held, officer=person.name)
        if hands.open_acts:
            more = self.tr("Signed and not printed, to be signed anew by others: {acts}")
            words = f"{words}\n{more.format(acts=', '.join(hands.open_acts))}"
        self._hands.setText(words)

    def _on_acting(self, acting: object) -> None:
        if isinstance(acting, Acting):
            self.form.show_acting(acting, self._name(acting.officer))

    # What two do

    def _on_asked(self, doing: Doing) -> None:
        wish = self.form.wish()
        if doing.key not in OWN_PASSWORD:
            self._second(doing, wish)
            return
        asked = OwnPassword(wish.name if doing.key == "add" else self._name(wish.officer), self)
        asked.given.connect(lambda password: self._second(doing, wish.with_password(password)))
        asked.open()

    def _second(self, doing: Doing, wish: Wish) -> None:
        said = [doing.words, *self.form.said(self._formats)]
        sign_beside(
            self,
            self._surface,
            verb=doing.words,
            said=said,
            sign=lambda officer, password: self._acts.do(wish, officer, password),
            done=partial(self._on_done, ": ".join(said[:2])),
        )

    def _on_done(self, done: str, paper: object) -> None:
        self.form.clear()
        self.form.card.say(done, Tone.OK)
        self.told.emit(done)
        self._workroom.changed.emit(frozenset({*_CHANGES, "stock", "parcels"}))
        if isinstance(paper, Shown):
            self._view.show_paper(paper)
        else:
            self._people.take_cursor()


def said_hands(held: Hands | HandingOver, words: str, **more: str) -> str:
    stock = sum(each.count for each in held.stock)
    return words.format(drafts=len(held.drafts), parcels=len(held.parcels), stock=stock, **more)
