"""`kpdesk demo`: a day between a practice office (`ZZ`), a partner (`XZ`) and their Authorities, all parts real.

Three shipments (one origin, mixed origin, one stopped), one certificate replaced, one void, one sheet spoiled; one of
the partner's received and confirmed, presented again and stopped; a forged one refused; goods without papers seized;
the day sent to the Authority, its receipt taken in.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpdesk import practice
from kpdesk.desks import authority, batches, ending, exporting, inspector, issuing, offices, sheets, supervisor
from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import NewOfficer
from kpdesk.desks.reading import Reader, code_of
from kpdesk.domain import inspection
from kpdesk.domain.certificate import Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.inspection import AlreadyReceived
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats
from kpdesk.domain.outcomes import Outcome, Stopped
from kpdesk.domain.parties import Role
from kpdesk.domain.slips import CertificateSlip
from kpdesk.domain.trust import AuthorityFile
from kpdesk.domain.verdict import Verdict
from kpdesk.exchange.whole import whole_file
from kpdesk.practice import APPROVER, INSPECTOR, PREPARER, SUPERVISOR, SUPERVISOR_2, Clock, Goods, Staffed, whole
from kpdesk.printing.codes import Codes
from kpdesk.printing.pdf import Stock as Ground
from kpdesk.printing.pdf import certificate as draw
from kpdesk.printing.tray import Fate
from kpdesk.sentences import sentence
from kpdesk.signing import x509
from kpdesk.signing.slots import SMALL

STEPS = 13
Told = Callable[[str], None]


@dataclass(slots=True)
class Day:
    """The demo in progress, and what it leaves behind."""

    folder: Path
    home: Staffed
    away: Staffed
    national: Desk
    foreign: Desk
    reader: Reader
    tell: Told
    certificates: list[dict[str, str]] = field(default_factory=list)
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    stopped: list[dict[str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """What `kpdesk demo --json` prints."""
        return {
            "folder": str(self.folder),
            **self.files,
            "certificates": self.certificates,
            "verdicts": self.verdicts,
            "stopped": self.stopped,
        }

    def write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as stream:
            stream.write(content)
        return path


def play(folder: Path, *, clock: Clock, tell: Told = lambda step: None, day_alone: bool = False) -> Day:
    """The whole day in an empty folder. Takes seconds; `tell` hears of each step before it begins.

    After it there is work at every desk, unless the day is wanted alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    tell("opening the books of two offices and their Authorities")
    national, witness, file = _authority(folder / "authority", "ZZ", password, clock)
    foreign, foreign_witness, foreign_file = _authority(folder / "partner-authority", "XZ", password, clock)
    home = _staff(folder / "office", "ZZ", "Practice Town", file, password, clock)
    away = _staff(folder / "partner", "XZ", "Practice Harbour", foreign_file, password, clock)
    try:
        with Reader() as reader:
            day = Day(folder, home, away, national, foreign, reader, tell)
            _files(day, file)
            _certify_all(day, witness, foreign_witness)
            _play(day)
            tell("work at every desk, for whoever looks around")
            if not day_alone:
                whole.fill(home)
    finally:
        for store in (home[SUPERVISOR].store, away[SUPERVISOR].store, national.store, foreign.store):
            store.close()
    day.write("demo.json", json.dumps(day.json(), indent=2, ensure_ascii=False).encode())
    return day


def _authority(folder: Path, participant: str, password: str, clock: Clock) -> tuple[Desk, Desk, AuthorityFile]:
    people = [NewOfficer(name, password, frozenset({Role.AUTHORITY})) for name in ("Authority One", "Authority Two")]
    file, _ = offices.new_authority(
        folder,
        participant=participant,
        name=f"Kimberley Process Authority of Practice {participant}",
        officers=people,
        clock=clock,
        practice=True,
        cost=SMALL,
    )
    desk = offices.open_desk(folder, officer="Authority One", password=password, clock=clock)
    return desk, offices.beside(desk, officer="Authority Two", password=password), file


def _staff(folder: Path, own: str, place: str, file: AuthorityFile, password: str, clock: Clock) -> Staffed:
    made = practice.staff(
        folder,
        participant=own,
        place=place,
        form=own.lower(),
        authority_file=file,
        password=password,
        clock=clock,
    )
    (folder / offices.PASSPHRASE).write_text(password + "\n", encoding="utf-8")
    practice.stock_up(made)
    practice.register_firms(made, partner="XZ" if own == "ZZ" else "ZZ")
    return made


def _files(day: Day, file: AuthorityFile) -> None:
    day.files["office"] = str(day.folder / "office")
    day.files["database"] = str(day.home[SUPERVISOR].folder.database)
    day.files["passphrase_file"] = str(day.folder / "office" / offices.PASSPHRASE)
    day.files["authority_file"] = str(day.write("authority.json", day.national.folder.authority.read_bytes()))
    day.write("authority.crl", authority.revocations(day.national))


