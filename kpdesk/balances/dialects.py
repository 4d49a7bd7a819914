"""Bytes to readings: how each maker's balance writes a line, as tables of patterns (desk.md §2.2, §2.3).

`parse` never raises and never calls stable what lacks its flag. Fixed widths are asked for where a maker states them,
so that a line which lost or gained a character is no line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache

from kpdesk.domain.balance import DialectName, Fault, FaultKind, LineSettings, Parity, Profile
from kpdesk.domain.weighing import Reading, Unit

LONGEST = 80
"""Bytes of a line; no maker writes more for a weight."""

UNITS: Mapping[str, Unit] = {
    "ct": "ct", "CT": "ct", "C.M.": "ct", "car": "ct", "g": "g", "G": "g", "mg": "mg",
}  # fmt: skip
"""Their words for units. Sartorius' `K` is the Austrian carat, which is not ours."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What to send, whole; empty where a balance knows no such request."""

    now: bytes = b""
    stable: bytes = b""
    zero: bytes = b""
    tare: bytes = b""
    who: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One maker's way to write."""

    name: DialectName
    weight: tuple[re.Pattern[bytes], ...]
    """A weight, with the groups `value` and `unit`, and where it has them `sign`, `flag` and `kind`."""
    flags: Mapping[bytes, bool | None] = field(default_factory=dict)
    """What the flag says: at rest, moving, or None where it tells neither. An unknown flag is a garbled line."""
    others_move: bool = False
    """An unknown flag says that it moves."""
    unit_tells: bool = False
    """A weight is at rest when its unit is printed."""
    nets: Mapping[bytes, bool] = field(default_factory=dict)
    """What `kind` says of the tare."""
    faults: tuple[tuple[re.Pattern[bytes], FaultKind], ...] = ()
    """Lines that say something is wrong; a group `code` names it."""
    other: re.Pattern[bytes]
    """Lines that are neither."""
    asks: Asks = Asks()
    lines: tuple[LineSettings, ...] = ()
    """Line settings to try, in order."""
    pause_ms: int = 0
    """Least time between two requests."""


def parse(dialect: Dialect, line: bytes, *, at: datetime, unit: Unit | None = None) -> Reading | Fault | None:
    """What a line says; None for one that is no weight and no fault.

    `unit` is the one the balance is known to be set to, for makers that leave it out while the pan moves.
    """
    plain = line.strip(b"\r\n\0")
    if not plain.strip():
        return None
    if len(plain) > LONGEST or any(not 0x20 <= byte <= 0x7E for byte in plain if byte != _DONE):
        return Fault(FaultKind.TRANSMISSION, line)
    for pattern, kind in dialect.faults:
        if found := pattern.fullmatch(plain):
            return Fault(kind, line, _group(found, "code").strip().decode())
    for shown, unverified in _verified(plain):
        for pattern in dialect.weight:
            if found := pattern.fullmatch(shown):
                return _weight(dialect, found, line, unverified=unverified, at=at, unit=unit)
    return None if dialect.other.fullmatch(plain) else Fault(FaultKind.TRANSMISSION, line)


_DONE = 0x06
_VALUE = re.compile(rb" *([+-]?) *([0-9]{1,9}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})")
_BRACKETS = re.compile(rb"\[([0-9]{1,3})\]")
_STROKE = re.compile(rb"(?<=[0-9.])/([0-9]{1,3})(?![0-9])")


def _verified(line: bytes) -> tuple[tuple[bytes, int], ...]:
    """Without the marks around the last digits that are not verified for trade, and how many those are.

    Makers put the marks inside the width of the value or beside it: both are tried.
    """
    for marks in (_BRACKETS, _STROKE):
        if found := marks.search(line):
            plain = line[: found.start()] + found[1] + line[found.end() :]
            wide = len(line) - len(plain)
            digit = re.search(rb"[0-9.]", plain)
            start = digit.start() if digit else 0
            return tuple((each, len(found[1])) for each in (plain[:start] + b" " * wide + plain[start:], plain))
    return ((line, 0),)


def _group(found: re.Match[bytes], name: str) -> bytes:
    return found[name] or b"" if name in found.re.groupindex else b""


def _weight(
    dialect: Dialect, found: re.Match[bytes], line: bytes, *, unverified: int, at: datetime, unit: Unit | None
) -> Reading | Fault | None:
    value = _VALUE.fullmatch(found["value"].rstrip())
    flag, kind = _group(found, "flag"), _group(found, "kind")
    signs = _group(found, "sign").strip() + (value[1] if value else b"")
    if value is None or len(signs) > 1 or not (flag in dialect.flags or dialect.others_move or not dialect.flags):
        return Fault(FaultKind.TRANSMISSION, line)
    at_rest = dialect.flags.get(flag, False) if dialect.flags else None
    word = _group(found, "unit").strip().decode()
    known = UNITS.get(word)
    if dialect.unit_tells:
        at_rest = bool(word)
        if not word:
            known = unit
            if known is None:
                return Fault(FaultKind.BUSY, line)
    if known is None:
        return Fault(FaultKind.UNIT, line, word)
    amount = Decimal(value[2].decode())
    return Reading(
        value=-amount if signs == b"-" else amount,
        unit=known,
        stable=bool(at_rest),
        stable_by="instrument" if at_rest else "software" if at_rest is None else None,
        net=dialect.nets.get(kind.strip()),
        unverified_digits=unverified,
        raw=line,
        at=at,
    )


