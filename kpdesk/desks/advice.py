"""Letters about a certificate: pre-advice, notice, amendment instruction, reminders – each a mail ready in `out`.

KPCS Annex II 19, 21; III(b). What is sent is kept: mail and signed file lie in the store, their digests in the history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kpdesk.desks.desk import Desk, apart
from kpdesk.domain.advice import (
    Amendable,
    Amendment,
    Correction,
    Instruction,
    Letter,
    LetterKind,
    PreAdvice,
    corrections_of,
)
from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.leaving import Leaving
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.parties import Party, PartyKind, Role
from kpdesk.domain.shipment import Shipment
from kpdesk.exchange import mail
from kpdesk.exchange.whole import whole_file
from kpdesk.printing import advice as letters
from kpdesk.printing.advice import Content, Sender, certificate_rows
from kpdesk.printing.pdf import day
from kpdesk.signing import advice as messages
from kpdesk.store import keeping
from kpdesk.store import lists as rows
from kpdesk.store.unit import Unit

_AMENDED = (State.EXPORTED, State.CONFIRMED_WITH_DIFFERENCE)


def authority_of(unit: Unit, thing: Certificate) -> Party | None:
    """The importing authority in our register: of the importer's country, else of the destination."""
    shipment = unit.find(Shipment, thing.shipment)
    importer = unit.find(Party, shipment.importer) if shipment else None
    known = rows.parties(unit.session, PartyKind.FOREIGN_AUTHORITY)
    for country in (importer.country if importer else "", thing.facts.destination):
        for slip in known:
            if slip.country == country:
                return unit.get(Party, slip.number)
    return None


def pre_advise(desk: Desk, unit: Unit, thing: Certificate) -> Letter:
    """At validation, as a part of it: a signed file, and a letter in English and the partner's language."""
    facts = thing.bound_facts
    message = PreAdvice(facts=facts, validated=desk.today)
    table = [*_rows(desk, facts), ("validated", day(desk.today))]
    return _to_authority(desk, unit, thing, LetterKind.PRE_ADVICE, table, message=message)


def give_notice(desk: Desk, unit: Unit, thing: Certificate, state: State) -> Letter:
    """A number that was pre-advised covers no goods any more; a part of its end."""
    return _to_authority(desk, unit, thing, LetterKind.NOTICE, _rows(desk, _facts(thing)), reason=state.value)


def amend(desk: Desk, second: Desk, number: str, *, corrected: Mapping[Amendable, str], why: str) -> Amendment:
    """Two officers instruct the importing authority what to endorse on an exported certificate; nothing is edited.

    Raises WrongState before export, where it is replaced instead, and NothingAmended.
    """
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    second.must(Role.SUPERVISOR)
    apart(desk, second, "amend")
    with desk.unit() as unit:
        thing = unit.certificate(Number.parse(number))
        if thing.state not in _AMENDED:
            raise WrongState(number, thing.state.value, ", ".join(state.value for state in _AMENDED))
        facts, year = _facts(thing), desk.today.year
        assert facts.number is not None
        instruction = Instruction(
            id=f"A-{year}-{unit.next(f'amendment-{year}'):06}",
            number=facts.number,
            issuer=facts.participant,
            authority=facts.issuing_authority,
            destination=facts.destination,
            dated=desk.today,
            corrections=corrections_of(facts, corrected),
            why=why,
        )
        written = _to_authority(
            desk,
            unit,
            thing,
            LetterKind.AMENDMENT,
            _rows(desk, facts),
            message=instruction,
            corrections=instruction.corrections,
            instruction=instruction.id,
        )
        amendment = Amendment(
            certificate=thing.id,
            instruction=instruction,
            approvals=tuple(each.sign("certificate.amend", thing.id, instruction.digest) for each in (desk, second)),
            file=written.file,
        )
        keeping.keep(unit, "amend", amendment, why=why)
        return amendment


def remind(desk: Desk, number: str) -> Letter:
    """Ask the importing authority for its confirmation of receipt; each request is counted."""
    desk.must(Role.ISSUING, Role.SUPERVISOR)
    with desk.unit() as unit:
        thing = _in_state(unit, number, State.EXPORTED)
        assert thing.exported_on is not None
        table = [*_rows(desk, _facts(thing)), ("exported", day(thing.exported_on))]
        days = (desk.today - thing.exported_on).days
        return _to_authority(desk, unit, thing, LetterKind.REMINDER, table, days=str(days))


def ask_for_exit(desk: Desk, number: str) -> Letter:
    """Ask the exporter on which day the goods left (CA-R 7); each request is counted."""
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        thing = _in_state(unit, number, State.RELEASED)
        assert thing.released_at is not None
        released = desk.office.today(thing.released_at)
        (leaving,) = keeping.all_of(unit.session, Leaving, about=f"certificate/{thing.id}", live=True)
        carrier = unit.find(Party, leaving.carrier)
        table = [
            *_rows(desk, _facts(thing)),
            ("released", day(released)),
            ("carrier", carrier.name if carrier else "by_hand"),
        ]
        shipment = unit.get(Shipment, thing.shipment)
        return _write(
            desk,
            unit,
            thing,
            Content(
                kind=LetterKind.EXIT,
                facts=_named(thing, unit, LetterKind.EXIT, days=str((desk.today - released).days)),
                rows=table,
            ),
            to=unit.find(Party, shipment.exporter),
            language=letters.language_of(desk.office.participant),
        )


