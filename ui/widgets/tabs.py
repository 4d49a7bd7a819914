"""Pages behind tabs: the arrow keys turn them on the bar, and the page that has them binds Ctrl+Tab to `next`."""

from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from ui.widgets.stack import Stack


class Tabs(QWidget):
    """The words of the tabs name their pages."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.bar = QTabBar()
        self.bar.setObjectName(f"{name}_bar")
        self.bar.setAccessibleName(title)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self._stack = Stack()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.bar)
        whole.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._stack.setCurrentIndex)

    def add(self, words: str, page: QWidget) -> None:
        self._stack.addWidget(page)
        self.bar.addTab(words)

    @property
    def current(self) -> int:
        """The place of the tab in front."""
        return self.bar.currentIndex()

    def turn(self, to: int) -> None:
        self.bar.setCurrentIndex(to)

    def next(self) -> None:
        """After the last comes the first."""
        self.bar.setCurrentIndex((self.bar.currentIndex() + 1) % self.bar.count())
