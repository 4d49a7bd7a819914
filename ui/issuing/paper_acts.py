"""Void, Copies and Confirmations tied to the issuing officer's desk. Runs in the workroom; touches no widget."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import advice, copies, ending, exporting, leaving, offices, sheets
from kpdesk.desks.desk import Desk
from kpdesk.domain.advice import Letter, LetterKind
from kpdesk.domain.issuance import State
from kpdesk.domain.slips import CertificateSlip
from ui import messages
from ui.issuing.confirmations import ConfirmationsActs, Due
from ui.issuing.copies import CopiesActs
from ui.issuing.papers import picture, print_pdf
from ui.issuing.void import AMEND, Ending, VoidActs, state_word
from ui.marks import QT_TRANSLATE_NOOP

_ENDS = (
    ("party", QT_TRANSLATE_NOOP("reasons", "Wrong name or address")),
    ("goods", QT_TRANSLATE_NOOP("reasons", "Wrong carats, value or heading")),
    ("destination", QT_TRANSLATE_NOOP("reasons", "Wrong destination or importer")),
    ("seal", QT_TRANSLATE_NOOP("reasons", "Another seal or container")),
    ("exporter", QT_TRANSLATE_NOOP("reasons", "The exporter called it off")),
    ("damaged", QT_TRANSLATE_NOOP("reasons", "The sheet was damaged")),
    ("authority", QT_TRANSLATE_NOOP("reasons", "An authority decided so")),
    ("transit", QT_TRANSLATE_NOOP("reasons", "Lost or stolen on the way")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Other, in words")),
)
_COPIES = (
    ("archive", QT_TRANSLATE_NOOP("reasons", "The exporter's books")),
    ("customs", QT_TRANSLATE_NOOP("reasons", "Customs")),
    ("bank", QT_TRANSLATE_NOOP("reasons", "Bank or insurer")),
    ("partner", QT_TRANSLATE_NOOP("reasons", "An importing authority")),
    ("court", QT_TRANSLATE_NOOP("reasons", "Court or police")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Other, in words")),
)
_TECHNICAL = (
    ("return", QT_TRANSLATE_NOOP("reasons", "Return of detained goods")),
    ("seized", QT_TRANSLATE_NOOP("reasons", "Seized goods")),
    ("science", QT_TRANSLATE_NOOP("reasons", "Samples for science")),
    ("exhibition", QT_TRANSLATE_NOOP("reasons", "Exhibition, and back")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Other, in words")),
)


def void_acts(desk: Desk) -> VoidActs:
    """The page's questions, asked of this officer's desk."""
    return VoidActs(
        find=lambda text: leaving.read_sheet(desk, text),
        page=lambda number: picture(sheets.pdf_of(desk, number)),
        replacement=lambda number: picture(ending.replacement(desk, number)),
        reasons=lambda: messages.reasons(_ENDS),
        sign=lambda wanted, officer, password: _sign(desk, wanted, officer, password),
    )


def copies_acts(desk: Desk) -> CopiesActs:
    """The page's questions, asked of this officer's desk."""
    return CopiesActs(
        find=lambda text: leaving.read_sheet(desk, text),
        copies=lambda certificate: copies.copies_of(desk, certificate),
        make=lambda number, why: copies.certified_copy(desk, number, why=why),
        page=lambda copy: picture(copies.copy_page(desk, copy)),
        print_copy=lambda copy: print_pdf(desk, copies.copy_page(desk, copy), copy.identity),
        sealed=lambda: copies.not_drawn_up(desk),
        technical_page=lambda shipment: picture(copies.technical_page(desk, shipment)),
        prepare_technical=lambda shipment, why: copies.prepare_technical(desk, shipment, why=why),
        copy_reasons=lambda: messages.reasons(_COPIES),
        technical_reasons=lambda: messages.reasons(_TECHNICAL),
    )


def confirmations_acts(desk: Desk) -> ConfirmationsActs:
    """The page's questions, asked of this officer's desk."""
    return ConfirmationsActs(
        due=lambda: _due(desk),
        today=lambda: desk.today,
        remind=lambda number: advice.remind(desk, number),
        print_letter=lambda letter: print_pdf(desk, advice.page(desk, letter), letter.name),
        book=lambda number, on, differs, why: exporting.book_confirmation(
            desk, number, on=on, differs=differs, why=why
        ),
        book_file=lambda path: exporting.book_confirmation_file(desk, _content(path)),
    )


def _sign(desk: Desk, wanted: Ending, officer: str, password: str) -> str:
    """What came of it, in words."""
    second = offices.beside(desk, officer=officer, password=password)
    if wanted.end == AMEND:
        made = advice.amend(desk, second, wanted.number, corrected=wanted.corrected, why=wanted.why)
        words = QCoreApplication.translate("ends", "instruction {id} signed and laid ready for {number}")
        return words.format(id=made.identity, number=wanted.number)
    if wanted.end == State.REPLACED:
        new = ending.replace(desk, second, wanted.number, why=wanted.why, in_hand=wanted.in_hand)
        words = QCoreApplication.translate("ends", "{number} replaced; {id} is signed once, go on in Issue")
        return words.format(number=wanted.number, id=new.id)
    state = State(wanted.end)
    slip = ending.end(desk, second, wanted.number, state=state, why=wanted.why, in_hand=wanted.in_hand)
    return f"{wanted.number}: {state_word(slip.state)}"


def _due(desk: Desk) -> Sequence[Due]:
    with desk.look() as session:
        allowed = desk.settings(session).confirmation_days
    return tuple(
        Due(slip=each.slip, days=each.days, allowed=allowed, letters=_reminders(desk, each.slip))
        for each in leaving.waiting(desk, State.EXPORTED)
    )


def _reminders(desk: Desk, slip: CertificateSlip) -> tuple[Letter, ...]:
    return tuple(each for each in advice.letters_of(desk, slip.id) if each.what is LetterKind.REMINDER)


def _content(path: Path) -> bytes:
    """No more of a file than a confirmation can have."""
    with path.open("rb") as file:
        return file.read(exporting.MOST_BYTES + 1)
