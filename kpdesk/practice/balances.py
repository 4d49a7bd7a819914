"""The practice office's balances: a fine one that anybody may use in the practice window, and a coarse one, barred."""

from datetime import timedelta
from decimal import Decimal

from kpdesk.desks import balances
from kpdesk.desks.bench import PRACTICE
from kpdesk.desks.desk import Desk
from kpdesk.domain.balance import Balance, DialectName, LegalClass, LineSettings, Parity, Weight
from kpdesk.domain.weighing import Reading, Unit
from kpdesk.practice import BALANCE, CLERK, PRACTICE_MOST, SUPERVISOR, SUPERVISOR_2, Staffed

COARSE = "LOT-2"


def fill(office: Staffed) -> None:
    """Two balances on the books, this morning's zero and check weights, one of which was missed."""
    one, two, clerk = office[SUPERVISOR], office[SUPERVISOR_2], office[CLERK]
    fine = Balance(
        id=BALANCE,
        maker="Practice Instruments",
        model="JET 2500C",
        serial="P-000001",
        dialect=DialectName.SICS,
        adapter=PRACTICE,
        unit="ct",
        readability=Decimal("0.001"),
        maximum=PRACTICE_MOST,
        weight=Weight("PW-500/1", Decimal(500), Decimal("0.005")),
        legal_class=LegalClass.SPECIAL,
        certificate="PCAL-2026-17",
        calibrated_until=one.today + timedelta(days=201),
    )
    coarse = Balance(
        id=COARSE,
        maker="Practice Instruments",
        model="LOT 20K",
        serial="P-000002",
        dialect=DialectName.SBI16,
        line=LineSettings(1200, 7, Parity.ODD, rtscts=True),
        adapter="PRACTICE-ADAPTER-2",
        unit="g",
        readability=Decimal("0.01"),
        maximum=Decimal(4100),
        weight=Weight("PW-1000/4", Decimal(1000), Decimal("0.02")),
        legal_class=LegalClass.HIGH,
        certificate="PCAL-2025-44",
        calibrated_until=one.today - timedelta(days=9),
    )
    for balance in (fine, coarse):
        balances.register_balance(one, two, balance)
    for shown, check in (("0.000", balances.record_zero), ("500.001", balances.record_check_weight)):
        check(clerk, BALANCE, _reading(shown, "ct", f"S S {shown:>10} ct", clerk))
    balances.record_check_weight(clerk, COARSE, _reading("1000.05", "g", "+  1000.05 g  ", clerk))
    balances.keep_refused(clerk, balance=BALANCE, raw=b"S D    321.117 ct", why="NotStable")


def _reading(value: str, unit: Unit, line: str, desk: Desk) -> Reading:
    return Reading(
        value=Decimal(value),
        unit=unit,
        stable=True,
        stable_by="instrument",
        net=None,
        unverified_digits=0,
        raw=line.encode(),
        at=desk.clock(),
    )
