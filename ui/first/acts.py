"""The first run tied to what founds an office. Runs in the workroom; touches no widget."""

from functools import partial
from pathlib import Path

from kpdesk import demo
from kpdesk.desks import founding, offices
from ui.first.first_run import FirstActs
from ui.formats import Clock


def first_acts(folder: Path, clock: Clock) -> FirstActs:
    """What the first run asks, for an office in this folder; practice lies in a folder of its own inside."""
    return FirstActs(
        countries=lambda: founding.countries(clock().date()),
        read_authority=lambda content, participant: founding.read_authority_file(content, participant=participant),
        found=partial(founding.found_office, folder, clock=clock),
        practise=lambda: _practise(folder / "practice", clock),
        recovery_paper=lambda code, office: offices.recovery_paper(code, office=office, on=clock().date()),
        take_over=lambda wanted, text: founding.take_over(folder, wanted, text=text, clock=clock),
    )


def _practise(folder: Path, clock: Clock) -> None:
    demo.play(folder, clock=clock)
