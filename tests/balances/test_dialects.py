"""Every maker's lines as their manuals print them, and that no line of bytes does harm."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpdesk.balances.dialects import DIALECTS, LONGEST, UNITS, dialect, parse
from kpdesk.balances.profiles import ProfileDamaged, read_profile
from kpdesk.balances.simulated import PROFILE, Wrong, spoil
from kpdesk.domain.balance import DialectName, Fault, FaultKind, Profile
from kpdesk.domain.weighing import Reading, Unit

D = DialectName
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
ALL = [*DIALECTS.values(), dialect(D.REGEX, PROFILE)]
STABLE, MOVING, NOT_TOLD = (True, "instrument"), (False, None), (False, "software")


def said(name: DialectName, line: bytes, unit: Unit | None = None) -> Reading | Fault | None:
    return parse(dialect(name, PROFILE if name is D.REGEX else None), line, at=AT, unit=unit)


@pytest.mark.parametrize(
    ("name", "line", "value", "unit", "rest"),
    [
        (D.SICS, b"S S     123.45 ct\r\n", "123.45", "ct", STABLE),
        (D.SICS, b"S D     123.45 ct\r\n", "123.45", "ct", MOVING),
        (D.SICS, b"S S      -0.02 ct", "-0.02", "ct", STABLE),
        (D.SICS, b"S S    24.6913 g", "24.6913", "g", STABLE),
        (D.SICS, b"S S   24691.30 mg", "24691.30", "mg", STABLE),
        (D.SBI16, b"+   123.56 ct \r\n", "123.56", "ct", STABLE),
        (D.SBI16, b"-     0.02 ct \r\n", "-0.02", "ct", STABLE),
        (D.SBI16, b"+  24.6913 g  ", "24.6913", "g", STABLE),
        (D.SBI22, b"N     +   123.56 ct \r\n", "123.56", "ct", STABLE),
        (D.SBI22, b"G     +   123.56 ct \r\n", "123.56", "ct", STABLE),
        (D.AND, b"ST,+00123.45 ct\r\n", "123.45", "ct", STABLE),
        (D.AND, b"US,-00000.02 ct\r\n", "-0.02", "ct", MOVING),
        (D.AND, b"ST,+024.6913  g\r\n", "24.6913", "g", STABLE),
        (D.OHAUS, b"     123.45 ct     ", "123.45", "ct", STABLE),
        (D.OHAUS, b"     123.45 ct    ?", "123.45", "ct", MOVING),
        (D.OHAUS, b"     123.45 ct      NET", "123.45", "ct", STABLE),
        (D.OHAUS, b"      -0.02 ct ? NET", "-0.02", "ct", MOVING),
        (D.OHAUS, b"     123.45 ct", "123.45", "ct", NOT_TOLD),
        (D.SHIMADZU, b"S   123.45ct \r", "123.45", "ct", STABLE),
        (D.SHIMADZU, b"U-    0.02ct \r", "-0.02", "ct", MOVING),
        (D.SHIMADZU, b"+  123.45ct \r", "123.45", "ct", NOT_TOLD),
        (D.VIBRA, b"+00123.45CT S\r\n", "123.45", "ct", STABLE),
        (D.VIBRA, b"+0123.45CT U\r\n", "123.45", "ct", MOVING),
        (D.VIBRA, b"-024.6913 GLS", "-24.6913", "g", STABLE),
        (D.RADWAG, b"S      123.45 ct \r\n", "123.45", "ct", STABLE),
        (D.RADWAG, b"S ?-     0.02 ct \r\n", "-0.02", "ct", MOVING),
        (D.RADWAG, b"S     -   123.45 ct ", "-123.45", "ct", STABLE),
        (D.RADWAG, b"SI  ?     123.45 ct ", "123.45", "ct", MOVING),
        (D.REGEX, b"    123.45 ct \r\n", "123.45", "ct", STABLE),
        (D.REGEX, b"-     0.02 ct?\r\n", "-0.02", "ct", MOVING),
    ],
)
def test_weights(name: DialectName, line: bytes, value: str, unit: Unit, rest: tuple[bool, str | None]) -> None:
    reading = said(name, line)
    assert isinstance(reading, Reading)
    assert (str(reading.value), reading.unit) == (value, unit)
    assert (reading.stable, reading.stable_by) == rest
    assert (reading.raw, reading.at, reading.unverified_digits) == (line, AT, 0)


@pytest.mark.parametrize(
    ("name", "line", "kind", "code"),
    [
        (D.SICS, b"S I", FaultKind.BUSY, ""),
        (D.SICS, b"S +", FaultKind.OVERLOAD, ""),
        (D.SICS, b"S -", FaultKind.UNDERLOAD, ""),
        (D.SICS, b"Z I", FaultKind.BUSY, ""),
        (D.SICS, b"ES", FaultKind.SYNTAX, ""),
        (D.SICS, b"ET", FaultKind.TRANSMISSION, ""),
        (D.SICS, b"EL", FaultKind.LOGICAL, ""),
        (D.SICS, b"C3 B", FaultKind.CALIBRATING, ""),
        (D.SICS, b"S S     123.45 oz", FaultKind.UNIT, "oz"),
        (D.SBI16, b"     High     ", FaultKind.OVERLOAD, ""),
        (D.SBI16, b"      H       ", FaultKind.OVERLOAD, ""),
        (D.SBI16, b"      L       ", FaultKind.UNDERLOAD, ""),
        (D.SBI16, b"     Low      ", FaultKind.UNDERLOAD, ""),
        (D.SBI16, b"   Cal.Ext.   ", FaultKind.CALIBRATING, ""),
        (D.SBI16, b"      --      ", FaultKind.BUSY, ""),
        (D.SBI16, b"   Err 054    ", FaultKind.ERROR, "054"),
        (D.SBI16, b"   Er  054    ", FaultKind.ERROR, "054"),
        (D.SBI16, b"+   123.56    ", FaultKind.BUSY, ""),
        (D.SBI16, b"+   123.56 K  ", FaultKind.UNIT, "K"),
        (D.SBI22, b"Stat       High     ", FaultKind.OVERLOAD, ""),
        (D.SBI22, b"Stat     Err 054    ", FaultKind.ERROR, "054"),
        (D.AND, b"OL,+9999999E+19", FaultKind.OVERLOAD, ""),
        (D.AND, b"OL,-9999999E+19", FaultKind.UNDERLOAD, ""),
        (D.AND, b"EC,E11", FaultKind.ERROR, "E11"),
        (D.AND, b"QT,+00000012 PC", FaultKind.UNIT, "QT"),
        (D.OHAUS, b"ES", FaultKind.SYNTAX, ""),
        (D.OHAUS, b"     123.45 lb     ", FaultKind.UNIT, "lb"),
        (D.SHIMADZU, b"  oL ", FaultKind.OVERLOAD, ""),
        (D.SHIMADZU, b" -oL ", FaultKind.UNDERLOAD, ""),
        (D.VIBRA, b"+00123.45CT E", FaultKind.ERROR, "E"),
        (D.RADWAG, b"S ^    123.45 ct ", FaultKind.OVERLOAD, ""),
        (D.RADWAG, b"S v", FaultKind.UNDERLOAD, ""),
        (D.RADWAG, b"S E", FaultKind.BUSY, ""),
        (D.RADWAG, b"S I", FaultKind.BUSY, ""),
        (D.REGEX, b"OVER", FaultKind.OVERLOAD, ""),
    ],
)
def test_faults(name: DialectName, line: bytes, kind: FaultKind, code: str) -> None:
    assert said(name, line) == Fault(kind, line, code)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (D.SICS, b"Z A"),
        (D.SICS, b"T S      12.34 ct"),
        (D.SICS, b'I4 A "B021002593"'),
        (D.SICS, b"C3 A"),
        (D.SBI22, b"T     +    12.34 ct "),
        (D.SBI22, b"Stat     practice   "),
        (D.AND, b"\x06"),
        (D.AND, b"SN,01234567"),
        (D.RADWAG, b"S A"),
        *((name, b"") for name in D),
        *((name, b"  \r\n") for name in D),
    ],
)
def test_lines_that_are_no_weight(name: DialectName, line: bytes) -> None:
    assert said(name, line) is None


def test_the_unit_that_a_moving_balance_leaves_out_is_the_one_on_its_books() -> None:
    reading = said(D.SBI16, b"+   123.56    ", unit="ct")
    assert isinstance(reading, Reading)
    assert (reading.value, reading.unit, reading.stable) == (Decimal("123.56"), "ct", False)


@pytest.mark.parametrize(
    ("name", "line", "unverified"),
    [
        (D.SBI16, b"+   123.5[6] ct ", 1),
        (D.SBI16, b"+ 123.5[6] ct ", 1),
        (D.SBI22, b"N     +   123.[56] ct ", 2),
        (D.SHIMADZU, b"S  123.5/6ct ", 1),
        (D.SHIMADZU, b"S 123.5[6]ct ", 1),
        (D.VIBRA, b"+0123.5/6CT S", 1),
    ],
)
def test_digits_that_are_not_verified_are_counted(name: DialectName, line: bytes, unverified: int) -> None:
    reading = said(name, line)
    assert isinstance(reading, Reading)
    assert (reading.value, reading.unverified_digits, reading.stable) == (Decimal("123.56"), unverified, True)


@pytest.mark.parametrize(("line", "net"), [(b"N     ", True), (b"G     ", False)])
def test_net_and_gross_are_told_apart(line: bytes, net: bool) -> None:
    reading = said(D.SBI22, line + b"+   123.56 ct ")
    assert isinstance(reading, Reading)
    assert reading.net is net


def test_their_words_for_units() -> None:
    assert {UNITS[word] for word in ("ct", "CT", "C.M.", "car")} == {"ct"}
    assert UNITS.keys().isdisjoint({"K", "k", "oz", "lb", "PCS", "c", "kg"})


# Bad lines

GOOD = {
    D.SICS: b"S S     123.45 ct\r\n",
    D.SBI16: b"+   123.56 ct \r\n",
    D.SBI22: b"N     +   123.56 ct \r\n",
    D.AND: b"ST,+00123.45 ct\r\n",
    D.SHIMADZU: b"S   123.45ct \r",
    D.VIBRA: b"+00123.45CT S\r\n",
    D.RADWAG: b"S      123.45 ct \r\n",
}
"""Of those whose lines have one length."""


@pytest.mark.parametrize("wrong", [Wrong.HALF, Wrong.RUN_TOGETHER, Wrong.NOISE, Wrong.PARITY])
@pytest.mark.parametrize("name", GOOD)
def test_a_spoiled_line_is_no_weight(name: DialectName, wrong: Wrong) -> None:
    (line,) = spoil(GOOD[name], wrong)
    assert isinstance(said(name, line), Fault)


@pytest.mark.parametrize("name", [name for name in GOOD if name is not D.VIBRA])
def test_a_line_that_lost_one_byte_is_never_another_weight_at_rest(name: DialectName) -> None:
    """Vibra's may be seven or eight places wide."""
    good, whole = said(name, GOOD[name]), GOOD[name].rstrip(b"\r\n")
    assert isinstance(good, Reading)
    for lost in range(len(whole)):
        result = said(name, whole[:lost] + whole[lost + 1 :])
        assert not isinstance(result, Reading) or not result.stable or result.value == good.value


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
@given(line=st.binary(max_size=2 * LONGEST))
@example(line=b"S S" + b" " * 70)
@example(line=b"+" * 80)
def test_no_bytes_do_harm(each, line: bytes) -> None:  # type: ignore[no-untyped-def]
    result = parse(each, line, at=AT)
    assert result is None or result.raw == line


