"""What holds of certificates' numbers whatever happened, and the sheets of paper, which no crash changes."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from kpdesk.desks import auditor
from kpdesk.desks.sheets import Sheet
from kpdesk.practice import SUPERVISOR
from kpdesk.printing.tray import Fate
from tests.desks.practice_books import Books


@dataclass(frozen=True)
class Paper:
    """The sheets, which no crash changes: a page is a file, `NUMBER.1`, `NUMBER.2` …"""

    folder: Path
    seed: int

    def fate(self, blank: str) -> Fate:
        """The same whenever it is asked."""
        return Random(f"{self.seed} {blank}").choice([*[Fate.GOOD] * 4, *Fate])

    def print(self, blank: str, page: bytes) -> None:
        if self.fate(blank) is not Fate.NOTHING_PRINTED or self.jobs(blank):
            self.folder.joinpath(f"{blank}.{len(self.pages(blank)) + 1}").write_bytes(page)
        self.folder.joinpath(f"job.{blank}").touch()

    def jobs(self, blank: str) -> bool:
        """Whether a job was sent before: what printed nothing once prints the next time."""
        return self.folder.joinpath(f"job.{blank}").exists()

    def pages(self, blank: str) -> list[bytes]:
        return [file.read_bytes() for file in sorted(self.folder.glob(f"{blank}.*"))]

    def seen(self, blank: str) -> Sheet:
        """What an honest look says."""
        if not self.pages(blank):
            return Sheet.NOTHING
        return {Fate.LOST: Sheet.MISSING, Fate.BADLY_PRINTED: Sheet.SPOILED}.get(self.fate(blank), Sheet.GOOD)

    def read(self, blank: str) -> list[str]:
        return [blank] if self.seen(blank) is Sheet.GOOD else []


def check(books: Books, paper: Paper) -> None:
    """What holds after every crash and at the end."""
    stock = dict(books.sql("SELECT number, state FROM stock WHERE what = 'blank'"))
    assert len(stock) == 12, "a number was lost"
    void = {str(row[0]) for row in books.sql("SELECT number FROM void_numbers")}
    rows = books.sql("SELECT number, id, state, shipment, approved_by, prepared_by FROM certificates")
    bound = {str(number): (str(id_), str(state)) for number, id_, state, *_ in rows if number}
    live = [shipment for _, _, state, shipment, *_ in rows if state != "void"]
    assert len(live) == len(set(live)), "two live certificates for one shipment"
    for number, id_, state, _, approved_by, prepared_by in rows:
        signed = approved_by and approved_by != prepared_by
        assert signed or (state in ("draft", "void") and not number), f"{id_} has a number and not two signatures"
    assert list(stock.values()).count("spooled") <= 1
    for number, state in stock.items():
        pages, (_, life) = paper.pages(str(number)), bound.get(str(number), ("", ""))
        match state:
            case "spoiled" | "missing":
                assert number in void
                assert life in ("", "void")
            case "used":
                assert life in ("issued", "validated", "void")
                assert (life == "void") == (number in void)
                assert len(pages) == 1
            case "spooled":
                assert life == "approved"
            case _:
                assert number not in void
                assert pages == [], "a printed sheet counts as clean"
        assert len(pages) <= 1, "two pages on one sheet"
        assert all(page.startswith(f"%PDF {number} ".encode()) for page in pages), "the page of another"
    ever = books.sql(
        "SELECT DISTINCT json_extract(record, '$.number'), subject FROM history "
        "WHERE kind = 'certificate' AND json_extract(record, '$.number') IS NOT NULL"
    )
    numbers = [number for number, _ in ever]
    assert len(numbers) == len(set(numbers)), "one number for two certificates"
    assert {number for number in numbers if stock[number] in ("spoiled", "missing")} <= void


def audit(books: Books) -> None:
    """The chain of the history is whole, and the books are what it says."""
    assert auditor.verify_history(books[SUPERVISOR]).intact