def _play(day: Day) -> None:
    home, away, tell = day.home, day.away, day.tell
    tell("shipment of one origin to the partner")
    own = Goods(Heading.UNSORTED, Decimal("1234.56"), Decimal("80.00"), ("ZZ",))
    first = _certificate(day, home, [own], importer="IMP-0001", destination="XZ")
    practice.send(home, first)

    tell("shipment of mixed origin to Antwerp, on the second sheet")
    mixed = [
        Goods(Heading.NON_INDUSTRIAL, Decimal("318.04"), Decimal("1296.15"), ("ZZ",)),
        Goods(Heading.INDUSTRIAL, Decimal("12004.10"), Decimal("7.00"), ("AO", "ZZ")),
    ]
    home.printer.foretell(Fate.BADLY_PRINTED)
    second = _certificate(day, home, mixed, importer="IMP-0002", destination="EU", exporter="EXP-0042")
    practice.send(home, second)

    tell("shipment to a country that is no participant")
    small = Goods(Heading.NON_INDUSTRIAL, Decimal("12.34"), Decimal("410.00"), ("ZZ",))
    try:
        practice.apply_and_seal(home, [small], importer="IMP-0003", destination="KE")
    except Stopped as stop:
        _stopped(day, "destination KE", stop)

    tell("a certificate replaced, another void")
    third = _certificate(day, home, [own], importer="IMP-0001", destination="XZ")
    wrong = _number(third)
    draft = ending.replace(home[PREPARER], home[SUPERVISOR], wrong, why="importer's address was wrong", in_hand=wrong)
    _keep(day, home, practice.issue(home, day.reader, draft))
    fourth = _certificate(day, home, [small], importer="IMP-0001", destination="XZ")
    number = _number(fourth)
    ending.end(home[PREPARER], home[SUPERVISOR], number, state=State.VOID, why="called off", in_hand=number)

    tell("the partner reads the first certificate, receives and confirms it")
    _receive_abroad(day, first)
    tell("the partner's certificate comes in")
    theirs = _certificate(
        day, away, [Goods(Heading.UNSORTED, Decimal("88.10"), Decimal("95.00"), ("XZ",))],
        importer="IMP-0001", destination="ZZ",
    )  # fmt: skip
    practice.send(away, theirs)
    _receive_here(day, theirs)
    tell("a forged certificate, and goods without papers")
    _forged(day, theirs)
    inspector.seize(
        home[INSPECTOR], home[SUPERVISOR], holder="Practice Traveller", carats=Carats.of("41.27"),
        reason="no certificate", seal=home.next_stock("TS"),
    )  # fmt: skip

    tell("sending the day to the Authority")
    _batch(day)
    tell("checking every sheet once more, as anybody would")
    _check_all(day)


def _certify_all(day: Day, witness: Desk, foreign_witness: Desk) -> None:
    """Each Authority certifies its office, and by two lists the other's."""
    day.tell("certifying the offices and exchanging lists")
    _certify(day.home, day.national)
    _certify(day.away, day.foreign)
    authority.list_foreign_issuer(day.national, witness, batches.request(day.away[SUPERVISOR]))
    authority.list_foreign_issuer(day.foreign, foreign_witness, batches.request(day.home[SUPERVISOR]))
    _spread_lists(day)


def _certify(office: Staffed, national: Desk) -> None:
    desk = office[SUPERVISOR]
    certificate, revocations = authority.certify(national, batches.request(desk))
    batches.accept_certificate(desk, certificate=certificate, revocations=revocations)


def _spread_lists(day: Day) -> None:
    for office, national, name in ((day.home, day.national, "lists.kpl"), (day.away, day.foreign, "partner-lists.kpl")):
        content = authority.make_lists(national)
        supervisor.accept_lists(office[SUPERVISOR], office[SUPERVISOR_2], content)
        day.files.setdefault("lists", str(day.write(name, content)))


def _certificate(
    day: Day, office: Staffed, goods: list[Goods], *, importer: str, destination: str, exporter: str = "EXP-0041"
) -> CertificateSlip:
    """From goods to a proved sheet."""
    shipment = practice.apply_and_seal(
        office, goods, importer=importer, destination=destination, exporter_number=exporter
    )
    draft = issuing.prepare(office[PREPARER], shipment)
    return _keep(day, office, practice.issue(office, day.reader, draft))


def _keep(day: Day, office: Staffed, certificate: CertificateSlip) -> CertificateSlip:
    """The sheet's PDF and its picture, as files for people."""
    number = _number(certificate)
    pdf = day.write(f"papers/{number}.pdf", sheets.pdf_of(office[PREPARER], number))
    seen = office.printer.sheet(number)
    assert seen is not None
    png = day.write(f"papers/{number}.png", seen)
    day.certificates.append({"number": number, "pdf": str(pdf), "png": str(png), "status": ""})
    return certificate


def _number(certificate: CertificateSlip) -> str:
    assert certificate.number is not None
    return certificate.number.text


def _read(day: Day, number: str) -> str:
    return code_of(day.reader.read(day.folder / f"papers/{number}.png"))


