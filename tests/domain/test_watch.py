"""Near names: how somebody on a watch list may be written, and who must not be taken for them."""

import string
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kpdesk.domain.outcomes import Severity
from kpdesk.domain.watch import Name, Watched, WatchKind, check_name, index_words, keys

DAY = date(2026, 11, 22)


def watched(*names: str, **changes: object) -> Watched:
    given = {
        "number": "W-0001",
        "watch_kind": WatchKind.PERSON,
        "salt": b"1",
        "name": names[0],
        "aliases": names[1:],
        "why": "a test",
        "source": "a court",
        "since": date(2026, 1, 1),
    }
    return Watched(**{**given, **changes})  # type: ignore[arg-type]


def found(typed: str, *names: str) -> str:
    """The rule's code, or nothing; and whoever is found is looked at, for the keys lead there."""
    codes = [finding.rule.code for finding in check_name(typed, [watched(*names)], on=DAY)]
    if codes:
        indexed = [word for each in names for word in index_words([each]).split()]
        assert any(word.startswith(key) for key in keys(typed) for word in indexed), (keys(typed), indexed)
    return "".join(codes)


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("Mohamed Diallo", "DIALLO Mohamed"),
        ("Mohamed Diallo", "Mohamed Diallo"),
        ("Amara Toure", "Amara Touré"),
        ("Jurgen Muller", "Jürgen Müller"),
        ("Łukasz Wójcik", "Lukasz Wojcik"),
        ("Sergei Petrov", "Сергей Петров"),
        ("N’Golo Traoré", "Ngolo Traore"),
        ("Mr Dr. Abdou Sow", "Abdou Sow"),
        ("Zebra Diamonds Ltd", "Zebra Mining SARL"),
        ("Diamonds Ltd", "DIAMONDS LTD."),
    ],
)
def test_the_same_name(typed: str, listed: str) -> None:
    assert found(typed, listed) == "watch_named"


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("Muhammad Diallo", "Mohamed Diallo"),
        ("Mohammed Dialo", "Mohamed Diallo"),
        ("Sergey Petrov", "Sergueï Petrov"),
        ("Aleksandr Ivanov", "Alexander Ivanov"),
        ("Youssouf Keita", "Yusuf Keïta"),
        ("Aliev Rashid", "Rachid Aliyev"),
        ("Jurgen Mueller", "Jürgen Muler"),
        ("Mohamed Alpha Diallo", "Mohamed Diallo"),
        ("Abu Bakr Kamara", "Abubakr Kamara"),
        ("Zebra Trading", "Zebbra Trading"),
        ("Ibrahim Kamara", "Ibarhim Kamara"),
    ],
)
def test_a_name_that_could_be_it(typed: str, listed: str) -> None:
    assert found(typed, listed) == "watch_near"


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("", "Mohamed Diallo"),
        ("Ltd", "Diamonds Ltd"),
        ("Diamonds SARL", "Mining Ltd"),
        ("Practice Exports ZZ SARL", "Practice Imports XZ SARL"),
        ("Global Diamond Trading Company", "Mohamed Diallo"),
        ("Mohamed Kamara", "Mohamed Diallo"),
        ("Mohamed", "Mohamed Diallo"),
        ("Amara Sow", "Amara Bah"),
        ("Northern Star Mining Ltd", "Southern Cross Mining Ltd"),
        ("Star Diamonds", "Mohamed Star Diallo"),
    ],
)
def test_who_is_left_alone(typed: str, listed: str) -> None:
    assert found(typed, listed) == ""


def test_aliases_days_and_weight() -> None:
    entry = watched("Mohamed Diallo", "The Lion of Kono", until=date(2026, 11, 21))
    assert [*check_name("Lion of Kono", [entry], on=DAY)] == []
    (finding,) = check_name("Lion Kono", [entry], on=date(2026, 11, 21))
    assert finding.severity is Severity.LIFTABLE
    assert dict(finding.facts)["number"] == "W-0001"
    (near,) = check_name("Lionel Konoo", [watched("Leonel of Konno")], on=DAY)
    assert near.severity is Severity.NOTE


LETTERS = st.text(string.ascii_lowercase, min_size=5, max_size=9)
FULL = st.lists(LETTERS, min_size=2, max_size=4).map(" ".join)


@given(FULL, st.randoms())
def test_the_order_of_words_is_no_matter(name: str, random) -> None:  # type: ignore[no-untyped-def]
    words = name.split()
    random.shuffle(words)
    assert found(" ".join(words).upper(), name) == "watch_named"


@given(FULL, st.data())
@example("aaaaa bbbbb", None)
def test_one_slip_of_the_finger_hides_nobody(name: str, data: st.DataObject | None) -> None:
    assume(Name.of(name).telling and len(Name.of(name).words) > 1)
    place = data.draw(st.integers(0, len(name) - 1)) if data else 2
    kind = data.draw(st.sampled_from(["drop", "double", "other", "swap"])) if data else "swap"
    assume(name[place] != " ")
    swapped = name[place + 1 : place + 2] + name[place] if name[place + 1 : place + 2].strip() else name[place]
    slip = {"drop": "", "double": name[place] * 2, "other": "k", "swap": swapped}[kind]
    rest = place + (len(slip) if kind == "swap" and len(slip) == 2 else 1)
    typed = name[:place] + slip + name[rest:]
    assume(Name.of(typed).telling and len(Name.of(typed).words) == len(Name.of(name).words))
    assume(not min(map(len, typed.split())) < 5 or kind != "drop")
    assert found(typed, name)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_compared(typed: str, listed: str) -> None:
    assert found(typed, listed) == found(listed, typed) or not (keys(typed) and keys(listed))
