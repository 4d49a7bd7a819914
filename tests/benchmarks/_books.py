"""Practice books of any size, written row by row as the engine keeps them: five years of one busy office."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Table, column, insert, text
from sqlalchemy import table as untyped
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator

from kpdesk.domain.certificate import Anchor, Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.issuance import Certificate, State
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Parcel, ParcelState, Source
from kpdesk.domain.parties import Party, PartyKind
from kpdesk.domain.trust import Approval
from kpdesk.store import tables
from kpdesk.store.search import search, words_of

START = date(2022, 1, 1)
DAYS = 5 * 365
FIRMS = [
    f"Practice {first} {last} {form}"
    for first in ("Amber", "Beryl", "Coral", "Dune", "Ebony", "Fjord", "Garnet", "Heron", "Ivory", "Jasper")
    for last in ("Mining", "Rivers", "Trading", "Łąka", "Søsterhus", "Exploration", "Sorting", "Gems", "Rough", "Pits")
    for form in ("Ltd", "GmbH", "SA", "(Pty)", "NV")
]
PLACES = ("AE", "BE", "CN", "GB", "IL", "IN", "US", "ZA")
_CHUNK = 20_000
_AT = datetime(2026, 1, 1, tzinfo=UTC)


def grow(engine: Engine, *, certificates: int, parcels: int) -> None:
    """Fills an empty store through Core, a transaction each 20,000 rows."""
    dice = random.Random(1)
    facts = [_facts(firm, dice) for firm in FIRMS for _ in range(4)]
    _put(engine, tables.parties, _parties())
    _put(engine, tables.certificates, _certificates(certificates, facts))
    _put(engine, tables.certificate_lines, _lines(certificates, facts))
    _put(engine, tables.parcels, _parcels(parcels))
    _put(engine, search, _words(certificates, parcels, facts))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO search_words(search_words) VALUES('rebuild')"))


def certificate_id(place: int) -> str:
    return f"C-2026-{place:06d}"


def number(place: int) -> Number:
    return Number(f"ZZ{place:08d}")


def parcel_number(place: int) -> str:
    return f"P-2026-{place:07d}"


def exported_on(place: int, of: int) -> date:
    return START + timedelta(days=place * DAYS // of)


def _put(engine: Engine, into: Table, rows: Iterator[dict[str, Any]]) -> None:
    statement = insert(untyped(into.name, *(column(each.name) for each in into.columns)))
    for chunk in _chunks(rows):
        with engine.begin() as connection:
            connection.execute(statement, chunk)


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _raw(table: Table, thing: object) -> dict[str, Any]:
    """A noun's row as the engine keeps it."""
    dialect = sqlite.dialect()
    return {
        each.name: each.type.process_bind_param(getattr(thing, each.name), dialect)
        if isinstance(each.type, TypeDecorator)
        else getattr(thing, each.name)
        for each in table.columns
    }


def _facts(firm: str, dice: random.Random) -> Facts:
    issued = START + timedelta(days=dice.randrange(DAYS))
    return Facts(
        kind=Kind.ORIGINAL,
        edition="2026-1",
        number=None,
        participant="ZZ",
        issuing_authority="Practice Authority for Rough Diamonds, 1 Practice Square",
        origins=("ZZ",),
        provenance="ZZ",
        destination=dice.choice(PLACES),
        exporter=Named(firm, f"{dice.randrange(200)} Practice Road", "EXP-0001"),
        importer=Named(dice.choice(FIRMS), f"{dice.randrange(200)} Practice Quay"),
        lines=tuple(
            Line(heading, Carats.from_hundredths(dice.randrange(1, 10**6)), Money.from_cents(dice.randrange(10**9)))
            for heading in dice.sample(list(Heading), dice.choice((1, 1, 2)))
        ),
        parcels=dice.randrange(1, 9),
        containers=1,
        seals=("SEAL",),
        issued=issued,
        expires=issued + timedelta(days=60),
    )


