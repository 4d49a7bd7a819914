"""What a balance says instead of a weight, in words."""

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.balance import Fault, FaultKind
from ui.marks import QT_TRANSLATE_NOOP

_FAULTS = {
    FaultKind.OVERLOAD: QT_TRANSLATE_NOOP("balance", "too much on the pan"),
    FaultKind.UNDERLOAD: QT_TRANSLATE_NOOP("balance", "the pan is not in its place"),
    FaultKind.BUSY: QT_TRANSLATE_NOOP("balance", "moving"),
    FaultKind.SYNTAX: QT_TRANSLATE_NOOP("balance", "does not understand the program"),
    FaultKind.TRANSMISSION: QT_TRANSLATE_NOOP("balance", "garbled: look at its line settings"),
    FaultKind.LOGICAL: QT_TRANSLATE_NOOP("balance", "cannot do that now"),
    FaultKind.CALIBRATING: QT_TRANSLATE_NOOP("balance", "adjusting itself"),
    FaultKind.UNIT: QT_TRANSLATE_NOOP("balance", "weighs in “{code}”: set it to ct or g"),
    FaultKind.ERROR: QT_TRANSLATE_NOOP("balance", "reports error {code}"),
}


def fault_words(fault: Fault) -> str:
    return QCoreApplication.translate("balance", _FAULTS[fault.kind]).format(code=fault.code)