STARTS = (b"S S ", b"S D ", b"ST,", b"US,", b"QT,", b"N     ", b"Stat  ", b"S ", b"S", b"U", b"+", b"-", b" ")
VALUES = (b"  ", b".", b"123.45", b"0", b"00123.45", b"    123.45", b"[6]", b"/6")
ENDS = (b" ct", b"ct ", b"CT", b" K ", b" g", b"mg", b"?", b"   ", b"NET", b"\r\n", b"\x06", b"\xb3", b"E", b"^")
PIECES = st.sampled_from([*STARTS, *VALUES, *ENDS])
FLAGS = {
    D.SICS: rb"^S S ",
    D.SBI16: rb"ct|CT|g|mg|car|C\.M\.",
    D.SBI22: rb"ct|CT|g|mg|car|C\.M\.",
    D.AND: rb"^ST,",
    D.OHAUS: rb"[A-Za-z] ",
    D.SHIMADZU: rb"^S",
    D.VIBRA: rb"S$",
    D.RADWAG: rb"^S",
    D.REGEX: rb" $",
}
"""What a line at rest shows."""


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
@given(pieces=st.lists(PIECES, max_size=9))
def test_nothing_is_at_rest_without_its_flag(each, pieces: list[bytes]) -> None:  # type: ignore[no-untyped-def]
    line = b"".join(pieces)
    result = parse(each, line, at=AT)
    if isinstance(result, Reading) and result.stable:
        assert result.stable_by == "instrument"
        assert re.search(FLAGS[each.name], line.strip(b"\r\n\0"))
        assert b"?" not in line
        assert result.unit in ("ct", "g", "mg")


