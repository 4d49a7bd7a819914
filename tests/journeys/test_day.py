"""The practice day from end to end: what came of each shipment, what lies there afterwards, and what others say of it.

Played once, on a fixed day; everything is asked of the files it leaves behind.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from kpdesk import demo
from kpdesk.desks import batches, issuing, offices
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.desk import Desk
from kpdesk.domain.issuance import State
from kpdesk.domain.receipt import Result, read_receipt
from kpdesk.domain.stock import StockKind, StockState
from kpdesk.exchange.archive import open_container
from kpdesk.practice import AUDITOR, SUPERVISOR
from kpdesk.signing import lists as lists_files
from kpdesk.store import lists as rows

MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class Clock:
    """Steps a second every time it is looked at."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@dataclass
class Played:
    """The day and what it said while it went on."""

    told: dict[str, Any]
    steps: list[str]
    clock: Clock

    def file(self, name: str) -> Path:
        return Path(self.told[name])


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Played:
    clock, steps = Clock(), list[str]()
    played = demo.play(tmp_path_factory.mktemp("day") / "practice", clock=clock, tell=steps.append, day_alone=True)
    told = json.loads((played.folder / "demo.json").read_text("utf-8"))
    assert told == json.loads(json.dumps(played.json()))
    return Played(told, steps, clock)


@pytest.fixture(scope="module")
def desk(day: Played) -> Iterator[Desk]:
    """An auditor signs in on the evening of that day."""
    password = day.file("passphrase_file").read_text("utf-8").strip()
    signed_in = offices.open_desk(day.file("office"), officer=AUDITOR, password=password, clock=day.clock)
    yield signed_in
    signed_in.store.close()


# What happened


def test_it_tells_of_each_step(day: Played) -> None:
    assert len(day.steps) <= demo.STEPS
    assert len(day.steps) == len(set(day.steps))


def test_every_certificate_and_what_became_of_it(day: Played) -> None:
    states = [certificate["status"] for certificate in day.told["certificates"]]
    # To the partner, to Antwerp on its second sheet, replaced and its successor, void; and the partner's own.
    assert states == ["confirmed", "exported", "replaced", "issued", "void", "exported"]


def test_one_origin_and_mixed_origin(desk: Desk) -> None:
    *_, mixed, one = [each for each in issuing.certificates(desk) if each.state in (State.CONFIRMED, State.EXPORTED)]
    assert (one.facts.origin, one.facts.destination, len(one.facts.lines)) == ("ZZ", "XZ", 1)
    assert (mixed.facts.origin, mixed.facts.origins, mixed.facts.destination) == ("**", ("AO", "ZZ"), "EU")
    assert [line.heading.value for line in mixed.facts.lines] == ["7102.21", "7102.31"]


def test_what_was_stopped_and_why(day: Played, desk: Desk) -> None:
    kenya, again, forged = day.told["stopped"]
    assert (kenya["what"], kenya["code"]) == ("destination KE", "Stopped")
    assert again["code"] == "AlreadyReceived"
    assert (forged["what"], forged["code"]) == ("forged certificate", "NotGenuine")
    assert all(each["why"].endswith(".") for each in day.told["stopped"])
    # The stopped goods have no certificate, no number was used for them, and they lie in their bag again.
    assert all(each.facts.destination != "KE" for each in issuing.certificates(desk))
    with desk.look() as session:
        assert [each.state.value for each in rows.parcels(session) if each.carats and str(each.carats) == "12.34"]


def test_the_spoiled_sheet_and_the_void_certificate_are_on_the_void_list(desk: Desk) -> None:
    with desk.look() as session:
        void = {each.number.text: each.reason.value for each in rows.void_numbers(session)}
        spoiled = rows.stock(session, StockKind.BLANK, StockState.SPOILED)
        used = rows.stock(session, StockKind.BLANK, StockState.USED)
    assert sorted(void.values()) == ["replaced", "spoiled", "void"]
    assert [void[blank.number] for blank in spoiled] == ["spoiled"]
    assert len(used) == 5
    second = next(each for each in issuing.certificates(desk) if each.facts.destination == "EU")
    assert second.sheets == 2


def test_goods_came_in_once_and_others_were_seized(desk: Desk) -> None:
    with desk.look() as session:
        received = session.execute(rows.tables.received_numbers.select()).all()
        (seized,) = session.execute(rows.tables.seizures.select()).all()
    assert [row.number.prefix for row in received] == ["XZ"]
    assert (seized.number, str(seized.carats), seized.reason) == ("", "41.27", "no certificate")
    assert seized.by != seized.witness


def test_statistics_of_the_quarter(desk: Desk) -> None:
    with desk.look() as session:
        totals = rows.exports(session, MORNING.date().replace(day=1), MORNING.date())
    told = [(total.heading.value, total.destination, total.origin, str(total.carats)) for total in totals]
    assert told == [
        ("7102.10", "XZ", "ZZ", "1234.56"),
        ("7102.21", "EU", "**", "12004.10"),
        ("7102.31", "EU", "**", "318.04"),
    ]


def test_the_history_is_whole(desk: Desk) -> None:
    audit = verify_history(desk)
    assert audit.intact
    assert audit.head.size > 300


# What lies there


def test_the_keys_a_machine_reads(day: Played) -> None:
    names = (
        "database",
        "passphrase_file",
        "batch",
        "batch_plain",
        "authority_ca",
        "authority_file",
        "lists",
        "receipt",
    )
    for name in (*names, "forged", "confirmation", "authority_key", "authority_encryption"):
        assert day.file(name).is_file(), name
    for certificate in day.told["certificates"]:
        assert certificate.keys() == {"number", "pdf", "png", "status"}
        assert Path(certificate["pdf"]).is_file()
        assert Path(certificate["png"]).is_file()
    assert len(day.told["verdicts"]) == len(day.told["certificates"]) + 1


