"""Our end of the line, against a balance at a real pseudo-terminal: settling, drifting, and all that goes wrong."""

import threading
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.balances import port
from kpdesk.balances.dialects import DIALECTS, LONGEST, dialect
from kpdesk.balances.lines import Lines
from kpdesk.balances.port import Balance, open_line, try_line
from kpdesk.balances.rest import Rest
from kpdesk.balances.simulated import PROFILE, Simulated, Wrong
from kpdesk.balances.troubles import BalanceMissing, BalanceMoves, BalanceRefuses, BalanceSilent, BalanceTaken
from kpdesk.balances.watch import Heard, LineState, Watch
from kpdesk.domain.balance import DialectName, Fault, FaultKind, LineSettings, Parity
from kpdesk.domain.weighing import Reading
from tests.balances.practice_balance import AT, Ticks, connected

VALUE = Decimal("123.456")


@pytest.fixture
def sics() -> Iterator[Simulated]:
    with Simulated() as simulated:
        yield simulated


def spoken(name: DialectName) -> Simulated:
    return Simulated(name)


@pytest.mark.parametrize("name", DialectName)
def test_every_dialect_is_read_at_rest(name: DialectName) -> None:
    with spoken(name) as simulated, connected(simulated, name) as balance:
        simulated.settle(VALUE, "90.111", "123.999")
        first = balance.read_now()
        assert not first.stable
        reading = balance.read_stable(20)
        assert (reading.value, reading.unit, reading.stable, reading.stable_by) == (VALUE, "ct", True, "instrument")
        assert b"123.456" in reading.raw
        simulated.put("-0.002")
        assert balance.read_stable(20).value == Decimal("-0.002")


@pytest.mark.parametrize("name", DialectName)
def test_every_dialect_zeroes_and_tares(name: DialectName) -> None:
    with spoken(name) as simulated, connected(simulated, name) as balance:
        simulated.put("0.004")
        assert balance.read_stable(20).value == Decimal("0.004")
        balance.zero()
        assert balance.read_stable(20).value == 0
        simulated.put("7.004")
        balance.tare()
        assert balance.read_stable(20).value == 0


@pytest.mark.parametrize("name", DialectName)
def test_too_much_on_the_pan_is_no_weight(name: DialectName) -> None:
    with spoken(name) as simulated, connected(simulated, name) as balance:
        simulated.put("1100.001")
        with pytest.raises(BalanceRefuses) as refused:
            balance.read_stable(20)
        assert refused.value.kind in ("overload", "error")


@pytest.mark.parametrize(
    "settings", [LineSettings(2400, 7, Parity.EVEN), LineSettings(1200, 7, Parity.ODD, rtscts=True), LineSettings()]
)
def test_line_settings_open(settings: LineSettings, sics: Simulated) -> None:
    sics.put(VALUE)
    with connected(sics, settings=settings) as balance:
        assert balance.read_now().value == VALUE


def test_a_drifting_pan_is_never_at_rest(sics: Simulated) -> None:
    """Its balance says so, and no two readings are equal."""
    with connected(sics) as balance:
        sics.drift(*[VALUE + Decimal(step) / 1000 for step in range(200)])
        with pytest.raises(BalanceMoves):
            balance.read_stable(3)


@pytest.mark.parametrize("wrong", [Wrong.SPLIT, Wrong.DOUBLED])
def test_pieces_and_doubles_are_read(sics: Simulated, wrong: Wrong) -> None:
    with connected(sics) as balance:
        sics.put(VALUE)
        sics.spoil(wrong)
        assert balance.read_now().value == VALUE


@pytest.mark.parametrize("wrong", [Wrong.RUN_TOGETHER, Wrong.NOISE, Wrong.HALF, Wrong.PARITY])
def test_a_spoiled_line_is_a_fault_and_the_next_one_is_read(sics: Simulated, wrong: Wrong) -> None:
    with connected(sics) as balance:
        sics.put(VALUE)
        sics.spoil(wrong)
        said = balance.hear(20)
        assert isinstance(said, Fault)
        assert said.kind is FaultKind.TRANSMISSION
        assert said.raw
        assert balance.read_stable(20).value == VALUE


