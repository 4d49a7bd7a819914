"""Applications, warranties, the exporter's seat."""

from kpdesk.sentences.words import Sentence

APPLYING: dict[str, Sentence] = {}
