"""The lists file: one COSE_Sign1 by the Authority's list key over everything a desk trusts codes by.

It travels with receipts or alone. Reading answers whose it is, whether it was altered, and what it says; whether it
is newer than the lists a desk holds is for the desk to ask (`Lists.sequence`).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from kpdesk.domain.certificate import Number
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.trust import (
    Alert,
    IssuerKey,
    Lists,
    NumberRange,
    ParticipantChange,
    Purpose,
    Reason,
    ReceivedNumber,
    Standing,
    VoidNumber,
    fingerprint,
    grouped,
)
from kpdesk.signing.cbor import Item, Malformed, as_count, as_list, as_map, as_text, decode, encode
from kpdesk.signing.keys import Signer, algorithm_of
from kpdesk.signing.signature import Signed, open1, sign1

MOST_BYTES = 8 * 1024 * 1024
_CONTENT_TYPE = "application/vnd.kpdesk.lists-1+cbor"

_SEQUENCE, _AUTHORITY, _PARTICIPANT, _ISSUED, _NEXT, _PRACTICE = range(1, 7)
_KEYS, _VOIDS, _RECEIVED, _ALERTS, _RANGES, _PARTICIPANTS = range(7, 13)


@dataclass(eq=False)
class NotLists(Trouble):
    """The bytes are no lists file, or one that no program of ours writes."""


@dataclass(eq=False)
class ListsTooLarge(Trouble):
    """More than 8 MiB."""

    size: int
    most: int = MOST_BYTES


@dataclass(eq=False)
class ForeignLists(Trouble):
    """Signed by another key than the pinned list key."""

    signer: str
    """Fingerprint of the key that the file names."""
    pinned: str


@dataclass(eq=False)
class AlteredLists(Trouble):
    """Names the pinned list key, which did not sign this."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a lists file says of itself, before anything is believed."""

    signer: str
    """Fingerprint of the key that it names, in groups of 8 hex digits."""
    authority: str
    sequence: int
    issued: datetime


def make(lists: Lists, *, signer: Signer) -> bytes:
    """The lists file; raises SignatureNotMade, and what `read` would raise for it: NotLists, ListsTooLarge."""
    payload = encode(_item(lists))
    _lists(payload)
    data = sign1(payload, signer=signer, kid=_name(signer.public), content_type=_CONTENT_TYPE)
    if len(data) > MOST_BYTES:
        raise ListsTooLarge(len(data))
    return data


def read(data: bytes, *, list_key: bytes) -> Lists:
    """The lists, signed by the pinned list key (SubjectPublicKeyInfo, DER).

    Raises ListsTooLarge, NotLists, ForeignLists and AlteredLists; nothing is read before the signature is good.
    """
    signed = _opened(data)
    if signed.kid != _name(list_key):
        raise ForeignLists(grouped(signed.kid.hex()), fingerprint(list_key))
    if not signed.verified(list_key, algorithm_of(list_key)):
        raise AlteredLists
    return _lists(signed.payload)


def peek(data: bytes) -> Glance:
    """Who claims to have signed this file, and what it is; raises ListsTooLarge and NotLists."""
    signed = _opened(data)
    lists = _lists(signed.payload)
    return Glance(grouped(signed.kid.hex()), lists.authority, lists.sequence, lists.issued)


def _opened(data: bytes) -> Signed:
    if len(data) > MOST_BYTES:
        raise ListsTooLarge(len(data))
    try:
        signed = open1(data)
    except Malformed as problem:
        raise NotLists from problem
    if signed.content_type != _CONTENT_TYPE or len(signed.kid) != 32:
        raise NotLists
    return signed


def _name(public: bytes) -> bytes:
    """A list key is named by its whole SHA-256: people compare it by voice before anything is pinned."""
    return hashlib.sha256(public).digest()


