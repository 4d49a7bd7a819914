"""An exporter's seat and its office: enrolled, asking and answering by file; wrong files refused with the reason."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kpdesk.desks import applications, exporter, following, seat, seat_setup, seats
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.desk import Desk
from kpdesk.desks.reading import Reader
from kpdesk.domain.application import DeclarationUnsigned, Draft
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Outcome, Refusal, Trouble
from kpdesk.domain.parties import NotYourDesk, Role
from kpdesk.domain.seat import (
    AnnouncedGoods,
    AnnouncedState,
    Answer,
    ApplicationFile,
    Enrolment,
    NotWaiting,
    Seat,
)
from kpdesk.exchange import applications as forms
from kpdesk.exchange.applications import FormNewer, FormUnreadable, from_record, to_record
from kpdesk.practice import COUNTER, SUPERVISOR, SUPERVISOR_2
from kpdesk.scanning.troubles import NotAPicture
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.letters import LetterAltered, LetterTooLarge, NotALetter, open_letter, write_letter
from kpdesk.store import keeping
from tests.desks.practice_books import PARCEL, SHIPMENT, TODAY, Books
from tests.desks.practice_seat import PASSPHRASE, PERSON, seat_of

At = Callable[[str], Books]
GOODS = (
    AnnouncedGoods(
        label="A-1",
        heading=Heading.UNSORTED,
        origins=("ZZ",),
        carats=Carats.of("1234.50"),
        value=Money.of("98000.00"),
    ),
)
DRAFT = Draft(
    importer="IMP-0001",
    destination="XZ",
    statement="2018",
    sow="SoW-000123",
    conflict_free=True,
    declared_on=TODAY,
    signer="Practice Signer",
)


@dataclass
class Pair:
    """A seat and its office."""

    seat: Desk
    books: Books
    reader: Reader

    def write(self, draft: Draft = DRAFT, goods: tuple[AnnouncedGoods, ...] = GOODS) -> bytes:
        return seat.write_application(self.seat, draft, goods, reader=self.reader).read_bytes()

    def take(self, content: bytes) -> str:
        return seats.take_application(self.books[COUNTER], self.reader, content).id

    def answer(self) -> bytes:
        return seats.answer(self.books[COUNTER], "SEAT-0001").read_bytes()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


@pytest.fixture
def set_up(at: At, tmp_path: Path, reader: Reader) -> Iterator[Callable[..., Pair]]:
    """A seat in a folder of its own, enrolled at the office unless told otherwise."""
    with ExitStack() as closing:

        def made(*, enrolled: bool = True) -> Pair:
            books = at("bagged")
            desk = seat_of(books, tmp_path / "seat", enrolled=enrolled)
            closing.callback(desk.store.close)
            return Pair(desk, books, reader)

        yield made


def test_a_seat_is_set_up_with_its_own_key_and_none_of_the_office(set_up: Callable[..., Pair]) -> None:
    pair = set_up(enrolled=False)
    assert pair.seat.officer.roles == {Role.SEAT}
    with pair.seat.look() as session:
        names = session.connection().exec_driver_sql("SELECT name FROM sealed_keys").all()
    assert names == [("approval",)]
    with pytest.raises(seat.NotEnrolled):
        pair.write()
    with pytest.raises(NotYourDesk):
        exporter.withdraw(pair.seat, SHIPMENT, why="")
    (file,) = pair.seat.folder.out.glob("*.kpe")
    glance = seats.glance_at_enrolment(pair.books[SUPERVISOR], file.read_bytes())
    assert glance.fingerprint == seat.own_fingerprint(pair.seat)
    assert glance.name == "Practice Exports ZZ SARL"
    card = seats.card(pair.books[COUNTER]).read_bytes()
    assert seat_setup.glance_at_card(card)[1] == seats.code_key_fingerprint(pair.books[COUNTER])


def test_the_office_tells_the_seat_its_firm_and_what_it_may_choose(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    answer = seat.home(pair.seat).answer
    assert answer is not None
    assert (answer.exporter.number, answer.exporter.licence) == ("EXP-0041", "EXP-0041/2025")
    assert "IMP-0001" in {firm.number for firm in answer.importers}
    assert [each.version for each in answer.statements] == ["2018"]
    assert (answer.prints, answer.blanks, answer.applications) == (False, (), ())


def test_an_application_by_file_becomes_one_over_real_parcels_and_is_answered(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    desk = pair.books[COUNTER]
    announced = pair.take(pair.write())
    assert announced == "SEAT-0001-A-2026-000001"
    found, draft = seats.draft_of(desk, announced)
    assert (draft.exporter, draft.importer, draft.signer) == ("EXP-0041", "IMP-0001", "Practice Signer")
    ready = replace(draft, parcels=(PARCEL,))
    codes = {each.rule.code for each in applications.check(desk, ready)}
    assert codes == {"announced_differs", "invoice_missing"}
    number = applications.apply(desk, ready).number
    with desk.look() as session:
        met = keeping.get(session, type(found), announced)
    assert (met.state, met.shipment, met.live) == (AnnouncedState.APPLIED, number, False)
    assert following.standing(desk, number).announced == announced
    with pytest.raises(NotWaiting):
        seats.draft_of(desk, announced)
    (before,) = seat.standings(pair.seat)
    assert (before.next, before.last.code) == ("applied", "sent")
    seat.take_answer(pair.seat, pair.answer())
    (after,) = seat.standings(pair.seat)
    assert (after.next, after.last.code, after.announced) == ("sealed", "applied", number)
    assert seat.paper_of(pair.seat, after.shipment).startswith(b"%PDF")
    assert seat.draft_of(pair.seat, after.shipment).startswith(b"%PDF")
    for one in (desk, pair.seat):
        assert verify_history(replace(one, officer=pair.books[SUPERVISOR].officer)).intact


def test_the_same_file_twice_is_once(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    content = pair.write()
    pair.take(content)
    size = pair.books.size()
    assert pair.take(content) == pair.take(seat.write_again(pair.seat, "A-2026-000001").read_bytes())
    assert pair.books.size() == size
    assert len(seats.by_file(pair.books[COUNTER])) == 1
    answer = pair.answer()
    assert seat.take_answer(pair.seat, answer) == seat.take_answer(pair.seat, answer)


def test_a_refused_application_says_why_at_the_seat(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    announced = pair.take(pair.write())
    seats.refuse(pair.books[COUNTER], announced, why="the licence is suspended")
    seat.take_answer(pair.seat, pair.answer())
    (found,) = seat.standings(pair.seat)
    assert (found.ended, found.reason, found.next) == ("refused", "the licence is suspended", "")


def test_an_importer_of_the_seat_s_own_comes_into_the_register(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    firm = seat.propose_importer(pair.seat, name="Practice Newcomers", address="Rua Nova 1", country="XZ")
    assert firm.number == "NEW-1"
    announced = pair.take(pair.write(replace(DRAFT, importer=firm.number)))
    _, draft = seats.draft_of(pair.books[COUNTER], announced)
    assert draft.importer in {each.number for each in exporter.importers(pair.books[COUNTER])}
    seat.take_answer(pair.seat, pair.answer())
    assert seat.home(pair.seat).proposed == ()
    assert seat.last_of(pair.seat).importer == draft.importer


def altered(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    assert len(old) == len(new)
    return content.replace(old, new)


def signed(pair: Pair, **changes: object) -> bytes:
    """A file as the seat's key signs it, with other content than the seat writes."""
    own = forms_of(pair.write())
    asked = replace(own.asked, **changes)  # type: ignore[arg-type]
    record = to_record(replace(own, asked=asked))
    return write_letter(record, kind="application", signer=pair.seat.approval_key)


