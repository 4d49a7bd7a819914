"""The lives of parcel, shipment, stock and certificate: every step that is, and no other."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.certificate import Anchor, Facts, Number
from kpdesk.domain.issuance import (
    ENDED,
    LISTED_VOID,
    Certificate,
    ChangedSinceSigned,
    NumberAlreadyBound,
    SamePerson,
    State,
)
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.shipment import Container, ContainersDoNotMatch, Shipment, ShipmentState
from kpdesk.domain.stock import Paper, Stock, StockKind, StockNotReady, StockState
from kpdesk.domain.trust import Approval

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
P, S, K = ParcelState, ShipmentState, StockState


# A parcel

PARCEL_STEPS: dict[str, tuple[Callable[[Parcel], None], dict[ParcelState, ParcelState]]] = {
    "weigh": (lambda it: it.weigh(Carats.of("1.00"), "u1"), {P.RECEIVED: P.WEIGHED}),
    "give_value": (lambda it: it.give_value(Money.of("1.00"), "u2"), {P.WEIGHED: P.VALUED}),
    "put_in_bag": (lambda it: it.put_in_bag("B1"), {P.VALUED: P.BAGGED}),
    "apply": (lambda it: it.apply("S-1"), {P.BAGGED: P.APPLIED}),
    "seal": (lambda it: it.seal(), {P.APPLIED: P.SEALED}),
    "release": (lambda it: it.release(), {P.SEALED: P.RELEASED}),
    "return_sealed": (lambda it: it.return_sealed(), {P.RELEASED: P.SEALED}),
    "come_back": (
        lambda it: it.come_back(),
        {P.APPLIED: P.BAGGED, P.SEALED: P.BAGGED, P.RELEASED: P.BAGGED},
    ),
    "withdraw": (
        lambda it: it.withdraw(),
        dict.fromkeys((P.RECEIVED, P.WEIGHED, P.VALUED, P.BAGGED), P.WITHDRAWN),
    ),
}


@pytest.mark.parametrize("state", ParcelState)
@pytest.mark.parametrize("step", PARCEL_STEPS)
def test_a_parcels_steps(parcel: Callable[..., Parcel], step: str, state: ParcelState) -> None:
    it, (act, leads) = parcel(state=state, shipment="S-1"), PARCEL_STEPS[step]
    before = it.record()
    if state in leads:
        act(it)
        assert it.state is leads[state]
    else:
        with pytest.raises(WrongState) as refusal:
            act(it)
        assert (refusal.value.thing, refusal.value.state) == (it.number, state.value)
        assert it.record() == before


def test_what_a_parcel_remembers(parcel: Callable[..., Parcel]) -> None:
    it = parcel(state=P.RECEIVED, carats=None, value=None)
    assert {"carats", "value"}.isdisjoint(it.record())
    it.weigh(Carats.of("10.00"), "weigher")
    it.give_value(Money.of("5.00"), "valuer")
    it.put_in_bag("TB1")
    it.apply("S-1")
    record = it.record()
    assert [record[name] for name in ("carats", "weighed_by", "value", "valued_by", "bag", "shipment")] == [
        "10.00", "weigher", "5.00", "valuer", "TB1", "S-1",
    ]  # fmt: skip
    it.come_back()
    assert (it.shipment, it.bag, it.identity) == ("", "TB1", it.number)


# A shipment


def shipment(**changes: Any) -> Shipment:
    given: dict[str, Any] = {
        "number": "S-1",
        "exporter": "EXP-1",
        "importer": "IMP-1",
        "destination": "XZ",
        "parcels": ("P-1", "P-2"),
        "conflict_free": True,
        "warranty": "2018",
        "applied_at": AT,
        "applied_by": "u1",
    }
    return Shipment(**{**given, **changes})


BOXES = (Container("S1", ("P-2",)), Container("S2", ("P-1",)))
SHIPMENT_STEPS: dict[str, tuple[Callable[[Shipment], None], dict[ShipmentState, ShipmentState]]] = {
    "seal": (lambda it: it.seal(BOXES), {S.APPLIED: S.SEALED}),
    "release": (lambda it: it.release(), {S.SEALED: S.RELEASED}),
    "bring_back": (lambda it: it.bring_back(), {S.RELEASED: S.SEALED}),
    "withdraw": (
        lambda it: it.withdraw(),
        dict.fromkeys((S.APPLIED, S.SEALED, S.RELEASED), S.WITHDRAWN),
    ),
}


@pytest.mark.parametrize("state", ShipmentState)
@pytest.mark.parametrize("step", SHIPMENT_STEPS)
def test_a_shipments_steps(step: str, state: ShipmentState) -> None:
    it, (act, leads) = shipment(state=state), SHIPMENT_STEPS[step]
    if state in leads:
        act(it)
        assert it.state is leads[state]
    else:
        with pytest.raises(WrongState):
            act(it)
        assert it.state is state


@pytest.mark.parametrize("parcels", [(), ("P-1",), ("P-1", "P-1"), ("P-1", "P-2", "P-2"), ("P-1", "P-3")])
def test_containers_hold_each_parcel_once(parcels: tuple[str, ...]) -> None:
    it = shipment()
    with pytest.raises(ContainersDoNotMatch):
        it.seal((Container("S1", parcels),))
    assert (it.containers, it.state, it.identity) == ((), S.APPLIED, "S-1")
    it.seal(BOXES)
    assert it.record()["containers"] == [{"seal": "S1", "parcels": ("P-2",)}, {"seal": "S2", "parcels": ("P-1",)}]


# Numbered stock

STOPPED = (K.USED, K.SPOILED, K.DESTROYED, K.MISSING, K.SENT)
EARLY = {state: {K.SPOILED, K.MISSING} for state in K if state not in STOPPED}
BLANK = {
    K.RECEIVED: {K.IN_SAFE},
    K.IN_SAFE: {K.WITH_OFFICER, K.ALLOTTED, K.IN_TRANSIT},
    K.ALLOTTED: {K.IN_SAFE, K.WITH_OFFICER},
    K.IN_TRANSIT: {K.IN_SAFE, K.SENT},
    K.SENT: {K.IN_SAFE},
    K.WITH_OFFICER: {K.LOADED, K.IN_SAFE},
    K.LOADED: {K.SPOOLED, K.WITH_OFFICER},
    K.SPOOLED: {K.PRINTED, K.LOADED},
    K.PRINTED: {K.USED},
    K.SPOILED: {K.DESTROYED},
}
OTHER = {
    K.RECEIVED: {K.IN_SAFE},
    K.IN_SAFE: {K.WITH_OFFICER, K.USED, K.IN_TRANSIT},
    K.IN_TRANSIT: {K.IN_SAFE, K.SENT},
    K.SENT: {K.IN_SAFE},
    K.WITH_OFFICER: {K.IN_SAFE, K.USED},
    K.SPOILED: {K.DESTROYED},
}


@pytest.mark.parametrize("what", StockKind)
@pytest.mark.parametrize("here", StockState)
@pytest.mark.parametrize("there", StockState)
def test_every_step_of_a_number(what: StockKind, here: StockState, there: StockState) -> None:
    it = Stock(what=what, number="N1", state=here, holder="u1")
    life = BLANK if what is StockKind.BLANK else OTHER
    if there in life.get(here, set()) | EARLY.get(here, set()):
        it.move(there)
        assert (it.state, it.holder) == (there, "u1")
    else:
        with pytest.raises(StockNotReady):
            it.move(there)
        assert it.state is here


@given(st.sampled_from(StockKind), st.lists(st.sampled_from(StockState), max_size=30))
def test_an_end_is_an_end(what: StockKind, steps: list[StockState]) -> None:
    it, ended = Stock(what=what, number="N1"), None
    for step in steps:
        try:
            it.move(step, holder="u1", used_for="X")
        except StockNotReady:
            continue
        assert ended is None
        if it.state in (K.USED, K.DESTROYED, K.MISSING):
            ended = it.state
    assert ended in (None, it.state)


def test_what_a_number_remembers() -> None:
    it = Stock(what=StockKind.BLANK, number="ZZ1", paper=Paper.SECURITY, edition="2026-1")
    it.move(K.IN_SAFE)
    it.move(K.WITH_OFFICER, holder="u1")
    it.move(K.LOADED)
    assert (it.identity, it.record()["holder"], it.record()["paper"]) == ("blank-ZZ1", "u1", "security")
    assert Stock(what=StockKind.BAG, number="B1").record()["paper"] == ""


# A certificate

NEXT = {
    State.DRAFT: {State.APPROVED, State.VOID},
    State.APPROVED: {State.ISSUED, State.VOID},
    State.ISSUED: {State.VALIDATED},
    State.VALIDATED: {State.RELEASED},
    State.RELEASED: {State.EXPORTED},
    State.EXPORTED: {
        State.CONFIRMED, State.CONFIRMED_WITH_DIFFERENCE, State.INVALIDATED, State.LOST, State.RETURNED_UNUSED,
    },
    State.EXPIRED: {State.RETURNED_UNUSED},
}  # fmt: skip
STAYS = {State.ISSUED, State.VALIDATED, State.RELEASED}
ENDS = {State.VOID, State.REPLACED, State.INVALIDATED, State.RETURNED_UNUSED, State.EXPIRED, State.LOST}


def certificate(make: Callable[..., Facts], **changes: Any) -> Certificate:
    given: dict[str, Any] = {"id": "C-1", "shipment": "S-1", "facts": make(), "prepared_by": "u1"}
    return Certificate(**{**given, **changes})


def approval(it: Certificate, officer: str, **changes: Any) -> Approval:
    given: dict[str, Any] = {
        "id": "a", "action": "certificate.approve", "subject": it.id, "digest": it.signed_digest, "at": AT,
        "officer": officer,
    }  # fmt: skip
    return Approval(**{**given, **changes})


@pytest.mark.parametrize("here", State)
@pytest.mark.parametrize("there", State)
def test_every_step_of_a_certificate(facts: Callable[..., Facts], here: State, there: State) -> None:
    it = certificate(facts, state=here)
    if there in NEXT.get(here, set()) | (ENDS if here in STAYS else set()):
        it.to(there)
        assert it.state is there
    else:
        with pytest.raises(WrongState):
            it.to(there)
        assert it.state is here


def test_from_an_end_there_is_no_way_back_to_life(facts: Callable[..., Facts]) -> None:
    for ended in ENDED:
        for there in State:
            it = certificate(facts, state=ended)
            try:
                it.to(there)
            except Refusal:
                continue
            assert (ended, there) == (State.EXPIRED, State.RETURNED_UNUSED)
    assert LISTED_VOID < ENDED


def test_two_people_approve_what_it_is(facts: Callable[..., Facts]) -> None:
    it = certificate(facts)
    with pytest.raises(SamePerson):
        it.approve(approval(it, "u1"))
    with pytest.raises(ChangedSinceSigned):
        it.approve(approval(it, "u2", digest="0" * 64))
    assert (it.state, it.approvals) == (State.DRAFT, ())
    it.approve(approval(it, "u2"))
    assert (it.state, it.approved_by, len(it.approvals)) == (State.APPROVED, "u2", 1)
    with pytest.raises(WrongState):
        it.approve(approval(it, "u3"))


def test_what_is_signed_is_the_facts_and_the_shipment(facts: Callable[..., Facts]) -> None:
    it = certificate(facts)
    assert certificate(facts, state=State.APPROVED, number=Number("ZZ1")).signed_digest == it.signed_digest
    for other in ({"shipment": "S-2"}, {"id": "C-2"}, {"facts": facts(parcels=2)}):
        assert certificate(facts, **other).signed_digest != it.signed_digest


def test_one_live_number_at_a_time(facts: Callable[..., Facts]) -> None:
    it, anchor = certificate(facts), Anchor(1, 5, bytes(10))
    for act in (lambda: it.bind(Number("ZZ1"), anchor, code="", compact_code="", pdf_digest=""), it.issue):
        with pytest.raises(WrongState):
            act()
    it.approve(approval(it, "u2"))
    with pytest.raises(WrongState):
        it.issue()
    with pytest.raises(WrongState):
        _ = it.bound_facts
    it.bind(Number("ZZ1"), anchor, code="KPC1:A", compact_code="KPC1:B", pdf_digest="d")
    assert (it.sheets, it.bound_facts.number, it.bound_facts.anchor) == (1, Number("ZZ1"), anchor)
    with pytest.raises(NumberAlreadyBound):
        it.bind(Number("ZZ2"), anchor, code="", compact_code="", pdf_digest="")
    it.lose_number()
    assert (it.number, it.anchor, it.code, it.pdf_digest, it.sheets) == (None, None, "", "", 1)
    it.bind(Number("ZZ2"), anchor, code="KPC1:C", compact_code="KPC1:D", pdf_digest="e")
    it.issue()
    assert (it.state, it.sheets) == (State.ISSUED, 2)
    with pytest.raises(WrongState):
        it.lose_number()


def test_its_record_tells_all_that_happened(facts: Callable[..., Facts]) -> None:
    it = certificate(facts)
    assert {"number", "anchor", "approved_by", "exported_on"}.isdisjoint(it.record())
    it.approve(approval(it, "u2"))
    it.bind(Number("ZZ1"), Anchor(1, 5, b"\xab" * 10), code="A", compact_code="B", pdf_digest="d")
    it.issue()
    with pytest.raises(SamePerson):
        it.validate("u1", AT)
    it.validate("u2", AT)
    it.release("CAR-1", AT)
    it.export(date(2026, 11, 23))
    it.confirm(date(2026, 11, 30), differs=True)
    record = it.record()
    assert record["state"] == "confirmed_with_difference"
    assert record["anchor"] == {"epoch": 1, "size": 5, "head": "ab" * 10}
    told = {"number", "code", "compact_code", "pdf", "validated_by", "validated_at", "carrier", "released_at"}
    assert told | {"exported_on", "confirmed_on", "approved_by"} <= record.keys()


def test_an_end_keeps_its_reason(facts: Callable[..., Facts]) -> None:
    it = certificate(facts, state=State.ISSUED)
    it.end(State.REPLACED, "address", replaced_by="C-2")
    assert (it.record()["reason"], it.record()["replaced_by"], it.identity) == ("address", "C-2", "C-1")
