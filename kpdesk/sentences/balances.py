"""Balances, weighing, check weights."""

from kpdesk.sentences.words import Sentence

BALANCES: dict[str, Sentence] = {}
