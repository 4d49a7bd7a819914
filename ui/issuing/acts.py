"""The issue page tied to the issuing officer's desk. Runs in the workroom; touches no widget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kpdesk.desks import approving, calibration, issuing, offices, proving, sheets, supervisor
from kpdesk.desks.approving import Draft
from kpdesk.desks.desk import Desk
from kpdesk.desks.printers import PRACTICE_TRAY, JobStillWaiting, job_title, practice_sheet, practice_tray, take_back
from kpdesk.desks.proving import Frames
from kpdesk.desks.reading import Reader
from kpdesk.desks.sheets import Sheet
from kpdesk.domain.calibration import Tray
from kpdesk.domain.certificate import Number
from kpdesk.domain.issuance import NumberAlreadyBound, State
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.stock import StockNotReady, StockState
from ui import messages, paper
from ui.issuing.after_print import AfterActs
from ui.issuing.conditions import conditions
from ui.issuing.issue import IssueActs
from ui.issuing.papers import picture
from ui.marks import QT_TRANSLATE_NOOP
from ui.slips import Blank, Printer, Ready, Spooled, Stage
from ui.tones import Answer, Tone

_PREVIEW_DPI = 110
_SPOILED = (
    ("toner", QT_TRANSLATE_NOOP("reasons", "Toner or ink failed")),
    ("crooked", QT_TRANSLATE_NOOP("reasons", "Printed crooked")),
    ("jam", QT_TRANSLATE_NOOP("reasons", "Paper jam")),
    ("damaged", QT_TRANSLATE_NOOP("reasons", "The sheet is damaged")),
)
_OUT_OF_ORDER = (
    ("damaged", QT_TRANSLATE_NOOP("reasons", "The next one is damaged; I keep it for a supervisor")),
    ("not_found", QT_TRANSLATE_NOOP("reasons", "The next one is not here; I tell a supervisor")),
    ("bundle", QT_TRANSLATE_NOOP("reasons", "The bundle was not in order")),
    ("tray", QT_TRANSLATE_NOOP("reasons", "This one lay in the tray already")),
)


def issue_acts(desk: Desk, reader: Reader, frames: Callable[[], Frames] | None = None) -> IssueActs:
    """The page's questions, asked of this officer's desk; `frames` opens the camera, where there is one."""

    def print_third(reference: str, blank: str, printer: Printer, why: str, officer: str, password: str) -> Spooled:
        second = offices.beside(desk, officer=officer, password=password)
        return _print(desk, reference, blank, printer, why, second)

    return IssueActs(
        ready=lambda: _ready(desk),
        preview=lambda reference: picture(sheets.preview_of(desk, reference), dpi=_PREVIEW_DPI),
        prepare=lambda reference: issuing.prepare(desk, reference),
        approve=lambda reference, officer, password: _approve(desk, reference, officer, password),
        next_blank=lambda: _next_blank(desk),
        printers=lambda: _printers(desk),
        reasons=lambda: messages.reasons(_OUT_OF_ORDER),
        print_sheet=lambda reference, blank, printer, why: _print(desk, reference, blank, printer, why),
        print_third=print_third,
        after=_after(desk, reader, frames),
    )


def trays(desk: Desk) -> Sequence[Tray]:
    """A practice office prints into its tray alone; else the system's printers, and the trays they were aligned for."""
    if desk.office.practice:
        return (Tray(PRACTICE_TRAY),)
    known = {tray.printer: tray for tray in paper.printers()}
    aligned = (each.tray for each in calibration.calibrations(desk) if each.tray.name)
    named = (Tray(tray.printer, tray.name, known[tray.printer].driver) for tray in aligned if tray.printer in known)
    return tuple(dict.fromkeys((*known.values(), *named)))


def _printers(desk: Desk) -> Sequence[Printer]:
    found = trays(desk)
    held = calibration.calibrated(desk, found)
    return tuple(Printer(tray, each.on if each else None) for tray, each in zip(found, held, strict=True))


def _next_blank(desk: Desk) -> Blank | None:
    for blank in sheets.blanks_at_hand(desk, limit=1):
        return Blank(blank.number, sheets.is_overlay(desk, blank))
    return None


def _ready(desk: Desk) -> Sequence[Ready]:
    names = {officer.id: officer.name for officer in supervisor.officers(desk)}
    return tuple(_one(draft, names) for draft in approving.drafts(desk, states=(State.DRAFT, State.APPROVED)))


