"""The window over a real store: each role's sections open, named and in order."""

from collections.abc import Callable

import pytest

from kpdesk.practice import AUDITOR, CLERK, COUNTER, INSPECTOR, PREPARER, SUPERVISOR, VALUER
from tests.desks.practice_books import Books
from tests.ui.accessible import backwards, faults
from ui.keys import Keyboard
from ui.window import DeskWindow

OFFICERS = (CLERK, VALUER, COUNTER, PREPARER, INSPECTOR, SUPERVISOR, AUDITOR)


@pytest.mark.parametrize("officer", OFFICERS)
def test_every_section_opens(officer: str, at: Callable[[str], Books], sit: Callable[..., DeskWindow]) -> None:
    window = sit(at("exported"), officer)
    for section in window.sections:
        window.go(section)
        assert faults(window) == []
        assert backwards(window) == []


def test_every_key_of_the_table_does_something(at: Callable[[str], Books], sit: Callable[..., DeskWindow]) -> None:
    books = at("exported")
    windows = [sit(books, officer) for officer in OFFICERS]
    bound = {act for window in windows for act in window.acts}
    assert {key.act for key in Keyboard().table} <= bound
