"""What a sentence is made of."""

from typing import NamedTuple


class Sentence(NamedTuple):
    what: str
    """What is wrong."""
    todo: str
    """What to do."""
