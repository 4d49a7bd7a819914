"""What every page is given beside its acts."""

from dataclasses import dataclass, field

from ui.counter_view import CounterView
from ui.formats import Formats
from ui.keys import Keyboard
from ui.work import Workroom


@dataclass(frozen=True, slots=True)
class Surface:
    """Where long work is done, how values are written, which keys do what: one for a window."""

    workroom: Workroom
    formats: Formats
    keyboard: Keyboard
    counter: CounterView = field(default_factory=CounterView)
    """Whether a firm's people see the screen."""
