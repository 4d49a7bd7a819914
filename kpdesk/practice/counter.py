"""A day at the practice counter: parcels with vouchers, photos and witnesses, at every step of their way."""

import hashlib
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from kpdesk.desks import clerk, contests, counter, registers, valuer, weighing
from kpdesk.desks.counter import Picture, Shot
from kpdesk.domain.custody import Dispute, Place, Service, Voucher
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.parcel import Source
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.valuation import FigureKind, PriceReason, SizeLine
from kpdesk.domain.weighing import Weighing
from kpdesk.practice import (
    BALANCE,
    CLERK,
    CLERK_2,
    COUNTER,
    SUPERVISOR,
    SUPERVISOR_2,
    VALUER,
    VALUER_2,
    Goods,
    Staffed,
    bring_in,
    read_balance,
)
from kpdesk.scanning.jpeg import jpeg

_WITNESSES = {Service.CUSTOMS: "Practice Customs Officer", Service.MINES: "Practice Mines Officer"}
_WIDE, _HIGH = 1280, 860


def fill(office: Staffed) -> None:
    """Parcels wait for the second weighing, for a bag, for an answer; one lies in the vault, one is contested."""
    desk = office[CLERK]
    _dealer(office)
    for place, (carats, per_carat) in enumerate((("412.33", "96.00"), ("88.10", "140.50"), ("1906.72", "61.00"))):
        number = bring_in(office, Goods(Heading.UNSORTED, Decimal(carats), Decimal(per_carat), (_own(office),)))
        counter.add_photo(desk, number, photo(place + 1))
        if place == 0:
            counter.hand_over(desk, office[SUPERVISOR], parcels=[number], place=Place.VAULT)
        if place == 1:
            contests.contest(
                desk,
                number,
                what=Dispute.VALUE,
                contester="Practice Agent",
                reason="the exporter holds it for too high",
            )
    bought = receive(office, "10.004", source=Source.PURCHASED, seed=7)
    _weighed(office, bought, "10.005")
    counter.hand_over(desk, office[VALUER], parcels=[bought], place=Place.OFFICER)
    _valued(office, receive(office, "61.250", seed=11))
    for place, carats in enumerate(("234.565", "51.870", "1010.400")):
        receive(office, carats, seed=20 + place, heading=Heading.NON_INDUSTRIAL if place == 1 else Heading.UNSORTED)


def receive(
    office: Staffed,
    carats: str,
    *,
    source: Source = Source.MINED,
    heading: Heading = Heading.UNSORTED,
    seed: int = 1,
) -> str:
    """A parcel over the counter with its first weighing, a photo and witnesses; its number."""
    desk, own = office[CLERK], _own(office)
    purchased = source is Source.PURCHASED
    return clerk.receive_parcel(
        desk,
        exporter="EXP-0042" if purchased else "EXP-0041",
        heading=heading,
        origins=(own,),
        provenance=own,
        source=source,
        title="" if purchased else "T-100",
        pieces=140 + seed,
        bag=office.next_stock("TB"),
        bought_by=_vouchers(office, Carats.of(carats)) if purchased else (),
        photo=photo(seed),
        witnesses=_WITNESSES,
        weighings=[Weighing(desk.officer.id, read_balance(Decimal(carats), desk), "", BALANCE)],
    ).number


def _valued(office: Staffed, parcel: str) -> None:
    """All figures are in; it waits for its bag."""
    _weighed(office, parcel, "61.250")
    agreed = Carats.of("61.25")
    for name, kind in ((VALUER, FigureKind.OFFICE), (VALUER_2, FigureKind.INDEPENDENT)):
        line = SizeLine("4-10.8 ct", agreed, Decimal("118.00"), PriceReason.OTHER)
        valuer.give_figure(office[name], parcel, kind=kind, lines=[line])
    valuer.declare_value(office[COUNTER], parcel, total=Money.of("7227.50"))


def _weighed(office: Staffed, parcel: str, carats: str) -> None:
    desk = office[CLERK_2]
    weighing.weigh(desk, parcel, reading=read_balance(Decimal(carats), desk), balance=BALANCE)


def _own(office: Staffed) -> str:
    return office[CLERK].office.participant


def _dealer(office: Staffed) -> None:
    desk = office[SUPERVISOR]
    licence = Licence("D-0091/2026", PartyKind.DEALER, desk.today.replace(month=1, day=1))
    registers.register_party(
        desk,
        Party(
            number="DEA-0091",
            party_kind=PartyKind.DEALER,
            name="Practice Buying House",
            address="Market Street 4",
            country=_own(office),
            licences=(licence,),
        ),
        office[SUPERVISOR_2],
    )


def _vouchers(office: Staffed, carats: Carats) -> tuple[Voucher, ...]:
    """Two sales of a dealer that make up the parcel."""
    first = Carats.from_thousandths(carats.thousandths // 3)
    parts = (first, carats - first)
    on = office[CLERK].today
    return tuple(
        Voucher(
            number=f"V-{2041 + place}",
            seller="DEA-0091",
            on=on,
            carats=part,
            value=Money((part.value * 85).quantize(Decimal("0.01"))),
        )
        for place, part in enumerate(parts)
    )


def photo(seed: int) -> Shot:
    """A drawn picture of stones on a tray."""
    random = np.random.default_rng(seed)
    ground = np.linspace(232, 214, _HIGH, dtype=np.float32)[:, None, None]
    pixels = np.broadcast_to(ground + np.array([0, 1, 4], np.float32), (_HIGH, _WIDE, 3)).copy()
    for _ in range(70):
        centre = random.normal((_WIDE / 2, _HIGH / 2), (_WIDE / 6, _HIGH / 6))
        _stone(pixels, centre, float(random.uniform(12, 38)), random)
    rgb = np.clip(pixels, 0, 255).astype(np.uint8)
    picture = Picture(_WIDE, _HIGH, rgb.tobytes())
    content = jpeg(picture)
    return Shot(picture, content, hashlib.sha256(content).hexdigest())


def _stone(
    pixels: npt.NDArray[np.float32], centre: npt.NDArray[np.float64], size: float, random: np.random.Generator
) -> None:
    """A rough crystal: triangles about a point off its middle, each as bright as it faces the light."""
    corners = int(random.integers(5, 9))
    angles = np.sort(random.uniform(0, 2 * np.pi, corners))
    rim = centre + size * random.uniform(0.7, 1.0, (corners, 1)) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    top = centre + random.uniform(-0.25, 0.25, 2) * size
    tint = random.uniform(0.92, 1.0, 3).astype(np.float32)
    for place in range(corners):
        light = 168 + 62 * float(np.cos(angles[place] + 2.3)) + float(random.uniform(-12, 12))
        _triangle(pixels, np.stack([top, rim[place], rim[(place + 1) % corners]]), tint * np.float32(light))


def _triangle(
    pixels: npt.NDArray[np.float32], points: npt.NDArray[np.float64], colour: npt.NDArray[np.float32]
) -> None:
    low = np.maximum(np.floor(points.min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(points.max(axis=0)).astype(int) + 1, (_WIDE, _HIGH))
    if (high <= low).any():
        return
    across, down = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
    inside = np.ones(across.shape, bool)
    (ax, ay), (bx, by) = points[1] - points[0], points[2] - points[0]
    turn = np.sign(ax * by - ay * bx)
    for one, other in ((0, 1), (1, 2), (2, 0)):
        edge = points[other] - points[one]
        inside &= turn * (edge[0] * (down - points[one][1]) - edge[1] * (across - points[one][0])) >= 0
    pixels[low[1] : high[1], low[0] : high[0]][inside] = colour
