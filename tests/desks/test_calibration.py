"""Printers aligned to the form: kept by two, wanted for overlays, stale with a new driver or edition."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.desks import calibration, sheets
from kpdesk.desks.desk import Desk
from kpdesk.desks.sheets import NotAligned
from kpdesk.domain.calibration import (
    CROSSES,
    FIRST,
    LAST,
    RULER,
    Alignment,
    Calibration,
    OutOfAlignment,
    Spot,
    Tray,
    align,
)
from kpdesk.domain.issuance import SamePerson
from kpdesk.domain.kept import public_record, value_of
from kpdesk.practice import APPROVER, PREPARER
from kpdesk.printing.pages import page_count
from tests.desks.practice_books import BLANK, Books

At = Callable[[str], Books]
TRAY = Tray("Office printer", "tray 2", "Maker 4003 – driver 1")
CROOKED = Alignment(Decimal("0.80"), Decimal("-1.20"), Decimal("1.00400"), Decimal("0.99800"), Decimal("0.300"))


def real(desk: Desk) -> Desk:
    """The same desk as if it were no practice: sheets that were preprinted bear an overlay alone."""
    return replace(desk, office=replace(desk.office, practice=False))


def preprint(books: Books) -> None:
    books.sql("UPDATE stock SET paper = 'preprinted' WHERE what = 'blank'")


def test_an_overlay_wants_an_aligned_tray(at: At) -> None:
    books = at("bound")
    preprint(books)
    desk, second = real(books[PREPARER]), books[APPROVER]
    for tray in (TRAY, None):
        with pytest.raises(NotAligned):
            sheets.spool(desk, BLANK, tray=tray)
    with pytest.raises(NotAligned):
        sheets.may_print(desk, BLANK, TRAY)
    assert books.sql("SELECT state FROM stock WHERE number = :it", it=BLANK) == [("loaded",)]
    kept = calibration.calibrate(desk, second, tray=TRAY, alignment=CROOKED)
    assert sheets.may_print(desk, BLANK, TRAY) == kept
    for other in (replace(TRAY, driver="driver 2"), replace(TRAY, name=""), replace(TRAY, printer="another")):
        with pytest.raises(NotAligned):
            sheets.may_print(desk, BLANK, other)
    newer = replace(desk, office=replace(desk.office, edition="2027-1"))
    with pytest.raises(NotAligned):
        sheets.may_print(newer, BLANK, TRAY)
    assert sheets.spool(desk, BLANK, tray=TRAY).startswith(b"%PDF")
    ((why,),) = books.sql("SELECT json_extract(body, '$.why') FROM history ORDER BY sequence DESC LIMIT 1")
    assert why == "Office printer tray 2 aligned 2026-11-22"


def test_a_sheet_that_bears_all_in_one_needs_none(at: At) -> None:
    books = at("bound")
    assert sheets.may_print(real(books[PREPARER]), BLANK, TRAY) is None  # numbered security paper
    preprint(books)
    assert sheets.may_print(books[PREPARER], BLANK, TRAY) is None  # practice bears SPECIMEN on any paper
    sheets.spool(books[PREPARER], BLANK, tray=TRAY)
    ((why,),) = books.sql("SELECT json_extract(body, '$.why') FROM history ORDER BY sequence DESC LIMIT 1")
    assert why == "Office printer tray 2 not aligned"


def test_two_keep_a_calibration_and_a_new_one_takes_its_place(at: At) -> None:
    books = at("ready")
    one, two = books[PREPARER], books[APPROVER]
    with pytest.raises(SamePerson):
        calibration.calibrate(one, one, tray=TRAY, alignment=CROOKED)
    calibration.calibrate(one, two, tray=TRAY, alignment=CROOKED)
    true = Alignment(*map(Decimal, ("0", "0", "1", "1", "0")))
    kept = calibration.calibrate(two, one, tray=replace(TRAY, driver="driver 2"), alignment=true)
    assert calibration.calibrations(one) == (kept,)
    assert calibration.calibrated(one, [TRAY, kept.tray]) == (None, kept)
    assert [act for act, _ in books.acts() if act == "calibrate"] == ["calibrate"] * 2


def test_the_test_sheet_is_one_page(at: At) -> None:
    assert page_count(calibration.test_page(at("ready")[PREPARER], TRAY)) == 1


def test_a_calibration_is_read_as_it_was_written(at: At) -> None:
    kept = calibration.calibrate(at("ready")[PREPARER], at("ready")[APPROVER], tray=TRAY, alignment=CROOKED)
    assert value_of(Calibration, public_record(kept)) == kept


ALIGNMENTS = st.builds(
    Alignment,
    right=st.decimals(-10, 10, places=2),
    down=st.decimals(-10, 10, places=2),
    across=st.decimals("0.98", "1.02", places=5),
    along=st.decimals("0.98", "1.02", places=5),
    turn=st.decimals(-1, 1, places=3),
)


@given(ALIGNMENTS)
def test_what_is_measured_is_what_the_printer_does(alignment: Alignment) -> None:
    does = alignment.does
    found = align(does.at(FIRST), does.at(LAST), ruler=RULER * float(alignment.across))
    for spot in CROSSES:
        there = found.undone.at(does.at(spot))
        assert max(abs(there.x - spot.x), abs(there.y - spot.y)) < 0.02


@given(st.tuples(*[st.floats(0, 300)] * 4), st.none() | st.floats(0, 300))
def test_any_measurement_is_an_alignment_or_refused(crosses: tuple[float, ...], ruler: float | None) -> None:
    with suppress(OutOfAlignment):
        found = align(Spot(*crosses[:2]), Spot(*crosses[2:]), ruler=ruler)
        assert abs(found.undone.at(Spot(*crosses[:2])).x - FIRST.x) < 0.1
