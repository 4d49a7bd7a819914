"""Pre-advice and amendment as signed files: what was signed comes back, and nothing else passes."""

import contextlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.advice import Amendable, Correction, Instruction, PreAdvice
from kpdesk.domain.certificate import Anchor, Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.kept import record_of
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.trust import Algorithm, IssuerKey, Lists, Purpose, key_id
from kpdesk.signing import advice
from kpdesk.signing.advice import AdviceUnproved, NotAnAdvice
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.signature import sign1

DAY = date(2026, 11, 22)
OFFICE, STRANGER = KeyPair.generate(), KeyPair.generate()
FACTS = Facts(
    kind=Kind.ORIGINAL,
    edition="2026-1",
    number=Number("ZZ2026001377"),
    participant="ZZ",
    issuing_authority="Practice authority",
    origins=("ZZ",),
    provenance="ZZ",
    destination="XZ",
    exporter=Named("Practice Exports", "1 Street", "EXP-1"),
    importer=Named("Practice Imports", "2 Street"),
    lines=(Line(Heading.UNSORTED, Carats.of("10.00"), Money.of("900.00")),),
    parcels=1,
    containers=1,
    seals=("TS1",),
    issued=DAY,
    expires=date(2027, 1, 21),
    anchor=Anchor(1, 9, bytes(10)),
)
PRE_ADVICE = PreAdvice(facts=FACTS, validated=DAY)
INSTRUCTION = Instruction(
    id="A-2026-000001",
    number=Number("ZZ2026001377"),
    issuer="ZZ",
    authority="Practice authority",
    destination="XZ",
    dated=DAY,
    corrections=(Correction(Amendable.PARCELS, "1", "2"),),
    why="a digit",
)
FILE = advice.make(PRE_ADVICE, signer=OFFICE)


def lists_with(**changes: object) -> Lists:
    """Lists that name one key: the office's, but for these changes."""
    given: dict[str, object] = {
        "participant": "ZZ",
        "authority": "Practice authority",
        "algorithm": Algorithm.ES256,
        "public": OFFICE.public,
        "valid_from": date(2026, 1, 1),
    }
    key = IssuerKey(**{**given, **changes})  # type: ignore[arg-type]
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return Lists(
        sequence=1,
        authority="A",
        participant="ZZ",
        practice=True,
        issued=at,
        next_update=at + timedelta(days=9),
        keys=(key,),
    )


LISTS = lists_with()


@pytest.mark.parametrize("message", [PRE_ADVICE, INSTRUCTION], ids=["pre-advice", "amendment"])
def test_what_was_signed_comes_back(message: PreAdvice | Instruction) -> None:
    assert advice.read(advice.make(message, signer=OFFICE), lists=LISTS) == message


def test_one_reads_its_kind_from_the_file() -> None:
    made = (advice.read(advice.make(each, signer=OFFICE), lists=LISTS) for each in (PRE_ADVICE, INSTRUCTION))
    assert [(each.number, each.issuer, each.dated) for each in made] == [(FACTS.number, "ZZ", DAY)] * 2


@pytest.mark.parametrize(
    "changes",
    [
        {"public": STRANGER.public},
        {"participant": "XZ"},
        {"purposes": (Purpose.CONFIRMATION,)},
        {"valid_from": date(2026, 11, 23)},
        {"revoked_from": DAY},
    ],
)
def test_the_lists_alone_prove_it(changes: dict[str, object]) -> None:
    with pytest.raises(AdviceUnproved):
        advice.read(FILE, lists=lists_with(**changes))


@pytest.mark.parametrize(
    "payload",
    [
        b"{}",
        b"[]",
        b"\xff",
        b'{"facts":{},"validated":"2026-11-22"}',
        b'{"facts":1,"validated":"2026-11-22"}',
    ],
)
def test_another_content(payload: bytes) -> None:
    for content_type in ("application/vnd.kpdesk.pre-advice+json", "application/json", ""):
        made = sign1(payload, signer=OFFICE, kid=key_id(OFFICE.public), content_type=content_type)
        with pytest.raises(NotAnAdvice):
            advice.read(made, lists=LISTS)


def test_facts_without_a_number_and_long_files() -> None:
    unnumbered = advice.make(replace(PRE_ADVICE, facts=replace(FACTS, number=None)), signer=OFFICE)
    for made in (unnumbered, bytes(advice.MOST_BYTES + 1), b""):
        with pytest.raises(NotAnAdvice):
            advice.read(made, lists=LISTS)


@given(at=st.integers(0, len(FILE) - 1), bit=st.integers(0, 7))
def test_no_bit_may_differ(at: int, bit: int) -> None:
    altered = bytearray(FILE)
    altered[at] ^= 1 << bit
    with pytest.raises((NotAnAdvice, AdviceUnproved)):
        advice.read(bytes(altered), lists=LISTS)


_NAMES = st.sampled_from([*record_of(FACTS), "heading", "name", "more"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**6) | st.text(max_size=12),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(_NAMES, inside, max_size=4),
    max_leaves=12,
)


@given(record=st.dictionaries(_NAMES, _JSON))
def test_signed_nonsense_is_a_trouble_of_ours(record: dict[str, object]) -> None:
    """Even from a key that may sign: no file of a stranger is a mistake of ours."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    whole = json.loads(json.dumps({"facts": {**_facts(), **record}, "validated": "2026-11-22"}))
    for payload in (text, json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))):
        made = sign1(
            payload.encode("utf-8", "replace"),
            signer=OFFICE,
            kid=key_id(OFFICE.public),
            content_type="application/vnd.kpdesk.pre-advice+json",
        )
        with contextlib.suppress(Trouble):
            assert isinstance(advice.read(made, lists=LISTS), PreAdvice)


def _facts() -> dict[str, object]:
    return dict(record_of(FACTS))
