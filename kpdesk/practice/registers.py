"""Practice work in the registers: dealers and miners, couriers, authorities abroad, signatories, a watch list."""

import secrets
from dataclasses import replace
from datetime import timedelta

import numpy as np

from kpdesk.desks import registers, watching
from kpdesk.domain.measures import Carats
from kpdesk.domain.particulars import Particulars, Representative
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.titles import Title
from kpdesk.domain.watch import Watched, WatchKind
from kpdesk.practice import CLERK, SUPERVISOR, Staffed
from kpdesk.scanning.foreign import Picture
from kpdesk.scanning.jpeg import jpeg

_WIDE, _HIGH = 480, 160
_FIRMS = (
    ("DEA-0001", PartyKind.DEALER, "Practice River Dealers", "2 Practice Market", 240),
    ("DEA-0002", PartyKind.DEALER, "Practice Hill Comptoir SARL", "8 Practice Market", 12),
    ("DEA-0005", PartyKind.DEALER, "Practice Delta Buying House", "11 Practice Road", -20),
    ("MIN-0008", PartyKind.MINER, "Practice Cooperative Upper River", "Upper River", 330),
    ("MIN-0009", PartyKind.MINER, "Practice Digger Group Nine", "Lower River", 25),
    ("CAR-0011", PartyKind.CARRIER, "Practice Courier One", "Airport, Gate 4", 400),
    ("CAR-0012", PartyKind.CARRIER, "Practice Hand Carriers", "4 Practice Square", 90),
)
_WATCHED = (
    (WatchKind.PERSON, "Practice Smuggler Omega", ("Omega the Third",), "Practice judgment 12/2024", 1975),
    (WatchKind.FIRM, "Practice Shadow Traders", (), "Goods from a closed zone", None),
    (WatchKind.AREA, "Practice Closed Valley", ("Upper Closed Valley",), "Rebels mine there", None),
)


def fill(office: Staffed) -> None:
    """Enter them through the acts, as a clerk and a supervisor would."""
    desk, beside = office[CLERK], office[SUPERVISOR]
    own, today = desk.office.participant, desk.today
    for number, kind, name, address, left in _FIRMS:
        last = today + timedelta(days=left)
        licences = (
            Licence(f"{number}/{today.year - 1}", kind, last - timedelta(days=730), last - timedelta(days=366)),
            Licence(f"{number}/{today.year}", kind, last - timedelta(days=365), last),
        )
        party = Party(
            number=number, party_kind=kind, name=name, address=address, country=own, residence=own, licences=licences
        )
        registers.register_party(desk, party, beside)
    _exporter(office)
    _authorities(office)
    _titles(office)
    for watched, name, aliases, why, born in _WATCHED:
        watching.add_watched(
            desk,
            Watched(
                number="",
                watch_kind=watched,
                salt=secrets.token_bytes(16),
                name=name,
                aliases=aliases,
                country=own,
                birth_year=born,
                why=why,
                source="Practice ministry",
                since=today - timedelta(days=200),
            ),
        )


def _exporter(office: Staffed) -> None:
    """A firm with everything: a second licence that is suspended, two signatories."""
    desk, beside, number = office[CLERK], office[SUPERVISOR], "EXP-0041"
    today = desk.today
    told = Particulars(
        name=registers.party(desk, number).particulars.name,
        address="14 avenue de la Mission",
        country=desk.office.participant,
        residence=desk.office.participant,
        registration="PRACTICE-2011-B-00417",
        email="exports@practice.example",
        telephone="+000 00 000 000",
        remark="Sights on Tuesdays.",
    )
    registers.change_party(desk, number, told, revision=_revision(office, number))
    dealer = registers.party(desk, "DEA-0001").particulars
    registers.change_party(
        desk, "DEA-0001", replace(dealer, name="Practice New River Dealers"), revision=_revision(office, "DEA-0001")
    )
    dealing = Licence("DEAL-0041/1", PartyKind.DEALER, today - timedelta(days=700), today + timedelta(days=200))
    registers.add_licence(desk, beside, number, dealing, revision=_revision(office, number))
    registers.suspend_licence(
        desk,
        beside,
        number,
        dealing.number,
        first=today - timedelta(days=30),
        last=today + timedelta(days=60),
        why="Returns are missing",
        revision=_revision(office, number),
    )
    for place, (name, function) in enumerate((("Practice Director", "director"), ("Practice Agent", "agent"))):
        _sign(office, number, name, function, place)