def letters_of(desk: Desk, certificate: str) -> tuple[Letter, ...]:
    """All letters about a certificate's id, the newest first."""
    with desk.look() as session:
        return keeping.all_of(session, Letter, about=f"certificate/{certificate}")


def amendments_of(desk: Desk, certificate: str) -> tuple[Amendment, ...]:
    with desk.look() as session:
        return keeping.all_of(session, Amendment, about=f"certificate/{certificate}")


def page(desk: Desk, letter: Letter) -> bytes:
    """A letter on paper, drawn from the mail that is kept; raises NoFontFor, TooLongForPaper."""
    with desk.look() as session:
        kept = rows.paper(session, letter.mail)
    assert kept is not None
    title, text = mail.text_of(kept)
    return letters.page(text, title=title)


def lay_out(desk: Desk, name: str, content: bytes) -> Path:
    """Into the folder of what people send and print; raises FileNotWritten."""
    desk.folder.out.mkdir(exist_ok=True)
    with whole_file(desk.folder.out / name) as file:
        file.write(content)
    return desk.folder.out / name


def _in_state(unit: Unit, number: str, state: State) -> Certificate:
    thing = unit.certificate(Number.parse(number))
    if thing.state is not state:
        raise WrongState(number, thing.state.value, state.value)
    return thing


def _facts(thing: Certificate) -> Facts:
    return replace(thing.facts, number=thing.number, anchor=thing.anchor)


def _rows(desk: Desk, facts: Facts) -> list[tuple[str, str]]:
    return certificate_rows(facts, country=desk.register.name)


def _named(thing: Certificate, unit: Unit, kind: LetterKind, **more: str) -> dict[str, str]:
    """What the words of a letter name."""
    number = thing.number.text if thing.number else thing.id
    return {"number": number, "count": str(_count(unit, thing, kind)), **more}


def _count(unit: Unit, thing: Certificate, kind: LetterKind) -> int:
    """Which of its kind the next letter about the certificate is."""
    before = keeping.all_of(unit.session, Letter, about=f"certificate/{thing.id}")
    return sum(each.what is kind for each in before) + 1


def _to_authority(
    desk: Desk,
    unit: Unit,
    thing: Certificate,
    kind: LetterKind,
    table: Sequence[tuple[str, str]],
    *,
    message: PreAdvice | Instruction | None = None,
    corrections: Sequence[Correction] = (),
    reason: str = "",
    **named: str,
) -> Letter:
    to = authority_of(unit, thing)
    content = Content(
        kind=kind, facts=_named(thing, unit, kind, **named), rows=table, reason=reason, corrections=corrections
    )
    language = letters.language_of(to.country if to else thing.facts.destination)
    if language == letters.ENGLISH:
        language = letters.language_of(thing.facts.destination)
    return _write(desk, unit, thing, content, to=to, language=language, message=message)


def _write(
    desk: Desk,
    unit: Unit,
    thing: Certificate,
    content: Content,
    *,
    to: Party | None,
    language: str,
    message: PreAdvice | Instruction | None = None,
) -> Letter:
    """Keep the letter and its signed file, and lay both into the folder `out`; raises FileNotWritten."""
    assert thing.number is not None
    year = desk.today.year
    letter = Letter(
        id=f"L-{year}-{unit.next(f'letter-{year}'):06}",
        certificate=thing.id,
        number=thing.number,
        what=content.kind,
        count=int(content.facts["count"]),
        to=to.number if to else "",
        language=language,
        mail="",
        written_at=unit.at,
        written_by=desk.officer.id,
    )
    enclosed = {}
    if message is not None:
        enclosed[f"{letter.name}.kpa"] = messages.make(message, signer=desk.code_key(unit.session))
    text = letters.letter(content, _sender(desk, desk.today, to, thing), language=language)
    sent = mail.mail(subject=letters.subject(content), to=to.email if to else "", text=text, files=enclosed)
    kept = {
        name: unit.keep_paper(each, subject=f"letter/{letter.id}", name=name)
        for name, each in {f"{letter.name}.eml": sent, **enclosed}.items()
    }
    letter = replace(letter, mail=kept[f"{letter.name}.eml"], file=kept.get(f"{letter.name}.kpa", ""))
    keeping.keep(unit, "write_letter", letter, words=f"{letter.id} {letter.number}")
    for name, each in {f"{letter.name}.eml": sent, **enclosed}.items():
        lay_out(desk, name, each)
    return letter


def _sender(desk: Desk, today: date, to: Party | None, thing: Certificate) -> Sender:
    country = desk.register.name(thing.facts.destination)
    address = [part.strip() for part in to.address.split(",")] if to else []
    return Sender(
        authority=desk.office.authority,
        office=desk.office.name,
        dated=f"{desk.office.place}, {day(today)}",
        to=[to.name, *address] if to else [country],
    )
