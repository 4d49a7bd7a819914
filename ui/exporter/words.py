"""Words of the exporters' screens for the codes that the desk speaks in."""

from PySide6.QtCore import QCoreApplication

from kpdesk.domain.application import Standing
from ui.marks import QT_TRANSLATE_NOOP

_STEPS = {
    "sent": QT_TRANSLATE_NOOP("application", "Written for the office"),
    "applied": QT_TRANSLATE_NOOP("application", "Applied for"),
    "sealed": QT_TRANSLATE_NOOP("application", "Verified, weighed again, sealed"),
    "prepared": QT_TRANSLATE_NOOP("application", "Certificate drawn up, first signature"),
    "approved": QT_TRANSLATE_NOOP("application", "Second signature"),
    "issued": QT_TRANSLATE_NOOP("application", "Printed and proved"),
    "validated": QT_TRANSLATE_NOOP("application", "Validated"),
    "released": QT_TRANSLATE_NOOP("application", "Handed to the carrier"),
    "exported": QT_TRANSLATE_NOOP("application", "Exported"),
    "confirmed": QT_TRANSLATE_NOOP("application", "Receipt confirmed abroad"),
}
_NEXT = {
    "applied": QT_TRANSLATE_NOOP(
        "application", "The firm brings the goods; the office meets them with the application."
    ),
    "sealed": QT_TRANSLATE_NOOP(
        "application", "An issuing officer verifies the contents, weighs them again and seals."
    ),
    "prepared": QT_TRANSLATE_NOOP("application", "An issuing officer draws the certificate up and signs first."),
    "approved": QT_TRANSLATE_NOOP("application", "Another officer signs second."),
    "issued": QT_TRANSLATE_NOOP("application", "The certificate is printed on a numbered blank and proved."),
    "validated": QT_TRANSLATE_NOOP("application", "The office validates it: stamp and signature."),
    "released": QT_TRANSLATE_NOOP("application", "The carrier fetches goods and certificate."),
    "exported": QT_TRANSLATE_NOOP("application", "The carrier reports the export."),
    "confirmed": QT_TRANSLATE_NOOP("application", "The importing authority confirms the receipt."),
    "": QT_TRANSLATE_NOOP("application", "Nothing is left to do."),
}
_ENDED = {
    "withdrawn": QT_TRANSLATE_NOOP("application", "Withdrawn"),
    "refused": QT_TRANSLATE_NOOP("application", "Refused by the office"),
    "returned_unused": QT_TRANSLATE_NOOP("application", "Certificate returned unused"),
    "expired": QT_TRANSLATE_NOOP("application", "Certificate expired"),
    "void": QT_TRANSLATE_NOOP("application", "Certificate void"),
    "replaced": QT_TRANSLATE_NOOP("application", "Certificate replaced"),
    "invalidated": QT_TRANSLATE_NOOP("application", "Certificate invalidated"),
    "lost": QT_TRANSLATE_NOOP("application", "Certificate lost"),
}


def step_word(code: str) -> str:
    return QCoreApplication.translate("application", _STEPS[code]) if code in _STEPS else code


def next_words(code: str) -> str:
    """The next step as a sentence."""
    return QCoreApplication.translate("application", _NEXT[code]) if code in _NEXT else code


def ended_word(code: str) -> str:
    return QCoreApplication.translate("application", _ENDED[code]) if code in _ENDED else code


def state_word(standing: Standing) -> str:
    """In one word or two how an application stands."""
    return ended_word(standing.ended) if standing.ended else step_word(standing.last.code)
