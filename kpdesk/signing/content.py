"""Content v1 of a signed code: a certificate's facts as the claims of a CWT, and back (KPCS Annex I A).

Integers only: carats in hundredths, US dollars in cents, seconds since 1970. The code holds less than the paper:
parcel lines are summed by HS heading and long names and addresses cut, so that it stays readable by a webcam;
what it holds still adds up.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kpdesk.domain.certificate import Anchor, Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.verdict import Totals
from kpdesk.signing.cbor import Item, as_bytes, as_count, as_list, as_map, as_text, decode, encode

_ISSUER, _EXPIRES, _ISSUED, _FULL, _COMPACT = 1, 4, 6, -65537, -65538
"""The registered claims of RFC 8392, and our two of the private range."""

_NUMBER, _KIND, _EDITION, _AUTHORITY, _EXPORTER, _IMPORTER, _ORIGINS, _PROVENANCE, _DESTINATION = range(1, 10)
_LINES, _PARCELS, _CARATS, _VALUE, _CONTAINERS, _SEALS, _REPLACES, _ANCHOR, _DIGEST = range(10, 19)
_ENTRIES = frozenset(range(_NUMBER, _DIGEST))

_KINDS = (Kind.ORIGINAL, Kind.COPY, Kind.TECHNICAL, Kind.PRACTICE)
_HEADINGS = {heading: int(heading.value.replace(".", "")) for heading in Heading}
_BY_HEADING = {number: heading for heading, number in _HEADINGS.items()}

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400
_DIGEST_BYTES = 16
_HEAD_BYTES = 10
_MOST_BYTES = 120
"""Of one name or address, so that the code stays within a V20 to V22 symbol."""


class NotContent(ValueError):
    """Signed claims that are not content v1."""


@dataclass(eq=False)
class NotBound(Refusal):
    """A code is asked for facts without number and history anchor, which they get only once approved."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The two CWTs of one certificate, as canonical CBOR."""

    full: bytes
    compact: bytes


def claims_of(facts: Facts) -> Claims:
    """The claims of a bound certificate; raises NotBound, and TooManyDecimals for carats not yet agreed."""
    if facts.number is None or facts.anchor is None:
        raise NotBound
    lines: list[Item] = [
        [_HEADINGS[line.heading], line.carats.hundredths, line.value.cents] for line in summed_by_heading(facts.lines)
    ]
    shared: dict[int, Item] = {
        _NUMBER: facts.number.text,
        _KIND: _KINDS.index(facts.kind),
        _CARATS: facts.carats.hundredths,
        _VALUE: facts.value.cents,
    }
    content: dict[int, Item] = {
        **shared,
        _EDITION: _fit(facts.edition),
        _AUTHORITY: _fit(facts.issuing_authority),
        _EXPORTER: _firm(facts.exporter),
        _IMPORTER: _firm(facts.importer),
        _ORIGINS: list(facts.origins),
        _PROVENANCE: _fit(facts.provenance),
        _DESTINATION: _fit(facts.destination),
        _LINES: lines,
        _PARCELS: facts.parcels,
        _CONTAINERS: facts.containers,
        _SEALS: [_fit(seal) for seal in facts.seals],
        _ANCHOR: [facts.anchor.epoch, facts.anchor.size, facts.anchor.head],
    }
    if facts.replaces:
        content[_REPLACES] = facts.replaces.text
    head: dict[int, Item] = {
        _ISSUER: facts.participant,
        _EXPIRES: _seconds(facts.expires + timedelta(days=1)),
        _ISSUED: _seconds(facts.issued),
    }
    full = encode({**head, _FULL: content})
    read_claims(decode(full), full)  # nothing is signed that would not be read
    return Claims(full, encode({**head, _COMPACT: {**shared, _DIGEST: _digest(full)}}))


def read_claims(claims: Item, payload: bytes) -> tuple[Totals, Facts | None]:
    """What the decoded claims of `payload` state; no Facts in a compact twin. Raises NotContent."""
    try:
        if not isinstance(claims, dict) or len(claims) != 4:
            raise NotContent("other claims")
        if _FULL in claims:
            content = as_map(claims[_FULL])
            totals = _totals(claims, content, _digest(payload))
            return totals, _facts(totals, content)
        content = as_map(claims[_COMPACT])
        if len(content) != 5:
            raise NotContent("other entries in a compact twin")
        return _totals(claims, content, as_bytes(content[_DIGEST], _DIGEST_BYTES)), None
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, Refusal) as problem:
        raise NotContent("not content v1") from problem


