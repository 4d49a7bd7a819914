"""The papers of the counter and of the close of day: drawn once, archived, printed as often as is asked, and counted.

desk.md §3.4 (reprint free but counted), §3.5 (labels); kpcs.md §4, §13 (what the exporter signs).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from kpdesk.desks import balances
from kpdesk.desks.archive import Drawn, archive, count_label
from kpdesk.desks.desk import Desk
from kpdesk.domain.certificate import Named, Number
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.papers import (
    BalanceLine,
    CaratsAre,
    ContainerLabel,
    DaySheet,
    FeeReceipt,
    Goods,
    GoodsLine,
    LabelSize,
    ListSheet,
    PaperKind,
    ParcelLabel,
    ReadingLine,
    ReworkSheet,
    WeightSheet,
)
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.parties import Officer, Party, Role
from kpdesk.domain.shipment import Shipment
from kpdesk.domain.sorting import ALL, OriginLine, Portion, Rework, Share
from kpdesk.domain.weighing import NeedsSecondWeighing, NeedsThirdWeighing, Weighing, agree, counted
from kpdesk.printing import labels, papers
from kpdesk.printing.wording import wording
from kpdesk.settings import Settings
from kpdesk.store import keeping
from kpdesk.store.unit import Unit

_COUNTER = (Role.CLERK, Role.VALUER, Role.ISSUING, Role.SUPERVISOR)
_PROVED = (State.ISSUED, State.VALIDATED, State.RELEASED)
_NOTHING: Mapping[str, Carats] = MappingProxyType({})


@dataclass(eq=False)
class NotOneFirm(Refusal):
    """A paper for one firm, with a parcel of another on it."""

    parcel: str
    firm: str


@dataclass(eq=False)
class NothingToList(Refusal):
    """A paper about no parcel at all."""


# What goes in and out over the counter


def deposit(
    desk: Desk,
    parcels: Sequence[str],
    *,
    brought_by: str = "",
    declared: Mapping[str, Carats] = _NOTHING,
    remark: str = "",
) -> Drawn:
    """An exporter leaves parcels: carats as agreed, else as declared, else as first read. Raises NotOneFirm."""
    desk.must(*_COUNTER)
    with desk.unit() as unit:
        found, firm = _parcels_of_one(unit, parcels)
        facts = Goods(
            paper=PaperKind.DEPOSIT,
            firm=firm,
            given_by=brought_by,
            taken_by=desk.officer.name,
            lines=tuple(_line(unit, parcel, declared) for parcel in found),
            remark=remark,
        )
        return _goods(desk, unit, facts)


def release(desk: Desk, parcels: Sequence[str], *, to: Named | None = None, taken_by: str = "", why: str = "") -> Drawn:
    """Parcels leave the office's keeping: back to their exporter, or to the carrier named. Raises NotOneFirm."""
    desk.must(*_COUNTER)
    with desk.unit() as unit:
        found, firm = _parcels_of_one(unit, parcels)
        facts = Goods(
            paper=PaperKind.RELEASE,
            firm=to or firm,
            given_by=desk.officer.name,
            taken_by=taken_by,
            lines=tuple(_line(unit, parcel) for parcel in found),
            remark=why,
        )
        return _goods(desk, unit, facts)


def hand_over(desk: Desk, parcels: Sequence[str], *, giver: str, taker: str, why: str = "") -> Drawn:
    """Parcels went from one officer to another; both sign beneath their names. Raises NotFound."""
    desk.must(*_COUNTER)
    with desk.unit() as unit:
        facts = Goods(
            paper=PaperKind.HAND_OVER,
            firm=None,
            given_by=unit.get(Officer, giver).name,
            taken_by=unit.get(Officer, taker).name,
            lines=tuple(_line(unit, unit.get(Parcel, number)) for number in _some(parcels)),
            remark=why,
        )
        return _goods(desk, unit, facts)


def weight_sheet(desk: Desk, parcels: Sequence[str]) -> Drawn:
    """Every reading of a firm's weighed parcels and the carats agreed from them, for the exporter to sign.

    Raises NotOneFirm, and WrongState for a parcel whose carats are not agreed.
    """
    desk.must(*_COUNTER)
    with desk.unit() as unit:
        found, firm = _parcels_of_one(unit, parcels)
        settings = desk.settings(unit.session)
        readings: list[ReadingLine] = []
        for parcel in found:
            if parcel.carats is None:
                raise WrongState(parcel.number, parcel.state.value, ParcelState.WEIGHED.value)
            weighings = unit.weighings(parcel.number)
            pair = _counted(unit, weighings, parcel.carats, settings)
            readings.extend(_readings(desk, unit, parcel.number, weighings, pair))
        officers = dict.fromkeys(each.officer for each in readings if each.counted)
        facts = WeightSheet(
            firm=firm,
            lines=tuple(_line(unit, parcel) for parcel in found),
            readings=tuple(readings),
            rounding=settings.rounding.value,
            officers=tuple(officers) or (desk.officer.name,),
        )
        subjects = [f"parcel/{parcel.number}" for parcel in found]
        return archive(desk, unit, PaperKind.WEIGHT_SHEET, subjects, lambda *how: papers.weight_sheet(facts, *how))


