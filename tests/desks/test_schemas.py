"""Every record that the history writes fits the published schema of its type, and what is not so written does not."""

import ast
import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import select

import kpdesk
from kpdesk.desks import authority, batches, copies, ending, inspector, opening, registers, supervisor
from kpdesk.desks.intake import batch_file, header_of, remarks_on
from kpdesk.desks.opening import COLUMNS
from kpdesk.domain.batch import BatchFile, BatchHeader
from kpdesk.domain.certificate import Kind
from kpdesk.domain.goods import Heading
from kpdesk.domain.inspection import Incoming, Outcome, Seizure
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Parcel, ParcelState, Source
from kpdesk.domain.parties import Licence, Officer, Party, PartyKind, Role
from kpdesk.domain.production import Return
from kpdesk.domain.receipt import Remark, Result
from kpdesk.domain.records import canonical, parse
from kpdesk.domain.shipment import Shipment, ShipmentState
from kpdesk.domain.spans import Span
from kpdesk.domain.stock import Paper, Stock, StockKind, StockState
from kpdesk.domain.titles import Title
from kpdesk.domain.trust import Reason
from kpdesk.exchange.archive import open_container, write_container
from kpdesk.exchange.lines import validate
from kpdesk.practice import INSPECTOR, PREPARER, SUPERVISOR, SUPERVISOR_2
from kpdesk.signing.cades import Signature
from kpdesk.store import keeping
from kpdesk.store.tables import history
from resources import path
from tests.desks.practice_books import CERTIFICATE, Books, Shelf, arrival, coded, incoming

NOUNS = (Parcel, Shipment, Certificate, Stock, Incoming, Seizure, Officer, Party, Title)
"""What has a class of its own; all else is noted by `note_record`."""
OPENING = f"""{",".join(COLUMNS)}
blank,ZZ2026009001,,security,,,,,,,
received,XZ2025000009,2025-12-01,Old Town,,,,,,,
unconfirmed,ZZ2025000001,2026-10-01,,XZ,Practice Exports ZZ SARL,Practice Imports XZ Lda,7102.10,ZZ,12.50,900.00
pool,XZ2025000007,,,,,,,XZ,40.25,
"""


def live(books: Books) -> Path:
    """The rest of a day, so that every type of record is written; its batch, not encrypted."""
    one, two, inspecting = books[SUPERVISOR], books[SUPERVISOR_2], books[INSPECTOR]
    opening.open_books(one, two, text=OPENING)
    supervisor.change_setting(one, two, name="validity_days", value=45, effective_from=one.today)
    spans = (Span(one.today, one.today + timedelta(days=3)), Span(one.today + timedelta(days=9)))
    licence = Licence("A-1", PartyKind.FOREIGN_AUTHORITY, one.today, None, spans)
    kind = PartyKind.FOREIGN_AUTHORITY
    firm = Party(number="A-1", party_kind=kind, name="Practice", address="", country="XZ", licences=(licence,))
    registers.register_party(one, firm, two)
    facts = incoming()
    seen = arrival(facts, value=Money.of("8400.00"), remarks="dry")
    inspector.receive(inspecting, scan="s-1", text=coded(facts), arrival=seen, outcome=Outcome.ACCEPTED)
    bare = incoming("XZ2026000002", replaces=facts.number, provenance="", destination="", seals=())
    inspector.receive(inspecting, scan="s-2", keyed=bare, arrival=seen, outcome=Outcome.HELD, reason="a doubt")
    goods: dict[str, Any] = {"holder": "Practice Traveller", "carats": Carats.of("41.275"), "reason": "no certificate"}
    inspector.seize(inspecting, one, seal="TS000050", **goods)
    inspector.seize(inspecting, one, seal="TS000051", number="KE 123", **goods)
    ((own,),) = books.sql("SELECT number FROM certificates WHERE id = :id", id=CERTIFICATE)
    copies.certified_copy(books[PREPARER], str(own), why="the firm's archive")
    month = one.today.replace(month=one.today.month - 1, day=1)
    sums = {"carats": Carats.of("9.50"), "value": Money.of("760.00")}
    mined = Return(title="T-100", mine="Northern Field", month=month, heading=Heading.UNSORTED, **sums)  # type: ignore[arg-type]
    supervisor.book_production(one, mined)
    ending.end(books[PREPARER], one, str(own), state=State.RETURNED_UNUSED, why="nobody met it", in_hand=str(own))
    sent = batches.export_batch(one, plain=True)
    taken = authority.accept_batch(books.national, sent.path)
    assert taken.receipt.result is Result.ACCEPTED
    receipt = books.national.folder.path / taken.receipt.file_name
    receipt.write_bytes(taken.content)
    _, lists = batches.accept_receipt(one, receipt)
    supervisor.accept_lists(one, two, lists)
    assert sent.plain
    return sent.plain


