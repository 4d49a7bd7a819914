"""Searching the history, what an entry changed, and anchors that were carried out of the machine."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kpdesk.desks import auditor, ending
from kpdesk.desks.auditor import Asked
from kpdesk.domain.certificate import Anchor
from kpdesk.domain.differences import Was
from kpdesk.domain.papers import NotAnAnchor, anchor_code
from kpdesk.practice import AUDITOR, PREPARER, SUPERVISOR
from kpdesk.store import history
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import BLANK, CERTIFICATE, PARCEL, TODAY, Books, receive

At = Callable[[str], Books]


@pytest.fixture
def books(at: At) -> Books:
    return at("exported")


def found(books: Books, before: int | None = None, **asked: object) -> list[tuple[str, str]]:
    entries = auditor.entries(books[AUDITOR], Asked(**asked), before=before)  # type: ignore[arg-type]
    return [(each.act, each.subject) for each in entries]


def test_pages_follow_each_other_without_gap(books: Books) -> None:
    seen: list[int] = []
    before = None
    while page := auditor.entries(books[AUDITOR], Asked(), before=before):
        seen += [each.sequence for each in page]
        before = seen[-1]
    assert seen == list(range(books.size(), 0, -1))
    assert [each.sequence for each in auditor.every(books[AUDITOR], Asked())] == seen


def test_by_thing_whatever_its_number_is_of(books: Books) -> None:
    assert {subject for _, subject in found(books, typed=PARCEL)} == {f"parcel/{PARCEL}"}
    assert {subject for _, subject in found(books, typed=f"parcel/{PARCEL}")} == {f"parcel/{PARCEL}"}
    about_number = {subject for _, subject in found(books, typed=BLANK.lower())}
    assert about_number == {f"certificate/{CERTIFICATE}", f"stock/blank-{BLANK}"}


def test_by_officer_act_and_days(books: Books) -> None:
    desk = books[PREPARER]
    assert {act for act, _ in found(books, by=desk.officer.id, act="seal")} == {"seal"}
    assert found(books, by=desk.officer.id, act="receive_parcel") == []
    assert found(books, first=TODAY, last=TODAY, act="prepare") == [("prepare", f"certificate/{CERTIFICATE}")]
    assert found(books, first=TODAY + timedelta(days=1)) == []
    assert found(books, last=TODAY - timedelta(days=1)) == []
    assert "seal" in auditor.acts(books[AUDITOR])


def test_days_hold_after_the_clock_was_set_back(books: Books) -> None:
    books.clock.at -= timedelta(hours=20)
    receive(books)
    books.clock.at += timedelta(days=2)
    receive(books)
    (late,) = found(books, first=TODAY + timedelta(days=1), act="receive_parcel")
    assert late[1] == "parcel/P-2026-000003"
    assert found(books, last=TODAY - timedelta(days=1), act="receive_parcel") == [
        ("receive_parcel", "parcel/P-2026-000002")
    ]


def test_by_words_of_the_reason_and_nowhere_else(at: At) -> None:
    books = at("issued")
    ending.replace(books[PREPARER], books[SUPERVISOR], BLANK, why="wrong consignee", in_hand=BLANK)
    assert ("replace", f"certificate/{CERTIFICATE}") in found(books, typed="consign WRONG")
    assert found(books, typed="consignee elsewhere") == []


def test_an_entry_says_what_it_changed(books: Books) -> None:
    (entry,) = auditor.entries(books[AUDITOR], Asked(typed=CERTIFICATE, act="report_export"))
    told = auditor.told(books[AUDITOR], entry.sequence)
    assert told.changed == (Was("exported_on", "", TODAY.isoformat()), Was("state", "released", "exported"))
    with pytest.raises(NotFound):
        auditor.told(books[AUDITOR], 10_000)


def test_the_first_revision_is_all_new(books: Books) -> None:
    (entry,) = auditor.entries(books[AUDITOR], Asked(typed=PARCEL, act="receive_parcel"))
    told = auditor.told(books[AUDITOR], entry.sequence)
    assert all(was.before == "" for was in told.changed)
    assert Was("exporter", "", "EXP-0041") in told.changed


def test_an_anchor_of_this_history_and_one_of_another(books: Books) -> None:
    with books[AUDITOR].view() as unit:
        anchor = unit.head.anchor(unit.epoch)
    receive(books)
    proved = auditor.prove(books[AUDITOR], f"  {anchor_code(anchor).lower()} ")
    assert proved.entry
    assert proved.entry.sequence == anchor.size
    other = Anchor(anchor.epoch, anchor.size, bytes(10))
    beyond = Anchor(anchor.epoch, 99_999, anchor.head)
    assert [auditor.prove(books[AUDITOR], anchor_code(each)).entry for each in (other, beyond)] == [None, None]
    with pytest.raises(NotAnAnchor):
        auditor.prove(books[AUDITOR], "KPA1:nothing")


def test_the_anchor_on_a_certificate_is_the_one_before_its_number_was_bound(books: Books) -> None:
    proved = auditor.prove(books[AUDITOR], BLANK)
    assert proved.entry
    with books[AUDITOR].look() as session:
        after = history.entry(session, proved.entry.sequence + 1)
    assert after
    assert after.act == "bind_number"


@pytest.mark.parametrize("column", ["at", "by", "act"])
def test_a_column_of_the_search_that_was_changed_is_found_by_the_check(books: Books, column: str) -> None:
    books.sql("DROP TRIGGER history_no_UPDATE")
    changed = "2026-01-01T00:00:00.000000Z" if column == "at" else "other"
    books.sql(f'UPDATE history SET "{column}" = :changed WHERE sequence = 9', changed=changed)
    assert auditor.verify_history(books[AUDITOR]).broken_at == 9


def test_a_check_can_be_stopped(books: Books) -> None:
    def stop(done: int, entries: int) -> None:
        raise auditor.CheckStopped(done, entries)

    assert auditor.verify_history(books[AUDITOR], tell=stop).intact, "fewer than a thousand entries are not told of"
