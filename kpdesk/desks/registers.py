"""The registers of firms, foreign authorities and mining titles (KPCS Annex II 11-14).

One officer enters and keeps addresses; whatever gives a right to trade or to sign, or takes it, wants two.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpdesk.desks.desk import Desk, apart, stop_at
from kpdesk.desks.watching import near_names_in
from kpdesk.domain.custody import WhyMissing
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.particulars import AlreadyRegistered, ChangedMeanwhile, Particulars, Representative
from kpdesk.domain.parties import Licence, Party, PartyKind, Role
from kpdesk.domain.register_slips import Event, PartyCard, PartyRow, TitleCard, TitleRow
from kpdesk.domain.titles import Title, TitleTerms
from kpdesk.store import registers as rows
from kpdesk.store.lists import paper
from kpdesk.store.unit import Unit

SPECIMEN = 1200
"""Pixels of a specimen's longer side."""


@dataclass(eq=False)
class LicenceWantsTwo(Refusal):
    """A firm with a licence, or with somebody who may sign for it, is entered by two."""

    party: str


# Firms and foreign authorities


def register_party(desk: Desk, party: Party, second: Desk | None = None) -> str:
    """Enter a firm or a foreign authority into the register; its number.

    Licences and powers come in with a supervisor beside, and so does whoever is named on a watch list. Raises
    AlreadyRegistered, LicenceWantsTwo, Stopped, SamePerson.
    """
    desk.must(Role.SUPERVISOR, Role.CLERK)
    if second is not None:
        _by_two(desk, second, "register_party")
    elif party.licences or party.representatives:
        raise LicenceWantsTwo(party.number)
    with desk.unit() as unit:
        if unit.find(Party, party.number) is not None:
            raise AlreadyRegistered(party.number)
        for name in (party.name, *(each.name for each in party.representatives)):
            _look_out(desk, unit, name, second)
        party.salt = party.salt or secrets.token_bytes(16)
        unit.add(party)
        unit.note("register_party", party, why=_with(second), words=_words(party))
        return party.number


def change_party(desk: Desk, party: str, told: Particulars, *, revision: int, second: Desk | None = None) -> None:
    """Take over name, address and the like; `revision` is the one the officer looked at.

    Raises NotFound, ChangedMeanwhile, and Stopped where the new name is on a watch list and no supervisor is beside.
    """
    desk.must(Role.SUPERVISOR, Role.CLERK)
    if second is not None:
        _by_two(desk, second, "change_party")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        if told.name != thing.name:
            _look_out(desk, unit, told.name, second)
        thing.change(told, on=desk.today)
        unit.note("change_party", thing, why=_with(second), words=_words(thing))


def add_licence(desk: Desk, second: Desk, party: str, licence: Licence, *, revision: int) -> None:
    """Raises NotFound, ChangedMeanwhile, LicenceTwice, SamePerson."""
    _by_two(desk, second, "add_licence")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        thing.add_licence(licence)
        unit.note("add_licence", thing, why=_with(second, licence.number))


def renew_licence(desk: Desk, second: Desk, party: str, number: str, *, until: date | None, revision: int) -> None:
    """Another last day; raises NotFound, ChangedMeanwhile, NoSuchLicence, EndsBeforeItBegins, SamePerson."""
    _by_two(desk, second, "renew_licence")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        thing.renew_licence(number, until)
        unit.note("renew_licence", thing, why=_with(second, number))


def suspend_licence(
    desk: Desk, second: Desk, party: str, number: str, *, first: date, last: date | None, why: str, revision: int
) -> None:
    """For a time, or until it is restored; raises NotFound, ChangedMeanwhile, NoSuchLicence, SamePerson."""
    _by_two(desk, second, "suspend_licence")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        thing.suspend_licence(number, first, last)
        unit.note("suspend_licence", thing, why=_with(second, number, _wants(why)))


def restore_licence(desk: Desk, second: Desk, party: str, number: str, *, why: str, revision: int) -> None:
    """Today's suspension ends; raises NotFound, ChangedMeanwhile, NoSuchLicence, SamePerson."""
    _by_two(desk, second, "restore_licence")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        thing.restore_licence(number, desk.today)
        unit.note("restore_licence", thing, why=_with(second, number, _wants(why)))


def withdraw_licence(desk: Desk, second: Desk, party: str, number: str, *, why: str, revision: int) -> None:
    """For good, from today; raises NotFound, ChangedMeanwhile, NoSuchLicence, SamePerson."""
    _by_two(desk, second, "withdraw_licence")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        thing.withdraw_licence(number, desk.today)
        unit.note("withdraw_licence", thing, why=_with(second, number, _wants(why)))


def add_representative(
    desk: Desk,
    second: Desk,
    party: str,
    representative: Representative,
    *,
    specimen: bytes = b"",
    revision: int,
) -> None:
    """Somebody may sign for the firm; `specimen` is the picture of the signature as `counter.read_photo` makes it.

    Raises NotFound, ChangedMeanwhile, RepresentativeTwice, SamePerson.
    """
    _by_two(desk, second, "add_representative")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        if specimen:
            kept = unit.keep_paper(specimen, subject=f"party/{thing.number}", name="specimen.jpg")
            representative = replace(representative, specimen=kept)
        thing.add_representative(representative)
        unit.note("add_representative", thing, why=_with(second), words=_words(thing))