def _parties() -> Iterator[dict[str, Any]]:
    for place, firm in enumerate(FIRMS):
        party = Party(
            number=f"EXP-{place:04d}", party_kind=PartyKind.EXPORTER, name=firm, address="1 Practice Road", country="ZZ"
        )
        yield _raw(tables.parties, party)


def _certificates(count: int, facts: list[Facts]) -> Iterator[dict[str, Any]]:
    approval = Approval(
        id="A-2026-0000001", action="certificate.issue", subject="certificate/C-2026-000001", digest="ab" * 32,
        at=_AT, officer="O-1", kid=bytes(8), signature=bytes(64),
    )  # fmt: skip
    patterns = [
        _raw(
            tables.certificates,
            Certificate(
                id="", shipment="", facts=each, prepared_by="O-1", approvals=(approval, approval), approved_by="O-2",
                anchor=Anchor(1, 1000, bytes(10)), sheets=1, validated_by="O-3", validated_at=_AT, carrier="Practice",
                released_at=_AT, confirmed_on=START, revision=9,
            ),
        )
        for each in facts
    ]  # fmt: skip
    for place in range(count):
        pattern = patterns[place * 7 % len(patterns)]
        recent = place > count * 0.98
        yield pattern | {
            "id": certificate_id(place),
            "shipment": f"S-2026-{place:06d}",
            "facts": pattern["facts"].replace('"SEAL"', f'"S{place:07d}"'),
            "number": number(place).text,
            "state": State.EXPORTED.value if recent else State.CONFIRMED.value,
            "code": f"KPC1:{place:08d}" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" * 15,
            "compact_code": f"KPC2:{place:08d}" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" * 5,
            "pdf_digest": f"{place:064x}",
            "exported_on": exported_on(place, count).isoformat(),
        }


def _lines(count: int, facts: list[Facts]) -> Iterator[dict[str, Any]]:
    for place in range(count):
        shown = facts[place * 7 % len(facts)]
        for line in shown.lines:
            yield {
                "certificate": certificate_id(place),
                "heading": line.heading.value,
                "destination": shown.destination,
                "origin": shown.origin,
                "carats": line.carats.thousandths,
                "value": line.value.cents,
                "exported_on": exported_on(place, count).isoformat(),
            }


def _parcels(count: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(2)
    patterns = [
        _raw(
            tables.parcels,
            Parcel(
                number="", exporter=f"EXP-{dice.randrange(len(FIRMS)):04d}", heading=dice.choice(list(Heading)),
                origins=("ZZ",), provenance="ZZ", source=next(iter(Source)), pieces=dice.randrange(5000),
                received_at=_AT, received_by="O-1", carats=Carats.from_hundredths(dice.randrange(1, 10**6)),
                weighed_by="O-2", value=Money.from_cents(dice.randrange(10**9)), valued_by="O-3", revision=5,
            ),
        )
        for _ in range(2000)
    ]  # fmt: skip
    states = list(ParcelState)
    for place in range(count):
        received = datetime(2022, 1, 1, 6, tzinfo=UTC) + timedelta(seconds=place * DAYS * 86_400 // count)
        yield patterns[place * 11 % len(patterns)] | {
            "number": parcel_number(place),
            "received_at": received.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z",
            "state": (states[place % len(states)] if place > count * 0.98 else states[-1]).value,
            "bag": f"B{place:08d}",
            "shipment": f"S-2026-{place // 3:06d}",
        }


def _words(certificates: int, parcels: int, facts: list[Facts]) -> Iterator[dict[str, Any]]:
    of_facts = [words_of("certificate", f"c 2026 {each.exporter.name} {each.importer.name}") for each in facts]
    of_firms = [words_of("parcel", f"p 2026 {firm}") for firm in FIRMS]
    for place in range(certificates):
        words = f"{place:06d} zz{place:08d} s{place:07d} {of_facts[place * 7 % len(facts)]}"
        yield {"id": place + 1, "kind": "certificate", "key": certificate_id(place), "words": words}
    for place in range(parcels):
        words = f"{place:07d} b{place:08d} {of_firms[place % len(FIRMS)]}"
        yield {"id": certificates + place + 1, "kind": "parcel", "key": parcel_number(place), "words": words}
