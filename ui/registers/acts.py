"""The registers page tied to the officer's desk. Runs in the workroom; touches no widget."""

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kpdesk.desks import clerk, counter, imports, offices, pricing, registers, watching
from kpdesk.desks.counter import Shot
from kpdesk.desks.desk import Desk
from kpdesk.desks.imports import Listing
from kpdesk.desks.reading import Reader
from kpdesk.domain.particulars import Particulars, Representative
from kpdesk.domain.parties import Licence, Party, PartyKind
from kpdesk.domain.titles import Title, TitleTerms
from kpdesk.domain.watch import Watched, WatchKind
from ui import messages
from ui.formats import day
from ui.registers.asked import Compared, Entry, Known, RegistersActs
from ui.registers.tasks import PARTICULARS, Aim, Values
from ui.slips import Picture
from ui.tones import Answer

_SCREEN = "registers"
_HOLDERS = (PartyKind.MINER, PartyKind.EXPORTER, PartyKind.DEALER)


def registers_acts(desk: Desk, reader: Reader) -> RegistersActs:
    """The page's questions, asked of this officer's desk."""
    return RegistersActs(
        shelf=lambda shelf, typed, after: _shelf(desk, shelf, typed, after),
        entry=lambda kind, number: _entry(desk, kind, number),
        known=lambda task, aim: _known(desk, task, aim),
        look=lambda name: _look(desk, name),
        do=lambda task, aim, values, signed: _do(desk, task, aim, values, signed),
        picture=lambda digest: registers.picture(desk, digest),
        draw=lambda content: _draw(reader, content),
        read_picture=lambda given, name: _read(reader, given, name),
        columns=lambda listing: tuple(imports.columns(Listing(listing))),
        compare=lambda listing, path, whole: _compare(desk, listing, path, whole),
        accept=lambda compared, officer, password: _accept(desk, compared, officer, password),
        today=lambda: desk.today,
        draft=lambda: _draft(desk),
        keep_draft=lambda texts: clerk.save_draft(desk, _SCREEN, json.dumps(dict(texts)) if texts else ""),
    )


def _shelf(desk: Desk, shelf: str, typed: str, after: str) -> Sequence[object]:
    match shelf:
        case "title":
            return registers.titles(desk, typed=typed, after=after)
        case "watch":
            return watching.watched(desk, typed=typed, after=after)
    return registers.parties(desk, PartyKind(shelf), typed=typed, after=after)


def _entry(desk: Desk, kind: str, number: str) -> Entry:
    match kind:
        case "title":
            return registers.title(desk, number)
        case "watch":
            return watching.watched_one(desk, number)
    return registers.party(desk, number)


def _look(desk: Desk, name: str) -> Sequence[Answer]:
    return [messages.found(finding) for finding in watching.near_names(desk, name)]


def _known(desk: Desk, task: str, aim: Aim) -> Known:
    holders: list[tuple[str, str]] = []
    if task in ("title_new", "title_change"):
        holders = [(number, f"{number}  {name}") for number, name in registers.named(desk, _HOLDERS)]
    countries = [(code, f"{code}  {name}") for code, name in clerk.participants(desk)]
    return Known(countries, holders, _texts(desk, task, aim))


def _texts(desk: Desk, task: str, aim: Aim) -> Mapping[str, str]:
    """What the fields of a task begin with."""
    today, own = day(desk.today), desk.office.participant
    match task:
        case "party_new":
            kind = PartyKind(aim.shelf)
            abroad = kind in (PartyKind.IMPORTER, PartyKind.FOREIGN_AUTHORITY)
            return {"number": registers.next_number(desk, kind), "country": "" if abroad else own}
        case "party_change":
            told = registers.party(desk, aim.number).particulars
            return {ask.name: getattr(told, ask.name) for ask in PARTICULARS}
        case "licence_add":
            party = registers.party(desk, aim.number)
            number = f"{party.number}/{desk.today.year}"
            return {"number": number, "kind": party.party_kind.value, "valid_from": today}
        case "licence_renew":
            held = next(each for each in registers.party(desk, aim.number).licences if each.number == aim.part)
            return {"valid_until": day(held.valid_until) if held.valid_until else ""}
        case "title_new":
            return {"country": own, "valid_from": today}
        case "title_change":
            return _terms_texts(registers.title(desk, aim.number).terms)
    return {"first": today, "last": today if task != "licence_suspend" else "", "power_from": today, "since": today}