def _one(draft: Draft, names: dict[str, str]) -> Ready:
    shipment, live = draft.shipment, draft.certificate
    stage = Stage.PREPARE if live is None else Stage.APPROVE if live.state is State.DRAFT else Stage.PRINT
    met = [Answer(Tone.OK, "sealed_and_weighed", (("seals", ", ".join(shipment.seals)),))]
    if live:
        met.append(Answer(Tone.OK, "signed_first", (("officer", names.get(live.prepared_by, "–")),)))
    if live and live.approved_by:
        met.append(Answer(Tone.OK, "signed_second", (("officer", names.get(live.approved_by, "–")),)))
    return Ready(
        reference=shipment.number,
        exporter=shipment.exporter_name,
        destination=shipment.destination,
        carats=shipment.carats,
        value=shipment.value,
        approved=None,
        conditions=(*conditions(draft.findings, draft.lifted), *met),
        stage=stage,
        certificate=f"{live.number or live.id}" if live else "",
        digest=live.digest if live else "",
        number=live.number.text if live and live.number else "",
    )


def _approve(desk: Desk, reference: str, officer: str, password: str) -> object:
    second = offices.beside(desk, officer=officer, password=password)
    draft = sheets.draft_of(desk, reference)
    return issuing.approve(second, [draft.id])


def _print(desk: Desk, reference: str, blank: str, printer: Printer, why: str, second: Desk | None = None) -> Spooled:
    """Bind the blank's number unless it is bound, say so on disk, then let the printer have it.

    The printer is asked first, so that no number is bound for one that is not there. Raises NumberAlreadyBound where
    the certificate has the number of another blank.
    """
    draft, typed = sheets.draft_of(desk, reference), Number.parse(blank)
    tray = practice_tray(desk)
    if tray is None:
        paper.ready(printer.tray.printer)
    aligned = sheets.may_print(desk, typed.text, printer.tray)
    if draft.number is None:
        _load(desk, typed.text, why)
        draft = sheets.bind_number(desk, draft.id, blank=typed.text, second=second)
    if draft.number is None or draft.number != typed:
        raise NumberAlreadyBound(draft.id, f"{draft.number}")
    number = typed.text
    pdf = sheets.spool(desk, number, tray=printer.tray)
    if tray is not None:
        tray.submit(pdf, number=number)
    else:
        page = picture(pdf, dpi=paper.DPI)
        alignment = aligned.alignment if aligned else None
        paper.print_page(page, printer.tray.printer, title=job_title(number), alignment=alignment)
    return Spooled(reference, number)


def _load(desk: Desk, blank: str, why: str) -> None:
    """Into the tray, unless it was left there when the certificate could not be bound."""
    try:
        sheets.load_blank(desk, blank, why=why)
    except StockNotReady as refused:
        if refused.state != StockState.LOADED:
            raise


def _after(desk: Desk, reader: Reader, frames: Callable[[], Frames] | None) -> AfterActs:
    camera = _Camera(desk, reader, frames)
    return AfterActs(
        unanswered=lambda: _unanswered(desk),
        reasons=lambda: messages.reasons(_SPOILED),
        answer=lambda spooled, sheet, detail: _answer(desk, spooled, sheet, detail),
        prove=lambda spooled, texts: sheets.answer(desk, spooled.number, Sheet.GOOD, read=texts),
        read_file=lambda path: proving.read_file(reader, path),
        look=camera.look if frames or desk.office.practice else None,
        stop=camera.stop,
    )


@dataclass
class _Camera:
    """Looks at the sheet until a code is read; a practice office looks into its tray."""

    desk: Desk
    reader: Reader
    frames: Callable[[], Frames] | None
    _open: list[Frames] = field(default_factory=list)

    def look(self, spooled: Spooled) -> Sequence[str]:
        if self.frames is None:
            seen = practice_sheet(self.desk, spooled.number)
            return proving.read_picture(self.reader, spooled.number, seen) if seen else ()
        seeing = self.frames()
        self._open.append(seeing)
        return tuple(islice(proving.read_back(seeing), 1))

    def stop(self) -> None:
        while self._open:
            self._open.pop().close()


def _answer(desk: Desk, spooled: Spooled, sheet: Sheet, detail: str) -> Outcome | None:
    """A job that may still wait is taken back before a blank is called clean or gone; what failed is given back."""
    waits: Outcome | None = None
    if sheet in (Sheet.NOTHING, Sheet.MISSING) and not desk.office.practice:
        try:
            take_back(job_title(spooled.number))
        except JobStillWaiting as problem:
            waits = problem
    read = (detail,) if sheet is Sheet.GOOD else ()
    sheets.answer(desk, spooled.number, sheet, read=read, why="" if read else detail)
    return waits


def _unanswered(desk: Desk) -> Spooled | None:
    open_question = sheets.open_question(desk)
    return Spooled(open_question.used_for, open_question.number) if open_question else None
