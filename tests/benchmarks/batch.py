"""A batch of 100,000 parcel records: made and opened, against the command-line tools on the same bytes.

Made: canonical lines (ready, as the store keeps them) to one signed container in an encrypted file, against `zip`,
`openssl cms -sign` and `openssl cms -encrypt`. Opened: decrypted, every header, digest and the signature checked with
path and revocations, against `openssl cms -decrypt`, `unzip`, `sha256sum -c` and `openssl cms -verify`.
Ours runs inside one process, its libraries imported before; each tool is a process of its own. Ours also syncs what it
writes to the disk. The canonical form of each line and the schema are what no tool does; they are measured apart.
"""

import hashlib
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from kpdesk.domain.batch import BatchFile, BatchHeader, Place, Totals, read_batch_header
from kpdesk.domain.history import Head, record_line
from kpdesk.domain.measures import Carats, Money
from kpdesk.exchange.archive import MANIFEST, SIGNATURE, SUMS, new_container, open_container
from kpdesk.exchange.lines import read_lines, validate
from kpdesk.exchange.whole import whole_file
from kpdesk.signing import envelope, x509
from tests.practice_authority import NOW, practice

RECORDS, ROUNDS = 100_000, 5
DATA = "data/parcel.ndjson"
_OAEP = "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256"


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_records(folder / "records", RECORDS)
        _write_keys(folder)
        ours, tools = folder / "ours", folder / "tools"
        ours.mkdir()
        make(folder / "records", ours, RECORDS)
        check(ours)  # the first time imports what the second opinion needs
        rounds = [_round(folder, ours, tools) for _ in range(ROUNDS)]
        canonical, both = _lines(ours)
        packed, zipped = (ours / "batch.asice").stat().st_size, (tools / "batch.zip").stat().st_size
    made = [our / own for our, own, _, _ in rounds]
    opened = [our / own for _, _, our, own in rounds]
    peaks = {f"{act}_{count}": peak(act, count) for act in ("make", "check") for count in (25_000, 100_000)}
    return {
        "name": "batch",
        "what": "100,000 parcel records: signed and encrypted, against zip and openssl; opened and verified (digests,"
        " signature, path), against openssl, unzip and sha256sum; the worse ratio of the two. Ours in one process with"
        " its libraries imported; canonical form and schema are measured apart",
        "median_ratio": max(statistics.median(made), statistics.median(opened)),
        "runs": [max(pair) for pair in zip(made, opened, strict=True)],
        "limit": 2.0,
        "make_median_ratio": statistics.median(made),
        "open_median_ratio": statistics.median(opened),
        "make_s": statistics.median(our for our, *_ in rounds),
        "make_tools_s": statistics.median(own for _, own, *_ in rounds),
        "open_s": statistics.median(our for *_, our, _ in rounds),
        "open_tools_s": statistics.median(own for *_, own in rounds),
        "canonical_s": canonical,
        "canonical_and_schema_s": both,
        "records_mb": size / 1e6,
        "container_mb": packed / 1e6,
        "zip_mb": zipped / 1e6,
        **{f"peak_mib_{name}": round(value) for name, value in peaks.items()},
    }


def write_records(path: Path, count: int) -> int:
    """Practice parcels as canonical lines; the bytes written."""
    chance = random.Random(count)
    with path.open("wb") as file:
        for number in range(count):
            file.write(f"{_record(chance, number)}\n".encode())
        return file.tell()


def _record(chance: random.Random, number: int) -> str:
    heading = chance.choice(["7102.10", "7102.21", "7102.31"])
    record = {
        "number": f"P-2026-{number:06}",
        "exporter": f"Practice Mining {chance.randint(1, 400)} Ltd",
        "origin": chance.choice(["ZZ", "XZ"]),
        "received": f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "state": "valued",
        "lines": [
            {
                "heading": heading,
                "carats": f"{chance.randint(1, 99_999) / 100:.2f}",
                "value": f"{chance.randint(100, 9_999_999) / 100:.2f}",
            }
        ],
        "weigher": f"u{chance.randint(1, 20):02}",
        "valuer": f"u{chance.randint(21, 40):02}",
        "bag": f"B{chance.randint(1, 10**8):08}",
    }
    return record_line(
        "parcel", str(uuid.UUID(int=chance.getrandbits(128))), 2, f"{chance.getrandbits(256):064x}", record
    )


def make(records: Path, folder: Path, count: int) -> None:
    """Records to a signed container to an encrypted file."""
    with new_container(folder / "batch.asice") as container:
        with records.open("rb") as lines:
            listed = container.add(DATA, lines)
        container.add("batch.json", _header(BatchFile(DATA, "record/1", count, listed.sha256)).text().encode())
        container.sign(practice().sign)
    with (folder / "batch.asice").open("rb") as source, whole_file(folder / "batch.asice.p7m") as target:
        envelope.encrypt(source, target, recipients=[practice().encryption_certificate])


