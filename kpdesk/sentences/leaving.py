"""Validation, release, export and what comes back."""

from kpdesk.sentences.words import Sentence

LEAVING: dict[str, Sentence] = {}