def _item(lists: Lists) -> Item:
    return {
        _SEQUENCE: lists.sequence,
        _AUTHORITY: lists.authority,
        _PARTICIPANT: lists.participant,
        _ISSUED: int(lists.issued.timestamp()),
        _NEXT: int(lists.next_update.timestamp()),
        _PRACTICE: lists.practice,
        _KEYS: [_key_item(key) for key in lists.keys],
        _VOIDS: [[void.number.text, void.reason.value, void.since.isoformat()] for void in lists.voids],
        _RECEIVED: [[each.number.text, each.where, each.on.isoformat()] for each in lists.received],
        _ALERTS: [[each.first.text, each.last.text, each.text, each.since.isoformat()] for each in lists.alerts],
        _RANGES: [
            [each.participant, each.first.text, each.last.text, each.office, each.edition] for each in lists.ranges
        ],
        _PARTICIPANTS: [
            [each.participant, each.name, each.standing.value, each.effective.isoformat(), each.note]
            for each in lists.participants
        ],
    }


def _key_item(key: IssuerKey) -> Item:
    return [
        key.participant,
        key.authority,
        key.public,
        key.valid_from.isoformat(),
        key.valid_until.isoformat() if key.valid_until else None,
        key.revoked_from.isoformat() if key.revoked_from else None,
        [purpose.value for purpose in key.purposes],
    ]


def _lists(payload: bytes) -> Lists:
    try:
        lists = _read(decode(payload))
        # Written again it must be the same: no entry is passed over, no type is taken for another.
        same = encode(_item(lists)) == payload
    except (KeyError, OSError, OverflowError, TypeError, ValueError, Refusal) as problem:
        raise NotLists from problem
    if not same:
        raise NotLists
    return lists


def _read(item: Item) -> Lists:
    """The lists in a decoded item; many an exception says that it holds none."""
    entries = as_map(item)
    return Lists(
        sequence=as_count(entries[_SEQUENCE]),
        authority=as_text(entries[_AUTHORITY]),
        participant=as_text(entries[_PARTICIPANT]),
        issued=datetime.fromtimestamp(as_count(entries[_ISSUED]), UTC),
        next_update=datetime.fromtimestamp(as_count(entries[_NEXT]), UTC),
        practice=entries[_PRACTICE] is True,
        keys=tuple(_key(*as_list(entry)) for entry in as_list(entries[_KEYS])),
        voids=tuple(
            VoidNumber(Number(number), Reason(why), date.fromisoformat(since))
            for number, why, since in _texts(entries[_VOIDS])
        ),
        received=tuple(
            ReceivedNumber(Number(number), where, date.fromisoformat(on))
            for number, where, on in _texts(entries[_RECEIVED])
        ),
        alerts=tuple(
            Alert(Number(first), Number(last), text, date.fromisoformat(since))
            for first, last, text, since in _texts(entries[_ALERTS])
        ),
        ranges=tuple(
            NumberRange(participant, Number(first), Number(last), office, edition)
            for participant, first, last, office, edition in _texts(entries[_RANGES])
        ),
        participants=tuple(
            ParticipantChange(participant, name, Standing(standing), date.fromisoformat(effective), note)
            for participant, name, standing, effective, note in _texts(entries[_PARTICIPANTS])
        ),
    )


def _key(
    participant: Item, authority: Item, public: Item, begins: Item, ends: Item, revoked: Item, purposes: Item
) -> IssuerKey:
    if not isinstance(public, bytes):
        raise Malformed("a key is wanted")
    return IssuerKey(
        participant=as_text(participant),
        authority=as_text(authority),
        algorithm=algorithm_of(public),
        public=public,
        valid_from=date.fromisoformat(as_text(begins)),
        valid_until=None if ends is None else date.fromisoformat(as_text(ends)),
        revoked_from=None if revoked is None else date.fromisoformat(as_text(revoked)),
        purposes=tuple(Purpose(as_text(purpose)) for purpose in as_list(purposes)),
    )


def _texts(item: Item) -> Iterator[Iterator[str]]:
    """Rows of texts."""
    return (map(as_text, as_list(row)) for row in as_list(item))
