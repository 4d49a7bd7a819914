"""The signed code: what goes in comes out, what is cut still adds up, and no text brings the check to its knees."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import example, given
from hypothesis import strategies as st

from kpdesk import sentences
from kpdesk.domain.certificate import Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, TooManyDecimals
from kpdesk.domain.trust import Algorithm, IssuerKey, Lists, Reason, ReceivedNumber, VoidNumber, key_id
from kpdesk.domain.verdict import Acceptable, Code, Content, Dates, Elsewhere, Here, Issuer, ListsAge, Practice, Verdict
from kpdesk.signing import base45, code, content
from kpdesk.signing.cbor import decode, encode
from kpdesk.signing.keys import SignatureNotMade
from tests.vectors.make import pack, signed
from tests.vectors.practice import LISTS, LONG, NOW, OFFICE, PARTNER, SHORT, STRANGER, numbered

FULL = code.sign(LONG, signer=OFFICE).full
COMPACT = code.sign(LONG, signer=OFFICE).compact


def check(text: str, *, lists: Lists | None = LISTS, **more: object) -> Verdict:
    return code.check(text, lists=lists, **{"now": NOW, **more})  # type: ignore[arg-type]


def real(**changes: object) -> Lists:
    """The same lists as of a real Authority; its office has an ISO code of its own."""
    key = IssuerKey("EU", "Practice Office", Algorithm.ES256, OFFICE.public, date(2026, 1, 1))
    return replace(LISTS, practice=False, participant="EU", keys=(key,), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("facts", [SHORT, LONG], ids=["short", "long"])
def test_facts_come_back(facts: object) -> None:
    assert check(code.sign(facts, signer=OFFICE).full).facts == facts  # type: ignore[arg-type]


def test_compact_twin_states_totals_only() -> None:
    full, compact = check(FULL), check(COMPACT)
    assert compact.acceptable is Acceptable.ACCEPTABLE
    assert compact.content is Content.COMPACT
    assert compact.facts is None
    assert compact.totals == full.totals
    payload = content.claims_of(LONG).full
    assert full.totals
    assert full.totals.digest == hashlib.sha256(payload).digest()[:16]


def test_long_code_stays_readable() -> None:
    assert segno.make(FULL, error="m", boost_error=False).version <= 20
    assert segno.make(FULL, error="m").mode == "alphanumeric"
    assert segno.make(COMPACT, error="m", boost_error=False).version <= 11


@given(
    st.lists(
        st.builds(
            Line,
            st.sampled_from(Heading),
            st.integers(0, 10**9).map(Carats.from_hundredths),
            st.integers(0, 10**12).map(Money.from_cents),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_summed_lines_add_up(lines: list[Line]) -> None:
    facts = replace(SHORT, lines=tuple(lines))
    read = check(code.sign(facts, signer=OFFICE).full).facts
    assert read
    assert (read.carats, read.value) == (facts.carats, facts.value)
    assert [line.heading for line in read.lines] == sorted({line.heading for line in lines})


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.text(max_size=3))
@example("x" * 118 + "é\u0301\u0302", "")
@example("a\n b\t\x1b c", "")
def test_any_name_can_be_signed(name: str, licence: str) -> None:
    facts = replace(SHORT, exporter=Named(name, name, licence.encode("utf-8", "ignore").decode()))
    read = check(code.sign(facts, signer=OFFICE).full).facts
    assert read
    assert len(read.exporter.name.encode()) <= 120
    assert read.exporter.name == read.exporter.address
    if name.isascii() and name.isprintable() and len(name) <= 120:
        assert read.exporter.name == " ".join(name.split())


def test_cut_address_shows_that_it_is_cut() -> None:
    facts = replace(SHORT, exporter=Named("Practice Exports Ltd", "Example Street " * 20))
    read = check(code.sign(facts, signer=OFFICE).full).facts
    assert read
    assert read.exporter.address.endswith("…")
    assert len(read.exporter.address.encode()) <= 120


def test_own_signature_is_good_for_everybody() -> None:
    """Taken apart and checked by `cryptography` alone."""
    parts = decode(code._unpack(FULL)[1:])
    assert isinstance(parts, list)
    protected, _, payload, signature = parts
    assert isinstance(signature, bytes)
    message = encode(["Signature1", protected, b"", payload])
    public = serialization.load_der_public_key(OFFICE.public)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    public.verify(der, message, ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(der, message + b"\0", ec.ECDSA(hashes.SHA256()))


def test_signing_again_gives_the_same_bytes() -> None:
    assert code.sign(LONG, signer=OFFICE) == code.sign(LONG, signer=OFFICE)


def test_unbound_facts_get_no_code() -> None:
    with pytest.raises(content.NotBound):
        code.sign(replace(SHORT, number=None), signer=OFFICE)
    with pytest.raises(content.NotBound):
        code.sign(replace(SHORT, anchor=None), signer=OFFICE)


def test_carats_not_agreed_get_no_code() -> None:
    line = Line(Heading.UNSORTED, Carats.of("1.234"), Money.of("10.00"))
    with pytest.raises(TooManyDecimals):
        code.sign(replace(SHORT, lines=(line,)), signer=OFFICE)


def test_nothing_is_signed_that_would_not_be_read() -> None:
    with pytest.raises(content.NotContent):
        code.sign(replace(SHORT, participant="zz"), signer=OFFICE)


def test_too_many_seals_are_refused() -> None:
    seals = tuple(hashlib.sha256(bytes([place])).hexdigest()[:24] for place in range(200))
    with pytest.raises(code.CodeTooLong) as refused:
        code.sign(replace(SHORT, seals=seals), signer=OFFICE)
    assert refused.value.characters > refused.value.most


def test_signer_that_signs_something_else_is_noticed() -> None:
    class Faulty:
        public, algorithm = OFFICE.public, Algorithm.ES256

        def sign(self, message: bytes) -> bytes:
            return PARTNER.sign(message)

    with pytest.raises(SignatureNotMade):
        code.sign(SHORT, signer=Faulty())


def test_expired_and_void_and_received_are_all_said() -> None:
    number = Number("ZZ00000500")
    lists = replace(
        LISTS,
        voids=(VoidNumber(number, Reason.REPLACED, date(2026, 9, 9)),),
        received=(ReceivedNumber(number, "XZ", date(2026, 10, 10)),),
    )
    facts = replace(numbered(500), issued=date(2026, 7, 1), expires=date(2026, 8, 30))
    verdict = check(code.sign(facts, signer=OFFICE).full, lists=lists)
    said = {answer.code: sentences.ALL[answer.code].what.format_map(answer.facts) for answer in verdict.answers}
    assert said["dates_expired"] == "It expired on 2026-08-30."
    assert said["voided_void"] == "ZZ00000500 is void since 2026-09-09 (replaced)."
    assert said["elsewhere_yes"] == "ZZ00000500 was received in XZ on 2026-10-10."
    assert verdict.acceptable is Acceptable.NOT_ACCEPTABLE


def test_received_here() -> None:
    on = date(2026, 11, 21)
    asked: list[Number] = []

    def received(number: Number) -> ReceivedNumber | None:
        asked.append(number)
        return ReceivedNumber(number, "ZZ-MAIN", on)

    verdict = check(FULL, received=received)
    assert asked == [LONG.number]
    assert (verdict.here, verdict.elsewhere, verdict.acceptable) == (Here.YES, Elsewhere.NO, Acceptable.NOT_ACCEPTABLE)
    assert check(FULL, received=lambda _: None).here is Here.NO
    assert check(FULL).here is Here.NOT_ASKED


@pytest.mark.parametrize(
    ("exported", "dates"),
    [
        (None, Dates.EXPIRED),
        (LONG.expires, Dates.ARRIVED_LATE),
        (LONG.expires + timedelta(days=1), Dates.EXPIRED),
        (LONG.issued - timedelta(days=1), Dates.EXPIRED),
    ],
)
def test_export_in_time_outlives_expiry(exported: date | None, dates: Dates) -> None:
    later = datetime(2027, 2, 1, tzinfo=UTC)
    assert check(FULL, now=later, exported=exported).dates is dates


def test_last_day_lasts_until_midnight_utc() -> None:
    end = datetime(2027, 1, 20, tzinfo=UTC)
    assert check(FULL, now=end - timedelta(seconds=1)).dates is Dates.CURRENT
    assert check(FULL, now=end).dates is Dates.EXPIRED


def test_stale_lists_are_said_and_no_obstacle() -> None:
    verdict = check(FULL, now=LISTS.next_update + timedelta(seconds=1))
    assert verdict.lists is ListsAge.STALE
    assert verdict.acceptable is Acceptable.ACCEPTABLE


def test_unknown_issuer_is_a_claim_only() -> None:
    verdict = check(code.sign(SHORT, signer=STRANGER).full)
    assert verdict.issuer is Issuer.UNKNOWN
    assert (verdict.facts, verdict.totals) == (None, None)
    assert verdict.unproven
    assert verdict.unproven.number == SHORT.number
    assert verdict.kid == key_id(STRANGER.public)


def test_unknown_issuer_of_nonsense() -> None:
    verdict = check(pack(signed(b"\xff", signer=STRANGER)))
    assert (verdict.issuer, verdict.unproven) == (Issuer.UNKNOWN, None)


def test_practice_before_a_real_desk() -> None:
    proven = code.sign(replace(SHORT, kind=Kind.PRACTICE, participant="EU", number=Number("EU00000042")), signer=OFFICE)
    unproven = code.sign(SHORT, signer=STRANGER)
    for text in (proven.full, unproven.full):
        verdict = check(text, lists=real())
        assert verdict.practice is Practice.STRAY
        assert verdict.acceptable is Acceptable.NOT_ACCEPTABLE
    assert check(FULL, lists=None).practice is Practice.YES
    assert check(FULL).practice is Practice.YES


@pytest.mark.parametrize(("number", "good"), [("EU01234567", True), ("EC01234567", True), ("BE01234567", False)])
def test_numbers_of_the_european_union(number: str, good: bool) -> None:
    facts = replace(SHORT, participant="EU", number=Number(number))
    verdict = check(code.sign(facts, signer=OFFICE).full, lists=real())
    assert verdict.practice is Practice.NO
    assert verdict.acceptable is (Acceptable.ACCEPTABLE if good else Acceptable.NOT_ACCEPTABLE)


def test_every_answer_can_be_said() -> None:
    for text in (FULL, COMPACT, "", code.sign(SHORT, signer=STRANGER).full):
        for answer in check(text).answers:
            assert "{" not in sentences.ALL[answer.code].what.format_map(answer.facts)


@given(
    st.text(max_size=60) | st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=200).map("KPC1:".__add__)
)
def test_no_text_raises(text: str) -> None:
    assert check(text).acceptable is not Acceptable.ACCEPTABLE


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    for packed in (pack(data), pack(b"\xd2" + data), pack(signed(data))):
        assert check(packed).acceptable is Acceptable.NOT_ACCEPTABLE


@given(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from([FULL, COMPACT]))
def test_no_changed_byte_is_accepted(place: int, byte: int, text: str) -> None:
    """But for the bytes around what is signed, which mean nothing: then the facts are the same."""
    data = bytearray(code._unpack(text))
    data[place % len(data)] = byte
    verdict = check(pack(bytes(data)))
    if verdict.acceptable is Acceptable.ACCEPTABLE:
        assert verdict.totals == check(text).totals


ITEMS = st.recursive(
    st.integers(-(2**63), 2**64 - 1) | st.text(max_size=8) | st.binary(max_size=20) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 18) | st.text(max_size=2), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(ITEMS, st.integers(1, 19))
def test_no_signed_content_raises(item: object, place: int) -> None:
    """An issuer's own program may be wrong too."""
    claims = decode(content.claims_of(SHORT).full)
    assert isinstance(claims, dict)
    inside = claims[-65537]
    assert isinstance(inside, dict)
    if inside.get(place) != item:
        for changed in ({**claims, -65537: {**inside, place: item}}, {**claims, 4: item}, {**claims, -65537: item}):
            payload = encode(changed)  # type: ignore[arg-type]
            assert check(pack(signed(payload))).code is Code.READ


def test_base45_is_upper_case_and_short() -> None:
    assert base45.encode(b"AB") == "BB8"
    assert len(FULL) <= 970
