"""The checks of a certificate before issue: what it states, its number and dates, who and where.

Each returns all of its findings at once and never raises; `rules` has their clauses (KPCS III, Annex I A, Annex II).
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from kpdesk.domain import rules
from kpdesk.domain.certificate import MOST_LINES, Facts, Line, expiry
from kpdesk.domain.goods import MIXED, Heading
from kpdesk.domain.measures import total_carats, total_money
from kpdesk.domain.numbers import PATTERNS, NumberRange, Pattern, check_number
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import Parcel
from kpdesk.domain.participants import Register, Status
from kpdesk.domain.parties import Party, PartyKind, check_licence

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make a text read otherwise than it is written."""


def check_certificate(
    facts: Facts,
    *,
    register: Register,
    own: str,
    today: date,
    exporter: Party | None,
    importer: Party | None = None,
    parcels: Sequence[Parcel] | None = None,
    latest_expiry: date | None = None,
    notice: int = 30,
    patterns: Sequence[Pattern] = PATTERNS,
    ranges: Sequence[NumberRange] = (),
) -> tuple[Finding, ...]:
    """All that keeps our own certificate from being issued, and all that its officer should know.

    `own` is the participant this office issues for. `exporter` is the register's party, None where it has none;
    `importer` the foreign firm where it is known. With `parcels` the sums are checked and the zones of a restricted
    participant. `latest_expiry` is the office's own limit, by default that of `expiry`. Days count in the office's
    time zone; the participants' standing counts on the day of issue.
    """
    return (
        *check_items(facts),
        *_our_items(facts),
        *_texts(facts),
        *_lines(facts),
        *(_contents(facts, parcels) if parcels is not None else ()),
        *_validity(facts, today, latest_expiry),
        *_number(facts, patterns, ranges),
        *_issuer(facts, register, own, parcels),
        *_route(facts, register, own),
        *check_origins(facts, register, facts.issued),
        *_exporter(facts, exporter, notice),
        *_importer(facts, importer, register),
    )


def check_items(facts: Facts) -> Iterator[Finding]:
    """The mandatory items of KPCS Annex I A, apart from the number and the origin; each is its own finding."""
    if not facts.issuing_authority.strip():
        yield rules.AUTHORITY_MISSING.found()
    if not facts.exporter.name.strip():
        yield rules.EXPORTER_MISSING.found()
    if not facts.importer.name.strip():
        yield rules.IMPORTER_MISSING.found()
    if not facts.lines:
        yield rules.HEADING_MISSING.found()
    for line in facts.lines:
        if not line.carats:
            yield rules.CARATS_MISSING.found(heading=line.heading)
        if not line.value:
            yield rules.VALUE_MISSING.found(heading=line.heading)
    if facts.parcels < 1:
        yield rules.PARCELS_MISSING.found()
    if facts.expires < facts.issued:
        yield rules.EXPIRES_BEFORE_ISSUE.found(issued=facts.issued, expires=facts.expires)


def _our_items(facts: Facts) -> Iterator[Finding]:
    """What we state beyond Annex I A, or know better than a foreign paper shows."""
    if not facts.origins:
        yield rules.ORIGIN_MISSING.found()
    if not facts.provenance:
        yield rules.PROVENANCE_MISSING.found()
    if not facts.destination:
        yield rules.DESTINATION_MISSING.found()
    if not facts.exporter.address.strip():
        yield rules.EXPORTER_ADDRESS_MISSING.found()
    if not facts.importer.address.strip():
        yield rules.IMPORTER_ADDRESS_MISSING.found()
    if not facts.edition:
        yield rules.EDITION_MISSING.found()
    if facts.containers < 1:
        yield rules.CONTAINERS_MISSING.found()
    seals = [seal for seal in facts.seals if seal.strip()]
    if not seals:
        yield rules.SEAL_MISSING.found()
    elif len(seals) != facts.containers:
        yield rules.SEALS_NOT_CONTAINERS.found(seals=len(seals), containers=facts.containers)
    for seal in sorted({seal for seal in seals if seals.count(seal) > 1}):
        yield rules.SEAL_TWICE.found(seal=seal)


