"""The pages about exporters' seats tied to their desks: the office's two, and the seat's own. Touches no widget."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import applications, clerk, offices, seat, seat_printing, seats
from kpdesk.desks.desk import Desk
from kpdesk.desks.outgoing import read_letter
from kpdesk.domain.application import Draft
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parties import PartyKind
from kpdesk.domain.seat import AnnouncedGoods, Firm
from kpdesk.domain.slips import PartySlip
from ui import messages
from ui.exporter.acts import checks, keep_draft, printed, read_draft
from ui.exporter.applying import ApplicationActs, Applied, Foretold, Known
from ui.exporter.by_file import ByFileActs
from ui.exporter.paper import preview, print_pdf
from ui.exporter.printing_acts import print_data
from ui.exporter.seats import SeatsActs, Shown
from ui.exporter.status import StatusActs
from ui.instruments import Instruments
from ui.marks import QT_TRANSLATE_NOOP
from ui.slips import Picture

_SCREEN = "seat_application"
_REASONS = (
    ("not_here", QT_TRANSLATE_NOOP("reasons", "The goods were not brought")),
    ("licence", QT_TRANSLATE_NOOP("reasons", "The firm may not export now")),
    ("unclear", QT_TRANSLATE_NOOP("reasons", "What is announced is not clear")),
    ("asked", QT_TRANSLATE_NOOP("reasons", "The firm asked for it")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Another reason")),
)


def by_file_acts(desk: Desk, instruments: Instruments) -> ByFileActs:
    """Of the exporters' desk."""
    words = dict(_REASONS)
    return ByFileActs(
        listed=partial(seats.by_file, desk),
        take=lambda file: seats.take_application(desk, instruments.reader, read_letter(file)).id,
        reasons=lambda: messages.reasons(_REASONS),
        refuse=lambda number, reason: seats.refuse(desk, number, why=words[reason]),
        answer=lambda number: str(seats.answer(desk, number)),
    )


def seats_acts(desk: Desk) -> SeatsActs:
    """Of the supervisor."""

    def shown(file: Path) -> Shown:
        content = read_letter(file)
        glance = seats.glance_at_enrolment(desk, content)
        return Shown(glance.name, glance.fingerprint, content)

    def enrol(content: bytes, exporter: str, officer: str, password: str) -> object:
        second = offices.beside(desk, officer=officer, password=password)
        return seats.enrol(desk, second, content, exporter=exporter)

    def revoke(number: str, why: str, officer: str, password: str) -> object:
        return seats.revoke(desk, offices.beside(desk, officer=officer, password=password), number, why=why)

    return SeatsActs(
        seats=partial(seats.seats, desk),
        exporters=lambda: tuple((slip.number, slip.name) for slip in clerk.exporters(desk)),
        fingerprint=partial(seats.code_key_fingerprint, desk),
        card=lambda: str(seats.card(desk)),
        look=shown,
        enrol=enrol,
        revoke=revoke,
        answer=lambda number: str(seats.answer(desk, number)),
    )


def own_application_acts(desk: Desk, instruments: Instruments) -> ApplicationActs:
    """Of the seat itself."""

    def apply(draft: Draft, goods: Sequence[AnnouncedGoods], invoice: Path | None) -> Applied:
        attached = applications.read_invoice(instruments.reader, invoice) if invoice else None
        file = seat.write_application(desk, draft, goods, invoice=attached, reader=instruments.reader)
        newest = seat.standings(desk)[0]
        return Applied(newest.shipment, file=str(file))

    def propose(name: str, address: str, country: str) -> PartySlip:
        return _slip(seat.propose_importer(desk, name=name, address=address, country=country))

    def found(draft: Draft, goods: Sequence[AnnouncedGoods]) -> tuple[Finding, ...]:
        return seat.check(desk, draft, goods)

    return ApplicationActs(
        known=lambda: _known(desk),
        goods=lambda _: (),
        check=lambda draft, goods: checks(found(draft, goods)),
        last=lambda _: seat.last_of(desk),
        territory=lambda country: desk.register.territory(country, desk.today),
        declare=lambda parcel, value: None,
        propose=propose,
        foretold=lambda identity: Foretold(draft=Draft(), words=""),
        draft=lambda: read_draft(desk, _SCREEN),
        keep_draft=lambda texts: keep_draft(desk, _SCREEN, texts),
        apply=apply,
        today=lambda: desk.today,
    )


def own_status_acts(desk: Desk) -> StatusActs:
    """Of the seat itself."""

    def paper(number: str, what: str) -> bytes:
        return (seat.draft_of if what == "draft" else seat.paper_of)(desk, number)

    def picture(number: str, what: str) -> Picture:
        return preview(paper(number, what))

    def take(file: Path) -> str:
        answer = seat.take_answer(desk, read_letter(file))
        return QCoreApplication.translate("application", "answer {number} is taken in").format(number=answer.sequence)

    return StatusActs(
        standings=lambda typed: seat.standings(desk, typed=typed),
        checks=lambda number: (),
        preview=picture,
        print_paper=lambda number, what: printed(print_pdf(desk, paper(number, what), f"{number}-{what}")),
        reasons=lambda: (),
        may_print=lambda number: seat_printing.may_print(desk, number),
        blanks=lambda: tuple(blank.number for blank in seat_printing.blanks(desk)),
        print_own=lambda number, blank: printed(print_data(desk, number, blank)),
        take_answer=take,
        write_again=lambda number: printed(str(seat.write_again(desk, number))),
    )


def _known(desk: Desk) -> Known:
    home = seat.home(desk)
    notice = ""
    if home.answer is None:
        words = QCoreApplication.translate(
            "application",
            "The office does not know this seat yet. Give it the enrolment file, read out {fingerprint}, and take its "
            "answer in under Status.",
        )
        notice = words.format(fingerprint=seat.own_fingerprint(desk))
    elif home.answer.revoked:
        notice = QCoreApplication.translate("application", "The office has revoked this seat: apply at the counter.")
    return Known(
        exporters=(),
        importers=tuple(map(_slip, home.importers)),
        countries=clerk.participants(desk),
        statements=home.answer.statements if home.answer else (),
        own=desk.office.participant,
        notice=notice,
    )


def _slip(firm: Firm) -> PartySlip:
    return PartySlip(
        number=firm.number,
        party_kind=PartyKind.IMPORTER,
        name=firm.name,
        address=firm.address,
        country=firm.country,
    )
