"""The forms of letters between seat and office: whatever is in them comes in as it stands, or is refused."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpdesk.domain.allotted import Printed
from kpdesk.domain.records import NotCanonical, canonical, parse
from kpdesk.domain.seat import Answer, ApplicationFile, Asked, Enrolment, Firm, OfficeCard
from kpdesk.exchange import applications as forms
from kpdesk.exchange.applications import FormNewer, FormUnreadable, from_record, to_record
from kpdesk.signing.letters import NotALetter, open_letter
from tests.desks.practice_books import MORNING, TODAY
from tests.desks.test_seat import GOODS

SHAPES = (OfficeCard, Enrolment, ApplicationFile, Answer, Printed)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(["asked", "invoice", "goods", "office", "number", "key", "sequence", "carats", "heading", "x"])


@given(st.dictionaries(KEYS, VALUES, max_size=8), st.sampled_from(SHAPES), st.sampled_from(["1", "2", "0", "x", "11"]))
@example({}, ApplicationFile, "1")
def test_no_record_does_anything_but_come_in_or_be_refused(
    record: dict[str, object], shape: type, version: str
) -> None:
    word = forms.KINDS[shape].word
    with pytest.raises((FormUnreadable, FormNewer)):
        from_record({**record, "format": f"kpdesk-{word}/{version}"}, shape)  # type: ignore[dict-item]


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_come_in_or_be_refused(content: bytes) -> None:
    with pytest.raises(NotALetter):
        open_letter(content, kind="application", most=1000)


@given(st.data())
def test_whatever_is_changed_in_a_record_is_noticed_or_means_the_same(data: st.DataObject) -> None:
    """Anything that comes in is written again to the same text."""
    asked = Asked(
        office="ZZ-MAIN",
        number="A-1",
        made_at=MORNING,
        exporter="EXP-1",
        importer=Firm(number="", name="N", address="", country="XZ"),
        destination="XZ",
        goods=GOODS,
        statement="2018",
        statement_digest="",
        sow="",
        conflict_free=True,
        declared_on=TODAY,
        signer="S",
    )
    text = canonical(to_record(ApplicationFile(asked=asked)))
    place = data.draw(st.integers(0, len(text) - 1))
    other = text[:place] + data.draw(st.characters(min_codepoint=32, max_codepoint=126)) + text[place + 1 :]
    try:
        record = parse(other)
    except NotCanonical:
        return
    with suppress(FormUnreadable, FormNewer):
        assert canonical(to_record(from_record(record, ApplicationFile))) == other
