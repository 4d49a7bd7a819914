"""A sample of a producer's lines: stated against found, with the difference, then taken over or refused."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from kpdesk.domain.assortment import Assortment, FileLine, Sampled, percent_off
from kpdesk.domain.measures import Carats, parse_amount
from kpdesk.domain.outcomes import Refusal
from ui import look
from ui.formats import SPACE, Formats
from ui.keys import Keyboard
from ui.tones import Tone
from ui.widgets.card import Notice, button, column, row, text
from ui.widgets.field import EnterMoves, Field, choice, line, numbered

_FIGURES = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class _SampleRow:
    """One sampled line: its two editors, and how far each is from the file."""

    def __init__(self, place: int, stated: FileLine, formats: Formats, tolerance: Decimal) -> None:
        self.stated, self._formats, self._tolerance = stated, formats, tolerance
        self.carats, self.price = (
            line(f"sample_{what}_{place}", mono=True, longest=24) for what in ("carats", "price")
        )
        translate = QCoreApplication.translate
        self.carats.setAccessibleName(translate("sample", "Carats found, {size}").format(size=stated.size_class))
        self.price.setAccessibleName(translate("sample", "US$ per carat found, {size}").format(size=stated.size_class))
        number = formats.number
        self.name = text(stated.size_class)
        self.said = (_figure(number(stated.carats.value)), _figure(number(stated.per_carat)))
        for said, editor in zip(self.said, (self.carats, self.price), strict=True):
            said.setBuddy(editor)
            editor.setAlignment(_FIGURES)
        self.off = (_figure(""), _figure(""))

    @property
    def found(self) -> Sampled | None:
        carats, price = _amount(self.carats), _amount(self.price)
        return None if carats is None or price is None else Sampled(self.stated.size_class, Carats(carats), price)

    def show_off(self) -> None:
        for stated, editor, off in (
            (self.stated.carats.value, self.carats, self.off[0]),
            (self.stated.per_carat, self.price, self.off[1]),
        ):
            found = _amount(editor)
            percent = None if found is None else percent_off(stated, found)
            off.setText("" if percent is None else _signed(percent, self._formats))
            far = percent is not None and abs(percent) > self._tolerance
            look.restyle(off, finding=Tone.LIFTABLE.value if far else "")


class SampleCard(QWidget):
    """The sampled lines alone are typed; the others are taken over or refused with them."""

    decided = Signal(object, bool, str)
    """What was found, whether the file is taken over, the reason's code."""
    left = Signal()
    typed = Signal()

    def __init__(self, formats: Formats, keyboard: Keyboard, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("sample")
        self._formats = formats
        self._rows: list[_SampleRow] = []
        self._held = QWidget()
        self._head = text("", wrap=True)
        self._head.setObjectName("sample_head")
        self._top = Notice("sample_top")
        self._reason = choice("sample_reason", (self.tr("none"), ""), *numbered(reasons))
        self._reason_field = Field(self.tr("Rea&son"), self._reason)
        self._accept = button("sample_accept", self.tr("Take the lines over"), keyboard.name("main"), primary=True)
        self._refuse = button("sample_refuse", self.tr("Refuse the file"))
        self._back = button("sample_back", self.tr("Back"), keyboard.name("back"))
        self._whole = column(self._head, self._top, self._held, self._reason_field, 1, gap=12)
        self._whole.addLayout(row(self._accept, self._refuse, self._back, 1, gap=12))
        self.setLayout(self._whole)
        self._accept.clicked.connect(lambda: self.decide(accept=True))
        self._refuse.clicked.connect(lambda: self.decide(accept=False))
        self._back.clicked.connect(self.left)

    def show_file(self, taken: Assortment, tolerance: Decimal) -> None:
        stated = {each.size_class: each for each in taken.lines}
        words = self.tr("{file}: {lines} lines. Weigh and value these {sample} yourself; {tolerance} % may differ.")
        self._head.setText(
            words.format(
                file=taken.file, lines=len(taken.lines), sample=len(taken.sample), tolerance=tolerance.normalize() + 0
            )
        )
        self._held.hide()
        self._held.deleteLater()
        self._held = QWidget()
        grid = QGridLayout(self._held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        carats, price, found = self.tr("Carats"), self.tr("US$ per carat"), self.tr("found")
        for place, caption in enumerate((self.tr("Class"), carats, found, "", price, found, "")):
            head = text(caption, "caption")
            if place:
                head.setAlignment(_FIGURES)
            grid.addWidget(head, 0, place)
        self._rows = [
            _SampleRow(place, stated[code], self._formats, tolerance) for place, code in enumerate(taken.sample)
        ]
        for at, each in enumerate(self._rows, 1):
            parts = (each.name, each.said[0], each.carats, each.off[0], each.said[1], each.price, each.off[1])
            for place, widget in enumerate(parts):
                grid.addWidget(widget, at, place)
            for editor in (each.carats, each.price):
                editor.textChanged.connect(self._on_typed)
        self._whole.insertWidget(2, self._held)
        self._held.show()  # now: what is not seen yet takes no cursor
        self._moves = EnterMoves(
            [*(editor for each in self._rows for editor in (each.carats, each.price)), self._reason]
        )
        self._top.show_words("")
        self._reason.setCurrentIndex(0)
        self._rows[0].carats.setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> dict[str, list[str]]:
        return {each.stated.size_class: [each.carats.text(), each.price.text()] for each in self._rows}

    def show_texts(self, texts: Mapping[str, Sequence[str]]) -> None:
        for each in self._rows:
            carats, price = texts.get(each.stated.size_class, ("", ""))
            each.carats.setText(carats)
            each.price.setText(price)

    def show_words(self, words: str) -> None:
        """Why it was not taken over or refused."""
        self._top.show_words(words)
        if words:
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, carats: Carats) -> None:
        """Carats from the balance, to the line the cursor is in."""
        for each in self._rows:
            if each.carats.hasFocus():
                each.carats.setText(str(carats))
                each.price.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def decide(self, *, accept: bool) -> None:
        for each in self._rows if accept else ():
            if each.found is None:
                (each.price if _amount(each.carats) is not None else each.carats).setFocus()
                self._top.show_words(self.tr("Enter what you find for {size}.").format(size=each.stated.size_class))
                return
        found = tuple(each.found for each in self._rows if each.found is not None)
        self.decided.emit(found, accept, str(self._reason.currentData()))

    def _on_typed(self) -> None:
        for each in self._rows:
            each.show_off()
        self.typed.emit()


def _figure(words: str) -> QLabel:
    label = text(words, "number")
    label.setAlignment(_FIGURES)
    return label


def _signed(percent: Decimal, formats: Formats) -> str:
    """`= 0 %`, `+ 2.50 %`, `− 0.31 %`."""
    sign = "=" if not percent else "+" if percent > 0 else "−"
    return f"{sign}{SPACE}{formats.number(abs(percent))}{SPACE}%"


def _amount(editor: QLineEdit) -> Decimal | None:
    try:
        return parse_amount(editor.text(), 2)
    except Refusal:
        return None
