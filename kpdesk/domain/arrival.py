"""The checks of what comes in: the foreign certificate on its three dates, and the goods against what it states.

KPCS III(b), Annex II 21–25; EU 3–5; CA-A 14. What a foreign paper lacks may be mended (EU 5(2)), so it is a stop that
two may lift; a non-participant, a number received before and a missing seal are not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpdesk.domain import rules
from kpdesk.domain.certificate import Facts
from kpdesk.domain.checks import check_head, check_items, check_origins, check_standing, same_name
from kpdesk.domain.goods import Heading
from kpdesk.domain.inspection import Arrival
from kpdesk.domain.measures import Carats, Money, total_carats
from kpdesk.domain.numbers import NO_NUMBERS, PATTERNS, NumberList, NumberRange, Pattern, check_lists, check_number
from kpdesk.domain.outcomes import Finding, Severity
from kpdesk.domain.participants import Register, Status
from kpdesk.domain.parties import Party, PartyKind, check_licence
from kpdesk.domain.valuation import DIFFERS, FAR_OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an inspector saw on the paper (kpcs.md §6.1, 4 and 5)."""

    title: bool
    statement: bool
    """In its sense: Canada's law prints a slightly different sentence."""
    english: bool
    validated: bool
    """Mark, signature or stamp of the exporting authority, like its specimen."""
    unaltered: bool
    rough: bool = True
    """The container holds natural rough diamonds alone."""


def check_incoming(
    facts: Facts,
    *,
    register: Register,
    own: str,
    arrived: date,
    exported: date | None = None,
    importer: Party | None = None,
    received: str = "",
    void: NumberList = NO_NUMBERS,
    alerts: NumberList = NO_NUMBERS,
    look: Look | None = None,
    zones: Sequence[str] = (),
    patterns: Sequence[Pattern] = PATTERNS,
    ranges: Sequence[NumberRange] = (),
) -> tuple[Finding, ...]:
    """All that speaks against an incoming certificate.

    `own` is the participant it arrives in. `importer` is the register's party, None where it has none. `received`
    says when and where its number was received before. `zones` are those its papers name, for goods of a restricted
    issuer. The issuer's standing is asked on issue, export and arrival, each with a finding of its own.
    """
    return (
        *(_mendable(finding) for finding in check_items(facts)),
        *_numbered(facts, received, void, alerts, patterns, ranges),
        *(_seen(look) if look else ()),
        *_dates(facts, exported, arrived),
        *_issuer(facts, register, exported, arrived, zones),
        *_here(facts, register, own, arrived),
        *check_origins(facts, register, facts.issued),
        *_importer(facts, importer, arrived),
    )


def _mendable(finding: Finding) -> Finding:
    return Finding(replace(finding.rule, severity=Severity.LIFTABLE, clause="EU 5(2)"), finding.facts)


def _numbered(
    facts: Facts,
    received: str,
    void: NumberList,
    alerts: NumberList,
    patterns: Sequence[Pattern],
    ranges: Sequence[NumberRange],
) -> Iterator[Finding]:
    number = facts.number
    if number is None:
        yield _mendable(rules.NUMBER_MISSING.found())
        return
    if received:
        yield rules.NUMBER_RECEIVED.found(number=number, where=received)
    yield from check_number(
        number, participant=facts.participant, issued=facts.issued, patterns=patterns, ranges=ranges
    )
    yield from check_lists(number, void=void, alerts=alerts)


def _seen(look: Look) -> Iterator[Finding]:
    if not look.title:
        yield rules.HEADLINE_MISSING.found()
    if not look.statement:
        yield rules.STATEMENT_MISSING.found()
    if not look.english:
        yield rules.ENGLISH_MISSING.found()
    if not look.validated:
        yield rules.VALIDATION_MISSING.found()
    if not look.unaltered:
        yield rules.ALTERED.found()
    if not look.rough:
        yield rules.NOT_ROUGH.found()


def _dates(facts: Facts, exported: date | None, arrived: date) -> Iterator[Finding]:
    """Issue ≤ export ≤ expiry: the EU's text limits the moment of export, not of arrival."""
    if facts.issued > arrived:
        yield rules.ISSUED_AFTER_ARRIVAL.found(issued=facts.issued, arrived=arrived)
    if exported is None:
        if arrived > facts.expires:
            yield rules.VALID_ONLY_IF_EXPORTED_BY.found(expires=facts.expires, arrived=arrived)
        return
    if exported < facts.issued:
        yield rules.EXPORTED_BEFORE_ISSUE.found(issued=facts.issued, exported=exported)
    if arrived < exported:
        yield rules.ARRIVED_BEFORE_EXPORT.found(exported=exported, arrived=arrived)
    if exported > facts.expires:
        yield rules.EXPORTED_AFTER_EXPIRY.found(expires=facts.expires, exported=exported)
    elif arrived > facts.expires:
        yield rules.ARRIVED_AFTER_EXPIRY.found(expires=facts.expires, arrived=arrived)


def _issuer(
    facts: Facts, register: Register, exported: date | None, arrived: date, zones: Sequence[str]
) -> Iterator[Finding]:
    """Zones count where the goods left; the standing counts on every day."""
    code = facts.participant
    yield from check_head(register, code, facts.issued, zones)
    for day in dict.fromkeys(day for day in (exported, arrived) if day and day != facts.issued):
        yield from check_standing(register, code, day, whose="participant")
        standing = register.standing(code, day)
        if standing.status is Status.PARTIAL and not zones:
            yield rules.RESTRICTED.found(code=code, name=standing.name, day=day, note=standing.note)
    if facts.provenance and facts.provenance != code:
        yield from check_standing(register, facts.provenance, facts.issued, whose="provenance")