def forms_of(content: bytes) -> ApplicationFile:
    return from_record(open_letter(content, kind="application", most=10**7).unproved(), ApplicationFile)


def foreign(pair: Pair) -> bytes:
    return write_letter(to_record(forms_of(pair.write())), kind="application", signer=KeyPair.generate())


def newer(pair: Pair) -> bytes:
    record = {**to_record(forms_of(pair.write())), "format": "kpdesk-application/2"}
    return write_letter(record, kind="application", signer=pair.seat.approval_key)


def odd(pair: Pair) -> bytes:
    record = to_record(forms_of(pair.write()))
    record["asked"] = {**record["asked"], "goods": []}  # type: ignore[dict-item]
    return write_letter(record, kind="application", signer=pair.seat.approval_key)


def with_invoice(pair: Pair, content: bytes, digest: str) -> bytes:
    own = forms_of(pair.write())
    asked = replace(own.asked, invoice_name="i.png", invoice_digest=digest)
    record = to_record(ApplicationFile(asked=asked, invoice=content))
    return write_letter(record, kind="application", signer=pair.seat.approval_key)


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        (lambda pair: altered(pair.write(), b"1234.50", b"9234.50"), LetterAltered),
        (lambda pair: altered(pair.write(), b"EXP-0041", b"EXP-0042"), LetterAltered),
        (lambda pair: pair.write()[:-1] + b"\0", LetterAltered),
        (lambda pair: pair.write()[:-9], NotALetter),
        (lambda pair: b"", NotALetter),
        (lambda pair: b"PK\3\4 no letter", NotALetter),
        (lambda pair: pair.answer(), NotALetter),
        (lambda pair: bytes(forms.APPLICATION.most + 1), LetterTooLarge),
        (foreign, seats.SeatUnknown),
        (newer, FormNewer),
        (odd, FormUnreadable),
        (lambda pair: signed(pair, exporter="EXP-0042"), seats.OfOtherFirm),
        (lambda pair: signed(pair, office="ZZ-NORTH"), seats.ForAnotherOffice),
        (lambda pair: with_invoice(pair, b"other", "0" * 64), seats.InvoiceDiffers),
        (lambda pair: with_invoice(pair, b"text", hashlib.sha256(b"text").hexdigest()), NotAPicture),
    ],
)
def test_a_wrong_application_file_is_refused_whole(
    set_up: Callable[..., Pair], wrong: Callable[[Pair], bytes], refused: type[Outcome]
) -> None:
    pair = set_up()
    content = wrong(pair)
    size = pair.books.size()
    with pytest.raises(refused):
        pair.take(content)
    assert pair.books.size() == size
    assert seats.by_file(pair.books[COUNTER]) == ()


