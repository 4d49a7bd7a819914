"""A field that offers what is known: type a few letters or digits, Enter takes the first match."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ui.counter_view import CounterView
from ui.widgets.field import Field, completer, line


class PickField(Field):
    """Options are (value, words); what is picked is a value."""

    picked = Signal(object)
    """The value, or None while there is none."""

    def __init__(self, name: str, caption: str, *, nothing: str) -> None:
        """`nothing`: what to say when no option matches; `{text}` is what was typed."""
        self.line: QLineEdit = line(name)
        super().__init__(caption, self.line)
        self._nothing = nothing
        self._all: tuple[tuple[str, str], ...] = ()
        self._options: dict[str, str] = {}
        self._shows: Callable[[str], bool] = lambda value: True
        self._value: str | None = None
        self.line.textChanged.connect(self._on_text_changed)
        self.line.editingFinished.connect(self.check)

    @property
    def value(self) -> str | None:
        return self._value

    def keep_private(self, counter: CounterView) -> None:
        """Options are firms: in the counter view offer that one alone."""
        self._shows = counter.shows
        counter.changed.connect(lambda: self.show_options(self._all))

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        self._all = tuple(options)
        self._options = {value: words for value, words in self._all if self._shows(value)}
        self.line.setCompleter(completer(list(self._options.values()), self))
        self._on_text_changed()

    def show_value(self, value: str | None) -> None:
        self.line.setText(self._options.get(value or "", ""))

    def check(self) -> bool:
        """Take the first match; say so if there is none. An empty field is not wrong."""
        typed = self.line.text().strip()
        if self._value is None and typed and self._options:
            matches = [value for value, words in self._options.items() if typed.casefold() in words.casefold()]
            if not matches:
                self.show_words(self._nothing.format(text=typed))
                return False
            self.show_value(matches[0])
        return True

    def _on_text_changed(self) -> None:
        typed = self.line.text().strip()
        value = next((value for value, words in self._options.items() if typed == words), None)
        if value is not None or not typed:
            self.show_words("")
        if value != self._value:
            self._value = value
            self.picked.emit(value)