def _receive_abroad(day: Day, certificate: CertificateSlip) -> None:
    number = _number(certificate)
    sent = _sent(day.home, number)
    receipt = inspector.receive(
        day.away[INSPECTOR],
        scan=f"scan-{number}",
        text=_read(day, number),
        arrival=practice.arrival_of(sent),
        outcome=inspection.Outcome.ACCEPTED,
    )
    path = day.write(f"confirmation-{number}.kpc", receipt.confirmation)
    day.files["confirmation"] = str(path)
    exporting.book_confirmation_file(day.home[PREPARER], path.read_bytes())


def _receive_here(day: Day, certificate: CertificateSlip) -> None:
    """Received once, and stopped when it is presented again."""
    number = _number(certificate)
    sent, code = _sent(day.away, number), _read(day, number)
    desk = day.home[INSPECTOR]
    arrival = practice.arrival_of(sent)
    inspector.receive(desk, scan=f"scan-{number}", text=code, arrival=arrival, outcome=inspection.Outcome.ACCEPTED)
    try:
        inspector.receive(
            desk, scan=f"scan-{number}-again", text=code, arrival=arrival, outcome=inspection.Outcome.ACCEPTED
        )
    except AlreadyReceived as stop:
        _stopped(day, f"{number} presented again", stop)


def _sent(office: Staffed, number: str) -> CertificateSlip:
    return next(each for each in issuing.certificates(office[APPROVER]) if each.number == Number(number))


def _forged(day: Day, genuine: CertificateSlip) -> None:
    """The partner's code with another exporter in it, on a sheet that looks right."""
    desk = day.away[PREPARER]
    number = _number(genuine)
    name = genuine.facts.exporter.name.encode()
    code = practice.forge(_read(day, number), old=name, new=name.replace(b"Practice", b"Forgery!"))
    facts = sheets.facts_of_sheet(desk, number)
    codes = Codes(full=code, compact=code, barcode=Number(number).with_check)
    pdf = draw(facts, desk.form, codes, Ground.PLAIN, country_name=desk.register.name)
    day.away.printer.submit(pdf, number=f"{number}F")
    seen = day.away.printer.sheet(f"{number}F")
    assert seen is not None
    path = day.write(f"papers/{number}-forged.png", seen)
    day.files["forged"] = str(path)
    inspecting = day.home[INSPECTOR]
    try:
        inspector.receive(
            inspecting,
            scan="scan-forged",
            text=code_of(day.reader.read(path)),
            arrival=practice.arrival_of(genuine),
            outcome=inspection.Outcome.ACCEPTED,
        )
    except (inspector.NotGenuine, inspector.NothingStated) as stop:
        _stopped(day, "forged certificate", stop)


def _stopped(day: Day, what: str, stop: Outcome) -> None:
    day.stopped.append({"what": what, "code": stop.code, "why": sentence(stop).what})


def _batch(day: Day) -> None:
    desk = day.home[SUPERVISOR]
    sent = batches.export_batch(desk, plain=True)
    assert sent.plain is not None
    taken = authority.accept_batch(day.national, sent.path)
    again = authority.accept_batch(day.national, sent.path)
    if again.content != taken.content:
        raise AssertionError("the same batch twice got two receipts")
    receipt = day.write(taken.receipt.file_name, taken.content)
    _, lists = batches.accept_receipt(desk, receipt)
    supervisor.accept_lists(desk, day.home[SUPERVISOR_2], lists)
    day.files |= {
        "batch": str(sent.path),
        "batch_plain": str(sent.plain),
        "receipt": str(receipt),
        "receipt_result": taken.receipt.result.value,
        "lists": str(day.write("lists.kpl", lists)),
        "authority_ca": str(day.write("authority-ca.pem", authority.trust_pem(day.national))),
        "authority_key": str(day.write("authority-encryption.key", authority.encryption_pem(day.national))),
        "authority_encryption": str(
            day.write("authority-encryption.pem", x509.to_pem(desk.authority.encryption_certificate))
        ),
    }


def _check_all(day: Day) -> None:
    desk = day.home[INSPECTOR]
    made = [*issuing.certificates(day.home[APPROVER]), *issuing.certificates(day.away[APPROVER])]
    states = {each.number.text: each.state for each in made if each.number}
    for entry in day.certificates:
        entry["status"] = states[entry["number"]].value
        verdict = inspector.verify(desk, _read(day, entry["number"]))
        day.verdicts.append(_verdict(entry["png"], verdict))
    forged = Path(day.files["forged"])
    day.verdicts.append(_verdict(str(forged), inspector.verify(desk, code_of(day.reader.read(forged)))))


def _verdict(file: str, verdict: Verdict) -> dict[str, Any]:
    number = verdict.totals.number.text if verdict.totals else ""
    return {
        "file": file,
        "number": number,
        "verdict": verdict.acceptable.value,
        "answers": [answer.code for answer in verdict.answers],
    }
