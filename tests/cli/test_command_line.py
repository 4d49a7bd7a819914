"""The commands as a person or a script calls them, on a practice day's real files."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Day = dict[str, Any]


def test_the_day_tells_everything_a_script_needs(day: Day) -> None:
    wanted = {
        "certificates", "database", "passphrase_file", "batch", "batch_plain", "authority_ca", "authority_file",
        "lists", "receipt", "verdicts",
    }  # fmt: skip
    assert wanted <= day.keys()
    assert {"number", "pdf", "png", "status"} <= day["certificates"][0].keys()
    for name in wanted - {"certificates", "verdicts"}:
        assert Path(day[name]).is_file()
    states = [each["status"] for each in day["certificates"]]
    assert {"confirmed", "exported", "replaced", "void"} <= set(states)
    assert [each["code"] for each in day["stopped"]] == ["Stopped", "AlreadyReceived", "NotGenuine"]


def test_a_folder_in_use_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = run("demo", tmp_path)
    assert done.exit_code == 2
    assert "not empty" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("state", "code", "answer"),
    [("exported", 0, "dates_current"), ("replaced", 1, "voided_void"), ("void", 1, "voided_void")],
)
def test_verify_at_an_office(run: Run, day: Day, papers: dict[str, Path], state: str, code: int, answer: str) -> None:
    done = run("verify", papers[state], "--office", day["office"], "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["exit"]) == (code, code)
    assert answer in {each["code"] for each in told["answers"]}
    assert told["facts"]["number"] == told["number"]


def test_verify_with_lists_alone(run: Run, day: Day, papers: dict[str, Path]) -> None:
    lists = ("--lists", day["lists"], "--authority", day["authority_file"])
    assert run("verify", papers["confirmed"], *lists).exit_code == 0
    assert run("verify", papers["void"], *lists).exit_code == 1


def test_lists_that_nobody_vouches_for(run: Run, day: Day, papers: dict[str, Path]) -> None:
    done = run("verify", papers["exported"], "--lists", day["lists"])
    assert done.exit_code == 2
    assert "Signer:" in done.stderr


def test_no_lists_at_all(run: Run, papers: dict[str, Path]) -> None:
    done = run("verify", papers["exported"])
    assert done.exit_code == 2
    assert "NOT JUDGED" in done.stdout


def test_a_forgers_lists(run: Run, day: Day, papers: dict[str, Path], said: Callable[[Result], str]) -> None:
    foreign = Path(day["folder"]) / "partner-lists.kpl"
    done = run("verify", papers["exported"], "--lists", foreign, "--authority", day["authority_file"])
    assert type(done.exception).__name__ == "ForeignLists"
    assert said(done)


def test_the_worst_counts(run: Run, day: Day, papers: dict[str, Path], tmp_path: Path) -> None:
    """1 beats 2 beats 0; a file that cannot be read is not judged."""
    empty = tmp_path / "empty.png"
    empty.touch()
    office = ("--office", day["office"])
    assert run("verify", papers["exported"], empty, *office).exit_code == 2
    done = run("verify", papers["exported"], empty, papers["void"], *office, "--json")
    assert done.exit_code == 1
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each.get("trouble", each.get("verdict")) for each in told] == ["acceptable", "FileEmpty", "not acceptable"]


def test_forged(run: Run, day: Day) -> None:
    done = run("verify", day["forged"], "--office", day["office"], "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert "signature_wrong" in {each["code"] for each in told["answers"]}
    assert "facts" not in told


def test_scan_prints_raw_texts(run: Run, papers: dict[str, Path]) -> None:
    done = run("scan", papers["exported"], "--json")
    (line,) = done.stdout.splitlines()
    told = json.loads(line)
    assert told.keys() == {"file", "texts", "ms"}
    texts = {each["format"]: each["text"] for each in told["texts"]}
    assert texts["QRCode"].startswith("KPC1:")
    assert any(each["text"].startswith(papers["exported"].stem) for each in told["texts"])


def test_batch_encrypted_and_plain(run: Run, day: Day) -> None:
    plain = run("batch", "verify", day["batch_plain"], "--authority", day["authority_file"], "--json")
    sealed = run(
        "batch", "verify", day["batch"], "--authority", day["authority_file"], "--key", day["authority_key"], "--json"
    )
    assert plain.exit_code == sealed.exit_code == 0, plain.output + sealed.output
    one, other = json.loads(plain.stdout), json.loads(sealed.stdout)
    assert one["digest"] == other["digest"]
    assert one["remarks"] == []


def test_a_batch_with_a_flipped_byte(run: Run, day: Day, tmp_path: Path, said: Callable[[Result], str]) -> None:
    content = bytearray(Path(day["batch_plain"]).read_bytes())
    content[len(content) // 2] ^= 1
    file = tmp_path / Path(day["batch_plain"]).name
    file.write_bytes(content)
    done = run("batch", "verify", file, "--authority", day["authority_file"])
    assert done.exit_code != 0
    assert said(done)


def test_openssl_agrees(day: Day, tmp_path: Path) -> None:
    """The leaflet's own commands, with nothing of ours."""
    script = f"""
    set -e
    openssl cms -decrypt -inform DER -in {day["batch"]} -recip {day["authority_encryption"]} \
        -inkey {day["authority_key"]} -out plain.asice
    cmp plain.asice {day["batch_plain"]}
    unzip -q plain.asice -d B && cd B
    openssl cms -verify -cades -crl_check_all -binary -inform DER -in META-INF/signature001.p7s \
        -content META-INF/ASiCManifest001.xml -CAfile {day["authority_ca"]} -out /dev/null
    sha256sum -c --strict SHA256SUMS
    """
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_history_and_doctor(run: Run, day: Day) -> None:
    done = run("history", "verify", "--office", day["office"], "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(run("doctor", day["folder"], "--json").stdout)
    assert told["intact"] is True
    assert (told["acts"], told["history_head"]) == tuple(
        json.loads(done.stdout)[key] for key in ("acts", "history_head")
    )


def test_a_wrong_passphrase(run: Run, day: Day, tmp_path: Path, said: Callable[[Result], str]) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not the passphrase at all\n", encoding="utf-8")
    done = run("doctor", day["office"], "--passphrase-file", wrong)
    assert type(done.exception).__name__ == "WrongPassphrase"
    assert "not the passphrase" not in done.output + said(done)


def test_no_office(run: Run, tmp_path: Path) -> None:
    assert type(run("doctor", tmp_path).exception).__name__ == "OfficeMissing"


def test_from_a_shell_outcomes_are_sentences(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kpdesk", "doctor", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "There is no office" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_office_is_opened_certified_and_heard(run: Run, tmp_path: Path) -> None:
    """Authority, office, request, certificate, batch, receipt: all from the command line."""
    words = tmp_path / "words.txt"
    words.write_text("correct horse battery staple\n", encoding="utf-8")
    own = ("--passphrase-file", words)

    def done(*arguments: object) -> str:
        result = run(*arguments, *own)
        assert result.exit_code == 0, result.output
        return result.stdout

    home, office, post = tmp_path / "authority", tmp_path / "office", tmp_path / "post"
    done(
        "authority", "new", home, "--participant", "ZZ", "--name", "Practice", "--officers", "A One,B Two", "--practice"
    )
    told = done(
        "office", "new", office, "--code", "ZZ-MAIN", "--name", "Practice Office", "--issuing-authority", "Practice",
        "--place", "Town", "--form", "zz", "--authority", home / "store/authority.json",
        "--supervisors", "C Three,D Four",
    )  # fmt: skip
    assert "recovery code" in told
    done("office", "request", office, tmp_path / "request.json")
    done("authority", "certify", home, tmp_path / "request.json", "--out", post)
    answer = ("--certificate", post / "ZZ-MAIN.cer", "--revocations", post / "ZZ-MAIN.crl")
    done("office", "accept", office, *answer)
    done("batch", "export", "--office", office)
    (sent,) = (office / "out").glob("*.p7m")
    assert "take, 0 remarks" in done("authority", "open", home, sent)
    for _ in range(2):  # twice is once
        assert "accepted" in done("authority", "receipt", home, sent, "--out", post)
    assert len(list(post.glob("*receipt*"))) == 1