def _authorities(office: Staffed) -> None:
    desk = office[CLERK]
    for number, name, country, place in (
        ("AUT-0011", "Practice Authority of the Partner", "XZ", "1 Practice Plaza, Partner City"),
        ("AUT-0012", "Practice Diamond Office Antwerp", "BE", "Hoveniersstraat 22, Antwerpen"),
    ):
        kind = PartyKind.FOREIGN_AUTHORITY
        party = Party(number=number, party_kind=kind, name=name, address=place, country=country)
        party.email = f"{number.lower()}@practice.example"
        registers.register_party(desk, party)
        _sign(office, number, f"Practice Signatory {country}", "head of validation", int(number[-1]) + 4)
        registers.keep_stamp(
            desk, office[SUPERVISOR], number, _stamp(int(number[-1])), revision=_revision(office, number)
        )


def _titles(office: Staffed) -> None:
    desk = office[CLERK]
    for number, mine, holder, area, left in (
        ("T-101", "Upper River Terrace", "MIN-0008", "Block 7", 900),
        ("T-102", "Lower River Gravel", "MIN-0009", "Block 9", 21),
        ("T-103", "Old Pit", "MIN-0008", "Block 2", -60),
    ):
        last = desk.today + timedelta(days=left)
        title = Title(
            number=number,
            mine=mine,
            holder=holder,
            country=desk.office.participant,
            area=area,
            coordinates="8°31′N 11°02′W",
            monthly_capacity=Carats.of("450.00"),
            valid_from=last - timedelta(days=1825),
            valid_until=last,
        )
        registers.register_title(desk, title)


def _sign(office: Staffed, number: str, name: str, function: str, seed: int) -> None:
    power = Representative(name, function, office[CLERK].today - timedelta(days=300))
    revision = _revision(office, number)
    registers.add_representative(
        office[CLERK], office[SUPERVISOR], number, power, specimen=_signature(seed), revision=revision
    )


def _revision(office: Staffed, number: str) -> int:
    return registers.party(office[CLERK], number).revision


def _signature(seed: int) -> bytes:
    """A scrawl that is nobody's hand."""
    random = np.random.default_rng(seed)
    at = np.linspace(0, 1, 4000)
    waves = sum(
        random.uniform(0.2, 1) / turns * np.sin(2 * np.pi * turns * at + random.uniform(0, 6)) for turns in range(1, 9)
    )
    loops = 0.05 * np.sin(2 * np.pi * random.integers(7, 12) * at)
    across = (0.08 + 0.84 * at + loops) * _WIDE
    down = (0.5 - 0.3 * waves / np.abs(waves).max()) * _HIGH
    return _inked(across, down)


def _stamp(seed: int) -> bytes:
    """Two rings, and spokes that count."""
    turn = np.linspace(0, 2 * np.pi, 4000)
    across, down = [], []
    for radius in (66, 58, 22):
        across.append(_WIDE / 2 + radius * np.cos(turn))
        down.append(_HIGH / 2 + radius * np.sin(turn))
    for spoke in np.arange(0, 2 * np.pi, 2 * np.pi / (6 + seed)):
        length = np.linspace(24, 56, 400)
        across.append(_WIDE / 2 + length * np.cos(spoke))
        down.append(_HIGH / 2 + length * np.sin(spoke))
    return _inked(np.concatenate(across), np.concatenate(down))


def _inked(
    across: "np.ndarray[tuple[int], np.dtype[np.float64]]", down: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> bytes:
    """A line of blue ink on white paper, as a JPEG."""
    paper = np.full((_HIGH, _WIDE, 3), 255, np.uint8)
    for right in (-1, 0, 1):
        for below in (-1, 0, 1):
            rows = np.clip(down.astype(int) + below, 0, _HIGH - 1)
            paper[rows, np.clip(across.astype(int) + right, 0, _WIDE - 1)] = (32, 48, 120)
    return jpeg(Picture(_WIDE, _HIGH, paper.tobytes()))
