"""The counter view: while a firm's people see the screen, other firms' names and values are not on it."""

from PySide6.QtCore import QObject, Signal


class CounterView(QObject):
    """Off, or on for one firm. Pages that may be seen at the counter show what is this firm's alone."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.firm = ""
        """The register number of the firm at the counter; empty: nobody looks on."""
        self.name = ""

    def face(self, firm: str, name: str) -> None:
        """Turn the screen to this firm; no firm turns it back."""
        self.firm, self.name = firm, name
        self.changed.emit()

    def shows(self, firm: str) -> bool:
        """Whether what is this firm's may be on the screen."""
        return self.firm in ("", firm)