def _terms_texts(terms: TitleTerms) -> Mapping[str, str]:
    return {
        "mine": terms.mine,
        "holder": terms.holder,
        "country": terms.country,
        "area": terms.area,
        "zone": terms.zone,
        "coordinates": terms.coordinates,
        "monthly_capacity": str(terms.monthly_capacity),
        "valid_from": day(terms.valid_from),
        "valid_until": day(terms.valid_until) if terms.valid_until else "",
    }


def _do(desk: Desk, task: str, aim: Aim, values: Values, signed: tuple[str, str] | None) -> str:
    """One task; the number of the entry it was done to. Raises what the registers refuse."""
    second = offices.beside(desk, officer=signed[0], password=signed[1]) if signed else None
    number, at = aim.number or str(values.get("number", "")), aim.revision
    match task:
        case "party_new":
            told = {name: words for name, words in values.items() if name != "number"}
            registers.register_party(desk, Party(number=number, party_kind=PartyKind(aim.shelf), **told), second)
        case "party_change":
            registers.change_party(desk, number, Particulars(**values), revision=at, second=second)
        case "title_new":
            registers.register_title(desk, Title(**values))
        case "watch_new":
            return watching.add_watched(desk, _watched(values))
        case _:
            assert second is not None
            _do_by_two(desk, second, task, aim, values)
    return number


def _do_by_two(desk: Desk, second: Desk, task: str, aim: Aim, values: Values) -> None:
    number, part, at = aim.number, aim.part, aim.revision
    match task:
        case "licence_add":
            licence = Licence(values["number"], PartyKind(values["kind"]), values["valid_from"], values["valid_until"])
            registers.add_licence(desk, second, number, licence, revision=at)
        case "licence_renew":
            registers.renew_licence(desk, second, number, part, until=values["valid_until"], revision=at)
        case "licence_suspend":
            registers.suspend_licence(desk, second, number, part, revision=at, **values)
        case "licence_restore":
            registers.restore_licence(desk, second, number, part, revision=at, **values)
        case "licence_withdraw":
            registers.withdraw_licence(desk, second, number, part, revision=at, **values)
        case "power_add":
            shot, power = _parted(values)
            content = shot.content if shot else b""
            registers.add_representative(desk, second, number, Representative(**power), specimen=content, revision=at)
        case "power_end":
            registers.withdraw_representative(desk, second, number, part, revision=at, **values)
        case "stamp":
            shot, _ = _parted(values)
            assert shot is not None
            registers.keep_stamp(desk, second, number, shot.content, revision=at)
        case "title_change":
            registers.change_title(desk, second, number, TitleTerms(**values), revision=at)
        case "watch_end":
            watching.end_watched(desk, second, number, **values)


def _parted(values: Values) -> tuple[Shot | None, dict[str, Any]]:
    rest = dict(values)
    return rest.pop("picture"), rest


def _watched(values: Values) -> Watched:
    year = values["birth_year"]
    return Watched(
        number="",
        watch_kind=WatchKind(values["watch_kind"]),
        salt=secrets.token_bytes(16),
        name=values["name"],
        aliases=tuple(filter(None, (each.strip() for each in values["aliases"].split("|")))),
        country=values["country"],
        birth_year=int(year) if year.isdecimal() else None,
        why=values["why"],
        source=values["source"],
        since=values["since"],
    )


def _read(reader: Reader, given: object, name: str) -> Shot:
    assert isinstance(given, Path | bytes)
    return counter.read_photo(reader, given, name=name, longest=registers.SPECIMEN)


def _draw(reader: Reader, content: bytes) -> Picture:
    seen = reader.picture_bytes("specimen", content)
    return Picture(seen.width, seen.height, seen.width * 3, "RGB", seen.rgb)


def _compare(desk: Desk, listing: str, path: Path, whole: bool) -> Compared:
    content = pricing.file_content(path)
    difference = imports.compare(desk, Listing(listing), content, name=path.name, whole=whole)
    return Compared(listing, content, path.name, whole, difference)


def _accept(desk: Desk, compared: Compared, officer: str, password: str) -> object:
    second = offices.beside(desk, officer=officer, password=password)
    return imports.accept(
        desk,
        second,
        Listing(compared.listing),
        compared.content,
        name=compared.name,
        whole=compared.whole,
        digest=compared.difference.digest,
    )


def _draft(desk: Desk) -> Mapping[str, str]:
    kept = clerk.draft(desk, _SCREEN)
    return {str(name): str(text) for name, text in json.loads(kept).items()} if kept else {}
