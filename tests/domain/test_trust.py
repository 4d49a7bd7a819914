"""What a desk trusts is checked when it is made, and found in one step."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kpdesk.domain.certificate import Number
from kpdesk.domain.trust import (
    Alert,
    Algorithm,
    AuthorityFile,
    IssuerKey,
    Lists,
    NumberRange,
    ParticipantChange,
    Reason,
    ReceivedNumber,
    Standing,
    VoidNumber,
    key_id,
)

DAY = date(2026, 11, 1)
KEY = IssuerKey("BW", "Practice Office", Algorithm.ES256, b"public", DAY)


def alert(first: str, last: str = "") -> Alert:
    return Alert(Number(first), Number(last or first), first, DAY)


LISTS = Lists(
    sequence=1,
    authority="Practice Authority",
    participant="BW",
    issued=datetime(2026, 11, 1, tzinfo=UTC),
    next_update=datetime(2026, 12, 1, tzinfo=UTC),
    keys=(KEY,),
    voids=(VoidNumber(Number("BW1"), Reason.VOID, DAY), VoidNumber(Number("BW1"), Reason.LOST, DAY)),
    received=(ReceivedNumber(Number("BW2"), "XZ", DAY), ReceivedNumber(Number("BW2"), "ZZ", DAY)),
    alerts=(alert("BW004199"), alert("BW5000", "BW5999"), alert("BW5100"), alert("BW00A7")),
    ranges=(NumberRange("BW", Number("BW0100"), Number("BW0199"), "BW-1", "2026-1"),),
)


def test_found_by_key_and_number() -> None:
    assert LISTS.key(key_id(b"public")) is KEY
    assert LISTS.key(b"12345678") is None
    assert LISTS.voided(Number("BW01")) is None
    assert LISTS.received_elsewhere(Number("BW3")) is None


def test_the_first_entry_of_a_number_counts() -> None:
    void, received = LISTS.voided(Number("BW1")), LISTS.received_elsewhere(Number("BW2"))
    assert void
    assert void.reason is Reason.VOID
    assert received
    assert received.where == "XZ"


@pytest.mark.parametrize(
    ("number", "alerts"),
    [
        ("BW004199", ["BW004199"]),
        ("BW4199", ["BW004199"]),
        ("BW0004199", ["BW004199"]),
        ("BW4198", []),
        ("SL4199", []),
        ("BW5000", ["BW5000"]),
        ("BW05100", ["BW5100", "BW5000"]),
        ("BW5999", ["BW5000"]),
        ("BW6000", []),
        ("BWA7", ["BW00A7"]),
        ("BWA70", []),
    ],
)
def test_alerts_on_a_number(number: str, alerts: list[str]) -> None:
    assert [each.text for each in LISTS.alerts_on(Number(number))] == alerts


@pytest.mark.parametrize(
    ("number", "found"), [("BW0150", True), ("BW150", False), ("BW0200", False), ("XZ0150", False)]
)
def test_ranges(number: str, found: bool) -> None:
    assert (LISTS.range_of(Number(number)) is not None) is found


@pytest.mark.parametrize(
    ("day", "valid", "revoked"),
    [
        (date(2026, 10, 31), False, False),
        (date(2026, 11, 1), True, False),
        (date(2026, 11, 14), True, False),
        (date(2026, 11, 15), True, True),
        (date(2026, 11, 30), True, True),
        (date(2026, 12, 1), False, True),
    ],
)
def test_days_of_a_key(day: date, valid: bool, revoked: bool) -> None:
    key = replace(KEY, valid_until=date(2026, 11, 30), revoked_from=date(2026, 11, 15))
    assert (key.valid(day), key.revoked(day)) == (valid, revoked)
    assert KEY.valid(date(2099, 1, 1))
    assert not KEY.revoked(date(2099, 1, 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"participant": "bw"},
        {"participant": "BWA"},
        {"valid_until": date(2026, 10, 31)},
        {"purposes": ()},
        {"purposes": KEY.purposes * 2},
    ],
)
def test_no_key(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"key|participant"):
        replace(KEY, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"sequence": 0},
        {"next_update": LISTS.issued},
        {"issued": datetime(2026, 1, 1), "next_update": datetime(2026, 1, 2)},  # noqa: DTZ001
        {"participant": ""},
        {"keys": (KEY, replace(KEY, participant="ZA"))},
        {"keys": (replace(KEY, participant="ZZ"),)},
    ],
    ids=["sequence", "update", "naive", "participant", "twice", "practice"],
)
def test_no_lists(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"lists|participant|identity"):
        replace(LISTS, **changes)  # type: ignore[arg-type]


def test_practice_keys_in_practice_lists() -> None:
    assert replace(LISTS, practice=True, keys=(replace(KEY, participant="XZ"),)).keys


@pytest.mark.parametrize(("first", "last"), [("BW2", "BW1"), ("BW1", "XZ2"), ("BW1", "BW10"), ("BWA1", "BWA2")])
def test_no_run_of_numbers(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="run"):
        alert(first, last)
    with pytest.raises(ValueError, match="run"):
        NumberRange("BW", Number(first), Number(last), "BW-1", "2026-1")


def test_participants_have_codes() -> None:
    with pytest.raises(ValueError, match="two letters"):
        ParticipantChange("Botswana", "Botswana", Standing.LEFT, DAY)
    with pytest.raises(ValueError, match="two letters"):
        AuthorityFile("Practice Authority", "", b"", b"", b"")
    with pytest.raises(ValueError, match="two letters"):
        NumberRange("B", Number("BW1"), Number("BW1"), "BW-1", "2026-1")


@pytest.mark.parametrize("reason", Reason)
def test_paper_at_large(reason: Reason) -> None:
    assert reason.at_large == (reason in {Reason.MISSING, Reason.LOST})
