"""The verdict on a signed code: every answer apart, then one word for the whole.

A good code proves the facts, never the paper; what is left to look at is an answer too. What cannot be said is
told apart from what is wrong. Each answer is a value whose text is its name in `kpdesk.sentences`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum, StrEnum
from operator import attrgetter

from kpdesk.domain.certificate import Facts, Kind, Number
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.outcomes import Finding, Severity
from kpdesk.domain.trust import Alert, IssuerKey, ReceivedNumber, VoidNumber


class Code(StrEnum):
    """Is there a code, and can it be read? After the prefix, what cannot be read has been altered."""

    READ = "code_read"
    NONE = "code_none"
    TOO_LONG = "code_too_long"
    """Longer than any QR code holds (4,296 characters)."""
    FOREIGN = "code_foreign"
    """Some other code: it does not begin with KPC1:."""
    MISTYPED = "code_mistyped"
    """Not base45."""
    DAMAGED = "code_damaged"
    """Does not unpack."""
    TOO_LARGE = "code_too_large"
    """Unpacks to more than 16 KiB."""
    MALFORMED = "code_malformed"
    """Unpacks, but holds no signed content."""


class Signature(StrEnum):
    """Did the named key sign exactly this?"""

    GOOD = "signature_good"
    WRONG = "signature_wrong"
    OTHER_ALGORITHM = "signature_other_algorithm"
    """Not the algorithm that the lists allow for this key."""
    NOT_JUDGED = "signature_not_judged"


class Issuer(StrEnum):
    """Whose key is it, and might it sign codes on the day of issue?"""

    KNOWN = "issuer_known"
    UNKNOWN = "issuer_unknown"
    """The lists do not hold the key."""
    OTHER_PURPOSE = "issuer_other_purpose"
    REVOKED = "issuer_revoked"
    OUTSIDE_VALIDITY = "issuer_outside_validity"
    NOT_JUDGED = "issuer_not_judged"


class Content(StrEnum):
    """Does the signed content have the form of content v1?"""

    FULL = "content_full"
    COMPACT = "content_compact"
    """The compact twin: number, dates, issuer and totals only."""
    WRONG = "content_wrong"
    NOT_JUDGED = "content_not_judged"


class Numbering(StrEnum):
    """Do the stated issuer and the number's letters belong to the key's participant?"""

    MATCHES = "numbering_matches"
    OTHER_ISSUER = "numbering_other_issuer"
    NOT_JUDGED = "numbering_not_judged"


class Dates(StrEnum):
    """Is it current?"""

    CURRENT = "dates_current"
    NOT_YET = "dates_not_yet"
    EXPIRED = "dates_expired"
    ARRIVED_LATE = "dates_arrived_late"
    """Exported in time, arrived after expiry (EU 12(5) limits the moment of export)."""
    NOT_JUDGED = "dates_not_judged"


class Voided(StrEnum):
    """Is the number on the void list?"""

    NO = "voided_no"
    VOID = "voided_void"
    LOST = "voided_lost"
    """Missing, lost or stolen."""
    NOT_JUDGED = "voided_not_judged"


class Alerted(StrEnum):
    """Does an alert name the number?"""

    NO = "alerted_no"
    YES = "alerted_yes"
    NOT_JUDGED = "alerted_not_judged"


class Elsewhere(StrEnum):
    """Do the lists say that it was received?"""

    NO = "elsewhere_no"
    YES = "elsewhere_yes"
    NOT_JUDGED = "elsewhere_not_judged"


class Here(StrEnum):
    """Has this office received it?"""

    NO = "here_no"
    YES = "here_yes"
    NOT_ASKED = "here_not_asked"
    """Checked without an office's register."""


class Sort(StrEnum):
    """What sort of paper does it say it is?"""

    ORIGINAL = "sort_original"
    COPY = "sort_copy"
    TECHNICAL = "sort_technical"
    PRACTICE = "sort_practice"
    NOT_JUDGED = "sort_not_judged"


class Practice(StrEnum):
    """Is this practice?"""

    NO = "practice_no"
    YES = "practice_yes"
    """A practice paper, before a practice desk or where nothing tells the desk's sort."""
    STRAY = "practice_stray"
    """A practice paper before a real desk; it says so itself, so no proof is asked."""
    NOT_JUDGED = "practice_not_judged"


class ListsAge(StrEnum):
    """How old are the lists?"""

    FRESH = "lists_fresh"
    STALE = "lists_stale"
    """Past their next update: amber, never red."""
    NONE = "lists_none"


class Paper(StrEnum):
    """No code proves the paper."""

    TO_LOOK_AT = "paper_to_look_at"
    """Original, stamp, signatory and validation mark are left to a person."""


class Weight(Enum):
    """What an answer does to the whole."""

    GOOD = "good"
    NOTE = "note"
    """Said, and no obstacle."""
    WRONG = "wrong"
    UNSAID = "unsaid"
    """Could not be judged."""


class Acceptable(Enum):
    """One word for the whole."""

    ACCEPTABLE = "acceptable"
    NOT_ACCEPTABLE = "not acceptable"
    NOT_JUDGED = "not judged"

    @property
    def exit_code(self) -> int:
        """Of the command line: 0, 1 or 2."""
        return list(Acceptable).index(self)


