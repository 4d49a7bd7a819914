"""The clerk's counter: parcels in, vouchers, photos, handing over."""

from kpdesk.sentences.words import Sentence

COUNTER: dict[str, Sentence] = {}
