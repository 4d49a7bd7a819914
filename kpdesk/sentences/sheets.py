"""Calibration, proving what is on a sheet, approval lists."""

from kpdesk.sentences.words import Sentence

SHEETS: dict[str, Sentence] = {}
