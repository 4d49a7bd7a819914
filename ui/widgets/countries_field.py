"""A field for one country or several: `zz` is one, `zz, xz` are two; what was understood is named below."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from ui.widgets.field import Field, line

_BETWEEN = re.compile(r"\s*[,;+]\s*")


class CountriesField(Field):
    """Options are (code, name)."""

    picked = Signal()
    """The codes are other ones."""

    def __init__(self, name: str, caption: str, *, nothing: str) -> None:
        """`nothing`: what to say when no option matches; `{text}` is what was typed."""
        self.line: QLineEdit = line(name)
        super().__init__(caption, self.line)
        self._nothing = nothing
        self._options: dict[str, str] = {}
        self._codes: tuple[str, ...] = ()
        self.line.textChanged.connect(self._on_text_changed)
        self.line.editingFinished.connect(self.check)

    @property
    def codes(self) -> tuple[str, ...]:
        """As typed, each once."""
        return self._codes

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        self._options = dict(options)
        self.line.setCompleter(_LastWord([_words(*each) for each in options], self))
        self._on_text_changed()

    def show_codes(self, codes: Sequence[str]) -> None:
        known = [code for code in codes if code in self._options]
        self.line.setText(_words(known[0], self._options[known[0]]) if len(known) == 1 else ", ".join(known))

    def check(self) -> bool:
        """Take the first match of each part; say so if one has none. An empty field is not wrong."""
        if not self._options:
            return True
        found = []
        for part in _parts(self.line.text()):
            code = self._match(part)
            if code is None:
                self.show_words(self._nothing.format(text=part))
                return False
            found.append(code)
        self.show_codes([*dict.fromkeys(found)])
        return True

    def _match(self, part: str) -> str | None:
        exact = next((code for code, name in self._options.items() if part in (code, _words(code, name))), None)
        folded = part.casefold()
        near = (code for code, name in self._options.items() if folded in _words(code, name).casefold())
        return exact or next((code for code in self._options if code.casefold() == folded), None) or next(near, None)

    def _on_text_changed(self) -> None:
        parts = _parts(self.line.text())
        exact = {_words(code, name): code for code, name in self._options.items()} | {
            code: code for code in self._options
        }
        codes = tuple(dict.fromkeys(exact[part] for part in parts)) if all(part in exact for part in parts) else ()
        if codes or not parts:
            self.show_words("")
        self.show_below(", ".join(self._options[code] for code in codes) if len(codes) > 1 else "")
        if codes != self._codes:
            self._codes = codes
            self.picked.emit()


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text.strip()) if part]


def _words(code: str, name: str) -> str:
    return f"{code}  {name}"


class _LastWord(QCompleter):
    """Completes what stands behind the last comma."""

    def __init__(self, words: Sequence[str], field: CountriesField) -> None:
        super().__init__(QStringListModel(list(words)), field)
        self._line = field.line
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        if popup := self.popup():
            popup.setProperty("popup", True)

    def splitPath(self, path: str) -> list[str]:
        return [_BETWEEN.split(path)[-1]]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        chosen = str(index.data())
        before = _parts(self._line.text())[:-1]
        return ", ".join([*(part.partition(" ")[0] for part in before), chosen.partition(" ")[0]]) if before else chosen
