"""A parcel becomes a validated certificate through the real window, in real lanes; keys counted, gaps not judged."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from kpdesk.desks import issuing, offices
from kpdesk.domain.issuance import State
from kpdesk.domain.measures import Carats, Money
from kpdesk.practice import SUPERVISOR
from tests.journeys.at_the_window import ONE, PASSWORD, Clock
from tests.journeys.full_run import CARATS, SIZES, VALUE, prepare


def test_a_parcel_becomes_a_validated_certificate(tmp_path: Path) -> None:
    """In a process of its own, as the program is: nothing is imported or shown before."""
    folder = prepare(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.journeys.full_run", str(folder)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    measured = json.loads(ran.stdout)
    keys = measured["keys"]
    assert keys["register"] <= 16
    assert keys["second weighing"] <= 3
    assert keys["value lines"] <= 2 * 6 * len(SIZES), "of two valuers; digits are not counted"
    assert keys["issue"] <= 10
    assert len(measured["intervals"]) > 1000
    desk = offices.open_desk(folder, officer=SUPERVISOR, password=PASSWORD, clock=Clock(), read_only=True)
    try:
        (found,) = [each for each in issuing.certificates(desk) if each.number and each.number.text == ONE]
    finally:
        desk.store.close()
    assert found.state is State.VALIDATED
    assert found.facts.carats == Carats(Decimal(CARATS).quantize(Decimal("0.01")))
    assert found.facts.value == Money(Decimal(VALUE))
