"""At an exporter's seat: data printed on blanks that were allotted to the firm, without any code, each blank once."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from kpdesk.desks.desk import Desk
from kpdesk.desks.outgoing import put_out
from kpdesk.domain.allotted import AllottedBlank, FirmSheet, Printed
from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parties import Role
from kpdesk.domain.records import canonical, digest, parse
from kpdesk.domain.seat import Home, OwnApplication
from kpdesk.domain.stock import Paper
from kpdesk.exchange.applications import PRINTED, to_record
from kpdesk.printing.pdf import Part, Stock, certificate
from kpdesk.signing.letters import write_letter
from kpdesk.store import keeping


@dataclass(eq=False)
class NoBlank(Refusal):
    """The blank is none of those that the office says lie here, or data were printed on it before."""

    number: str


@dataclass(eq=False)
class NotApproved(Refusal):
    """The office has not sent what this application's certificate states."""

    application: str


def blanks(desk: Desk) -> tuple[AllottedBlank, ...]:
    """Those that are left to print on, by the office's last answer."""
    with desk.look() as session:
        known = keeping.get(session, Home, desk.office.code)
        used = {each.printed.blank for each in keeping.all_of(session, FirmSheet)}
    found = known.answer.blanks if known.answer and known.answer.prints else ()
    return tuple(each for each in found if each.number not in used)


def may_print(desk: Desk, application: str) -> bool:
    """Whether the office sent what the certificate states, and a blank is left."""
    with desk.look() as session:
        own = keeping.get(session, OwnApplication, application)
    return own.answered is not None and bool(own.answered.facts) and bool(blanks(desk))


def print_data(desk: Desk, application: str, *, blank: str) -> tuple[bytes, Path]:
    """The data of an approved certificate for this very blank, PDF, and the signed report for the office.

    The blank is used up at the seat from then on. Raises NotApproved, NoBlank, NotFound.
    """
    desk.must(Role.SEAT)
    number = Number.parse(blank)
    paper = next((each.paper for each in blanks(desk) if each.number == number.text), None)
    if paper is None:
        raise NoBlank(number.text)
    with desk.unit() as unit:
        own = keeping.get(unit.session, OwnApplication, application)
        known = keeping.get(unit.session, Home, desk.office.code)
        if own.answered is None or not own.answered.facts or known.answer is None:
            raise NotApproved(application)
        record = parse(own.answered.facts)
        identity = str(record.pop("certificate"))
        facts = Facts.from_record(record)
        pdf = certificate(
            replace(facts, number=number),
            desk.form,
            None,
            _ground(desk, paper),
            country_name=desk.register.name,
            part=Part.DATA,
        )
        printed = Printed(
            office=desk.office.code,
            seat=known.answer.seat,
            certificate=identity,
            blank=number.text,
            facts_digest=digest(canonical(facts.record())),
            at=desk.clock().replace(microsecond=0),
        )
        content = write_letter(to_record(printed), kind=PRINTED.word, signer=desk.approval_key)
        sheet = FirmSheet(printed=printed, file=hashlib.sha256(content).hexdigest())
        keeping.keep(unit, "print_data", sheet)
        unit.keep_paper(pdf, subject=f"firm_sheet/{number}", name=f"{number}-data.pdf")
    return pdf, put_out(desk, f"{printed.seat}-{number}.{PRINTED.suffix}", content)


def _ground(desk: Desk, paper: Paper) -> Stock:
    if desk.office.practice or paper is Paper.PLAIN:
        return Stock.PLAIN
    return Stock.PREPRINTED if paper is Paper.PREPRINTED else Stock.SECURITY
