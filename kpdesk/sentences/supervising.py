"""Stock, close of day, exceptions, officers."""

from kpdesk.sentences.words import Sentence

SUPERVISING: dict[str, Sentence] = {}