def test_one_number_with_two_contents_is_refused(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    content = pair.write()
    announced = pair.take(content)
    own = forms_of(content)
    other = replace(own, asked=replace(own.asked, sow="SoW-999999"))
    with pytest.raises(seats.NumberTwice):
        pair.take(write_letter(to_record(other), kind="application", signer=pair.seat.approval_key))
    (kept,) = seats.by_file(pair.books[COUNTER])
    assert (kept.announced.id, kept.announced.asked.sow) == (announced, "SoW-000123")


def test_a_revoked_seat_brings_nothing_in_any_more(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    one, two = pair.books[SUPERVISOR], pair.books[SUPERVISOR_2]
    taken, late = pair.write(), pair.write()
    pair.take(taken)
    seats.revoke(one, two, "SEAT-0001", why="the machine was stolen")
    with pytest.raises(seats.SeatRevoked) as refusal:
        pair.take(late)
    assert (refusal.value.why, refusal.value.seat) == ("the machine was stolen", "SEAT-0001")
    assert pair.take(taken) == "SEAT-0001-A-2026-000001", "what was taken before stays what it is"
    with pytest.raises(seats.SeatRevoked):
        seats.revoke(one, two, "SEAT-0001", why="again")
    seat.take_answer(pair.seat, pair.answer())
    with pytest.raises(seats.SeatRevoked):
        pair.write()


def test_a_seat_is_enrolled_once_and_for_a_firm_of_the_register(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    one, two = pair.books[SUPERVISOR], pair.books[SUPERVISOR_2]
    (file,) = pair.seat.folder.out.glob("*.kpe")
    content = file.read_bytes()
    with pytest.raises(seats.SeatEnrolled):
        seats.enrol(one, two, content, exporter="EXP-0042")
    own = from_record(open_letter(content, kind="enrolment", most=10**5).unproved(), Enrolment)
    someone = KeyPair.generate()
    stolen = write_letter(to_record(own), kind="enrolment", signer=someone)
    with pytest.raises(LetterAltered):
        seats.enrol(one, two, stolen, exporter="EXP-0042")
    other = write_letter(to_record(replace(own, office="ZZ-NORTH")), kind="enrolment", signer=pair.seat.approval_key)
    with pytest.raises(seats.ForAnotherOffice):
        seats.enrol(one, two, other, exporter="EXP-0042")
    assert len(seats.seats(one)) == 1


def test_answers_of_others_older_or_altered_are_refused(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    first, second = pair.answer(), pair.answer()
    with pytest.raises(LetterAltered):
        seat.take_answer(pair.seat, altered(second, b"Practice Exports ZZ", b"Practice Exports QQ"))
    seat.take_answer(pair.seat, second)
    with pytest.raises(seat.AnswerOlder):
        seat.take_answer(pair.seat, first)
    answer = from_record(open_letter(second, kind="answer", most=10**7).unproved(), Answer)
    with pair.books[COUNTER].look() as session:
        key = pair.books[COUNTER].code_key(session)
    for changes, refused in (({"key": "00" * 8}, seat.AnswerForAnother), ({"office": "ZZ-N"}, seats.ForAnotherOffice)):
        other = write_letter(to_record(replace(answer, **changes)), kind="answer", signer=key)  # type: ignore[arg-type]
        with pytest.raises(refused):
            seat.take_answer(pair.seat, other)
    with pytest.raises(NotALetter):
        seat.take_answer(pair.seat, pair.write())


@pytest.mark.parametrize(
    ("draft", "goods", "refused"),
    [
        (DRAFT, (), seat.NothingAnnounced),
        (replace(DRAFT, signer=""), GOODS, DeclarationUnsigned),
        (replace(DRAFT, declared_on=TODAY + timedelta(days=2)), GOODS, DeclarationUnsigned),
        (replace(DRAFT, statement="2002"), GOODS, Refusal),
    ],
)
def test_a_seat_writes_nothing_unfinished(
    set_up: Callable[..., Pair], draft: Draft, goods: tuple[AnnouncedGoods, ...], refused: type[Refusal]
) -> None:
    pair = set_up()
    with pytest.raises(refused):
        pair.write(draft, goods)
    assert seat.standings(pair.seat) == ()
    assert not [*pair.seat.folder.out.glob("*.kpa")]


def test_a_card_from_nobody_sets_nothing_up(tmp_path: Path, at: At) -> None:
    books = at("ready")
    content = seats.card(books[COUNTER]).read_bytes()
    for bad in (b"", altered(content, b"Practice Town", b"Practice Tawn")):
        with pytest.raises(Trouble):
            seat_setup.new_seat(
                tmp_path / "bad", card=bad, firm="F", person=PERSON, passphrase=PASSPHRASE, clock=books.clock
            )
    assert not (tmp_path / "bad").exists()


def test_nobody_reads_names_of_people_in_the_history(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    pair.take(pair.write())
    assert "Practice Signer" not in str(pair.books.sql("SELECT record FROM history"))
    with pair.seat.look() as session:
        told = session.connection().exec_driver_sql("SELECT record FROM history").all()
    assert "Practice Signer" not in str(told)


def test_the_kept_seat_says_who_enrolled_it(set_up: Callable[..., Pair]) -> None:
    pair = set_up()
    ((one, firm),) = seats.seats(pair.books[SUPERVISOR])
    assert isinstance(one, Seat)
    assert (one.exporter, firm, one.revoked_on) == ("EXP-0041", "Practice Exports ZZ SARL", None)
    acts = [act for act, subject in pair.books.acts() if subject == "seat/SEAT-0001"]
    assert acts == ["enrol", "answer"]