def test_a_fault_between_two_readings_begins_the_rest_anew(sics: Simulated) -> None:
    ticks = Ticks(0.0)
    line = open_line(sics.url, LineSettings())
    sics.put(VALUE)
    with closing(Balance(line, DIALECTS[DialectName.SICS], clock=lambda: AT, tick=ticks)) as balance:

        def after(seconds: float) -> object:
            ticks.extra += seconds
            return balance.hear(1)

        first = after(0.2)
        assert isinstance(first, Reading)
        assert not first.stable
        sics.fault(FaultKind.BUSY)
        assert isinstance(after(0.2), Fault)
        again = after(0.2)
        assert isinstance(again, Reading)
        assert not again.stable
        last = after(0.3)
        assert isinstance(last, Reading)
        assert last.stable


def test_a_busy_balance_is_waited_for(sics: Simulated) -> None:
    with connected(sics) as balance:
        sics.put(VALUE)
        sics.fault(FaultKind.BUSY)
        assert balance.read_now(20).value == VALUE


def test_what_it_prints_by_itself_is_heard(sics: Simulated) -> None:
    quiet = dialect(DialectName.REGEX, PROFILE.__class__(line=r"S S (?P<value>[ 0-9.]{10}) (?P<unit>ct)"))
    with closing(Balance(open_line(sics.url, LineSettings()), quiet, clock=lambda: AT)) as balance:
        sics.put(VALUE)
        sics.say()
        said = balance.hear(5)
        assert isinstance(said, Reading)
        assert (said.value, said.stable, said.stable_by) == (VALUE, False, "software")


def test_silence(sics: Simulated) -> None:
    sics.mute()
    with connected(sics) as balance:
        with pytest.raises(BalanceSilent):
            balance.read_now(2)
        assert balance.hear(0.5) is None


def test_what_cannot_be_asked_is_refused() -> None:
    with Simulated(DialectName.REGEX) as simulated:
        line = open_line(simulated.url, LineSettings())
        silent = dialect(DialectName.REGEX, PROFILE.__class__(line=PROFILE.line))
        with closing(Balance(line, silent, clock=lambda: AT)) as balance:
            with pytest.raises(BalanceRefuses):
                balance.zero()
            with pytest.raises(BalanceRefuses):
                balance.tare()


def test_a_pulled_cable_and_a_port_of_another(sics: Simulated) -> None:
    with connected(sics) as balance:
        with pytest.raises(BalanceTaken), connected(sics):
            pass
        sics.unplug()
        with pytest.raises(BalanceMissing):
            balance.read_now(20)
    with pytest.raises(BalanceMissing):
        open_line(sics.url, LineSettings())


def test_closing_frees_the_port_at_once(sics: Simulated) -> None:
    for _ in range(3):
        with connected(sics) as balance:
            balance.read_now(20)
            balance.close()
    with pytest.raises(BalanceMissing):
        balance.hear(1)


def test_without_pseudo_terminals_it_is_a_socket() -> None:
    with Simulated(pty=False) as simulated, connected(simulated) as balance:
        assert simulated.url.startswith("socket://127.0.0.1:")
        simulated.put(VALUE)
        assert balance.read_stable(20).value == VALUE
        simulated.unplug()
        with pytest.raises(BalanceMissing):
            balance.read_stable(20)


# Kept open


def test_a_balance_that_comes_back_is_heard_again(sics: Simulated) -> None:
    ticks = Ticks(0.02)
    waits: list[float] = []

    def open_balance() -> Balance:
        return Balance(open_line(sics.url, LineSettings()), DIALECTS[DialectName.SICS], clock=lambda: AT, tick=Ticks())

    def wait(seconds: float) -> None:
        waits.append(seconds)
        ticks.extra += seconds

    watch = Watch(open_balance, tick=ticks, wait=wait)
    sics.put(VALUE)
    assert isinstance(watch.step().said, Reading)
    sics.mute()
    ticks.extra += 2
    assert watch.step() == Heard(LineState.SILENT)
    sics.mute(on=False)
    heard = watch.step(5)
    assert (heard.state, isinstance(heard.said, Reading)) == (LineState.READY, True)
    sics.unplug()
    assert watch.step() == Heard(LineState.LOST)
    assert watch.step() == Heard(LineState.LOST)  # looked for at once
    looked = 0
    while not waits or sum(waits) < 1.5:
        assert watch.step() == Heard(LineState.LOST)
        looked += 1
    assert looked >= 6
    assert max(waits) <= 0.25, "a step is never longer than it was told"
    sics.replug()
    while watch.step(5).state is LineState.LOST:
        assert sum(waits) < 5
    assert watch.step(5).said is not None
    watch.close()
    watch.close()


def test_nothing_asks_a_balance_that_is_away() -> None:
    def missing() -> Balance:
        raise BalanceMissing("nowhere")

    watch = Watch(missing, wait=lambda seconds: None)
    assert watch.step() == Heard(LineState.LOST)
    watch.zero()
    watch.tare()


