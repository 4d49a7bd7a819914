"""The exporters' pages tied to the office's desk. Runs in the workroom; touches no widget."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kpdesk.desks import applications, clerk, exporter, following, printing_out, seats, valuer
from kpdesk.desks.desk import Desk
from kpdesk.domain.application import Draft
from kpdesk.domain.outcomes import Finding, Severity
from kpdesk.domain.seat import AnnouncedGoods
from kpdesk.domain.slips import PartySlip
from ui import messages
from ui.exporter.applying import ApplicationActs, Applied, Foretold, Known
from ui.exporter.paper import preview, print_pdf
from ui.exporter.printing_acts import print_own, printed_words
from ui.exporter.status import StatusActs
from ui.instruments import Instruments
from ui.marks import QT_TRANSLATE_NOOP
from ui.slips import Picture
from ui.tones import Answer

_SCREEN = "application"
_REASONS = (
    ("buyer", QT_TRANSLATE_NOOP("reasons", "The buyer withdrew")),
    ("goods", QT_TRANSLATE_NOOP("reasons", "Other goods are to go")),
    ("wrong", QT_TRANSLATE_NOOP("reasons", "Something stated was wrong")),
    ("stopped", QT_TRANSLATE_NOOP("reasons", "The checks stop it")),
    ("value", QT_TRANSLATE_NOOP("reasons", "The firm does not agree with the value")),
    ("other", QT_TRANSLATE_NOOP("reasons", "Another reason")),
)
_FIELDS = {
    "licence_missing": "exporter", "licence_not_valid": "exporter", "licence_suspended": "exporter",
    "licence_ends_soon": "exporter", "exporter_not_registered": "exporter", "exporter_address_missing": "exporter",
    "importer_missing": "importer", "importer_address_missing": "importer", "importer_elsewhere": "importer",
    "not_participant": "destination", "suspended": "destination", "own_law_not_yet": "destination",
    "destination_here": "destination", "warranty_missing": "statement", "warranty_old": "statement",
    "sow_missing": "sow", "declaration_aged": "declared_on",
}  # fmt: skip
"""The field beside which a finding is said too."""


def application_acts(desk: Desk, instruments: Instruments) -> ApplicationActs:
    """The application page's questions, asked of this officer's desk."""

    def propose(name: str, address: str, country: str) -> PartySlip:
        return applications.propose_importer(desk, name=name, address=address, country=country)

    def apply(draft: Draft, announced: Sequence[AnnouncedGoods], invoice: Path | None) -> Applied:
        attached = applications.read_invoice(instruments.reader, invoice) if invoice else None
        slip = applications.apply(desk, draft, invoice=attached)
        return Applied(slip.number, sum(each.severity is not Severity.NOTE for each in slip.findings))

    return ApplicationActs(
        known=lambda: Known(
            exporters=clerk.exporters(desk),
            importers=exporter.importers(desk),
            countries=clerk.participants(desk),
            statements=applications.statements(desk),
        ),
        goods=partial(applications.parcels, desk),
        check=lambda draft, announced: checks(applications.check(desk, draft)),
        last=partial(applications.last_of, desk),
        territory=lambda country: desk.register.territory(country, desk.today),
        declare=lambda parcel, value: valuer.declare_value(desk, parcel, total=value),
        propose=propose,
        foretold=lambda identity: _foretold(desk, identity),
        draft=lambda: read_draft(desk, _SCREEN),
        keep_draft=lambda texts: keep_draft(desk, _SCREEN, texts),
        apply=apply,
        today=lambda: desk.today,
    )


def _foretold(desk: Desk, identity: str) -> Foretold:
    announced, draft = seats.draft_of(desk, identity)
    goods = "; ".join(f"{each.label}: {each.heading} {each.carats} ct" for each in announced.asked.goods)
    words = QCoreApplication.translate(
        "application", "By file {number}. Announced: {goods}. Pick the parcels it means."
    )
    return Foretold(draft=draft, words=words.format(number=identity, goods=goods))


def status_acts(desk: Desk) -> StatusActs:
    """The status page's questions, asked of this officer's desk."""
    words = dict(_REASONS)

    def paper(number: str, what: str) -> bytes:
        return (following.draft_of if what == "draft" else following.paper_of)(desk, number)

    def print_paper(number: str, what: str) -> str:
        return printed(print_pdf(desk, paper(number, what), f"{number}-{what}"))

    def picture(number: str, what: str) -> Picture:
        return preview(paper(number, what))

    return StatusActs(
        standings=lambda typed: following.standings(desk, typed=typed),
        checks=lambda number: tuple(messages.found(each) for each in exporter.findings(desk, number)),
        preview=picture,
        print_paper=print_paper,
        reasons=lambda: messages.reasons(_REASONS),
        may_print=lambda number: printing_out.may_print_own(desk, number),
        print_own=lambda number, _: printed_words(print_own(desk, number)),
        # The English words go into the history, whatever the officer's language.
        withdraw=lambda number, reason: exporter.withdraw(desk, number, why=words[reason]),
    )


def printed(where: str) -> str:
    """What to tell of a paper that went to a printer or into a file."""
    return QCoreApplication.translate("application", "paper: {where}").format(where=where)


def checks(found: Sequence[Finding]) -> Sequence[tuple[str, Answer]]:
    """Findings with the field each concerns."""
    return tuple((_FIELDS.get(each.rule.code, ""), messages.found(each)) for each in found)


def read_draft(desk: Desk, screen: str) -> Mapping[str, str]:
    kept = clerk.draft(desk, screen)
    return {str(name): str(text) for name, text in json.loads(kept).items()} if kept else {}


def keep_draft(desk: Desk, screen: str, texts: Mapping[str, str]) -> datetime:
    clerk.save_draft(desk, screen, json.dumps(dict(texts)) if any(texts.values()) else "")
    return desk.clock()
