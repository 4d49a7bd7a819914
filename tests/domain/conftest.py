"""A practice register, firms, parcels and a good certificate, for the tests of the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kpdesk.domain.certificate import Facts, Kind, Line, Named
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Parcel, Source
from kpdesk.domain.participants import ParticipantKind, Participation, Register
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.spans import Span
from resources import path

ISSUED = date(2026, 3, 9)
AT = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def register_text() -> str:
    return path("participants.csv").read_text("utf-8")


@pytest.fixture(scope="session")
def register(register_text: str) -> Register:
    """The real participants, and the two of practice."""
    practice = [
        Participation(code=code, name=name, kind=ParticipantKind.STATE, present=Span(date(2003, 1, 1)))
        for code, name in (("ZZ", "Practice Republic"), ("XZ", "Practice Islands"))
    ]
    return Register.read(register_text, extra=practice)


@pytest.fixture
def exporter() -> Party:
    return Party(
        number="EXP-0041",
        party_kind=PartyKind.EXPORTER,
        name="Practice Exports Ltd",
        address="1 Example Street",
        country="ZZ",
        licences=(Licence("L-1", PartyKind.EXPORTER, date(2026, 1, 1), date(2026, 12, 31)),),
    )


@pytest.fixture
def importer() -> Party:
    return Party(
        number="IMP-0007",
        party_kind=PartyKind.IMPORTER,
        name="Practice Imports BV",
        address="2 Sample Quay",
        country="XZ",
        licences=(Licence("I-1", PartyKind.IMPORTER, date(2026, 1, 1), date(2026, 12, 31)),),
    )


@pytest.fixture
def parcel() -> Callable[..., Parcel]:
    """Makes a valued parcel of 10 ct and US$ 1,000."""

    def make(**changes: Any) -> Parcel:
        given: dict[str, Any] = {
            "number": "P-2026-000001",
            "exporter": "EXP-0041",
            "heading": Heading.NON_INDUSTRIAL,
            "origins": ("ZZ",),
            "provenance": "ZZ",
            "source": Source.MINED,
            "title": "T-1",
            "received_at": AT,
            "received_by": "u01",
            "carats": Carats.of("10.00"),
            "value": Money.of("1000.00"),
        }
        return Parcel(**{**given, **changes})

    return make


@pytest.fixture
def facts() -> Callable[..., Facts]:
    """Makes the facts of a good certificate over one such parcel, from ZZ to XZ, with changes."""
    good = Facts(
        kind=Kind.ORIGINAL,
        edition="2026-1",
        number=None,
        participant="ZZ",
        issuing_authority="Practice Diamond Office",
        origins=("ZZ",),
        provenance="ZZ",
        destination="XZ",
        exporter=Named("Practice Exports Ltd", "1 Example Street", "L-1"),
        importer=Named("Practice Imports BV", "2 Sample Quay"),
        lines=(Line(Heading.NON_INDUSTRIAL, Carats.of("10.00"), Money.of("1000.00")),),
        parcels=1,
        containers=1,
        seals=("S-1",),
        issued=ISSUED,
        expires=date(2026, 5, 8),
    )

    def make(**changes: Any) -> Facts:
        return replace(good, **changes)

    return make
