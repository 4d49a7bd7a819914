"""Firms, titles, watch lists and their import."""

from kpdesk.sentences.words import Sentence

REGISTERS: dict[str, Sentence] = {}