def _re(*patterns: bytes) -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _faults(**patterns: bytes) -> tuple[tuple[re.Pattern[bytes], FaultKind], ...]:
    return tuple((re.compile(pattern), FaultKind(kind)) for kind, pattern in patterns.items())


_8N1, _7E1, _7O1, _8O1 = (
    LineSettings(9600),
    LineSettings(2400, 7, Parity.EVEN),
    LineSettings(1200, 7, Parity.ODD, rtscts=True),
    LineSettings(9600, 8, Parity.ODD),
)
_SBI_WEIGHT = rb"(?P<sign>[+ -])(?P<value>[ 0-9.]{9}) (?P<unit>.{3})"
_SBI_WORDS = {
    "overload": rb" *(H|High) *",
    "underload": rb" *(L|Low) *",
    "calibrating": rb" *Cal\..{0,9}",
    "busy": rb" *-- *",
    "error": rb" *(?:Err|Er) {0,2}(?P<code>[0-9]{2,3}) *",
}
_SBI_ASKS = Asks(b"\x1bP\r\n", b"\x1bP\r\n", b"\x1bV\r\n", b"\x1bU\r\n", (b"\x1bx1_\r\n", b"\x1bx2_\r\n"))
_SBI_WHO = rb" *(?:[A-Za-z][A-Za-z0-9/_. -]{2,20}|[0-9]{8,10}) *"
_SICS_ASKS = Asks(b"SI\r\n", b"S\r\n", b"Z\r\n", b"T\r\n", (b"I2\r\n", b"I4\r\n"))

