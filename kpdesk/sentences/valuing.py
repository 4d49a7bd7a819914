"""Values, price books, levies and fees."""

from kpdesk.sentences.words import Sentence

VALUING: dict[str, Sentence] = {}
