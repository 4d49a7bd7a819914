"""The numbers an act is about, scanned, and what else the act wants."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kpdesk.domain.closing import NotASeries
from kpdesk.domain.stock import Paper, StockKind
from kpdesk.domain.transfers import NothingDelivered, Run, Transfer
from ui import messages
from ui.formats import Formats
from ui.keys import Keyboard
from ui.supervisor.doing import Doing, DoingCard
from ui.supervisor.stock_words import PAPERS, REASONS, run_words, said
from ui.widgets.card import column
from ui.widgets.field import Field, choice, line, numbered
from ui.widgets.pick_field import PickField

ONE_SIGNS = ("hand_out", "take_back", "return_allotted")
"""Acts of a supervisor alone; every other wants a second officer."""
FOR_BLANKS = ("allot", "return_allotted")
OF_TRANSFERS = ("arrived", "back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done with which numbers, as it was typed."""

    key: str
    what: StockKind
    first: str = ""
    last: str = ""
    gaps: str = ""
    """Numbers, with commas or spaces between."""
    paper: str = ""
    edition: str = ""
    officer: str = ""
    firm: str = ""
    office: str = ""
    transfer: str = ""
    reason: str = ""
    report: str = ""


class StockForm(QWidget):
    """Built once; what a kind of stock does not know is left out."""

    def __init__(self, count: Callable[[Order], tuple[Run, int]], formats: Formats, keyboard: Keyboard) -> None:
        """`count` says which numbers an order is about, and raises NotASeries."""
        super().__init__()
        self._count_of, self._formats = count, formats
        self.what = StockKind.BLANK
        doings = self._doings()
        self._keys = [each.key for each in doings]
        self.card = DoingCard("stock_doing", doings, self._fields(), keyboard)
        self.setLayout(column(self.card))
        for editor in (self._first, self._last, self._gaps):
            editor.editingFinished.connect(self.count)

    def _fields(self) -> dict[str, QWidget]:
        self._first = line("stock_first", mono=True, longest=60)
        self._last = line("stock_last", mono=True, longest=60)
        self._gaps = line("stock_gaps", mono=True, longest=400)
        self._officer = PickField(
            "stock_officer", self.tr("&Officer"), nothing=self.tr("Nobody here is called {text}.")
        )
        self._firm = PickField("stock_firm", self.tr("F&irm"), nothing=self.tr("No exporter is called {text}."))
        self._paper = choice("stock_paper", *((said(words), paper) for paper, words in PAPERS.items()))
        self._edition = line("stock_edition", longest=20)
        self._office = line("stock_office", mono=True, longest=20)
        self._transfer = choice("stock_transfer")
        self._reason = choice("stock_reason", *numbered([(code, said(words)) for code, words in REASONS]))
        self._report = line("stock_report", longest=200)
        self._first_field = Field(self.tr("Scan the &first"), self._first)
        self._last_field = Field(self.tr("Scan the &last"), self._last, below=True)
        return {
            "first": self._first_field,
            "last": self._last_field,
            "gaps": Field(self.tr("&Gaps: numbers not in the box"), self._gaps),
            "paper": Field(self.tr("Pa&per"), self._paper),
            "edition": Field(self.tr("&Edition"), self._edition),
            "officer": self._officer,
            "firm": self._firm,
            "office": Field(self.tr("Code of the other o&ffice"), self._office),
            "transfer": Field(self.tr("&Transfer"), self._transfer),
            "reason": Field(self.tr("&Reason"), self._reason),
            "report": Field(self.tr("Delivery note, or &report"), self._report),
        }

    def _doings(self) -> list[Doing]:
        one, wide = ("last", "gaps"), ("gaps", "report", "officer", "firm", "office", "transfer", "reason")
        return [
            Doing(
                "hand_out",
                self.tr("Hand out to an officer"),
                ("first", "last", "officer"),
                one,
                wide,
            ),
            Doing("take_back", self.tr("Take back into the safe"), ("first", "last"), one, wide),
            Doing(
                "receive",
                self.tr("Count in a delivery"),
                ("first", "last", "gaps", "paper", "edition", "report"),
                (*one, "edition"),
                wide,
                self.tr("Two count. From another office: its protocol is the delivery note."),
            ),
            Doing("allot", self.tr("Allot to a firm"), ("first", "last", "firm"), one, wide),
            Doing("return_allotted", self.tr("Take back from a firm"), ("first", "last", "firm"), one, wide),
            Doing("spoiled", self.tr("Report spoiled"), ("first", "last", "reason", "report"), one, wide),
            Doing(
                "missing",
                self.tr("Report lost or stolen"),
                ("first", "last", "report"),
                one,
                wide,
                self.tr("Blanks' numbers are void the moment you both sign, and go out with the next batch."),
            ),
            Doing(
                "destroy",
                self.tr("Destroy what is spoiled"),
                ("first", "last", "report"),
                one,
                wide,
                self.tr("The second officer is the witness."),
            ),
            Doing(
                "send",
                self.tr("Send to another office"),
                ("first", "last", "office"),
                one,
                wide,
                self.tr("Both of you sign the protocol here, the other office signs it there."),
            ),
            Doing("arrived", self.tr("The other office signed for it"), ("transfer", "report"), (), wide),
            Doing("back", self.tr("It came back undelivered"), ("transfer", "report"), (), wide),
        ]

    def show_kind(
        self,
        what: StockKind,
        *,
        edition: str,
        officers: tuple[tuple[str, str], ...],
        firms: tuple[tuple[str, str], ...],
        live: tuple[Transfer, ...],
    ) -> None:
        """Only what can be done with this kind now; what is typed stays."""
        self.what = what
        self._officer.show_options(officers)
        self._firm.show_options(firms)
        if not self._edition.text():
            self._edition.setText(edition)
        at = self._transfer.currentData()
        self._transfer.clear()
        for each in live:
            self._transfer.addItem(f"{each.id}  ·  {', '.join(map(run_words, each.runs))}  ·  {each.to}", each.id)
        self._transfer.setCurrentIndex(max(self._transfer.findData(at), 0))
        blank = what is StockKind.BLANK
        closed = (() if blank else FOR_BLANKS) + (() if live else OF_TRANSFERS)
        for name in ("paper", "edition"):
            self.card.leave_out(name, not blank)
        self.card.offer([key for key in self._keys if key not in closed])

    def take_range(self, run: Run) -> None:
        """These numbers into the fields of the act."""
        self._first.setText(run.first)
        self._last.setText("" if run.first == run.last else run.last)
        self.count()
        self._first.setFocus()

    def order(self) -> Order:
        return Order(
            key=self.card.doing.key,
            what=self.what,
            first=self._first.text(),
            last=self._last.text(),
            gaps=self._gaps.text(),
            paper=str(self._paper.currentData() or Paper.PLAIN),
            edition=self._edition.text().strip(),
            officer=self._officer.value or "",
            firm=self._firm.value or "",
            office=self._office.text(),
            transfer=str(self._transfer.currentData() or ""),
            reason=str(self._reason.currentData() or ""),
            report=self._report.text().strip(),
        )

    def count(self) -> tuple[Run, int] | None:
        """How many pieces the first and the last make, said below; None where they are no series."""
        self._last_field.show_words("")
        if not self._first.text().strip():
            self._last_field.show_below("")
            return None
        try:
            run, many = self._count_of(self.order())
        except (NotASeries, NothingDelivered) as refusal:
            self._last_field.show_words(messages.in_full(refusal))
            return None
        self._last_field.show_below(self.tr("pieces: {count}").format(count=self._formats.number(many)))
        return run, many

    def clear(self) -> None:
        """Done: the next numbers."""
        for editor in (self._first, self._last, self._gaps, self._report, self._office):
            editor.clear()
        self._last_field.show_below("")