def _texts(facts: Facts) -> Iterator[Finding]:
    firms = (facts.exporter, facts.importer)
    texts = [facts.issuing_authority, *(text for firm in firms for text in (firm.name, firm.address, firm.licence))]
    for text in texts:
        if not plain(text):
            yield rules.TEXT_NOT_PLAIN.found(text=text)
        elif not english(text):
            yield rules.TEXT_NOT_ENGLISH.found(text=text)


def plain(text: str) -> bool:
    """NFC and without control characters: the same text in every record, code and drawing."""
    odd = any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Zl", "Zp") or each in _BIDI for each in text)
    return unicodedata.is_normalized("NFC", text) and not odd


def english(text: str) -> bool:
    """Can be read in English: where there are letters of another script, Latin ones stand beside them."""
    letters = [each for each in text if each.isalpha()]
    return not letters or any(unicodedata.name(each, "").startswith("LATIN") for each in letters)


def _lines(facts: Facts) -> Iterator[Finding]:
    if len(facts.lines) > MOST_LINES:
        yield rules.TOO_MANY_LINES.found(lines=len(facts.lines), most=MOST_LINES)
    for line in facts.lines:
        if line.carats.thousandths % 10:
            yield rules.CARATS_NOT_AGREED.found(heading=line.heading, carats=line.carats)


def _contents(facts: Facts, parcels: Sequence[Parcel]) -> Iterator[Finding]:
    if facts.parcels != len(parcels):
        yield rules.PARCELS_MISCOUNTED.found(stated=facts.parcels, parcels=len(parcels))
    for heading in Heading:
        stated, held = _sums(facts.lines, heading), _sums(parcels, heading)
        if stated[0] != held[0]:
            yield rules.CARATS_DO_NOT_ADD_UP.found(heading=heading, stated=stated[0], parcels=held[0])
        if stated[1] != held[1]:
            yield rules.VALUE_DOES_NOT_ADD_UP.found(heading=heading, stated=stated[1], parcels=held[1])
    origins = {origin for parcel in parcels for origin in parcel.origins}
    if set(facts.origins) != origins:
        yield rules.ORIGINS_DIFFER.found(stated=", ".join(facts.origins), parcels=", ".join(sorted(origins)))


def _sums(parts: Iterable[Line | Parcel], heading: Heading) -> tuple[object, object]:
    group = [part for part in parts if part.heading is heading]
    return (
        total_carats(part.carats for part in group if part.carats),
        total_money(part.value for part in group if part.value),
    )


def _validity(facts: Facts, today: date, latest: date | None) -> Iterator[Finding]:
    latest = latest or expiry(facts.issued)
    if facts.expires > latest:
        yield rules.EXPIRES_TOO_LATE.found(expires=facts.expires, latest=latest)
    if facts.issued > today:
        yield rules.ISSUED_IN_FUTURE.found(issued=facts.issued, today=today)


def _number(facts: Facts, patterns: Sequence[Pattern], ranges: Sequence[NumberRange]) -> tuple[Finding, ...]:
    if facts.number is None:
        return ()
    return check_number(
        facts.number, participant=facts.participant, issued=facts.issued, patterns=patterns, ranges=ranges
    )


def check_standing(register: Register, code: str, on: date, *, whose: str) -> Iterator[Finding]:
    """Whether trade with this participant is possible on the day, in the Scheme and in our law (KPCS III(c)).

    `whose` says which field of the certificate names it: `participant`, `destination`, `provenance`.
    """
    standing = register.standing(code, on)
    if standing.status is Status.NOT_PARTICIPANT:
        yield rules.NOT_PARTICIPANT.found(code=code, name=standing.name, day=on, whose=whose)
    elif standing.status is Status.SUSPENDED:
        yield rules.SUSPENDED.found(code=code, name=standing.name, day=on, whose=whose, note=standing.note)
    elif standing.own_law_from:
        yield rules.OWN_LAW_NOT_YET.found(
            code=code, name=standing.name, day=on, since=standing.own_law_from, whose=whose
        )


