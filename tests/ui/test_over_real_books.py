"""The window over a real store: each role's sections open, named and in order."""

from collections.abc import Callable

import pytest

from kpdesk.practice import AUDITOR, CLERK, COUNTER, INSPECTOR, PREPARER, SUPERVISOR, VALUER
from tests.desks.practice_books import Books
from tests.ui.accessible import backwards, faults
from ui.window import DeskWindow


@pytest.mark.parametrize("officer", [CLERK, VALUER, COUNTER, PREPARER, INSPECTOR, SUPERVISOR, AUDITOR])
def test_every_section_opens(officer: str, at: Callable[[str], Books], sit: Callable[..., DeskWindow]) -> None:
    window = sit(at("exported"), officer)
    for section in window.sections:
        window.go(section)
        assert faults(window) == []
        assert backwards(window) == []