_WEIGHTS: dict[StrEnum, Weight] = {
    **dict.fromkeys(
        (
            *(Code.TOO_LONG, Code.MISTYPED, Code.DAMAGED, Code.TOO_LARGE, Code.MALFORMED),
            *(Signature.WRONG, Signature.OTHER_ALGORITHM),
            *(Issuer.OTHER_PURPOSE, Issuer.REVOKED, Issuer.OUTSIDE_VALIDITY),
            *(Content.WRONG, Numbering.OTHER_ISSUER, Dates.NOT_YET, Dates.EXPIRED),
            *(Voided.VOID, Voided.LOST, Alerted.YES, Elsewhere.YES, Here.YES),
            *(Sort.COPY, Practice.STRAY),
        ),
        Weight.WRONG,
    ),
    **dict.fromkeys(
        (
            *(Code.NONE, Code.FOREIGN, Signature.NOT_JUDGED, Issuer.UNKNOWN, Issuer.NOT_JUDGED),
            *(Content.NOT_JUDGED, Numbering.NOT_JUDGED, Dates.NOT_JUDGED, Voided.NOT_JUDGED),
            *(Alerted.NOT_JUDGED, Elsewhere.NOT_JUDGED, Sort.NOT_JUDGED, Practice.NOT_JUDGED, ListsAge.NONE),
        ),
        Weight.UNSAID,
    ),
    **dict.fromkeys(
        (
            *(Content.COMPACT, Dates.ARRIVED_LATE, Here.NOT_ASKED),
            *(Sort.TECHNICAL, Sort.PRACTICE, Practice.YES, ListsAge.STALE, Paper.TO_LOOK_AT),
        ),
        Weight.NOTE,
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with the facts its sentence names."""

    code: str
    weight: Weight
    facts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the full code and its compact twin both state."""

    kind: Kind
    number: Number
    participant: str
    issued: date
    expires: date
    """The last day of validity."""
    carats: Carats
    value: Money
    digest: bytes
    """16 bytes of the full code's claims: the same in both twins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Every answer about one code. Up to `content` the first failure leaves the rest unsaid; then all are given."""

    code: Code
    lists: ListsAge
    issuer: Issuer = Issuer.NOT_JUDGED
    signature: Signature = Signature.NOT_JUDGED
    content: Content = Content.NOT_JUDGED
    numbering: Numbering = Numbering.NOT_JUDGED
    dates: Dates = Dates.NOT_JUDGED
    voided: Voided = Voided.NOT_JUDGED
    alerted: Alerted = Alerted.NOT_JUDGED
    elsewhere: Elsewhere = Elsewhere.NOT_JUDGED
    here: Here = Here.NOT_ASKED
    sort: Sort = Sort.NOT_JUDGED
    practice: Practice = Practice.NOT_JUDGED
    paper: Paper = Paper.TO_LOOK_AT
    standing: tuple[Finding, ...] = ()
    """What the desk finds about the participant: not a participant, suspended, restricted."""

    facts: Facts | None = None
    """What the certificate states; only from a full code with a good signature. Parcel lines are summed by heading
    and long addresses cut, as the code holds them."""
    totals: Totals | None = None
    """As `facts`, from either twin."""
    unproven: Totals | None = None
    """What the code claims while nobody vouches for it: to be shown as a claim, never to be kept."""
    asked: Number | None = None
    """The number that was asked about, where there was no code."""
    key: IssuerKey | None = None
    kid: bytes = b""
    """The key that the code names."""
    void_number: VoidNumber | None = None
    alerts: tuple[Alert, ...] = ()
    received_elsewhere: ReceivedNumber | None = None
    received_here: ReceivedNumber | None = None
    lists_issued: datetime | None = None

    @property
    def acceptable(self) -> Acceptable:
        """Wrong beats unsaid; a note never counts."""
        weights = [*map(_WEIGHTS.get, _said(self))]
        if Weight.WRONG in weights or any(finding.severity is not Severity.NOTE for finding in self.standing):
            return Acceptable.NOT_ACCEPTABLE
        return Acceptable.NOT_JUDGED if Weight.UNSAID in weights else Acceptable.ACCEPTABLE

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All answers in the order of checking, without the participant's standing, which is a finding."""
        facts = self._words()
        return tuple(Answer(said.value, _WEIGHTS.get(said, Weight.GOOD), facts) for said in _said(self))

    def _words(self) -> dict[str, str]:
        totals = self.totals or self.unproven
        return {
            "kid": self.kid.hex(),
            "authority": self.key.authority if self.key else "",
            "number": totals.number.text if totals else self.asked.text if self.asked else "",
            "participant": self.key.participant if self.key else totals.participant if totals else "",
            "issued": _day(totals.issued if totals else None),
            "expires": _day(totals.expires if totals else None),
            "reason": self.void_number.reason.value if self.void_number else "",
            "since": _day(self.void_number.since if self.void_number else None),
            "alert": "; ".join(alert.text for alert in self.alerts),
            "where": self.received_elsewhere.where if self.received_elsewhere else "",
            "on": _day(self.received_elsewhere.on if self.received_elsewhere else None),
            "here": _day(self.received_here.on if self.received_here else None),
            "lists": _day(self.lists_issued),
        }


QUESTIONS = tuple(
    each.name for each in fields(Verdict) if isinstance(each.type, type) and issubclass(each.type, StrEnum)
)
"""The names of a verdict's answers, in the order of checking."""

_said: Callable[[Verdict], tuple[StrEnum, ...]] = attrgetter(*QUESTIONS)


def _day(moment: date | None) -> str:
    return moment.strftime("%Y-%m-%d") if moment else ""