@dataclass(frozen=True)
class Day:
    """What was written on it."""

    records: Mapping[str, list[dict[str, Any]]]
    """By type, at the office and at its Authority."""
    books: Books
    batch: Path


@pytest.fixture(scope="module")
def day(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    books = shelf.take("exported")
    batch = live(books)
    records: dict[str, list[dict[str, Any]]] = {}
    for desk in (books[SUPERVISOR], books.national):
        with desk.view() as unit:
            for row in unit.session.execute(select(history).order_by(history.c.sequence)):
                records.setdefault(row.kind, []).append(parse(row.record))
                entry = batches.history_line(row.sequence, row.previous, row.body, row.digest)
                records.setdefault("history", []).append(entry)
    yield Day(records, books, batch)
    books.close()


def kinds_in_sources() -> set[str]:
    """The types that the code's own calls of `note_record` name."""
    found: set[str] = set()
    for file in Path(kpdesk.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "note_record":
                if file == Path(keeping.__file__):
                    continue  # the kinds of kept values: tests/desks/test_keeping.py
                kind = call.args[1]
                assert isinstance(kind, ast.Constant), f"{file.name}:{call.lineno} names no type"
                found.add(str(kind.value))
    return found


KINDS = sorted(kinds_in_sources() | {noun.kind for noun in NOUNS} | {"history"})


def schema(kind: str) -> dict[str, Any]:
    return dict(json.loads(path(f"schemas/{kind}-1.json").read_text("utf-8")))


def test_the_day_wrote_every_type(day: Day) -> None:
    kept = {shape.kind for shape in keeping.KEPT}
    assert sorted(day.records.keys() - kept) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_fits(day: Day, kind: str) -> None:
    assert validate(day.records[kind], f"{kind}/1") == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_too_many_or_too_few(day: Day, kind: str) -> None:
    for record in day.records[kind]:
        assert validate([{**record, "more": "1"}], f"{kind}/1")
    last = day.records[kind][-1]
    for field in ("type", "id", "rev", *schema(kind).get("required", ())):
        assert validate([{name: value for name, value in last.items() if name != field}], f"{kind}/1"), field


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_another_type(day: Day, kind: str) -> None:
    record = {**day.records[kind][0], "type": "parcels"}
    assert [misfit.place for misfit in validate([record], f"{kind}/1")] == ["/type"]


@pytest.mark.parametrize(
    ("kind", "place", "value"),
    [
        ("parcel", "/carats", "1234.5"),
        ("parcel", "/carats", "01234.56"),
        ("parcel", "/carats", "-1.00"),
        ("parcel", "/carats", 1234),
        ("parcel", "/value", "99382.080"),
        ("parcel", "/value", "1,000.00"),
        ("parcel", "/heading", "7102.39"),
        ("parcel", "/state", "lost"),
        ("parcel", "/received_at", "2026-11-22 08:00:34"),
        ("parcel", "/pieces", "7"),
        ("certificate", "/facts/lines/0/carats", "1234.560"),
        ("certificate", "/facts/lines/0/value", "1e3"),
        ("certificate", "/facts/issued", "2026-13-01"),
        ("certificate", "/facts/exporter/email", "x"),
        ("certificate", "/approvals/0/signature", "00"),
        ("certificate", "/number", "zz2026001377"),
        ("certificate", "/anchor/head", "4f"),
        ("incoming", "/facts/lines/0/carats", "88.1"),
        ("incoming", "/arrival/carats", "88.1"),
        ("incoming", "/arrival/weighed_by", "x"),
        ("shipment", "/containers/0/parcels", "P-1"),
        ("party", "/licences/0/suspended", [["2026-01-01"]]),
        ("title", "/monthly_capacity", "20000"),
        ("setting", "/value/value", ["x"]),
        ("void", "/since", "2026-02-32"),
        ("void", "/id", "P-1"),
        ("officer", "/roles", ["clerk", "clerk"]),
        ("history", "/id", "01"),
        ("batch", "/sha256", "00"),
    ],
)
def test_a_wrong_value(day: Day, kind: str, place: str, value: object) -> None:
    wrong = copy.deepcopy(max(day.records[kind], key=len))  # the one that says most
    *steps, last = [int(step) if step.isdecimal() else step for step in place[1:].split("/")]
    inside: Any = wrong
    for step in steps:
        inside = inside[step]
    inside[last] = value
    assert [misfit.line for misfit in validate([wrong], f"{kind}/1")] == [1]


ENUMS = [
    ("record", "$defs/heading", Heading, []),
    ("parcel", "properties/state", ParcelState, []),
    ("parcel", "properties/source", Source, []),
    ("shipment", "properties/state", ShipmentState, []),
    ("certificate", "properties/state", State, []),
    ("certificate", "$defs/facts/properties/kind", Kind, []),
    ("stock", "properties/what", StockKind, []),
    ("stock", "properties/paper", Paper, [""]),
    ("stock", "properties/state", StockState, []),
    ("incoming", "properties/outcome", Outcome, []),
    ("officer", "properties/roles/items", Role, []),
    ("party", "properties/party_kind", PartyKind, []),
    ("party", "$defs/licence/properties/kind", PartyKind, []),
    ("void", "properties/reason", Reason, []),
    ("batch", "properties/result", Result, []),
    ("receipt_header", "properties/result", Result, []),
]


@pytest.mark.parametrize(("kind", "field", "meant", "more"), ENUMS)
def test_enums_are_the_domains(kind: str, field: str, meant: type[StrEnum], more: list[str]) -> None:
    inside: Any = schema(kind)
    for step in field.split("/"):
        inside = inside[step]
    assert inside["enum"] == [*meant, *more]


def test_no_enum_is_left_out() -> None:
    def enums(value: object) -> int:
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return sum(map(enums, inside)) + (isinstance(value, dict) and "enum" in value)

    made = {f"{shape.kind}-1.json" for shape in keeping.KEPT}  # by `schema_of`
    own = [file for file in path("schemas").glob("*.json") if file.name not in made]
    assert sum(enums(json.loads(file.read_text("utf-8"))) for file in own) == len(ENUMS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_is_a_closed_record(kind: str) -> None:
    said = schema(kind)
    assert (said["$ref"], said["properties"]["type"], said["unevaluatedProperties"]) == (
        "kpdesk:record/1", {"const": kind}, False,
    )  # fmt: skip


def header_and_remarks(day: Day, **changes: Any) -> tuple[BatchHeader, list[Remark]]:
    """The batch's own header, and what is remarked under it with changes."""
    national = day.books.national
    with batch_file(
        day.batch,
        authority=national.authority,
        revocations=authority.revocations(national),
        key=None,
        at=national.clock(),
    ) as container:
        header = header_of(container)
        return header, list(remarks_on(container, replace(header, **changes), None))


def test_a_batch_names_its_schemas(day: Day) -> None:
    header, remarks = header_and_remarks(day)
    assert remarks == []
    assert len(header.files) > 12
    for file in header.files:
        assert file.path == f"data/{file.schema.removesuffix('/1')}.ndjson"


def test_no_sender_chooses_a_wider_schema(day: Day) -> None:
    header, _ = header_and_remarks(day)
    wider = tuple(replace(file, schema="record/1") for file in header.files)
    _, remarks = header_and_remarks(day, files=wider)
    assert [(remark.code, remark.path) for remark in remarks] == [("KPB-411", file.path) for file in header.files]


def test_the_schema_of_all_records_is_no_way_round(day: Day, tmp_path: Path) -> None:
    """In a file `record` everything fits `record/1`, but nothing is of that type."""
    header, _ = header_and_remarks(day)
    line = canonical(day.records["void"][0]).encode() + b"\n"
    file = BatchFile("data/record.ndjson", "record/1", 1, sha256(line).hexdigest())
    path = tmp_path / header.file_name
    write_container(path, {"batch.json": b"{}", file.path: line}, sign=lambda manifest: b"signed")
    signed = cast(Signature, SimpleNamespace(signer=SimpleNamespace(office=header.office)))
    with open_container(path, verify=lambda signature, manifest: signed) as container:
        (remark, *_) = remarks_on(container, replace(header, files=(file,)), None)
    assert (remark.code, remark.path, remark.identity) == (
        "KPB-411", "data/record.ndjson#1", day.records["void"][0]["id"],
    )  # fmt: skip