def summed_by_heading(lines: Iterable[Line]) -> tuple[Line, ...]:
    """One line a heading, in the tariff's order; carats and value add up to the same totals."""
    groups: dict[Heading, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.heading, []).append(line)
    return tuple(
        Line(heading, total_carats(line.carats for line in group), total_money(line.value for line in group))
        for heading, group in sorted(groups.items())
    )


def _totals(claims: dict[int, Item], content: dict[int, Item], digest: bytes) -> Totals:
    issuer, begins, ends = as_text(claims[_ISSUER]), as_count(claims[_ISSUED]), as_count(claims[_EXPIRES])
    if ends <= begins or not (len(issuer) == 2 and issuer.isascii() and issuer.isupper()):
        raise NotContent("dates or issuer")
    return Totals(
        kind=_KINDS[as_count(content[_KIND])],
        number=Number(as_text(content[_NUMBER])),
        participant=issuer,
        issued=_date(begins),
        expires=_date(ends - _DAY),
        carats=Carats.from_hundredths(as_count(content[_CARATS])),
        value=Money.from_cents(as_count(content[_VALUE])),
        digest=digest,
    )


def _facts(totals: Totals, content: dict[int, Item]) -> Facts:
    if frozenset(content) | {_REPLACES} != _ENTRIES:
        raise NotContent("other entries")
    lines = [as_list(line) for line in as_list(content[_LINES])]
    if len({line[0] for line in lines}) != len(lines):
        raise NotContent("a heading twice")
    carats, value = sum(as_count(line[1]) for line in lines), sum(as_count(line[2]) for line in lines)
    if (carats, value) != (content[_CARATS], content[_VALUE]):
        raise NotContent("lines that do not add up")
    return Facts(
        kind=totals.kind,
        edition=as_text(content[_EDITION]),
        number=totals.number,
        participant=totals.participant,
        issuing_authority=as_text(content[_AUTHORITY]),
        origins=tuple(map(as_text, as_list(content[_ORIGINS]))),
        provenance=as_text(content[_PROVENANCE]),
        destination=as_text(content[_DESTINATION]),
        exporter=_named(content[_EXPORTER]),
        importer=_named(content[_IMPORTER]),
        lines=tuple(_line(*line) for line in lines),
        parcels=as_count(content[_PARCELS]),
        containers=as_count(content[_CONTAINERS]),
        seals=tuple(map(as_text, as_list(content[_SEALS]))),
        issued=totals.issued,
        expires=totals.expires,
        replaces=Number(as_text(content[_REPLACES])) if _REPLACES in content else None,
        anchor=_anchor(content[_ANCHOR]),
    )


def _line(heading: Item, carats: Item, value: Item) -> Line:
    return Line(
        _BY_HEADING[as_count(heading)], Carats.from_hundredths(as_count(carats)), Money.from_cents(as_count(value))
    )


def _anchor(item: Item) -> Anchor:
    epoch, size, head = as_list(item)
    return Anchor(as_count(epoch), as_count(size), as_bytes(head, _HEAD_BYTES))


def _named(item: Item) -> Named:
    texts = [as_text(each) for each in as_list(item)]
    return Named(*texts)


def _firm(firm: Named) -> list[Item]:
    named: list[Item] = [_fit(firm.name), _fit(firm.address)]
    return [*named, _fit(firm.licence)] if firm.licence else named


def _date(seconds: int) -> date:
    if seconds % _DAY:
        raise NotContent("a whole day is wanted")
    return date.fromordinal(_EPOCH + seconds // _DAY)


def _seconds(day: date) -> int:
    """The day's first second in UTC."""
    return (day.toordinal() - _EPOCH) * _DAY


def _digest(full: bytes) -> bytes:
    return hashlib.sha256(full).digest()[:_DIGEST_BYTES]


def _fit(text: str) -> str:
    """One line, NFC, at most 120 bytes; a cut one ends with an ellipsis."""
    line = unicodedata.normalize("NFC", " ".join(_CONTROL.sub(" ", text).split()))
    if len(line.encode()) <= _MOST_BYTES:
        return line
    cut = line.encode()[: _MOST_BYTES - len("…".encode())].decode(errors="ignore").rstrip()
    return cut + "…"