# Who is there?


def test_a_balance_says_who_it_is(sics: Simulated) -> None:
    answered = try_line(sics.url, DIALECTS[DialectName.SICS], LineSettings(), clock=lambda: AT)
    assert answered is not None
    assert answered.fits
    assert 'I4 A "B021002593"' in answered.text


def test_one_that_speaks_otherwise_is_shown_and_does_not_fit(sics: Simulated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(port, "IDENTIFY_S", 0.2)
    monkeypatch.setattr(port, "LISTEN_S", 0.2)
    answered = try_line(sics.url, DIALECTS[DialectName.OHAUS], LineSettings(), clock=lambda: AT)
    assert answered is not None
    sics.mute()
    assert try_line(sics.url, DIALECTS[DialectName.SICS], LineSettings(), clock=lambda: AT) is None


def test_the_tries_follow_the_makers() -> None:
    tried = [(each.name, str(settings)) for each, settings in port.tries()]
    assert tried[:3] == [("sics", "9600 8N1"), ("sbi16", "1200 7O1 RTS/CTS"), ("sbi16", "9600 8O1")]
    assert ("and", "2400 7E1") in tried
    assert len(tried) == len(set(tried))


def test_ports_are_known_by_their_adapters(monkeypatch: pytest.MonkeyPatch) -> None:
    class Found:
        device, serial_number, description = "/dev/ttyUSB7", "FTA1", "USB serial"

    monkeypatch.setattr(port.list_ports, "comports", lambda: [Found()])
    assert port.ports() == (port.Port("/dev/ttyUSB7", "FTA1", "USB serial"),)
    assert port.name_of("FTA1") == "/dev/ttyUSB7"
    assert port.name_of("/dev/ttyS0") == "/dev/ttyS0"


# Cutting lines


@given(st.lists(st.binary(max_size=40), max_size=12))
def test_however_bytes_arrive_the_lines_are_the_same(pieces: list[bytes]) -> None:
    one, other = Lines(), Lines()
    whole = b"".join(pieces) + b"\r\n"
    apart = [line for piece in (*pieces, b"\r\n") for line in one.feed(piece)]
    together = other.feed(whole)
    short = [line for line in together if len(line) <= LONGEST]
    assert [line for line in apart if len(line) <= LONGEST] == short
    assert all(b"\r" not in line and b"\n" not in line and len(line) <= LONGEST + 1 for line in apart)


def test_a_line_without_end_is_cut_once() -> None:
    lines = Lines()
    assert lines.feed(b"x" * 200) == [b"x" * (LONGEST + 1)]
    assert lines.feed(b"x" * 200) == []
    assert lines.feed(b"xx\rS I\r") == [b"S I"]
    assert lines.feed(b"S ") == []
    lines.forget()
    assert lines.feed(b"I\n") == [b"I"]


# The rule of rest


def reading(value: str, *, flag: bool | None = True) -> Reading:
    by = "instrument" if flag else "software" if flag is None else None
    return Reading(Decimal(value), "ct", bool(flag), by, None, 0, b"x", AT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "stable"),
    [
        ([("1.000", True, 0.0), ("1.000", True, 0.29)], False),
        ([("1.000", True, 0.0), ("1.000", True, 0.30)], True),
        ([("1.000", True, 0.0), ("1.001", True, 0.30)], False),
        ([("1.000", True, 0.0), ("1.000", False, 0.2), ("1.000", True, 0.4)], False),
        ([("1.000", False, 0.0), ("1.000", False, 9.0)], False),
        ([("1.000", None, 0.0), ("1.001", None, 1.0), ("1.000", None, 1.9)], False),
        ([("1.000", None, 0.0), ("1.001", None, 1.0), ("1.000", None, 2.0)], True),
        ([("1.000", None, 0.0), ("1.001", None, 1.0), ("1.002", None, 2.0)], False),
    ],
)
def test_when_a_pan_is_at_rest(shown: list[tuple[str, bool | None, float]], stable: bool) -> None:
    rest = Rest(Decimal("0.001"))
    seen = [rest.see(reading(value, flag=flag), tick) for value, flag, tick in shown]
    assert seen[-1].stable is stable
    assert not any(each.stable for each in seen[:-1])


def test_the_far_end_ends(sics: Simulated) -> None:
    sics.close()
    sics.close()
    assert not any(each.name == "simulated balance" and each.is_alive() for each in threading.enumerate())