DIALECTS: Mapping[DialectName, Dialect] = {
    each.name: each
    for each in (
        Dialect(
            name=DialectName.SICS,
            weight=_re(rb"S (?P<flag>[SD]) (?P<value>[ 0-9.-]{10}) (?P<unit>\S{1,5}) ?"),
            flags={b"S": True, b"D": False},
            faults=_faults(
                overload=rb"(?:S|SI|Z|T|TI) \+",
                underload=rb"(?:S|SI|Z|T|TI) -",
                busy=rb"(?:S|SI|Z|T|TI|C3) I",
                calibrating=rb"C3 B",
                syntax=rb"ES",
                transmission=rb"ET",
                logical=rb"EL|(?:S|SI|Z|T|TI|C3) L",
            ),
            other=re.compile(rb"(?:Z A|ZI [SD]|TI? [SDA] .*|TA .*|TAC A|C3 A|I[0-9]{1,2} [AB].*|@.*|[A-Z]{1,3} A.*)"),
            asks=_SICS_ASKS,
            lines=(_8N1,),
            pause_ms=100,  # KERN's KCP
        ),
        Dialect(
            name=DialectName.SBI16,
            weight=_re(_SBI_WEIGHT),
            unit_tells=True,
            faults=_faults(**_SBI_WORDS),
            other=re.compile(_SBI_WHO),
            asks=_SBI_ASKS,
            lines=(_7O1, _8O1, _8N1),
        ),
        Dialect(
            name=DialectName.SBI22,
            weight=_re(rb"(?P<kind>[NG]) {5}" + _SBI_WEIGHT),
            unit_tells=True,
            nets={b"N": True, b"G": False},
            faults=_faults(**{kind: rb"(?:Stat {2})?" + pattern for kind, pattern in _SBI_WORDS.items()}),
            other=re.compile(rb"(?:Stat {2}.*|T.{5}.{14}|" + _SBI_WHO + rb")"),
            asks=_SBI_ASKS,
            lines=(_7O1, _8O1, _8N1),
        ),
        Dialect(
            name=DialectName.AND,
            weight=_re(rb"(?P<flag>ST|US),(?P<value>[+-][ 0-9.]{8})(?P<unit>[ A-Za-z.]{3})"),
            flags={b"ST": True, b"US": False},
            faults=_faults(
                overload=rb"OL,\+.*", underload=rb"OL,-.*", error=rb"EC,(?P<code>E[0-9]{2}).*", unit=rb"(?P<code>QT),.*"
            ),
            other=re.compile(rb"\x06|(?:ID|SN|TN|PT|WT),.*"),
            asks=Asks(b"Q\r\n", b"S\r\n", b"R\r\n", b"T\r\n", (b"?ID\r\n", b"?SN\r\n")),
            lines=(_7E1, _8N1),
        ),
        Dialect(
            name=DialectName.OHAUS,
            # A line that ends with its unit has lost the place of its flag, and tells no stability.
            weight=_re(
                rb"(?P<value>[ 0-9.-]{9,12}) (?P<unit>[A-Za-z.]{1,5})(?P<flag>)",
                rb"(?P<value>[ 0-9.-]{9,12}) (?P<unit>[A-Za-z.]{1,5}) +(?P<flag>\?) *(?P<kind>NET|N|G|B)? *",
                rb"(?P<value>[ 0-9.-]{9,12}) (?P<unit>[A-Za-z.]{1,5})(?P<flag> ) *(?P<kind>NET|N|G|B)? *",
            ),
            flags={b" ": True, b"?": False, b"": None},
            nets={b"NET": True, b"N": True, b"G": False, b"B": False},
            faults=_faults(
                syntax=rb"ES", overload=rb" *(?:Err 8\.[34]|-{2,}\^?) *", error=rb" *Err(?:or)? ?(?P<code>[0-9.]+) *"
            ),
            other=re.compile(rb"(?:OK!?|Z|T|P|0P|[A-Z]{2} ?:.*|.*[Vv]ersion.*|SR .*|Ohaus.*)"),
            asks=Asks(b"IP\r\n", b"SP\r\n", b"Z\r\n", b"T\r\n", (b"PV\r\n",)),
            lines=(_8N1, LineSettings(2400, 7, Parity.NONE, 2)),
        ),
        Dialect(
            name=DialectName.SHIMADZU,
            weight=_re(rb"(?P<flag>[SU]?)(?P<sign>[+ -])(?P<value>[ 0-9.]{8})(?P<unit>[ A-Za-z.]{1,4})"),
            flags={b"S": True, b"U": False, b"": None},
            faults=_faults(overload=rb"[SU]? *oL *", underload=rb"[SU]? *-oL *", error=rb" *(?P<code>Err.{0,8})"),
            other=re.compile(rb"(?:OK|ID.*|\x06)"),
            asks=Asks(b"D05\r", b"D07\r", b"ZERO\r", b"T\r"),
            lines=(LineSettings(1200),),
        ),
        Dialect(
            name=DialectName.VIBRA,
            weight=_re(rb"(?P<sign>[+ -])(?P<value>[ 0-9.]{7,8})(?P<unit>[ A-Za-z.]{2})[ LGH](?P<flag>[SU])"),
            flags={b"S": True, b"U": False},
            faults=_faults(error=rb".{9,13}(?P<code>E)"),
            other=re.compile(rb"(?:\x06|A00|E0[0-9])"),
            asks=Asks(b"O8\r\n", b"O9\r\n", b"Z \r\n", b"T \r\n"),
            lines=(LineSettings(1200),),
        ),
        Dialect(
            name=DialectName.RADWAG,
            # The second as older firmware writes it: the command in three places, a space around the marker.
            weight=_re(
                rb"S (?P<flag>[ ?])(?P<sign>[ -])(?P<value>[ 0-9.]{9}) (?P<unit>.{3})",
                rb"(?:S  |SI |SU |SUI) (?P<flag>[ ?]) (?P<sign>[ -])(?P<value>[ 0-9.]{9}) (?P<unit>.{3})",
            ),
            flags={b" ": True, b"?": False},
            faults=_faults(
                overload=rb"S(?:[IU ]{0,2}) ?\^.*",
                underload=rb"S(?:[IU ]{0,2}) ?v.*",
                busy=rb"(?:S|SI|SU|SUI|Z|T) [EI]",
                syntax=rb"ES",
            ),
            other=re.compile(rb"(?:[A-Z]{1,3} [AD]|(?:NB|BN|FS|RV|I) .*)"),
            asks=Asks(b"SI\r\n", b"S\r\n", b"Z\r\n", b"T\r\n", (b"NB\r\n", b"BN\r\n")),
            lines=(_8N1, LineSettings(4800)),
        ),
    )
}
"""All but the one by profile. Requests marked as from memory in desk.md §2.3 want a look at the real instrument."""


@cache
def dialect(name: DialectName, profile: Profile | None = None) -> Dialect:
    """The dialect of a balance; `profile` belongs to `regex` and was checked when it was read."""
    if name is not DialectName.REGEX:
        return DIALECTS[name]
    assert profile is not None
    pattern = re.sub(r"\(\?P<stable>", "(?P<flag>", profile.line)
    return Dialect(
        name=name,
        weight=_re(pattern.encode()),
        flags={profile.stable.encode(): True} if "(?P<flag>" in pattern and profile.stable else {},
        others_move=True,
        faults=_faults(overload=profile.overload.encode()) if profile.overload else (),
        other=re.compile(rb"(?!)"),
        asks=Asks(now=_ask(profile.now), zero=_ask(profile.zero), tare=_ask(profile.tare)),
    )


def _ask(text: str) -> bytes:
    return text.encode() + b"\r\n" if text else b""
