"""The window."""

from kpdesk.sentences.words import Sentence

WINDOW = {
    "Mistake": Sentence("The program made a mistake.", "What you typed is kept. Tell support the number {number}."),
    "sealed_and_weighed": Sentence("Verified, weighed again and sealed: {seals}.", ""),
    "signed_first": Sentence("First signature: {officer}.", ""),
    "signed_second": Sentence("Second signature: {officer}.", ""),
    "PrinterNotReady": Sentence(
        "The printer “{printer}” is not ready.", "Switch it on, look at its display, or choose another printer."
    ),
}