def rework_sheet(desk: Desk, number: str) -> Drawn:
    """The protocol of a merge, a split, a sorting or a local sale, for its owner and its buyer. Raises NotFound."""
    desk.must(Role.CLERK, Role.SUPERVISOR)
    with desk.unit() as unit:
        made = keeping.get(unit.session, Rework, number)
        owner = unit.get(Party, made.owner)
        facts = ReworkSheet(
            what=made.change.value,
            firm=_named(owner, desk),
            before=tuple(_line(unit, unit.get(Parcel, portion.parcel), portion=portion) for portion in made.before),
            after=tuple(_line(unit, unit.get(Parcel, portion.parcel), portion=portion) for portion in made.after),
            balance=tuple(_balance(made)),
            officer=_name(unit, made.by),
            supervisor=_name(unit, made.supervisor) if made.supervisor else "",
            buyer=_named(unit.get(Party, made.buyer), desk) if made.buyer else None,
        )
        subjects = [f"rework/{number}", *(f"parcel/{each.parcel}" for each in (*made.before, *made.after))]
        return archive(desk, unit, PaperKind.REWORK, subjects, lambda *how: papers.rework(facts, *how))


# What other rooms state


def receipt(desk: Desk, facts: FeeReceipt, *, subject: str) -> Drawn:
    """A fee or levy was paid; filed under what it was paid for, such as `shipment/S-2026-000012`."""
    desk.must(Role.CLERK, Role.EXPORTER_DESK, Role.SUPERVISOR)
    with desk.unit() as unit:
        return archive(desk, unit, PaperKind.RECEIPT, [subject], lambda *how: papers.receipt(facts, *how))


def day_sheet(desk: Desk, facts: DaySheet) -> Drawn:
    """The close of a day with the history's anchor; two sign it by hand, and it is filed (trust.md §5)."""
    desk.must(Role.SUPERVISOR)
    with desk.unit() as unit:
        subject = f"day/{facts.day.isoformat()}"
        return archive(desk, unit, PaperKind.DAY_SHEET, [subject], lambda *how: papers.day_sheet(facts, *how))


def list_sheet(desk: Desk, facts: ListSheet, *, subject: str = "list/office") -> Drawn:
    """Any table that a screen shows."""
    desk.must(*Role)
    with desk.unit() as unit:
        return archive(desk, unit, PaperKind.LIST, [subject], lambda *how: papers.list_sheet(facts, *how))


# Labels


def parcel_label(desk: Desk, parcel: str, *, size: LabelSize = LabelSize.SMALL) -> bytes:
    """The label of a parcel's bag; its printing is counted. Raises NotFound, TooLongForPaper."""
    desk.must(*_COUNTER)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        facts = ParcelLabel(
            parcel=parcel,
            heading=thing.heading,
            origins=thing.origins,
            carats=thing.carats,
            on=desk.office.today(thing.received_at),
            office=desk.office.name,
            practice=desk.office.practice,
        )
        made = labels.parcel_label(facts, size)
        count_label(desk, unit, f"L-{parcel}", [f"parcel/{parcel}"])
        return made


def container_labels(desk: Desk, certificate: str) -> tuple[bytes, ...]:
    """A label for each sealed container, once the sheet is proved: parties and seal, no carats, no value.

    Raises WrongState before, NotFound.
    """
    desk.must(Role.ISSUING)
    with desk.unit() as unit:
        found = unit.certificate(Number.parse(certificate))
        assert found.number is not None
        if found.state not in _PROVED:
            raise WrongState(found.number.text, found.state.value, State.ISSUED.value)
        facts, shipment = found.facts, unit.get(Shipment, found.shipment)
        made = tuple(
            labels.container_label(
                ContainerLabel(
                    certificate=found.number.text,
                    exporter=facts.exporter,
                    importer=facts.importer,
                    destination=desk.register.name(facts.destination),
                    seal=box.seal,
                    place=place,
                    containers=len(shipment.containers),
                    office=desk.office.name,
                    authority=facts.issuing_authority,
                    practice=desk.office.practice,
                ),
                wording(desk.form.language),
            )
            for place, box in enumerate(shipment.containers, 1)
        )
        count_label(desk, unit, f"L-{found.number}", [f"certificate/{found.id}", f"shipment/{shipment.number}"])
        return made


