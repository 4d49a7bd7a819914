"""Where a batch that arrived belongs: an office's batches form a chain by epoch, sequence and digest.

Whatever the order they come in, and however often, they are taken in the order of the chain and once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kpdesk.domain.batch import BatchHeader, Link, Place
from kpdesk.domain.history import Head


class Step(StrEnum):
    """What to do with a batch that arrived with a good signature; the codes go into the receipt."""

    TAKE = "take"
    """The next of the chain."""
    SAME_AGAIN = "same_again"
    """Known: nothing is done, the receipt of that time goes out once more."""
    EQUIVOCATION = "KPB-301"
    """Another batch stands at this place: alarm, both files are kept."""
    GAP = "KPB-302"
    """Earlier ones are missing: kept until they come."""
    FORK = "KPB-303"
    """It follows a batch that the Authority does not know: alarm."""
    REWRITTEN = "KPB-304"
    """An unknown batch from a time long past: alarm."""
    REWOUND = "KPB-305"
    """The history in it does not go on from the history known: alarm."""


@dataclass(frozen=True, slots=True)
class OfficeState:
    """What the Authority knows of one office. Rejected batches count: they keep their place."""

    office: str
    last: Link | None = None
    history: Head = field(default_factory=Head)
    known: Mapping[Place, str] = field(default_factory=dict)
    """The digest of each batch taken."""
    waiting: Mapping[Place, str] = field(default_factory=dict)
    """The digest of each batch kept until earlier ones come."""

    @property
    def next(self) -> Place:
        return Place(self.last.place.epoch, self.last.place.sequence + 1) if self.last else Place(1, 1)

    def taken(self, header: BatchHeader, digest: str) -> "OfficeState":
        """After a batch that `judge` said to take, whether its records were accepted or rejected."""
        return replace(
            self,
            last=Link(header.place, digest),
            history=header.history,
            known={**self.known, header.place: digest},
            waiting={place: kept for place, kept in self.waiting.items() if place != header.place},
        )

    def kept(self, header: BatchHeader, digest: str) -> "OfficeState":
        """After a batch that has to wait for earlier ones."""
        return replace(self, waiting={**self.waiting, header.place: digest})

    def missing(self, place: Place) -> tuple[int, ...]:
        """The sequences of its epoch that have to come before the batch at this place, at most 1,000."""
        first = self.next.sequence if place.epoch == self.next.epoch else 1
        last = min(place.sequence, first + 1000)
        return tuple(at for at in range(first, last) if Place(place.epoch, at) not in self.waiting)


def judge(header: BatchHeader, digest: str, known: OfficeState) -> Step:
    """Where a batch with a good signature belongs. The caller has seen that the signer is of this office."""
    if header.office != known.office:
        raise ValueError("the state of another office")
    place = header.place
    if place in known.known:
        return Step.SAME_AGAIN if known.known[place] == digest else Step.EQUIVOCATION
    if known.waiting.get(place, digest) != digest:
        return Step.EQUIVOCATION
    if place < known.next:
        return Step.REWRITTEN
    restored = known.last is not None and place == Place(known.last.place.epoch + 1, 1)
    if place != known.next and not restored:
        return Step.GAP
    if not (header.previous == known.last or (restored and _knows(known, header.previous))):
        return Step.FORK
    return Step.TAKE if _goes_on(header, known, restored) else Step.REWOUND


def _knows(known: OfficeState, link: Link | None) -> bool:
    """A restored office may not know all it had sent; it names the last batch it has a receipt for."""
    return link is not None and known.known.get(link.place) == link.digest


def _goes_on(header: BatchHeader, known: OfficeState, restored: bool) -> bool:
    """Whether the history is told from where the Authority's knowledge ends.

    After a restore it goes on from the backup, which may lie before what the Authority has seen.
    """
    if restored:
        return header.first_entry <= known.history.size + 1
    same = header.history == known.history or header.history.size > known.history.size
    return header.first_entry == known.history.size + 1 and same