def check_head(register: Register, code: str, on: date, zones: Collection[str] | None) -> Iterator[Finding]:
    """Whether this code may head a certificate, and from these zones where it is restricted.

    An empty name among the zones, or none at all, is goods without evidence of their zone; None is no goods of its own.
    """
    yield from check_standing(register, code, on, whose="participant")
    standing = register.standing(code, on)
    if standing.status is Status.MEMBER_OF_EU:
        yield rules.MAY_NOT_HEAD.found(code=code, name=standing.name, day=on)
    if standing.status is Status.PARTIAL and zones is not None:
        if not zones or "" in zones:
            yield rules.RESTRICTED.found(code=code, name=standing.name, day=on, note=standing.note)
        for zone in sorted(set(zones) - {"", *register.zones_of(code, on)}):
            yield rules.ZONE_NOT_OPEN.found(name=standing.name, zone=zone, day=on)


def check_origins(facts: Facts, register: Register, on: date) -> Iterator[Finding]:
    """Countries of mining other than the issuer's own: goods from outside the Scheme want a paper that explains."""
    for code in sorted(set(facts.origins) - {MIXED, facts.participant}):
        standing = register.standing(code, on)
        if standing.status is Status.NOT_PARTICIPANT:
            yield rules.ORIGIN_NOT_PARTICIPANT.found(code=code, name=standing.name, day=on)
        elif standing.status is Status.SUSPENDED:
            yield rules.ORIGIN_SUSPENDED.found(code=code, name=standing.name, day=on, note=standing.note)
        elif standing.status is Status.PARTIAL:
            yield rules.ORIGIN_RESTRICTED.found(code=code, name=standing.name, day=on, note=standing.note)


def _issuer(facts: Facts, register: Register, own: str, parcels: Sequence[Parcel] | None) -> Iterator[Finding]:
    if facts.participant != own:
        yield rules.NOT_OUR_CERTIFICATE.found(participant=facts.participant, own=own)
    own_goods = [parcel for parcel in parcels or () if facts.participant in parcel.origins]
    re_export = parcels is not None and not own_goods
    zones = None if re_export else {parcel.zone for parcel in own_goods}
    yield from check_head(register, facts.participant, facts.issued, zones)


def _route(facts: Facts, register: Register, own: str) -> Iterator[Finding]:
    if facts.destination:
        yield from check_standing(register, facts.destination, facts.issued, whose="destination")
        here = register.territory(own, facts.issued)
        if register.territory(facts.destination, facts.issued) == here:
            yield rules.DESTINATION_HERE.found(destination=facts.destination, own=own)
    if facts.provenance and facts.provenance not in (own, facts.destination):
        yield from check_standing(register, facts.provenance, facts.issued, whose="provenance")


def same_name(one: str, other: str) -> bool:
    """One firm's name, whatever its case and spacing."""
    return "".join(one.casefold().split()) == "".join(other.casefold().split())


def _exporter(facts: Facts, exporter: Party | None, notice: int) -> Iterator[Finding]:
    if exporter is None:
        yield rules.EXPORTER_NOT_REGISTERED.found(exporter=facts.exporter.name)
        return
    if not same_name(exporter.name, facts.exporter.name):
        yield rules.EXPORTER_DIFFERS.found(stated=facts.exporter.name, registered=exporter.name)
    yield from check_licence(exporter, PartyKind.EXPORTER, facts.issued, notice=notice)


def _importer(facts: Facts, importer: Party | None, register: Register) -> Iterator[Finding]:
    if importer is None or not facts.destination:
        return
    there = register.territory(facts.destination, facts.issued)
    if register.territory(importer.country, facts.issued) != there:
        yield rules.IMPORTER_ELSEWHERE.found(
            importer=importer.name, country=importer.country, destination=facts.destination
        )
