from datetime import date
from typing import Any

import pytest

from kpdesk.domain.measures import Carats
from kpdesk.domain.particulars import EndsBeforeItBegins
from kpdesk.domain.parties import (
    Licence,
    LicenceState,
    NotYourDesk,
    Officer,
    Party,
    PartyKind,
    Role,
    check_licence,
)
from kpdesk.domain.records import canonical
from kpdesk.domain.spans import Span
from kpdesk.domain.titles import Title

DAY = date(2026, 3, 9)
TO_EXPORT = PartyKind.EXPORTER


def licence(first: str = "2026-01-01", last: str | None = "2026-12-31", **changes: Any) -> Licence:
    until = date.fromisoformat(last) if last else None
    return Licence(
        **{"number": "L-1", "kind": TO_EXPORT, "valid_from": date.fromisoformat(first), "valid_until": until, **changes}
    )


def firm(*licences: Licence) -> Party:
    return Party(
        number="EXP-0041",
        party_kind=TO_EXPORT,
        name="Practice Exports Ltd",
        address="1 Example Street",
        country="ZZ",
        licences=licences,
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-12-31", LicenceState.NOT_YET),
        ("2026-01-01", LicenceState.VALID),
        ("2026-05-31", LicenceState.VALID),
        ("2026-06-01", LicenceState.SUSPENDED),
        ("2026-06-30", LicenceState.SUSPENDED),
        ("2026-07-01", LicenceState.VALID),
        ("2026-12-31", LicenceState.VALID),
        ("2027-01-01", LicenceState.ENDED),
    ],
)
def test_a_licence_on_a_day(day: str, state: LicenceState) -> None:
    dated = licence(suspended=(Span(date(2026, 6, 1), date(2026, 6, 30)),))
    assert dated.on(date.fromisoformat(day)) is state


def test_a_licence_does_not_end_before_it_begins() -> None:
    with pytest.raises(EndsBeforeItBegins):
        licence("2026-01-02", "2026-01-01")


@pytest.mark.parametrize(
    ("licences", "codes"),
    [
        ((), ["licence_missing"]),
        ((licence(kind=PartyKind.IMPORTER),), ["licence_missing"]),
        ((licence(),), []),
        ((licence(last=None),), []),
        ((licence("2025-01-01", "2026-03-08"),), ["licence_not_valid"]),
        ((licence("2026-03-10", "2027-03-08"),), ["licence_not_valid"]),
        ((licence(suspended=(Span(DAY, DAY),)),), ["licence_suspended"]),
        ((licence(suspended=(Span(DAY),)), licence(number="L-2")), []),
        ((licence("2025-01-01", "2026-04-07"),), ["licence_ends_soon"]),
        ((licence("2025-01-01", "2026-04-08"),), []),
        ((licence("2025-01-01", "2026-04-07"), licence("2026-04-08", None, number="L-2")), []),
    ],
)
def test_licence_findings(licences: tuple[Licence, ...], codes: list[str]) -> None:
    assert [finding.rule.code for finding in check_licence(firm(*licences), TO_EXPORT, DAY)] == codes


def test_the_days_that_are_left_are_told() -> None:
    (finding,) = check_licence(firm(licence("2025-01-01", "2026-03-21")), TO_EXPORT, DAY)
    assert dict(finding.facts) == {"party": "Practice Exports Ltd", "licence": "L-1", "days": "12"}
    assert not list(check_licence(firm(licence("2025-01-01", "2026-03-21")), TO_EXPORT, DAY, notice=12))


def test_the_licence_that_runs_longest_counts() -> None:
    party = firm(licence("2025-01-01", "2026-04-07"), licence("2026-01-01", None, number="L-2"))
    found = party.licence(TO_EXPORT, DAY)
    assert found is not None
    assert found.number == "L-2"


def officer(**changes: Any) -> Officer:
    given: dict[str, Any] = {
        "id": "u01",
        "name": "Practice Clerk",
        "salt": bytes(16),
        "roles": frozenset({Role.CLERK}),
        "public_key": b"\x02",
        "joined": DAY,
    }
    return Officer(**{**given, **changes})


def test_an_officer_sees_only_the_desks_of_the_roles_held() -> None:
    clerk = officer()
    clerk.must(Role.CLERK)
    with pytest.raises(NotYourDesk) as refused:
        clerk.must(Role.SUPERVISOR)
    assert refused.value.facts == {"officer": "u01", "role": "supervisor"}
    assert not officer(left=DAY).may(Role.CLERK)


def test_a_title_is_valid_between_its_days() -> None:
    title = Title(
        number="T-1",
        mine="Practice Mine",
        holder="MIN-0001",
        country="ZZ",
        area="12.5 N 10.0 W",
        monthly_capacity=Carats.of("5000.00"),
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
    )
    assert [title.valid_on(date(2026, 1, 1)), title.valid_on(date(2027, 1, 1))] == [True, False]
    assert title.identity == "T-1"
    assert '"monthly_capacity":"5000.00"' in canonical(title.record())


def test_records_are_canonical_and_keep_personal_data_out() -> None:
    party = firm(licence(suspended=(Span(DAY, DAY),)), licence(last=None))
    text = canonical(party.record())
    assert "Example Street" not in text
    assert party.identity == "EXP-0041"
    assert '"roles":["clerk","valuer"]' in canonical(officer(roles=frozenset({Role.VALUER, Role.CLERK})).record())
    assert officer().identity == "u01"
    assert "Practice Clerk" not in canonical(officer().record())