def check(folder: Path) -> None:
    """An encrypted file to a container of which every byte was checked."""
    with (folder / "batch.asice.p7m").open("rb") as source, whole_file(folder / "opened.asice") as target:
        envelope.decrypt(source, target, certificate=practice().encryption_certificate, key=practice().encryption)
    with open_container(folder / "opened.asice", verify=practice().verify) as container:
        read_batch_header(container.read("batch.json"))


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of the opened container, each line found canonical."""
    with open_container(folder / "opened.asice", verify=practice().verify) as container:
        header = read_batch_header(container.read("batch.json"))
        for file in header.files:
            yield from read_lines(container.blocks(file.path), file=file.path, announced=file.records)


def _header(file: BatchFile) -> BatchHeader:
    return BatchHeader(
        office="ZZ-MAIN",
        place=Place(1, 1),
        previous=None,
        created=datetime(2026, 11, 22, tzinfo=UTC),
        first_entry=1,
        version="1.0.0",
        origin="kpdesk/ZZ-MAIN",
        history=Head(file.records, "ab" * 32),
        officer="u07",
        files=(file,),
        totals=Totals(parcels=file.records, carats=Carats.of("0"), value=Money.of("0"), issued=0, void=0),
    )


def _round(folder: Path, ours: Path, tools: Path) -> tuple[float, float, float, float]:
    """Seconds to make and to open: ours, the tools', in turn."""
    shutil.rmtree(tools, ignore_errors=True)
    _unpacked(ours / "batch.asice", tools / "batch")
    made = _timed(lambda: make(folder / "records", ours, RECORDS))
    made_by_tools = _timed(lambda: _make_by_tools(folder, tools))
    opened = _timed(lambda: check(ours))
    opened_by_tools = _timed(lambda: _open_by_tools(folder, ours, tools))
    return made, made_by_tools, opened, opened_by_tools


def _make_by_tools(folder: Path, tools: Path) -> None:
    inside = tools / "batch"
    sign = f"openssl cms -sign -binary -md sha256 -cades -outform DER -in {MANIFEST} -out {SIGNATURE}"
    _ran(f"{sign} -signer {folder}/office.pem -inkey {folder}/office.key", inside)
    _ran("zip -q -X -r ../batch.zip .", inside)
    encrypt = "openssl cms -encrypt -aes-256-gcm -binary -outform DER -in batch.zip -out batch.p7m"
    _ran(f"{encrypt} -recip {folder}/encryption.pem {_OAEP}", tools)


def _open_by_tools(folder: Path, ours: Path, tools: Path) -> None:
    """Our own file, as the Authority's IT would check it."""
    inside = tools / "opened"
    decrypt = f"openssl cms -decrypt -inform DER -in {ours}/batch.asice.p7m -out opened.asice"
    _ran(f"{decrypt} -recip {folder}/encryption.pem -inkey {folder}/encryption.key", tools)
    _ran("unzip -q opened.asice -d opened", tools)
    verify = f"openssl cms -verify -cades -crl_check_all -binary -inform DER -in {SIGNATURE} -content {MANIFEST}"
    _ran(f"{verify} -CAfile {folder}/trust.pem -attime {int(NOW.timestamp())} -out /dev/null", inside)
    _ran(f"sha256sum -c --strict --quiet {SUMS}", inside)


def _write_keys(folder: Path) -> None:
    authority = practice()
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for name, content in {
        "office.pem": x509.to_pem(authority.certificate),
        "office.key": authority.office.private.private_bytes(*plain),
        "encryption.pem": x509.to_pem(authority.encryption_certificate),
        "encryption.key": authority.encryption.private_bytes(*plain),
        "trust.pem": x509.trust_pem(authority.authority, authority.revocations()),
    }.items():
        (folder / name).write_bytes(content)


def _unpacked(container: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    _ran(f"unzip -q {container} -d .", folder)


def _ran(command: str, folder: Path) -> None:
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _lines(folder: Path) -> tuple[float, float]:
    """Seconds to find every line canonical, and to check it against its schema too, in an opened container."""
    with open_container(folder / "opened.asice", verify=practice().verify) as container:
        file = read_batch_header(container.read("batch.json")).files[0]

        def records() -> Iterator[dict[str, Any]]:
            return read_lines(container.blocks(file.path), file=file.path, announced=file.records)

        canonical = _timed(lambda: all(map(bool, records())))
        both = _timed(lambda: validate(records(), file.schema))
    return canonical, both


def peak(act: str, count: int) -> float:
    """The most memory, in MiB, that a process of its own needs to make or to check and read a batch."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.benchmarks.batch", act, str(count), folder]
        ran = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
        return float(json.loads(ran.stdout))


def _peak_of(act: str, count: int, folder: Path) -> float:
    write_records(folder / "records", count)
    make(folder / "records", folder, count)
    if act == "check":
        check(folder)
        digest = hashlib.sha256()
        for record in read(folder):
            digest.update(record["id"].encode())
    status = Path("/proc/self/status").read_text()  # not ru_maxrss, which counts the parent's memory too
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(_peak_of(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
