"""The words of numbered stock: kinds, states, acts, reasons."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.stock import Paper, StockKind, StockState
from kpdesk.domain.transfers import Run
from ui.marks import QT_TRANSLATE_NOOP
from ui.tones import Tone

KINDS = {
    StockKind.BLANK: QT_TRANSLATE_NOOP("stock", "Blanks"),
    StockKind.BAG: QT_TRANSLATE_NOOP("stock", "Bags"),
    StockKind.SEAL: QT_TRANSLATE_NOOP("stock", "Seals"),
}
STATES = {
    StockState.RECEIVED: QT_TRANSLATE_NOOP("stock", "received"),
    StockState.IN_SAFE: QT_TRANSLATE_NOOP("stock", "in the safe"),
    StockState.WITH_OFFICER: QT_TRANSLATE_NOOP("stock", "with an officer"),
    StockState.ALLOTTED: QT_TRANSLATE_NOOP("stock", "allotted to a firm"),
    StockState.LOADED: QT_TRANSLATE_NOOP("stock", "in the printer"),
    StockState.SPOOLED: QT_TRANSLATE_NOOP("stock", "sent to the printer"),
    StockState.PRINTED: QT_TRANSLATE_NOOP("stock", "printed"),
    StockState.USED: QT_TRANSLATE_NOOP("stock", "used"),
    StockState.SPOILED: QT_TRANSLATE_NOOP("stock", "spoiled"),
    StockState.DESTROYED: QT_TRANSLATE_NOOP("stock", "destroyed"),
    StockState.MISSING: QT_TRANSLATE_NOOP("stock", "missing"),
    StockState.IN_TRANSIT: QT_TRANSLATE_NOOP("stock", "on its way"),
    StockState.SENT: QT_TRANSLATE_NOOP("stock", "at another office"),
}
PAPERS = {
    Paper.SECURITY: QT_TRANSLATE_NOOP("stock", "Security paper"),
    Paper.PREPRINTED: QT_TRANSLATE_NOOP("stock", "Preprinted"),
    Paper.PLAIN: QT_TRANSLATE_NOOP("stock", "Plain paper"),
}
MOVES = {
    "receive_stock": QT_TRANSLATE_NOOP("stock", "Counted in"),
    "hand_out": QT_TRANSLATE_NOOP("stock", "Handed out"),
    "take_back": QT_TRANSLATE_NOOP("stock", "Taken back"),
    "allot": QT_TRANSLATE_NOOP("stock", "Allotted to a firm"),
    "return_allotted": QT_TRANSLATE_NOOP("stock", "Back from a firm"),
    "write_off": QT_TRANSLATE_NOOP("stock", "Written off"),
    "destroy_stock": QT_TRANSLATE_NOOP("stock", "Destroyed"),
    "send_stock": QT_TRANSLATE_NOOP("stock", "Sent to another office"),
    "end_transfer": QT_TRANSLATE_NOOP("stock", "Transfer ended"),
    "hand_over_all": QT_TRANSLATE_NOOP("stock", "Handed over"),
    "use_stock": QT_TRANSLATE_NOOP("stock", "Used"),
    "load_blank": QT_TRANSLATE_NOOP("stock", "Put into the printer"),
    "unload_blank": QT_TRANSLATE_NOOP("stock", "Taken out of the printer"),
    "bind_number": QT_TRANSLATE_NOOP("stock", "Number bound"),
    "spool": QT_TRANSLATE_NOOP("stock", "Sent to the printer"),
    "answer": QT_TRANSLATE_NOOP("stock", "Sheet looked at"),
    "close_day": QT_TRANSLATE_NOOP("stock", "Not found at the close"),
}
REASONS = (
    ("torn", QT_TRANSLATE_NOOP("stock", "Torn or creased")),
    ("wet", QT_TRANSLATE_NOOP("stock", "Wet or soiled")),
    ("misprint", QT_TRANSLATE_NOOP("stock", "Misprinted by the printer's works")),
    ("unreadable", QT_TRANSLATE_NOOP("stock", "Number cannot be read")),
    ("trial", QT_TRANSLATE_NOOP("stock", "Used for a trial print")),
    ("other", QT_TRANSLATE_NOOP("stock", "Other, see the report")),
)
_TONES = {
    StockState.IN_SAFE: Tone.OK,
    StockState.WITH_OFFICER: Tone.OK,
    StockState.MISSING: Tone.STOP,
    StockState.SPOILED: Tone.LIFTABLE,
    StockState.SPOOLED: Tone.LIFTABLE,
    StockState.IN_TRANSIT: Tone.LIFTABLE,
}


def said(words: str) -> str:
    return QCoreApplication.translate("stock", words)


def kind_word(what: StockKind) -> str:
    return said(KINDS[what])


def state_word(state: StockState) -> str:
    return said(STATES[state])


def move_word(act: str) -> str:
    return said(MOVES[act]) if act in MOVES else act.replace("_", " ")


def tone_of(state: StockState) -> Tone:
    return _TONES.get(state, Tone.NOTE)


def run_words(run: Run) -> str:
    return run.first if run.first == run.last else f"{run.first} – {run.last}"


def run_short(run: Run) -> str:
    """For a table: of the last number only its last six signs, as on the paper band of a box."""
    return run.first if run.first == run.last else f"{run.first} – {run.last[-6:]}"


def runs_short(runs: Sequence[Run]) -> str:
    """The first of them, and how many more there are."""
    more = f"  + {len(runs) - 1}" if len(runs) > 1 else ""
    return f"{run_short(runs[0])}{more}" if runs else ""
