"""The one table of keys (shown by Ctrl+F1). An office may change it; two acts never share a key in one place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from ui.marks import QT_TRANSLATE_NOOP

EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Key:
    """One act and the keys that do it."""

    act: str
    keys: tuple[str, ...]
    words: str
    where: str = EVERYWHERE
    """The place where it holds: everywhere, or one screen."""

    @property
    def sequences(self) -> list[QKeySequence]:
        return [QKeySequence(key) for key in self.keys]

    @property
    def told(self) -> str:
        """The act in the officer's language."""
        return QCoreApplication.translate("keys", self.words)


KEYS = (
    Key("new", ("F2",), QT_TRANSLATE_NOOP("keys", "New parcel")),
    Key("weigh", ("F3",), QT_TRANSLATE_NOOP("keys", "Weigh again")),
    Key("value", ("F4",), QT_TRANSLATE_NOOP("keys", "Value a parcel")),
    Key("issue", ("F5",), QT_TRANSLATE_NOOP("keys", "Issue")),
    Key("tare", ("F6",), QT_TRANSLATE_NOOP("keys", "Tare the balance")),
    Key("zero", ("F7",), QT_TRANSLATE_NOOP("keys", "Zero the balance")),
    Key("take", ("F8",), QT_TRANSLATE_NOOP("keys", "Take the weight")),
    Key("portion", ("Shift+F8",), QT_TRANSLATE_NOOP("keys", "Take a portion of it")),
    Key("check_weight", ("Ctrl+F8",), QT_TRANSLATE_NOOP("keys", "Record the check weight")),
    Key("verify", ("F9",), QT_TRANSLATE_NOOP("keys", "Verify")),
    Key("full_screen", ("F11",), QT_TRANSLATE_NOOP("keys", "Full screen")),
    Key("messages", ("F12",), QT_TRANSLATE_NOOP("keys", "Messages")),
    Key("main", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("keys", "Main act of the screen")),
    Key("back", ("Esc",), QT_TRANSLATE_NOOP("keys", "Back; the draft stays")),
    Key("open", ("Ctrl+O",), QT_TRANSLATE_NOOP("keys", "Choose a file")),
    Key("figures", ("Ctrl+T",), QT_TRANSLATE_NOOP("keys", "Picture, or the table of its figures")),
    Key("rest", ("Ctrl+R",), QT_TRANSLATE_NOOP("keys", "The carats that are left, into this line")),
    Key("earlier", ("Ctrl+Left",), QT_TRANSLATE_NOOP("keys", "The period before")),
    Key("later", ("Ctrl+Right",), QT_TRANSLATE_NOOP("keys", "The next period")),
    Key("print", ("Ctrl+P",), QT_TRANSLATE_NOOP("keys", "Print this screen's paper")),
    Key("copy_last", ("Ctrl+D",), QT_TRANSLATE_NOOP("keys", "Copy from the last one")),
    Key("park", ("Ctrl+B",), QT_TRANSLATE_NOOP("keys", "Put aside for another caller")),
    Key("find", ("Ctrl+F",), QT_TRANSLATE_NOOP("keys", "Search here")),
    Key("next_tab", ("Ctrl+Tab",), QT_TRANSLATE_NOOP("keys", "Next tab")),
    Key("entry_new", ("Ctrl+N",), QT_TRANSLATE_NOOP("keys", "New entry in the register")),
    Key("entry_change", ("Ctrl+E",), QT_TRANSLATE_NOOP("keys", "Change the entry")),
    Key("entry_import", ("Ctrl+I",), QT_TRANSLATE_NOOP("keys", "Take over a file into the register")),
    Key("go_to", ("Ctrl+K",), QT_TRANSLATE_NOOP("keys", "Go to anything")),
    Key("settings", ("Ctrl+,",), QT_TRANSLATE_NOOP("keys", "Settings of this desk")),
    Key("counter", ("Ctrl+H",), QT_TRANSLATE_NOOP("keys", "Counter view: hide other firms")),
    Key("change_officer", ("Ctrl+Shift+L",), QT_TRANSLATE_NOOP("keys", "Change officer")),
    Key("lock", ("Ctrl+L",), QT_TRANSLATE_NOOP("keys", "Lock")),
    Key("undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP("keys", "Undo in this field")),
    Key("redo", ("Ctrl+Shift+Z",), QT_TRANSLATE_NOOP("keys", "Do again")),
    Key("larger", ("Ctrl++", "Ctrl+="), QT_TRANSLATE_NOOP("keys", "Larger text")),
    Key("smaller", ("Ctrl+-",), QT_TRANSLATE_NOOP("keys", "Smaller text")),
    Key("plain_size", ("Ctrl+0",), QT_TRANSLATE_NOOP("keys", "Text at 100 %")),
    Key("keys", ("Ctrl+F1",), QT_TRANSLATE_NOOP("keys", "These keys")),
    Key("sheet_good", ("1",), QT_TRANSLATE_NOOP("keys", "The sheet is all right"), "sheet"),
    Key("sheet_spoiled", ("2",), QT_TRANSLATE_NOOP("keys", "The sheet is badly printed"), "sheet"),
    Key("sheet_nothing", ("3",), QT_TRANSLATE_NOOP("keys", "Nothing is printed on it"), "sheet"),
    Key("sheet_missing", ("4",), QT_TRANSLATE_NOOP("keys", "The sheet is not found"), "sheet"),
)


class Clash(ValueError):
    """Two acts want one key in one place."""


class Keyboard:
    """The table in force: the one above, with an office's changes."""

    def __init__(self, table: Iterable[Key] = KEYS, changes: Mapping[str, tuple[str, ...]] | None = None) -> None:
        changes = changes or {}
        self.table = tuple(replace(key, keys=changes.get(key.act, key.keys)) for key in table)
        if clashing := clashes(self.table):
            raise Clash(", ".join(clashing))
        self._by_act = {key.act: key for key in self.table}

    def __getitem__(self, act: str) -> Key:
        return self._by_act[act]

    def of(self, acts: Collection[str]) -> tuple[Key, ...]:
        """The keys of these acts, in the table's order."""
        return tuple(key for key in self.table if key.act in acts)

    def name(self, act: str) -> str:
        """The first key of an act as it is written on buttons: `Ctrl+Enter`."""
        return self[act].keys[0].replace("Return", "Enter")


def clashes(table: Iterable[Key]) -> list[str]:
    """Keys that two acts would share: in one place, or in a place and everywhere."""
    taken: dict[str, list[Key]] = defaultdict(list)
    for key in table:
        for sequence in key.sequences:
            taken[sequence.toString()].append(key)
    return [
        f"{sequence}: {first.act}, {second.act}"
        for sequence, keys in taken.items()
        for position, first in enumerate(keys)
        for second in keys[position + 1 :]
        if first.where == second.where or EVERYWHERE in (first.where, second.where)
    ]
