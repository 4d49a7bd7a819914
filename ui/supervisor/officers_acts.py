"""The officers page tied to the supervisor's desk. Runs in the workroom; touches no widget."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import counter as goods
from kpdesk.desks import handing, offices, people
from kpdesk.desks.desk import Desk
from kpdesk.domain.acting import HandingOver, NotThatSpan
from kpdesk.domain.papers import ListColumn, ListSheet
from ui.formats import Formats
from ui.marks import QT_TRANSLATE_NOOP
from ui.papers import paper_acts
from ui.supervisor.listing import ListActs, drawn, saved
from ui.supervisor.officers import OfficersActs, Staff
from ui.supervisor.officers_form import Wish
from ui.supervisor.stock_words import kind_word, run_words
from ui.widgets.paper_view import Shown
from ui.widgets.side import role_word

_WORDS = (
    QT_TRANSLATE_NOOP("officers", "Officer"),
    QT_TRANSLATE_NOOP("officers", "Roles, since when"),
    QT_TRANSLATE_NOOP("officers", "Key"),
    QT_TRANSLATE_NOOP("officers", "acknowledged"),
    QT_TRANSLATE_NOOP("officers", "new, flagged"),
    QT_TRANSLATE_NOOP("officers", "Left"),
    QT_TRANSLATE_NOOP("officers", "Acts as"),
    QT_TRANSLATE_NOOP("officers", "From"),
    QT_TRANSLATE_NOOP("officers", "Until"),
    QT_TRANSLATE_NOOP("officers", "Why"),
    QT_TRANSLATE_NOOP("officers", "Signed by"),
    QT_TRANSLATE_NOOP("officers", "What"),
    QT_TRANSLATE_NOOP("officers", "Which"),
    QT_TRANSLATE_NOOP("officers", "Pieces"),
    QT_TRANSLATE_NOOP("officers", "Draft"),
    QT_TRANSLATE_NOOP("officers", "Parcel"),
    QT_TRANSLATE_NOOP("officers", "To be signed anew"),
    QT_TRANSLATE_NOOP("officers", "Officers and rights"),
    QT_TRANSLATE_NOOP("officers", "Acting appointments"),
    QT_TRANSLATE_NOOP("officers", "Handing-over protocol"),
)
"""For translators."""


def officers_acts(desk: Desk, formats: Formats) -> OfficersActs:
    """The page's questions, asked of this officer's desk."""
    return OfficersActs(
        see=lambda: _staff(desk),
        hands=lambda officer: handing.hands(desk, officer),
        do=lambda wish, officer, password: _do(desk, formats, wish, officer, password),
        lists=ListActs(
            draw=lambda which: drawn(desk, _sheet(desk, formats, which), f"list/{which}"),
            save=lambda which, file: _save(desk, formats, which, file),
            paper=paper_acts(desk),
        ),
        today=lambda: desk.today,
        now=desk.clock,
    )


def _staff(desk: Desk) -> Staff:
    return Staff(
        people=tuple(sorted(people.people(desk, gone=True), key=lambda each: (each.left is not None, each.name))),
        appointments=people.appointments(desk),
        handings=handing.handings(desk),
        names=goods.names(desk),
        relaxed=people.relaxed(desk),
        today=desk.today,
    )


def _do(desk: Desk, formats: Formats, wish: Wish, officer: str, password: str) -> Shown | None:
    second = offices.beside(desk, officer=officer, password=password)
    match wish.key:
        case "add":
            offices.add_officer(desk, second, offices.NewOfficer(wish.name, wish.password, wish.roles))
        case "roles":
            own = _own(desk, wish) if wish.password else None
            people.change_roles(desk, second, officer=wish.officer, roles=wish.roles, own=own)
        case "acting":
            if wish.first is None or wish.last is None:
                raise NotThatSpan("–", "–")
            people.appoint(
                desk, second, officer=wish.officer, role=wish.role, first=wish.first, last=wish.last, why=wish.why
            )
        case "call_off":
            people.call_off(desk, second, wish.acting)
        case "password":
            people.renew_password(desk, second, officer=wish.officer, password=wish.password)
        case "leaves":
            people.retire(desk, second, officer=wish.officer)
        case "drafts":
            made = handing.reassign_drafts(desk, second, officer=wish.officer, to=wish.to, why=wish.why)
            return _protocol(desk, formats, made)
        case "hand_over":
            made = handing.hand_over_all(desk, second, officer=wish.officer, why=wish.why)
            return _protocol(desk, formats, made)
    return None


def _own(desk: Desk, wish: Wish) -> Desk:
    """The officer who becomes a supervisor, at the same machine."""
    return offices.beside(desk, officer=goods.names(desk)[wish.officer], password=wish.password)


# Papers


def _protocol(desk: Desk, formats: Formats, made: HandingOver) -> Shown:
    """What went over, for both to sign by hand, and the supervisor who saw it."""
    names = goods.names(desk)
    rows = [
        *((_said("Draft"), each, "") for each in made.drafts),
        *((_said("Parcel"), each, "1") for each in made.parcels),
        *(
            (kind_word(each.what), run_words(run), formats.number(len(run.numbers)))
            for each in made.stock
            for run in each.runs
        ),
        *((_said("To be signed anew"), each, "") for each in made.open_acts),
    ]
    words = QCoreApplication.translate(
        "officers", "{why}.  Gave: {giver} _______________  Took: {taker} _______________  Saw: {by} _______________"
    )
    sheet = ListSheet(
        title=f"{_said('Handing-over protocol')} {made.id}",
        columns=(_column("What"), _column("Which", 2.5), _column("Pieces", 0.6, figures=True)),
        rows=tuple(rows),
        remark=words.format(why=made.why, giver=names[made.giver], taker=names[made.taker], by=names[made.by]),
    )
    return drawn(desk, sheet, f"officer/{made.giver}")


def _save(desk: Desk, formats: Formats, which: str, file: Path) -> Path:
    return saved(_sheet(desk, formats, which), file)


def _sheet(desk: Desk, formats: Formats, which: str) -> ListSheet:
    names = goods.names(desk)
    if which == "acting":
        heads = ("Officer", "Acts as", "From", "Until", "Why", "Signed by")
        return ListSheet(
            title=_said("Acting appointments"),
            columns=tuple(map(_column, heads)),
            rows=tuple(
                (
                    names[each.officer],
                    role_word(each.role),
                    formats.date(each.first),
                    formats.date(each.ended or each.last),
                    each.why,
                    f"{names[each.by]}, {names[each.second]}",
                )
                for each in people.appointments(desk)
            ),
        )
    return ListSheet(
        title=_said("Officers and rights"),
        columns=(_column("Officer"), _column("Roles, since when", 3), _column("Key"), _column("Left")),
        rows=tuple(
            (
                each.name,
                " · ".join(f"{role_word(role)} {formats.date(since)}" for role, since in each.roles),
                _said("acknowledged") if each.acknowledged else _said("new, flagged"),
                formats.date(each.left) if each.left else "",
            )
            for each in people.people(desk, gone=True)
        ),
    )


def _column(head: str, share: float = 1.0, *, figures: bool = False) -> ListColumn:
    return ListColumn(heading=_said(head), share=share, figures=figures)


def _said(words: str) -> str:
    return QCoreApplication.translate("officers", words)
