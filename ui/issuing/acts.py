"""The issue page tied to the issuing officer's desk. Runs in the workroom; touches no widget."""

from collections.abc import Callable, Sequence

from kpdesk.desks import issuing, offices, sheets, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.desks.printers import page, practice_tray
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import NumberAlreadyBound, State
from kpdesk.domain.slips import CertificateSlip, ShipmentSlip
from kpdesk.domain.stock import StockNotReady, StockState
from ui import messages, paper
from ui.issuing.issue import IssueActs
from ui.marks import QT_TRANSLATE_NOOP
from ui.slips import Picture, Printer, Ready, Spooled, Stage
from ui.tones import Answer, Tone

_PREVIEW_DPI = 110
_REASONS = (
    ("toner", QT_TRANSLATE_NOOP("reasons", "Toner or ink failed")),
    ("crooked", QT_TRANSLATE_NOOP("reasons", "Printed crooked")),
    ("jam", QT_TRANSLATE_NOOP("reasons", "Paper jam")),
    ("damaged", QT_TRANSLATE_NOOP("reasons", "The sheet is damaged")),
)


def issue_acts(desk: Desk) -> IssueActs:
    """The page's questions, asked of this officer's desk."""
    tray = practice_tray(desk)

    def printers() -> Sequence[Printer]:
        """A practice office prints into its tray alone."""
        return (Printer(tray.name, whole=True),) if tray else paper.printers()

    def print_sheet(reference: str, blank: str, printer: str, second: Desk | None = None) -> Spooled:
        return _print(desk, reference, blank, lambda pdf, number: _submit(pdf, number, printer), second)

    def print_third(reference: str, blank: str, printer: str, officer: str, password: str) -> Spooled:
        return print_sheet(reference, blank, printer, offices.beside(desk, officer=officer, password=password))

    def _submit(pdf: bytes, number: str, printer: str) -> None:
        if tray:
            tray.submit(pdf, number=number)
        else:
            paper.print_page(_picture(pdf, dpi=paper.DPI), printer)

    return IssueActs(
        ready=lambda: tuple(_ready(desk, shipment, draft) for shipment, draft in sheets.waiting(desk)),
        preview=lambda reference: _picture(sheets.preview_of(desk, reference), dpi=_PREVIEW_DPI),
        prepare=lambda reference: issuing.prepare(desk, reference),
        approve=lambda reference, officer, password: _approve(desk, reference, officer, password),
        next_blank=lambda: next((blank.number for blank in sheets.blanks_at_hand(desk, limit=1)), None),
        printers=printers,
        reasons=lambda: messages.reasons(_REASONS),
        print_sheet=print_sheet,
        print_third=print_third,
        answer=lambda spooled, sheet, detail: _answer(desk, spooled, sheet, detail),
        unanswered=lambda: _unanswered(desk),
    )


def _ready(desk: Desk, shipment: ShipmentSlip, draft: CertificateSlip | None) -> Ready:
    names = {officer.id: officer.name for officer in supervisor.officers(desk)}
    stage = Stage.PREPARE if draft is None else Stage.APPROVE if draft.state is State.DRAFT else Stage.PRINT
    found = tuple(messages.found(finding) for finding in issuing.check(desk, shipment.number))
    done = [Answer(Tone.OK, "sealed_and_weighed", (("seals", ", ".join(shipment.seals)),))]
    if draft:
        done.append(Answer(Tone.OK, "signed_first", (("officer", names[draft.prepared_by]),)))
    if draft and draft.approved_by:
        done.append(Answer(Tone.OK, "signed_second", (("officer", names[draft.approved_by]),)))
    return Ready(
        reference=shipment.number,
        exporter=shipment.exporter_name,
        destination=shipment.destination,
        carats=shipment.carats,
        value=shipment.value,
        approved=None,
        conditions=(*found, *done),
        stage=stage,
        certificate=f"{draft.number or draft.id}" if draft else "",
        digest=draft.digest if draft else "",
        number=draft.number.text if draft and draft.number else "",
    )


def _draft(desk: Desk, reference: str) -> CertificateSlip:
    """The certificate drawn up for a shipment; raises NotSealed where there is none."""
    for shipment, draft in sheets.waiting(desk):
        if shipment.number == reference and draft is not None:
            return draft
    raise issuing.NotSealed(reference)


def _approve(desk: Desk, reference: str, officer: str, password: str) -> object:
    second = offices.beside(desk, officer=officer, password=password)
    return issuing.approve(second, [_draft(desk, reference).id])


def _print(
    desk: Desk, reference: str, blank: str, submit: Callable[[bytes, str], None], second: Desk | None
) -> Spooled:
    """Bind the blank's number unless it is bound, say so on disk, then let the printer have it.

    Raises NumberAlreadyBound where the certificate has the number of another blank.
    """
    draft, typed = _draft(desk, reference), Number.parse(blank)
    if draft.number is None:
        _load(desk, typed.text)
        draft = sheets.bind_number(desk, draft.id, blank=typed.text, second=second)
    if draft.number is None or draft.number != typed:
        raise NumberAlreadyBound(draft.id, f"{draft.number}")
    number = typed.text
    submit(sheets.spool(desk, number), number)
    return Spooled(reference, number)


def _load(desk: Desk, blank: str) -> None:
    """Into the tray, unless it was left there when the certificate could not be bound."""
    try:
        sheets.load_blank(desk, blank)
    except StockNotReady as refused:
        if refused.state != StockState.LOADED:
            raise


def _answer(desk: Desk, spooled: Spooled, sheet: Sheet, detail: str) -> object:
    read = (detail,) if sheet is Sheet.GOOD else ()
    return sheets.answer(desk, spooled.number, sheet, read=read, why="" if read else detail)


def _unanswered(desk: Desk) -> Spooled | None:
    open_question = sheets.open_question(desk)
    return Spooled(open_question.used_for, open_question.number) if open_question else None


def _picture(pdf: bytes, *, dpi: int) -> Picture:
    seen = page(pdf, dpi=dpi)
    return Picture(seen.width, seen.height, seen.stride, seen.mode, seen.content)