def test_papers_are_pages_and_pictures(day: Played) -> None:
    for certificate in day.told["certificates"]:
        with pypdfium2.PdfDocument(certificate["pdf"]) as pdf:
            assert len(pdf) == 1
            text = pdf[0].get_textpage().get_text_bounded()
            assert "KIMBERLEY PROCESS" in text.upper()
            assert "SPECIMEN" in text.upper()
        with Image.open(certificate["png"]) as picture:
            assert min(picture.size) > 2000


def test_every_sheet_read_again(day: Played) -> None:
    found = {verdict["file"]: verdict for verdict in day.told["verdicts"]}
    for certificate in day.told["certificates"]:
        verdict = found[certificate["png"]]
        assert verdict["number"] == certificate["number"]
        assert "signature_good" in verdict["answers"]
        good = certificate["status"] in ("exported", "issued", "confirmed") and certificate["number"].startswith("ZZ")
        assert verdict["verdict"] == ("acceptable" if good else "not acceptable")
    forged = found[day.told["forged"]]
    assert forged["verdict"] == "not acceptable"
    assert "signature_wrong" in forged["answers"]


def test_the_store_is_encrypted(day: Played) -> None:
    content = day.file("database").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    for clear in (b"Practice Exports", b"EXP-0041", b"certificates"):
        assert clear not in content


def test_the_receipt_says_accepted_and_carries_lists(day: Played, desk: Desk) -> None:
    assert day.told["receipt_result"] == "accepted"
    with open_container(day.file("receipt"), verify=lambda signature, manifest: None) as container:
        receipt = read_receipt(container.read("receipt.json"))
        lists = container.read("lists/lists.kpl")
    assert (receipt.result, receipt.remarks, receipt.office) == (Result.ACCEPTED, (), "ZZ-MAIN")
    assert lists == day.file("lists").read_bytes()
    known = lists_files.read(lists, list_key=desk.authority.list_key)
    assert {void.reason.value for void in known.voids} == {"void", "replaced", "spoiled"}
    assert len(receipt.officers) == 11


def test_the_partner_has_its_day_still_to_send(day: Played) -> None:
    password = day.file("passphrase_file").read_text("utf-8").strip()
    partner = offices.open_desk(
        day.file("office").with_name("partner"), officer=SUPERVISOR, password=password, clock=day.clock
    )
    try:
        assert batches.unsent(partner) > 100
    finally:
        partner.store.close()


# What others say of it

TOOLS = ("openssl", "unzip", "sha256sum")
needs_tools = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="openssl, unzip or sha256sum is missing")


def call(*command: object, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, check=False)


@needs_tools
def test_strangers_tools_open_and_prove_the_batch(day: Played, tmp_path: Path) -> None:
    plain = tmp_path / "batch.asice"
    opened = call(
        *("openssl", "cms", "-decrypt", "-inform", "DER", "-in", day.told["batch"], "-out", plain),
        *("-recip", day.told["authority_encryption"], "-inkey", day.told["authority_key"]),
        cwd=tmp_path,
    )
    assert opened.returncode == 0, opened.stderr
    assert plain.read_bytes() == day.file("batch_plain").read_bytes()
    assert call("unzip", "-q", plain, cwd=tmp_path).returncode == 0
    sums = call("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=tmp_path)
    assert sums.returncode == 0, sums.stderr
    assert b"data/history.ndjson: OK" in sums.stdout
    proved = prove(tmp_path, day)
    assert proved.returncode == 0, proved.stderr
    # One bit in one file, and each of the two says so.
    parcels = tmp_path / "data" / "parcel.ndjson"
    parcels.write_bytes(parcels.read_bytes().replace(b"EXP-0041", b"EXP-0043", 1))
    assert call("sha256sum", "--check", "--status", "SHA256SUMS", cwd=tmp_path).returncode != 0
    manifest = tmp_path / "META-INF" / "ASiCManifest001.xml"
    manifest.write_bytes(manifest.read_bytes().replace(b"sha256", b"sha257", 1))
    assert prove(tmp_path, day).returncode != 0


def prove(folder: Path, day: Played) -> subprocess.CompletedProcess[bytes]:
    return call(
        *("openssl", "cms", "-verify", "-cades", "-crl_check_all", "-binary", "-inform", "DER"),
        *("-in", "META-INF/signature001.p7s", "-content", "META-INF/ASiCManifest001.xml"),
        *("-CAfile", day.told["authority_ca"], "-attime", int(day.clock.at.timestamp()), "-out", "proved"),
        cwd=folder,
    )


@needs_tools
def test_an_encrypted_batch_with_a_flipped_bit_opens_for_nobody(day: Played, tmp_path: Path) -> None:
    content = bytearray(day.file("batch").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "batch.p7m").write_bytes(content)
    opened = call(
        *("openssl", "cms", "-decrypt", "-inform", "DER", "-in", "batch.p7m", "-out", "none"),
        *("-recip", day.told["authority_encryption"], "-inkey", day.told["authority_key"]),
        cwd=tmp_path,
    )
    assert opened.returncode != 0


def test_the_manifest_names_every_file_by_its_digest(day: Played) -> None:
    """What `unzip` and `sha256sum` are shown is what is signed."""
    with open_container(day.file("batch_plain"), verify=lambda signature, manifest: manifest) as container:
        manifest = container.signed.decode()
        assert all(f'URI="{name}"' in manifest for name in container.files)
        header = json.loads(container.read("batch.json"))
    assert {file["path"] for file in header["files"]} | {"batch.json"} == set(container.files)
    assert header["totals"]["certificates_issued"] == 5
    assert header["totals"]["void"] == 3