def _goods(desk: Desk, unit: Unit, facts: Goods) -> Drawn:
    subjects = [f"parcel/{line.parcel}" for line in facts.lines]
    return archive(desk, unit, facts.paper, subjects, lambda *how: papers.goods(facts, *how))


# Facts from the books


def _some(parcels: Sequence[str]) -> Iterable[str]:
    if not parcels:
        raise NothingToList
    return dict.fromkeys(parcels)


def _parcels_of_one(unit: Unit, numbers: Sequence[str]) -> tuple[list[Parcel], Named]:
    found = [unit.get(Parcel, number) for number in _some(numbers)]
    firm = unit.get(Party, found[0].exporter)
    for parcel in found:
        if parcel.exporter != firm.number:
            raise NotOneFirm(parcel.number, firm.name)
    licence = firm.licence(firm.party_kind, unit.at.date())
    return found, Named(firm.name, firm.address, licence.number if licence else "")


def _named(firm: Party, desk: Desk) -> Named:
    licence = firm.licence(firm.party_kind, desk.today)
    return Named(firm.name, firm.address, licence.number if licence else "")


def _name(unit: Unit, officer: str) -> str:
    found = unit.find(Officer, officer)
    return found.name if found else officer


def _line(
    unit: Unit, parcel: Parcel, declared: Mapping[str, Carats] = _NOTHING, *, portion: Portion | None = None
) -> GoodsLine:
    carats, are = parcel.carats, CaratsAre.AGREED
    if portion is not None:
        carats = portion.carats
    elif carats is None and parcel.number in declared:
        carats, are = declared[parcel.number], CaratsAre.DECLARED
    elif carats is None:
        readings = unit.weighings(parcel.number)
        carats, are = (readings[0].carats if readings else None), CaratsAre.READ
    return GoodsLine(
        parcel=parcel.number,
        heading=parcel.heading,
        origins=parcel.origins,
        packing=parcel.bag,
        pieces=parcel.pieces,
        carats=carats,
        carats_are=are,
    )


def _counted(unit: Unit, weighings: Sequence[Weighing], agreed: Carats, settings: Settings) -> tuple[Weighing, ...]:
    """The two that the agreed carats come from: of all readings, or of those since a weight was contested."""
    step, same, coarser = settings.readability, settings.same_officer_weighs_again, balances.coarser(unit)
    for start in range(len(weighings)):
        rest = weighings[start:]
        try:
            carats = agree(rest, readability=step, coarser=coarser, rounding=settings.rounding, same_officer=same)
            if carats == agreed:
                return counted(rest, readability=step, coarser=coarser, same_officer=same)
        except (NeedsSecondWeighing, NeedsThirdWeighing):
            continue
    return ()


def _readings(
    desk: Desk, unit: Unit, parcel: str, weighings: Sequence[Weighing], pair: tuple[Weighing, ...]
) -> Iterable[ReadingLine]:
    zone = ZoneInfo(desk.office.zone)
    for sequence, each in enumerate(weighings, 1):
        yield ReadingLine(
            parcel=parcel,
            sequence=sequence,
            officer=_name(unit, each.officer),
            balance=each.balance,
            shown=f"{each.reading.value} {each.reading.unit}",
            carats=each.carats,
            by_hand=each.by_hand,
            at=each.at.astimezone(zone),
            counted=each in pair,
        )


def _balance(made: Rework) -> Iterable[BalanceLine]:
    """Every origin on both sides; what was lost or gained of all alike stands with each."""
    reasons = {each.origin: each.reason for each in made.differences}
    for origin in dict.fromkeys(share.origin for side in (made.before, made.after, made.sold) for share in _all(side)):
        before, after, sold = (
            total_carats(share.carats for share in _all(side) if share.origin == origin)
            for side in (made.before, made.after, made.sold)
        )
        line = OriginLine(origin=origin, before=before, after=after, sold=sold)
        yield BalanceLine(
            origin=origin,
            before=before,
            after=after,
            sold=sold,
            loss=line.loss,
            gain=line.gain,
            reason=(reasons.get(origin) or reasons.get(ALL, "")) if line.differs else "",
        )


def _all(portions: Iterable[Portion]) -> Iterable[Share]:
    return (share for portion in portions for share in portion.shares)
