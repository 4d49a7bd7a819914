"""The signed code on a certificate: `KPC1:` + base45(zlib(COSE_Sign1(CWT))), made once, checked offline.

The compact twin holds number, dates, issuer, totals and a digest of the full code. Checking follows one order and
answers each step apart (see `kpdesk.domain.verdict`); algorithm and key come from the lists, never from the code.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kpdesk.domain.certificate import Facts, Kind, Number
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.trust import PRACTICE_PARTICIPANTS, IssuerKey, Lists, Purpose, ReceivedNumber, VoidNumber, key_id
from kpdesk.domain.verdict import (
    Alerted,
    Code,
    Content,
    Dates,
    Elsewhere,
    Here,
    Issuer,
    ListsAge,
    Numbering,
    Practice,
    Signature,
    Sort,
    Totals,
    Verdict,
    Voided,
)
from kpdesk.signing import base45
from kpdesk.signing.cbor import Malformed, decode
from kpdesk.signing.content import NotContent, claims_of, read_claims
from kpdesk.signing.keys import Signer
from kpdesk.signing.signature import Signed, open1, sign1

PREFIX = "KPC1:"
MOST_CHARACTERS = 4296
"""The alphanumeric capacity of the largest QR code."""
MOST_PRINTED = 3391
"""That of the largest at level M, which is printed."""
_MOST_BYTES = 16 * 1024
"""Unpacked: 2.7 MB fit in one QR code."""

_SORTS = {
    Kind.ORIGINAL: Sort.ORIGINAL,
    Kind.COPY: Sort.COPY,
    Kind.TECHNICAL: Sort.TECHNICAL,
    Kind.PRACTICE: Sort.PRACTICE,
}


@dataclass(eq=False)
class CodeTooLong(Refusal):
    """The facts do not fit in one code: too many seals."""

    characters: int
    most: int = MOST_PRINTED


@dataclass(frozen=True, slots=True)
class CodeTexts:
    """The two codes of one certificate: made once, when its number is bound, and stored; a token never signs alike."""

    full: str
    compact: str


def sign(facts: Facts, *, signer: Signer) -> CodeTexts:
    """Both codes of a bound certificate.

    Raises NotBound, CodeTooLong, TooManyDecimals (carats not yet agreed) and SignatureNotMade.
    """
    claims = claims_of(facts)
    kid = key_id(signer.public)
    full, compact = (_pack(sign1(each, signer=signer, kid=kid)) for each in (claims.full, claims.compact))
    if len(full) > MOST_PRINTED:
        raise CodeTooLong(len(full))
    return CodeTexts(full, compact)


def check(
    text: str,
    *,
    lists: Lists | None,
    now: datetime,
    received: Callable[[Number], ReceivedNumber | None] | None = None,
    exported: date | None = None,
) -> Verdict:
    """The verdict on one code; never raises, whatever the text.

    `received` looks a number up in this office's register. `exported` is the day of export where it is known: a
    certificate exported in time may arrive after its expiry.
    """
    age = _age(lists, now)
    issued = lists.issued if lists else None
    try:
        signed = open1(_unpack(text))
    except _Unreadable as problem:
        return Verdict(code=problem.answer, lists=age, lists_issued=issued)
    except Malformed:
        return Verdict(code=Code.MALFORMED, lists=age, lists_issued=issued)
    key = lists.key(signed.kid) if lists else None
    if lists is None or key is None:
        return _unproven(signed, lists, age)
    issuer, signature, content = Issuer.KNOWN, Signature.NOT_JUDGED, Content.NOT_JUDGED
    if Purpose.CODE not in key.purposes:
        issuer = Issuer.OTHER_PURPOSE
    elif signed.algorithm is not key.algorithm:
        signature = Signature.OTHER_ALGORITHM
    elif not signed.verified(key.public, key.algorithm):
        signature = Signature.WRONG
    else:
        signature = Signature.GOOD
        try:
            totals, facts = read_claims(decode(signed.payload), signed.payload)
        except (Malformed, NotContent):
            content = Content.WRONG
        else:
            return _judged(totals, facts, key, lists, age, now, received, exported)
    return Verdict(
        code=Code.READ,
        lists=age,
        issuer=issuer,
        signature=signature,
        content=content,
        key=key,
        kid=key.kid,
        lists_issued=issued,
    )


def check_number(
    number: Number,
    *,
    lists: Lists | None,
    now: datetime,
    received: Callable[[Number], ReceivedNumber | None] | None = None,
) -> Verdict:
    """What is known of a number alone, without a code: whether it is void, alerted or received. It proves nothing."""
    void = lists.voided(number) if lists else None
    alerts = lists.alerts_on(number) if lists else ()
    elsewhere = lists.received_elsewhere(number) if lists else None
    here = received(number) if received else None
    return Verdict(
        code=Code.NONE,
        lists=_age(lists, now),
        voided=_voided(void) if lists else Voided.NOT_JUDGED,
        alerted=(Alerted.YES if alerts else Alerted.NO) if lists else Alerted.NOT_JUDGED,
        elsewhere=(Elsewhere.YES if elsewhere else Elsewhere.NO) if lists else Elsewhere.NOT_JUDGED,
        here=Here.NOT_ASKED if received is None else Here.YES if here else Here.NO,
        asked=number,
        void_number=void,
        alerts=alerts,
        received_elsewhere=elsewhere,
        received_here=here,
        lists_issued=lists.issued if lists else None,
    )


def _voided(void: VoidNumber | None) -> Voided:
    return Voided.NO if void is None else Voided.LOST if void.reason.at_large else Voided.VOID


def _judged(
    totals: Totals,
    facts: Facts | None,
    key: IssuerKey,
    lists: Lists,
    age: ListsAge,
    now: datetime,
    received: Callable[[Number], ReceivedNumber | None] | None,
    exported: date | None,
) -> Verdict:
    """All answers about content that was read and signed: a void certificate that expired is said to be both."""
    number = totals.number
    void = lists.voided(number)
    alerts = lists.alerts_on(number)
    elsewhere = lists.received_elsewhere(number)
    here = received(number) if received else None
    return Verdict(
        code=Code.READ,
        lists=age,
        issuer=_issuer(key, totals.issued),
        signature=Signature.GOOD,
        content=Content.FULL if facts else Content.COMPACT,
        numbering=_numbering(totals, key),
        dates=_dates(totals, now, exported),
        voided=_voided(void),
        alerted=Alerted.YES if alerts else Alerted.NO,
        elsewhere=Elsewhere.YES if elsewhere else Elsewhere.NO,
        here=Here.NOT_ASKED if received is None else Here.YES if here else Here.NO,
        sort=_SORTS[totals.kind],
        practice=_practice(totals, lists),
        facts=facts,
        totals=totals,
        key=key,
        kid=key.kid,
        void_number=void,
        alerts=alerts,
        received_elsewhere=elsewhere,
        received_here=here,
        lists_issued=lists.issued,
    )


def _unproven(signed: Signed, lists: Lists | None, age: ListsAge) -> Verdict:
    """Nobody vouches for the key; what the code claims is told as a claim."""
    try:
        claimed, _ = read_claims(decode(signed.payload), signed.payload)
    except (Malformed, NotContent):
        claimed = None
    return Verdict(
        code=Code.READ,
        lists=age,
        issuer=Issuer.UNKNOWN if lists else Issuer.NOT_JUDGED,
        practice=_practice(claimed, lists) if claimed and _says_practice(claimed) else Practice.NOT_JUDGED,
        unproven=claimed,
        kid=signed.kid[:8],
        lists_issued=lists.issued if lists else None,
    )


def _age(lists: Lists | None, now: datetime) -> ListsAge:
    if lists is None:
        return ListsAge.NONE
    return ListsAge.FRESH if now <= lists.next_update else ListsAge.STALE


def _issuer(key: IssuerKey, issued: date) -> Issuer:
    if key.revoked(issued):
        return Issuer.REVOKED
    return Issuer.KNOWN if key.valid(issued) else Issuer.OUTSIDE_VALIDITY


def _numbering(totals: Totals, key: IssuerKey) -> Numbering:
    prefix = "EU" if totals.number.prefix == "EC" else totals.number.prefix  # old stock of the European Union
    return Numbering.MATCHES if totals.participant == key.participant == prefix else Numbering.OTHER_ISSUER


def _dates(totals: Totals, now: datetime, exported: date | None) -> Dates:
    today = now.astimezone(UTC).date()
    # East of Greenwich a day begins earlier than in UTC; the last day ends with it (CA-R 6: 24:00 GMT).
    if totals.issued > today + timedelta(days=1):
        return Dates.NOT_YET
    if today <= totals.expires:
        return Dates.CURRENT
    return Dates.ARRIVED_LATE if exported and totals.issued <= exported <= totals.expires else Dates.EXPIRED


def _practice(totals: Totals, lists: Lists | None) -> Practice:
    if lists and lists.practice:
        return Practice.YES
    if not _says_practice(totals):
        return Practice.NO
    return Practice.STRAY if lists else Practice.YES


def _says_practice(totals: Totals) -> bool:
    return totals.kind is Kind.PRACTICE or totals.participant in PRACTICE_PARTICIPANTS


class _Unreadable(Exception):
    def __init__(self, answer: Code) -> None:
        self.answer = answer


def _pack(signed: bytes) -> str:
    return PREFIX + base45.encode(zlib.compress(signed, 9))


def _unpack(text: str) -> bytes:
    if len(text) > MOST_CHARACTERS:
        raise _Unreadable(Code.TOO_LONG)
    if not text.startswith(PREFIX):
        raise _Unreadable(Code.FOREIGN)
    try:
        packed = base45.decode(text[len(PREFIX) :])
    except ValueError as problem:
        raise _Unreadable(Code.MISTYPED) from problem
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(packed, _MOST_BYTES)
    except zlib.error as problem:
        raise _Unreadable(Code.DAMAGED) from problem
    if inflate.unconsumed_tail:
        raise _Unreadable(Code.TOO_LARGE)
    if not inflate.eof or inflate.unused_data:
        raise _Unreadable(Code.DAMAGED)
    return data
