"""One exporter's seat, set up once and copied from there: its office's key is the same at every stage of its work."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kpdesk.desks import seat, seat_setup, seats
from kpdesk.desks.desk import Desk
from kpdesk.desks.offices import open_desk
from kpdesk.practice import COUNTER, SUPERVISOR, SUPERVISOR_2
from kpdesk.signing.slots import SMALL
from tests.desks.practice_books import Books, Clock

PERSON, PASSPHRASE, FIRM = "Practice Clerk", "practice-passphrase-of-a-seat", "Practice Exports ZZ SARL"


@cache
def _made(card: bytes) -> Path:
    kept = Path(mkdtemp(prefix="kpdesk-seat-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    folder = kept / "seat"
    seat_setup.new_seat(folder, card=card, firm=FIRM, person=PERSON, passphrase=PASSPHRASE, clock=Clock(), cost=SMALL)
    return folder


def seat_of(books: Books, folder: Path, *, enrolled: bool = True) -> Desk:
    """A seat of this office in a new folder, open; enrolled for EXP-0041 and answered unless told otherwise."""
    shutil.copytree(_made(seats.card(books[COUNTER]).read_bytes()), folder)
    desk = open_desk(folder, officer=PERSON, password=PASSPHRASE, clock=books.clock)
    if enrolled:
        (file,) = desk.folder.out.glob("*.kpe")
        seats.enrol(books[SUPERVISOR], books[SUPERVISOR_2], file.read_bytes(), exporter="EXP-0041")
        seat.take_answer(desk, seats.answer(books[COUNTER], "SEAT-0001").read_bytes())
    return desk
