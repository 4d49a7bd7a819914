"""Validate and Leaving tied to the issuing officer's desk. Runs in the workroom; touches no widget."""

import json
from collections.abc import Mapping, Sequence

from kpdesk.desks import advice, clerk, exporting, leaving, offices, papers, sheets, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.domain.issuance import State
from kpdesk.domain.leaving import Delivery
from kpdesk.domain.rules import PARTNER_UNKNOWN
from kpdesk.domain.slips import CertificateSlip
from ui import messages
from ui.issuing.going import Going, LeavingActs
from ui.issuing.papers import picture, print_pdf
from ui.issuing.validate import Seen, ValidateActs, number_of
from ui.marks import QT_TRANSLATE_NOOP
from ui.tones import Answer, Tone

_SCREEN = "leaving"
_REASONS = (
    ("flight", QT_TRANSLATE_NOOP("reasons", "The flight was cancelled or missed")),
    ("customs", QT_TRANSLATE_NOOP("reasons", "Customs did not let it pass")),
    ("carrier", QT_TRANSLATE_NOOP("reasons", "The carrier gave it back")),
    ("exporter", QT_TRANSLATE_NOOP("reasons", "The exporter asked for it")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Something else")),
)


def validate_acts(desk: Desk) -> ValidateActs:
    """The page's questions, asked of this officer's desk."""
    return ValidateActs(
        waiting=lambda: leaving.waiting_for_stamp(desk),
        read_sheet=lambda text: leaving.read_sheet(desk, text),
        look=lambda slip: _look(desk, slip),
        validate=lambda number: _validate(desk, number),
    )


def leaving_acts(desk: Desk) -> LeavingActs:
    """The page's questions, asked of this officer's desk."""
    return LeavingActs(
        going=lambda: _going(desk),
        lapsed=lambda: leaving.lapsed(desk),
        carriers=lambda: [(each.number, each.name) for each in leaving.carriers(desk)],
        representatives=lambda number: leaving.representatives(desk, number),
        reasons=lambda: messages.reasons(_REASONS),
        today=lambda: desk.today,
        check=lambda number, given: _check(desk, number, given),
        release=lambda number, given: exporting.release(desk, number, given),
        release_watched=lambda number, given, officer, password: exporting.release_watched(
            desk,
            offices.beside(desk, officer=officer, password=password),
            number,
            given,
            why="decided by two",
        ),
        paper=lambda number: _release_paper(desk, number),
        labels=lambda number: _labels(desk, number),
        report=lambda number, on, paper: exporting.report_export(desk, number, on=on, paper=paper),
        take_back=lambda number, why: exporting.take_back(desk, number, why=why),
        ask=lambda number: advice.ask_for_exit(desk, number),
        expire=lambda: len(exporting.expire(desk)),
        draft=lambda: _draft(desk),
        keep_draft=lambda texts: clerk.save_draft(desk, _SCREEN, json.dumps(dict(texts)) if texts else ""),
    )


def _look(desk: Desk, slip: CertificateSlip) -> Seen:
    """The page, what the checks find today, and what is in order."""
    number = number_of(slip)
    names = {officer.id: officer.name for officer in supervisor.officers(desk)}
    found = leaving.conditions(desk, number)
    answers = [messages.found(finding) for finding in found]
    if slip.prepared_by == desk.officer.id:
        answers.append(Answer(Tone.STOP, "you_prepared_it", (), "EU 12(2)"))
    signed = (("first", names.get(slip.prepared_by, "–")), ("second", names.get(slip.approved_by, "–")))
    days = (slip.facts.expires - desk.today).days
    valid = (("expires", slip.facts.expires.isoformat()), ("days", str(days)))
    answers += [
        Answer(Tone.OK, "sheet_proved", (("number", number),)),
        Answer(Tone.OK, "both_signed", signed),
        Answer(Tone.OK if days >= 0 else Tone.STOP, "still_valid", valid),
        Answer(Tone.OK, "seals_on_it", (("seals", ", ".join(slip.facts.seals)),)),
    ]
    if all(finding.rule is not PARTNER_UNKNOWN for finding in found):
        answers.append(Answer(Tone.OK, "partner_known", (("name", leaving.partner(desk, number)),)))
    return Seen(picture=picture(sheets.pdf_of(desk, number)), conditions=tuple(answers))


def _validate(desk: Desk, number: str) -> str:
    slip = exporting.validate(desk, number)
    return f"{advice.letters_of(desk, slip.id)[0].name}.eml"


def _going(desk: Desk) -> Sequence[Going]:
    """What is out and not reported first, then what waits for its carrier; the longest wait first in each."""
    with desk.look() as session:
        allowed = desk.settings(session).exit_days
    names = {each.number: each.name for each in leaving.carriers(desk)}
    return tuple(
        Going(
            slip=each.slip,
            exporter=each.exporter,
            leaving=each.last,
            days=each.days,
            overdue=each.days > allowed and each.slip.state is State.RELEASED,
            carrier=names.get(each.last.carrier, each.last.carrier) if each.last else "",
        )
        for each in leaving.waiting(desk, State.RELEASED, State.VALIDATED)
    )


def _release_paper(desk: Desk, number: str) -> str:
    """What left the office's keeping, for both sides to sign."""
    handed, parcels, to = leaving.handed(desk, number)
    why = f"{number}; {handed.journey}; {handed.exit}; {handed.customs}"
    drawn = papers.release(desk, parcels, to=to, taken_by=handed.bearer, why=why)
    return f"{drawn.number}, {print_pdf(desk, drawn.pdf, drawn.number)}"


def _labels(desk: Desk, number: str) -> str:
    """Every container's own."""
    made = papers.container_labels(desk, number)
    return ", ".join(print_pdf(desk, pdf, f"{number}-label-{place}") for place, pdf in enumerate(made, 1))


def _check(desk: Desk, number: str, given: Delivery) -> Sequence[Answer]:
    return tuple(messages.found(finding) for finding in leaving.check_release(desk, number, given))


def _draft(desk: Desk) -> Mapping[str, str]:
    kept = clerk.draft(desk, _SCREEN)
    return {str(name): str(text) for name, text in json.loads(kept).items()} if kept else {}
