"""The inspector: is the code genuine, are these the goods, and is the number used for the first time?

KPCS Section III(b), Annex II 21–25; EU 3–5; CA-A 14. Looking does not consume a number, receiving does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from kpdesk.desks.desk import Desk, NoDocument, apart, stop_at
from kpdesk.domain.arrival import check_incoming, compare
from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.checks import check_standing, same_name
from kpdesk.domain.confirmation import Confirmation
from kpdesk.domain.inspection import RECEIVING, AlreadyReceived, Arrival, Incoming, Outcome, Seizure
from kpdesk.domain.measures import Carats
from kpdesk.domain.numbers import NO_NUMBERS, NumberList
from kpdesk.domain.outcomes import Finding, Refusal, Severity, Stopped
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.domain.stock import StockKind
from kpdesk.domain.trust import Lists, ReceivedNumber, VoidNumber
from kpdesk.domain.verdict import Acceptable, Answer, Here, Verdict, Voided, Weight
from kpdesk.signing import code, confirmation
from kpdesk.signing import lists as lists_files
from kpdesk.signing.authority import read_authority
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, Unit


@dataclass(eq=False)
class NotGenuine(Refusal):
    """The code's verdict does not allow receipt: its answers say why."""

    answers: tuple[Answer, ...]

    @property
    def facts(self) -> dict[str, str]:
        return {"codes": ", ".join(answer.code for answer in self.answers)}

    @property
    def because(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        return tuple((answer.code, answer.facts) for answer in self.answers)


@dataclass(eq=False)
class NothingStated(Refusal):
    """Neither the code nor the keyed data say what the certificate states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What came of an arrival."""

    id: str
    number: Number
    outcome: Outcome
    findings: tuple[Finding, ...]
    confirmation: bytes
    """The signed file for the exporting authority; empty unless the shipment was received."""
    again: bool = False
    """This scan was dealt with before; nothing was done."""


def verify(desk: Desk, text: str, *, exported: date | None = None) -> Verdict:
    """The verdict on a code, whoever holds it up; it changes nothing."""
    with desk.look() as session:
        verdict = code.check(
            text,
            lists=lists_in_force(desk, rows.lists_file(session)),
            now=desk.clock(),
            received=lambda number: rows.received_here(session, number),
            exported=exported,
        )
        totals = verdict.totals
        if totals is None:
            return verdict
        verdict = _with_our_voids(verdict, rows.void_number(session, totals.number))
    standing = check_standing(desk.register, totals.participant, totals.issued, whose="participant")
    return replace(verdict, standing=tuple(standing))


def verify_number(desk: Desk, number: Number) -> Verdict:
    """What the lists and our own books know of a number alone."""
    with desk.look() as session:
        verdict = code.check_number(
            number,
            lists=lists_in_force(desk, rows.lists_file(session)),
            now=desk.clock(),
            received=lambda each: rows.received_here(session, each),
        )
        return _with_our_voids(verdict, rows.void_number(session, number))


def _with_our_voids(verdict: Verdict, void: VoidNumber | None) -> Verdict:
    """Our own void number is void here from the moment it was voided, long before the Authority lists it."""
    if void is None or verdict.void_number is not None:
        return verdict
    return replace(verdict, voided=Voided.LOST if void.reason.at_large else Voided.VOID, void_number=void)


def lists_in_force(desk: Desk, content: bytes | None) -> Lists | None:
    return lists_files.read(content, list_key=desk.authority.list_key) if content else None


def findings(desk: Desk, facts: Facts, arrival: Arrival) -> tuple[Finding, ...]:
    """All that speaks against receiving these goods under this certificate today.

    The lists are asked here too, for paper without a code has no verdict.
    """
    with desk.look() as session:
        lists = lists_in_force(desk, rows.lists_file(session))
        importers = rows.parties(session, PartyKind.IMPORTER)
        here = _received(session, lists, facts.number)
        number = next((each.number for each in importers if same_name(each.name, facts.importer.name)), None)
        importer = session.get(Party, number) if number else None
        return (
            *check_incoming(
                facts,
                register=desk.register,
                own=desk.office.participant,
                arrived=desk.today,
                exported=arrival.exported_on,
                importer=importer,
                received=f"{here.on} {here.where}" if here else "",
                void=_only(facts.number, lists and facts.number and lists.voided(facts.number)),
                alerts=_only(facts.number, lists and facts.number and lists.alerts_on(facts.number)),
            ),
            *compare(facts, arrival),
        )


def _received(session: Look, lists: Lists | None, number: Number | None) -> ReceivedNumber | None:
    """When and where this number was received before, here or by what the lists say."""
    if number is None:
        return None
    return rows.received_here(session, number) or (lists.received_elsewhere(number) if lists else None)


def _only(number: Number | None, listed: object) -> NumberList:
    """The list as far as it is about this number: the whole one is long."""
    return NumberList([number]) if number and listed else NO_NUMBERS


def receive(
    desk: Desk,
    *,
    scan: str,
    text: str = "",
    keyed: Facts | None = None,
    arrival: Arrival,
    outcome: Outcome,
    lifted: tuple[Finding, ...] = (),
    second: Desk | None = None,
    reason: str = "",
) -> Receipt:
    """Decide on an arrival. Accepting uses its number up for ever and signs the confirmation of receipt.

    `scan` names this scan: the same twice is once. `text` is the code, `keyed` the data of uncoded paper, or of paper
    whose code nobody vouches for and that is not received. `lifted` are findings that `second`, a supervisor, lifts
    too, with the document that `reason` names. Raises AlreadyReceived, NotGenuine, NothingStated, Stopped, SamePerson.
    """
    desk.must(Role.INSPECTOR)
    keys = _lift(desk, second, lifted, reason)
    with desk.view() as unit:
        before = unit.incoming_of(scan)
        if before is not None:
            return _receipt(unit, before, (), again=True)
    verdict = verify(desk, text, exported=arrival.exported_on) if text else None
    if verdict is not None and outcome in RECEIVING:
        _must_be_genuine(verdict)
        keyed = None
    facts = (verdict and verdict.facts) or keyed
    if facts is None or facts.number is None:
        raise NothingStated
    number = facts.number
    found = findings(desk, facts, arrival)
    with desk.unit() as unit:
        incoming = Incoming(
            id=f"R-{desk.today.year}-{unit.next(f'incoming-{desk.today.year}'):06}",
            number=number,
            scan=scan,
            facts=facts,
            arrival=arrival,
            outcome=outcome,
            at=desk.clock(),
            by=desk.officer.id,
            findings=tuple(finding.rule.code for finding in found),
            reason=reason,
        )
        if outcome in RECEIVING:
            _may_receive(unit, number, found, keys)
            unit.receive_number(number, incoming=incoming.id, on=desk.today, where=desk.office.name)
            _into_pool(unit, facts, arrival)
            signed = _confirm(desk, unit, facts, arrival, differs=outcome is Outcome.ACCEPTED_WITH_DIFFERENCE)
            name = f"confirmation-{number}.kpc"
            incoming.confirmation = unit.keep_paper(signed, subject=f"incoming/{incoming.id}", name=name)
        unit.add(incoming)
        why = "; ".join(filter(None, (reason, *keys, second.officer.id if keys and second else "")))
        unit.note("receive", incoming, why=why, words=f"{number} {facts.exporter.name} {facts.importer.name}")
        unit.session.flush()
        return _receipt(unit, incoming, found)


def seize(desk: Desk, second: Desk, *, number: str = "", holder: str, carats: Carats, reason: str, seal: str) -> str:
    """Two officers take goods, with or without a paper, seal the inventory and tell the holder why (CA-A 15).

    Returns the seizure's number.
    """
    desk.must(Role.INSPECTOR)
    second.must(Role.INSPECTOR, Role.SUPERVISOR)
    apart(desk, second, "seize")
    with desk.unit() as unit:
        seizure = Seizure(
            id=f"X-{desk.today.year}-{unit.next(f'seizure-{desk.today.year}'):06}",
            number=Number.parse(number).text if number else "",
            holder=holder,
            carats=carats,
            reason=reason,
            seal=seal,
            at=desk.clock(),
            by=desk.officer.id,
            witness=second.officer.id,
        )
        unit.use_stock(StockKind.SEAL, seal, seizure.id)
        unit.add(seizure)
        unit.note("seize", seizure, why=reason)
        return seizure.id


def _must_be_genuine(verdict: Verdict) -> None:
    """A number that was received here is told by `AlreadyReceived`, which knows when and where."""
    if verdict.here is Here.YES and verdict.totals and verdict.received_here:
        here = verdict.received_here
        raise AlreadyReceived(verdict.totals.number.text, here.on.isoformat(), here.where)
    if verdict.acceptable is Acceptable.ACCEPTABLE:
        return
    stops = tuple(finding for finding in verdict.standing if finding.severity is not Severity.NOTE)
    if stops:
        raise Stopped(stops)
    # Beside what is wrong, what could not be judged any more says nothing new.
    weight = Weight.WRONG if verdict.acceptable is Acceptable.NOT_ACCEPTABLE else Weight.UNSAID
    raise NotGenuine(tuple(answer for answer in verdict.answers if answer.weight is weight))


def _lift(desk: Desk, second: Desk | None, lifted: tuple[Finding, ...], document: str) -> tuple[str, ...]:
    """The keys of what two officers lift with a document; raises SamePerson, NoDocument."""
    if not lifted:
        return ()
    other = second or desk
    apart(desk, other, "lift")
    other.must(Role.SUPERVISOR)
    if not document.strip():
        raise NoDocument(", ".join(finding.rule.code for finding in lifted))
    return tuple(finding.key for finding in lifted)


def _may_receive(unit: Unit, number: Number, found: tuple[Finding, ...], lifted: tuple[str, ...]) -> None:
    here = rows.received_here(unit.session, number)
    if here is not None:
        raise AlreadyReceived(number.text, here.on.isoformat(), here.where)
    stop_at(found, lifted=lifted)


def _into_pool(unit: Unit, facts: Facts, arrival: Arrival) -> None:
    """What a re-export may draw on later (CA-R 2(e)(v)): never more than arrived."""
    assert facts.number is not None
    unit.bring_in(facts.number.text, facts.origin, min(facts.carats, arrival.carats))


def _confirm(desk: Desk, unit: Unit, facts: Facts, arrival: Arrival, *, differs: bool) -> bytes:
    assert facts.number is not None
    return confirmation.make(
        Confirmation(
            number=facts.number,
            receiver=desk.office.participant,
            authority=desk.office.authority,
            received=desk.today,
            parcels=arrival.parcels,
            carats=arrival.carats,
            value=facts.value,
            headings=tuple(line.heading.value for line in facts.lines),
            exporter=facts.exporter.name,
            importer=facts.importer.name,
            differs=differs,
            remarks=arrival.remarks,
        ),
        signer=desk.code_key(unit.session),
    )


def _receipt(unit: Unit, incoming: Incoming, found: tuple[Finding, ...], *, again: bool = False) -> Receipt:
    kept = rows.paper(unit.session, incoming.confirmation) if incoming.confirmation else None
    return Receipt(
        id=incoming.id,
        number=incoming.number,
        outcome=incoming.outcome,
        findings=found,
        confirmation=kept or b"",
        again=again,
    )


def read_lists(content: bytes, *, authority: bytes) -> Lists:
    """A lists file under the authority file's list key; raises the troubles of both files."""
    return lists_files.read(content, list_key=read_authority(authority).list_key)


def glance_at_lists(content: bytes) -> lists_files.Glance:
    """Whose a lists file says it is, believed by nobody: its signer's fingerprint is to be compared."""
    return lists_files.peek(content)


def verify_alone(text: str, *, lists: Lists | None, clock: Callable[[], datetime]) -> Verdict:
    """The verdict with lists alone and no office: a customs post's laptop."""
    return code.check(text, lists=lists, now=clock())