# Profiles


def test_a_profile_is_read_from_its_file() -> None:
    text = "line = '''" + PROFILE.line + "'''\nstable = ' '\noverload = 'OVER'\nnow = 'P'\nzero = 'O'\ntare = 'T'\n"
    assert read_profile(text.encode()) == PROFILE


def test_a_profile_without_stability_leaves_it_to_equal_readings() -> None:
    silent = replace(PROFILE, stable="", line=PROFILE.line.replace("(?P<stable>[ ?])", ""))
    reading = parse(dialect(D.REGEX, silent), b"    123.45 ct", at=AT)
    assert isinstance(reading, Reading)
    assert (reading.stable, reading.stable_by) == NOT_TOLD
    assert dialect(D.REGEX, Profile(line=silent.line)).asks.now == b""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"line = 3",
        b"line = '(?P<value>[0-9]+)'",
        b"line = '(?P<value>[0-9]+)(?P<unit>ct)'\nmore = 'x'",
        b"line = '(?P<value>([0-9]+)+)(?P<unit>ct)'",
        b"line = '(?P<value>[0-9]+)(?P<unit>ct)(?P=unit)'",
        b"line = '(?P<value>[0-9]+(?P<unit>ct)'",
        b"line = '(?P<value>[0-9]+)(?P<unit>ct)'\noverload = '('",
        b"line = '(?P<value>[0-9]+)(?P<unit>ct)\xc2\xb5'",
        b"line = '(?P<value>[0-9]+)(?P<unit>ct)'" + b"\n" * 5000,
        b"a = " + b"[" * 2000,
    ],
)
def test_what_is_no_profile(content: bytes) -> None:
    with pytest.raises(ProfileDamaged):
        read_profile(content)


@given(st.binary(max_size=300))
def test_no_profile_does_harm(content: bytes) -> None:
    try:
        profile = read_profile(content)
    except ProfileDamaged:
        return
    parse(dialect(D.REGEX, profile), b"    123.45 ct", at=AT)
