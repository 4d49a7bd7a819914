from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.participants import (
    OwnDate,
    ParticipantKind,
    Participation,
    Register,
    RegisterUnreadable,
    Restriction,
    Status,
    Zone,
    partial_date,
    read_rows,
)
from kpdesk.domain.spans import Span, span

HEAD = (
    "code,name,kind,member_of,participant_since,participant_until,"
    "restriction,restriction_from,restriction_until,restriction_note,source\n"
)
DAYS = st.dates(date(2002, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("code", "day", "status"),
    [
        # kpcs.md §9 and §17.5
        ("CF", "2010-01-01", Status.PARTICIPANT),
        ("CF", "2013-05-22", Status.PARTICIPANT),
        ("CF", "2013-05-23", Status.SUSPENDED),
        ("CF", "2014-06-01", Status.SUSPENDED),
        ("CF", "2015-07-16", Status.SUSPENDED),
        ("CF", "2015-07-17", Status.PARTIAL),
        ("CF", "2017-06-01", Status.PARTIAL),
        ("CF", "2024-11-14", Status.PARTIAL),
        ("CF", "2024-11-15", Status.PARTICIPANT),
        ("CF", "2025-02-01", Status.PARTICIPANT),
        ("CG", "2004-07-31", Status.PARTICIPANT),
        ("CG", "2004-08-01", Status.NOT_PARTICIPANT),
        ("CG", "2007-11-07", Status.NOT_PARTICIPANT),
        ("CG", "2007-11-08", Status.PARTICIPANT),
        ("GB", "2020-11-30", Status.MEMBER_OF_EU),
        ("GB", "2020-12-31", Status.MEMBER_OF_EU),
        ("GB", "2021-01-01", Status.PARTICIPANT),
        ("BG", "2005-05-05", Status.PARTICIPANT),
        ("BG", "2008-05-05", Status.MEMBER_OF_EU),
        ("CI", "2005-11-30", Status.PARTICIPANT),
        ("CI", "2005-12-01", Status.SUSPENDED),
        ("CI", "2014-04-29", Status.PARTICIPANT),
        ("GH", "2007-06-30", Status.PARTIAL),
        ("GH", "2007-07-01", Status.PARTICIPANT),
        ("ZW", "2010-01-01", Status.PARTIAL),
        ("VE", "2012-01-01", Status.SUSPENDED),
        ("UZ", "2024-11-14", Status.NOT_PARTICIPANT),
        ("UZ", "2024-11-15", Status.PARTICIPANT),
        ("LB", "2004-12-31", Status.PARTICIPANT),
        ("GL", "2026-01-01", Status.MEMBER_OF_EU),
        ("EU", "2026-01-01", Status.PARTICIPANT),
        ("HK", "2026-01-01", Status.PARTICIPANT),
        ("MO", "2026-01-01", Status.PARTICIPANT),
        ("TW", "2026-01-01", Status.PARTICIPANT),
        ("NO", "2003-01-01", Status.PARTICIPANT),  # day of admission unknown: assumed present
        ("KE", "2026-01-01", Status.NOT_PARTICIPANT),
        ("EC", "2026-01-01", Status.NOT_PARTICIPANT),  # Ecuador; EC on old paper is an alias, not a row
    ],
)
def test_standing(register: Register, code: str, day: str, status: Status) -> None:
    standing = register.standing(code, date.fromisoformat(day))
    assert standing.status is status
    assert standing.in_scheme == (status not in (Status.SUSPENDED, Status.NOT_PARTICIPANT))


@pytest.mark.parametrize(
    ("code", "heads"), [("EU", True), ("BE", False), ("GL", False), ("HK", True), ("KE", False), ("CF", True)]
)
def test_who_may_head_a_certificate(register: Register, code: str, heads: bool) -> None:
    assert register.may_head_certificate(code, date(2026, 1, 1)) is heads


def test_there_are_sixty_participants(register: Register) -> None:
    """60 stand for 86 countries; Hong Kong, Macao and Chinese Taipei are not counted, practice neither."""
    day = date(2025, 12, 1)
    heads = {row.code for row in register.rows if register.may_head_certificate(row.code, day)}
    assert len(heads - {"HK", "MO", "TW", "ZZ", "XZ"}) == 60
    members = {row.code for row in register.rows if register.standing(row.code, day).status is Status.MEMBER_OF_EU}
    assert len(members - {"GL"}) == 27


def test_names_and_notes(register: Register) -> None:
    assert register.name("CI") == "Côte d'Ivoire"
    assert register.name("QQ") == "QQ"
    assert "zones" in register.standing("CF", date(2017, 6, 1)).note


def test_territory(register: Register) -> None:
    assert [register.territory(code, date(2020, 6, 1)) for code in ("BE", "GL", "GB", "HK")] == ["EU", "EU", "EU", "HK"]
    assert register.territory("GB", date(2021, 1, 1)) == "GB"


def test_a_part_of_the_eu_never_stands_better_than_the_eu(register_text: str) -> None:
    ban = Participation(
        code="EU",
        name="European Union",
        kind=ParticipantKind.REGIONAL_ORGANISATION,
        present=Span(),
        restriction=Restriction.SUSPENDED,
        restricted=Span(date(2027, 1, 1)),
        note="all of it",
    )
    register = Register.read(register_text, extra=[ban], own_dates=[OwnDate("EU", date(2028, 1, 1))])
    assert register.standing("BE", date(2026, 12, 31)).status is Status.MEMBER_OF_EU
    belgium = register.standing("BE", date(2027, 1, 1))
    assert (belgium.code, belgium.status, belgium.note) == ("BE", Status.SUSPENDED, "all of it")
    assert belgium.own_law_from == date(2028, 1, 1)


def test_our_own_law_lags(register_text: str) -> None:
    """Uzbekistan: KP 2024-11-15, Canada 2025-01-23 (kpcs.md §8)."""
    canada = Register.read(register_text, own_dates=[OwnDate("UZ", date(2025, 1, 23))])
    lagging = canada.standing("UZ", date(2025, 1, 22))
    assert lagging.status is Status.PARTICIPANT
    assert lagging.own_law_from == date(2025, 1, 23)
    assert canada.standing("UZ", date(2025, 1, 23)).own_law_from is None
    assert canada.standing("BE", date(2025, 1, 1)).own_law_from is None


def test_imports_not_allowed(register_text: str) -> None:
    order, ban = OwnDate("CD", date(2003, 5, 31), imports_allowed=False), OwnDate("RU", date(2024, 1, 1), False)
    register = Register.read(register_text, own_dates=[order, ban, OwnDate("RU", date(2025, 1, 1))])
    assert not register.imports_allowed("CD", "BE", date(2026, 1, 1))
    assert register.imports_allowed("CD", "BE", date(2003, 5, 30))
    assert [register.imports_allowed("EU", "RU", date(year, 6, 1)) for year in (2023, 2024, 2025)] == [
        True,
        False,
        True,
    ]
    assert register.standing("RU", date(2025, 6, 1)).own_law_from is None


def test_zones(register_text: str) -> None:
    zones = [Zone("CF", "Berberati", date(2016, 3, 1)), Zone("CF", "Boda", date(2016, 9, 1), date(2018, 1, 1))]
    register = Register.read(register_text, zones=zones)
    assert register.zones_of("CF", date(2016, 2, 29)) == ()
    assert register.zones_of("CF", date(2017, 1, 1)) == ("Berberati", "Boda")
    assert register.zones_of("CF", date(2018, 1, 2)) == ("Berberati",)
    assert register.zones_of("ZW", date(2017, 1, 1)) == ()


@given(st.sampled_from(["CF", "CG", "GB", "BG", "CI", "UZ", "GL", "HR"]), DAYS)
def test_standing_changes_only_on_written_days(register: Register, code: str, day: date) -> None:
    spans = [each for row in register.rows if row.code == code for each in (row.present, row.restricted)]
    changes = {each.first for each in spans} | {each.last + timedelta(1) for each in spans if each.last < date.max}
    after = day + timedelta(1)
    if after not in changes:
        assert register.standing(code, day) == register.standing(code, after)


@given(
    st.lists(st.tuples(DAYS, DAYS, st.sampled_from(Restriction), DAYS, DAYS), max_size=4),
    st.tuples(DAYS, DAYS, st.sampled_from(Restriction), DAYS, DAYS),
    DAYS,
)
def test_one_more_row_of_a_present_code_never_makes_it_milder(
    rows: list[tuple[date, date, Restriction, date, date]],
    more: tuple[date, date, Restriction, date, date],
    day: date,
) -> None:
    def row(row: tuple[date, date, Restriction, date, date]) -> Participation:
        since, until, restriction, first, last = row
        return Participation(
            code="ZZ",
            name="Practice Republic",
            kind=ParticipantKind.STATE,
            present=Span(min(since, until), max(since, until)),
            restriction=restriction,
            restricted=Span(min(first, last), max(first, last)),
        )

    before = Register(tuple(row(each) for each in rows)).standing("ZZ", day).status
    after = Register((*(row(each) for each in rows), row(more))).standing("ZZ", day).status
    order = list(Status)
    assert before is Status.NOT_PARTICIPANT or order.index(after) >= order.index(before)


def test_a_row_says_nothing_of_other_days() -> None:
    row = Participation(code="ZZ", name="", kind=ParticipantKind.STATE, present=Span(date(2003, 1, 1)))
    assert row.status(date(2002, 12, 31)) is Status.NOT_PARTICIPANT


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2003", date(2003, 1, 1), date(2003, 12, 31)),
        ("2004-02", date(2004, 2, 1), date(2004, 2, 29)),
        ("2013-05-23", date(2013, 5, 23), date(2013, 5, 23)),
    ],
)
def test_partial_dates(text: str, first: date, last: date) -> None:
    assert (partial_date(text), partial_date(text, end=True)) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "03", "2003-13", "2003-00", "2003-02-30", "2003-02-00", "0000", "2003-5", "２００３"]
)
def test_no_dates(text: str) -> None:
    for end in (False, True):
        with pytest.raises(ValueError, match=r".*"):
            partial_date(text, end=end)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("code,name\nAO,Angola\n", 2, "kind"),
        (HEAD + "A0,Angola,state,,2003,,none,,,,\n", 2, "code"),
        (HEAD + "AO,Angola,country,,2003,,none,,,,\n", 2, "kind, restriction"),
        (HEAD + "AO,Angola,state,,2003,,banned,,,,\n", 2, "kind, restriction"),
        (HEAD + "AO,Angola,state,,lately,,none,,,,\n", 2, "participant_since"),
        (HEAD + "AO,Angola,state,,2004,2003,none,,,,\n", 2, "participant_since"),
        (HEAD + "AO,Angola,state,,2003,,partial,2006-13,,,\n", 2, "restriction_from"),
        (HEAD + '"AO,Angola\n', 2, ""),
        ('co"de\n"', 1, "code"),
        ("", 1, "code"),
        ("x" * 1_000_001, 0, ""),
    ],
)
def test_a_register_that_cannot_be_read(text: str, line: int, column: str) -> None:
    with pytest.raises(RegisterUnreadable) as refused:
        Register.read(text)
    assert (refused.value.line, refused.value.column) == (line, column)


@given(st.text(max_size=300) | st.text('AO,"\n203-state none', max_size=300).map(lambda text: HEAD + text))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rows = list(read_rows(text))
    except RegisterUnreadable:
        return
    assert all(len(row.code) == 2 for row in rows)


@given(DAYS, DAYS, DAYS)
def test_spans_include_both_ends(one: date, other: date, day: date) -> None:
    first, last = sorted((one, other))
    assert first in Span(first, last)
    assert last in Span(first, last)
    assert (day in Span(first, last)) == (first <= day <= last)
    assert day in span(None, None)
    if first < last:
        with pytest.raises(ValueError, match="ends before"):
            Span(last, first)