def _here(facts: Facts, register: Register, own: str, arrived: date) -> Iterator[Finding]:
    yield from check_standing(register, own, arrived, whose="own")
    if not register.imports_allowed(own, facts.participant, arrived):
        yield rules.IMPORTS_BARRED.found(
            own=register.name(own), name=register.name(facts.participant), code=facts.participant, day=arrived
        )
    if facts.destination and register.territory(facts.destination, arrived) != register.territory(own, arrived):
        yield rules.DESTINATION_ELSEWHERE.found(destination=facts.destination, own=own)


def _importer(facts: Facts, importer: Party | None, arrived: date) -> Iterator[Finding]:
    if importer is None:
        yield rules.IMPORTER_NOT_REGISTERED.found(importer=facts.importer.name)
        return
    if not same_name(importer.name, facts.importer.name):
        yield rules.IMPORTER_DIFFERS.found(stated=facts.importer.name, registered=importer.name)
    yield from check_licence(importer, PartyKind.IMPORTER, arrived)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """What may differ on arrival without a word, with a note, and what holds the goods (kpcs.md §6.3): settings."""

    carats_a_parcel: Decimal = Decimal("0.01")
    """Rounding."""
    carats_held: Decimal = Decimal("0.50")
    share_held: Decimal = Decimal("0.001")
    """Held over the larger of these two."""
    value_noted: Decimal = DIFFERS
    value_held: Decimal = FAR_OFF


USUAL = Tolerance()


def compare(
    claimed: Facts,
    arrival: Arrival,
    *,
    headings: Mapping[Heading, Carats] | None = None,
    containers: int | None = None,
    tolerance: Tolerance = USUAL,
) -> tuple[Finding, ...]:
    """The goods against the certificate: notes, and what holds them.

    `headings` are the carats weighed here under each HS heading, where they were weighed apart; `containers` as
    counted. Counts, seals and headings have no tolerance.
    """
    return (
        *_counts(claimed, arrival, containers),
        *_seals(claimed, arrival),
        *_carats("7102", claimed.carats, arrival.carats, arrival.parcels, tolerance),
        *(_headings(claimed, headings, arrival.parcels, tolerance) if headings is not None else ()),
        *(_value(claimed.value, arrival.value, tolerance) if arrival.value is not None else ()),
    )


def _counts(claimed: Facts, arrival: Arrival, containers: int | None) -> Iterator[Finding]:
    if not arrival.original:
        yield rules.ORIGINAL_MISSING.found()
    if arrival.parcels != claimed.parcels:
        yield rules.PARCELS_DIFFER.found(stated=claimed.parcels, found=arrival.parcels)
    if containers is not None and containers != claimed.containers:
        yield rules.CONTAINERS_DIFFER.found(stated=claimed.containers, found=containers)


def _seals(claimed: Facts, arrival: Arrival) -> Iterator[Finding]:
    """A paper need not state its seals, but a container must have one."""
    if not arrival.seals:
        yield rules.UNSEALED.found()
        return
    if not arrival.seals_intact:
        yield rules.SEAL_BROKEN.found(seals=", ".join(arrival.seals))
    if claimed.seals and sorted(claimed.seals) != sorted(arrival.seals):
        yield rules.SEAL_DIFFERS.found(stated=", ".join(claimed.seals), found=", ".join(arrival.seals))


def _headings(
    claimed: Facts, headings: Mapping[Heading, Carats], parcels: int, tolerance: Tolerance
) -> Iterator[Finding]:
    for heading in Heading:
        stated = total_carats(line.carats for line in claimed.lines if line.heading is heading)
        found = headings.get(heading, Carats(Decimal(0)))
        if bool(stated) != bool(found):
            yield rules.HEADING_DIFFERS.found(heading=heading, stated=stated, found=found)
        else:
            yield from _carats(heading, stated, found, parcels, tolerance)


def _carats(heading: str, stated: Carats, found: Carats, parcels: int, tolerance: Tolerance) -> Iterator[Finding]:
    apart = abs(stated.value - found.value)
    if apart <= tolerance.carats_a_parcel * parcels:
        return
    if apart <= max(tolerance.carats_held, stated.value * tolerance.share_held):
        yield rules.CARATS_DIFFER.found(heading=heading, stated=stated, found=found)
        return
    yield rules.CARATS_FAR_OFF.found(heading=heading, stated=stated, found=found)
    for factor in (5, 10, 100):  # a gram for a carat, a decimal mark
        more, less = max(stated, found), min(stated, found)
        if less and abs(more.value - less.value * factor) <= more.value * tolerance.share_held:
            yield rules.UNIT_SLIP.found(heading=heading, factor=factor)
    if _swapped(str(stated), str(found)):
        yield rules.DIGITS_SWAPPED.found(stated=stated, found=found)


def _swapped(one: str, other: str) -> bool:
    places = [place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]]
    if len(one) != len(other) or len(places) != 2:
        return False
    first, second = places
    return (one[first], one[second]) == (other[second], other[first])


def _value(stated: Money, estimate: Money, tolerance: Tolerance) -> Iterator[Finding]:
    """The certificate's value is not replaced; the office's estimate stands beside it."""
    apart = abs(stated.value - estimate.value)
    if apart > stated.value * tolerance.value_held:
        yield rules.VALUE_FAR_OFF.found(stated=stated, estimate=estimate)
    elif apart > stated.value * tolerance.value_noted:
        yield rules.VALUE_DIFFERS.found(stated=stated, estimate=estimate)
