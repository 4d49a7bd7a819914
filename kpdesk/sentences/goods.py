"""Papers of the counter, sorting, merging, production returns."""

from kpdesk.sentences.words import Sentence

GOODS: dict[str, Sentence] = {}
