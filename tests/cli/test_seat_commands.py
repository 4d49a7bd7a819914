"""`kpdesk seat`: set up from the office's card, answered by file."""

from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from kpdesk.cli import app
from kpdesk.desks import seats
from kpdesk.practice import COUNTER, SUPERVISOR, SUPERVISOR_2
from tests.desks.practice_books import Books


def test_a_seat_is_set_up_and_takes_its_answer(at: Callable[[str], Books], tmp_path: Path) -> None:
    books = at("ready")
    card = seats.card(books[COUNTER])
    secret = tmp_path / "passphrase.txt"
    secret.write_text("practice-passphrase-of-a-seat\n")
    folder = tmp_path / "seat"
    options = ["--office", str(card), "--firm", "Practice Exports ZZ SARL", "--name", "Practice Clerk"]
    made = CliRunner().invoke(app, ["seat", "new", str(folder), *options, "--passphrase-file", str(secret)])
    assert made.exit_code == 0, made.output
    assert seats.code_key_fingerprint(books[COUNTER]) in made.output
    (enrolment,) = (folder / "out").glob("*.kpe")
    one, two = books[SUPERVISOR], books[SUPERVISOR_2]
    glance = seats.glance_at_enrolment(one, enrolment.read_bytes())
    assert glance.fingerprint in made.output
    seats.enrol(one, two, enrolment.read_bytes(), exporter="EXP-0041")
    answer = seats.answer(one, "SEAT-0001")
    taken = CliRunner().invoke(app, ["seat", "answer", str(folder), str(answer), "--passphrase-file", str(secret)])
    assert taken.exit_code == 0, taken.output
    assert "answer 1 of ZZ-MAIN" in taken.output