def withdraw_representative(
    desk: Desk, second: Desk, party: str, name: str, *, last: date, why: str, revision: int
) -> None:
    """The power ends with a day; raises NotFound, ChangedMeanwhile, NoSuchRepresentative, SamePerson."""
    _by_two(desk, second, "withdraw_representative")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        thing.end_power(name, last)
        unit.note("withdraw_representative", thing, why=_with(second, _wants(why)))


def keep_stamp(desk: Desk, second: Desk, party: str, picture: bytes, *, revision: int) -> None:
    """The specimen of a foreign authority's stamp, instead of the one before; raises NotFound, ChangedMeanwhile."""
    _by_two(desk, second, "keep_stamp")
    with desk.unit() as unit:
        thing = _seen(unit, party, revision)
        thing.stamp = unit.keep_paper(picture, subject=f"party/{thing.number}", name="stamp.jpg")
        unit.note("keep_stamp", thing, why=_with(second))


# Titles


def register_title(desk: Desk, title: Title) -> str:
    """Enter a mining title; its number. Raises AlreadyRegistered, NotFound (no such holder)."""
    desk.must(Role.SUPERVISOR, Role.CLERK)
    with desk.unit() as unit:
        unit.get(Party, title.holder)
        if unit.find(Title, title.number) is not None:
            raise AlreadyRegistered(title.number)
        unit.add(title)
        unit.note("register_title", title, words=f"{title.number} {title.mine} {title.holder}")
        return title.number


def change_title(desk: Desk, second: Desk, title: str, terms: TitleTerms, *, revision: int) -> None:
    """Two take over what a title says now; raises NotFound, ChangedMeanwhile, SamePerson."""
    _by_two(desk, second, "change_title")
    with desk.unit() as unit:
        thing = unit.get(Title, title)
        if thing.revision != revision:
            raise ChangedMeanwhile(title)
        unit.get(Party, terms.holder)
        thing.change(terms, on=desk.today)
        unit.note("change_title", thing, why=_with(second), words=f"{thing.number} {thing.mine} {thing.holder}")


# Looking


def parties(desk: Desk, kind: PartyKind, *, typed: str = "", after: str = "") -> tuple[PartyRow, ...]:
    """A page of one kind by number, or those with names and numbers that begin with the words typed."""
    with desk.look() as session:
        return rows.parties(session, kind, typed=typed, after=after, on=desk.today)


def titles(desk: Desk, *, typed: str = "", after: str = "") -> tuple[TitleRow, ...]:
    """A page of mining titles, as `parties`."""
    with desk.look() as session:
        return rows.titles(session, typed=typed, after=after)


def party(desk: Desk, number: str) -> PartyCard:
    """Everything about a firm; raises NotFound."""
    with desk.view() as unit:
        thing = unit.get(Party, number)
        return PartyCard(
            number=thing.number,
            party_kind=thing.party_kind,
            particulars=thing.particulars,
            former_names=thing.former_names,
            licences=thing.licences,
            representatives=thing.representatives,
            stamp=thing.stamp,
            standing=thing.standing(desk.today),
            titles=rows.titles_of(unit.session, number),
            events=_events(unit, f"party/{number}"),
            findings=near_names_in(unit.session, thing.name, on=desk.today),
            revision=thing.revision,
        )


def title(desk: Desk, number: str) -> TitleCard:
    """Everything about a mining title; raises NotFound."""
    with desk.view() as unit:
        thing = unit.get(Title, number)
        holder = unit.find(Party, thing.holder)
        return TitleCard(
            number=thing.number,
            terms=thing.terms,
            holder_name=holder.name if holder else "",
            former_holders=thing.former_holders,
            valid=thing.valid_on(desk.today),
            events=_events(unit, f"title/{number}"),
            revision=thing.revision,
        )


def picture(desk: Desk, digest: str) -> bytes | None:
    """A kept specimen of a signature or stamp, a JPEG of our own making."""
    with desk.look() as session:
        return paper(session, digest)


def named(desk: Desk, kinds: Sequence[PartyKind]) -> tuple[tuple[str, str], ...]:
    """(number, name) of all firms of these kinds, by number."""
    with desk.look() as session:
        return rows.named(session, kinds)


def next_number(desk: Desk, kind: PartyKind) -> str:
    """The number after the highest of the kind's own, such as `EXP-0042`; a proposal, nothing is taken."""
    with desk.look() as session:
        return rows.next_number(session, kind)


def _events(unit: Unit, subject: str) -> tuple[Event, ...]:
    return rows.events(unit.session, subject)


def _by_two(desk: Desk, second: Desk, did: str) -> None:
    """A clerk prepares, a supervisor confirms; or two supervisors."""
    desk.must(Role.SUPERVISOR, Role.CLERK)
    second.must(Role.SUPERVISOR)
    apart(desk, second, did)


def _wants(why: str) -> str:
    if not why.strip():
        raise WhyMissing
    return why.strip()


def _seen(unit: Unit, party: str, revision: int) -> Party:
    """The firm as the officer looked at it."""
    thing = unit.get(Party, party)
    if thing.revision != revision:
        raise ChangedMeanwhile(party)
    return thing


def _look_out(desk: Desk, unit: Unit, name: str, second: Desk | None) -> None:
    """Whoever is named on a watch list comes in by two or not at all."""
    found = near_names_in(unit.session, name, on=desk.today)
    stop_at(found, lifted=[each.key for each in found] if second else ())


def _with(second: Desk | None, *said: str) -> str:
    return "; ".join([*filter(None, said), *([f"with {second.officer.id}"] if second else [])])


def _words(party: Party) -> str:
    former, signing = (each.name for each in party.former_names), (each.name for each in party.representatives)
    return " ".join([party.number, party.name, *former, *signing])
