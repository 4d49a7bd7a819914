"""An exporter contests a weight or a value; and the dossier, which tells all of it and nothing too early."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from kpdesk.desks import clerk, contests, counter, dossier, supervisor, valuer, weighing
from kpdesk.desks.auditor import verify_history
from kpdesk.desks.contests import NobodyContests, OwnIsContested
from kpdesk.domain.custody import Contest, Contested, Dispute, Place, Service, WhyMissing
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Outcome
from kpdesk.domain.parcel import ParcelState, WrongState
from kpdesk.domain.valuation import FigureKind, SizeLine
from kpdesk.domain.weighing import typed
from kpdesk.practice import CLERK, CLERK_2, COUNTER, SUPERVISOR, SUPERVISOR_2, VALUER, VALUER_2, read_balance
from kpdesk.store.unit import NotFound
from tests.desks.practice_books import PARCEL, TODAY, Books, receive

At = Callable[[str], Books]


def contest(books: Books, what: Dispute, parcel: str = PARCEL) -> Contest:
    return contests.contest(books[CLERK], parcel, what=what, contester="Practice Agent", reason="it was more")


def weigh(books: Books, who: str, carats: str) -> weighing.Weighed:
    return weighing.weigh(books[who], PARCEL, reading=read_balance(Decimal(carats), books[who]))


def state(books: Books) -> tuple[ParcelState, str, str]:
    slip = clerk.parcels(books[CLERK])[0]
    return slip.state, str(slip.carats), str(slip.value)


def test_a_contested_weight_is_weighed_again_by_others(at: At) -> None:
    books = at("bagged")
    made = contest(books, Dispute.WEIGHT)
    assert state(books) == (ParcelState.RECEIVED, "None", "None")
    assert (str(made.carats), made.barred) == (
        "1234.56",
        tuple(sorted(books[who].officer.id for who in (CLERK, CLERK_2))),
    )
    with pytest.raises(Contested):
        contest(books, Dispute.WEIGHT)
    with pytest.raises(OwnIsContested):
        weigh(books, CLERK, "1234.600")
    assert weigh(books, VALUER, "1234.580").carats is None
    again = weigh(books, VALUER_2, "1234.582")
    assert (str(again.carats), len(again.readings)) == ("1234.58", 2)
    (settled,) = contests.contests(books[CLERK], PARCEL)
    assert (settled.live, str(settled.agreed_carats)) == (False, "1234.58")
    assert valuer.figures(books[SUPERVISOR], PARCEL) == ((), ())
    assert len(books.sql("SELECT * FROM weighings")) == 4, "what was read before stays"
    assert verify_history(books[SUPERVISOR]).intact


def test_a_small_office_may_have_nobody_else(at: At) -> None:
    books = at("bagged")
    contest(books, Dispute.WEIGHT)
    supervisor.change_setting(
        books[SUPERVISOR], books[SUPERVISOR_2], name="small_office", value=True, effective_from=TODAY
    )
    weigh(books, CLERK, "1234.560")
    assert str(weigh(books, CLERK_2, "1234.560").carats) == "1234.56"


LINES = (SizeLine("all", Carats.of("1234.56"), Decimal("90.00")),)


def test_a_contested_value_is_valued_again_by_others(at: At) -> None:
    books = at("bagged")
    before = state(books)
    contest(books, Dispute.VALUE)
    assert state(books) == (ParcelState.WEIGHED, "1234.56", "None")
    with pytest.raises(Outcome):
        valuer.give_figure(books[VALUER], PARCEL, kind=FigureKind.OFFICE, lines=LINES)
    supervisor.change_setting(
        books[SUPERVISOR], books[SUPERVISOR_2], name="independent_valuer", value=False, effective_from=TODAY
    )
    supervisor.change_setting(
        books[SUPERVISOR], books[SUPERVISOR_2], name="valuation_rule", value="government", effective_from=TODAY
    )
    third = offices_valuer(books)
    valuer.declare_value(books[COUNTER], PARCEL, total=Money.of("1.00"))
    assert valuer.give_figure(third, PARCEL, kind=FigureKind.OFFICE, lines=LINES).value == Money.of("111110.40")
    (settled,) = contests.contests(books[CLERK], PARCEL)
    assert (str(settled.value), str(settled.agreed_value)) == (before[2], "111110.40")
    assert len(books.sql("SELECT * FROM figures")) == 5, "what was signed stays"
    assert verify_history(books[SUPERVISOR]).intact


def offices_valuer(books: Books) -> object:
    """A valuer who has not valued it: somebody else, doing so today."""
    from kpdesk.domain.parties import Role

    return books.of(Role.VALUER, beside=SUPERVISOR)


def test_who_contests_and_why_is_kept(at: At) -> None:
    books = at("bagged")
    for contester, reason, refusal in (("", "low", NobodyContests), ("Agent", " ", WhyMissing)):
        with pytest.raises(refusal):
            contests.contest(books[CLERK], PARCEL, what=Dispute.VALUE, contester=contester, reason=reason)
    with pytest.raises(WrongState):
        contest(books, Dispute.WEIGHT, receive(books))
    contest(books, Dispute.VALUE)
    assert "Practice Agent" not in str(books.sql("SELECT record FROM history"))
    clerk.withdraw_parcel(books[CLERK], PARCEL, why="no agreement")
    (ended,) = contests.contests(books[CLERK], PARCEL)
    assert (ended.live, ended.agreed_value) == (False, None)


# The dossier


def test_the_dossier_tells_a_parcels_life(at: At) -> None:
    books = at("sealed")
    counter.hand_over(books[CLERK], books[SUPERVISOR], parcels=[PARCEL], place=Place.VAULT)
    told = dossier.dossier(books[CLERK], "tb000001".upper())
    assert (told.slip.number, told.mine, told.received_by, told.weighed_by) == (
        PARCEL,
        "Northern Field",
        CLERK,
        CLERK_2,
    )
    assert len(told.readings) == 3
    assert len(told.figures) == 3
    assert [(stay.place, stay.holder) for stay in told.stays] == [(Place.VAULT, SUPERVISOR), (Place.COUNTER, CLERK)]
    assert [step.act for step in told.steps][-1] == "receive_parcel"
    acts = {step.act: step for step in told.steps}
    assert dict(acts["hand_over"].changed) == {"place": "vault", "holder": SUPERVISOR}
    assert ("bag", "TB000001") in acts["bag_parcel"].changed
    with pytest.raises(NotFound):
        dossier.dossier(books[CLERK], "TB999999")


def test_the_dossier_is_blind_where_work_is(at: At) -> None:
    books = at("ready")
    weighed = [typed(Carats.of("10.004"), officer="", reason="none", at=books.clock())]
    parcel = receive(books, weighings=weighed, witnesses={Service.CUSTOMS: "Practice Customs"})
    told = dossier.dossier(books[CLERK_2], parcel)
    assert (told.readings, told.figures) == ((), ())
    assert "10.00" not in repr(told)
    assert [each.name for each in told.witnesses] == ["Practice Customs"]
    weighing.weigh(books[CLERK_2], parcel, reading=read_balance(Decimal("10.004"), books[CLERK_2]))
    valuer.declare_value(books[COUNTER], parcel, total=Money.of("3456.78"))
    told = dossier.dossier(books[CLERK], parcel)
    assert (len(told.readings), told.figures) == (2, ())
    assert "3456" not in repr(told)
