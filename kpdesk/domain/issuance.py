"""The life of our own certificate: prepared and approved by two, numbered, issued, validated, released, confirmed.

KPCS Section II(a), IV; `decisions.md`, Order of acts. It moves forward only, but for goods that are taken back before
they left: a mistake is voided and replaced, never edited, and a number is never used again.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.certificate import Anchor, Facts, Number
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.parcel import WrongState
from kpdesk.domain.records import Record, Value, canonical, digest
from kpdesk.domain.trust import Approval


class State(StrEnum):
    DRAFT = "draft"
    """Prepared: the first signature is there."""
    APPROVED = "approved"
    """Both signatures are there; a number may be bound, its sheet not yet proved."""
    ISSUED = "issued"
    """The sheet was read back and stands."""
    VALIDATED = "validated"
    RELEASED = "released"
    """In the hands of a named carrier."""
    EXPORTED = "exported"
    CONFIRMED = "confirmed"
    CONFIRMED_WITH_DIFFERENCE = "confirmed_with_difference"
    RETURNED_UNUSED = "returned_unused"
    EXPIRED = "expired"
    VOID = "void"
    REPLACED = "replaced"
    INVALIDATED = "invalidated"
    LOST = "lost"


_STAYS = (State.ISSUED, State.VALIDATED, State.RELEASED)
_NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.APPROVED, State.VOID}),
    State.APPROVED: frozenset({State.ISSUED, State.VOID}),
    **{
        here: frozenset(
            {State.VOID, State.REPLACED, State.INVALIDATED, State.RETURNED_UNUSED, State.EXPIRED, State.LOST, onward}
        )
        for here, onward in zip(_STAYS, (State.VALIDATED, State.RELEASED, State.EXPORTED), strict=True)
    },
    State.EXPORTED: frozenset(
        {State.CONFIRMED, State.CONFIRMED_WITH_DIFFERENCE, State.INVALIDATED, State.LOST, State.RETURNED_UNUSED}
    ),
    State.EXPIRED: frozenset({State.RETURNED_UNUSED}),
}

ENDED = frozenset(
    {
        State.CONFIRMED,
        State.CONFIRMED_WITH_DIFFERENCE,
        State.RETURNED_UNUSED,
        State.EXPIRED,
        State.VOID,
        State.REPLACED,
        State.INVALIDATED,
        State.LOST,
    }
)
LISTED_VOID = frozenset({State.VOID, State.REPLACED, State.INVALIDATED, State.LOST, State.RETURNED_UNUSED})
"""Certificates in these states have their number on the void list: no paper that bears it may pass."""
IN_HAND = frozenset({State.VOID, State.REPLACED, State.RETURNED_UNUSED})
"""These ends want the old sheet in hand (CA-A 11, EU 12(5)); the others are for papers that nobody has."""


@dataclass(eq=False)
class SamePerson(Refusal):
    """Two people are wanted here (KPCS Annex II; EU 12(2)), and this is one of those who acted before."""

    officer: str
    did: str


@dataclass(eq=False)
class ChangedSinceSigned(Refusal):
    """The certificate is not what was signed: any change kills the approvals."""

    certificate: str


@dataclass(eq=False)
class NumberAlreadyBound(Refusal):
    """One live number at a time."""

    certificate: str
    number: str


@dataclass(eq=False, kw_only=True)
class Certificate:
    """One certificate of ours, from the first signature to its confirmation."""

    kind: ClassVar[str] = "certificate"

    id: str
    """`C-2026-000012`: there before a number is bound, and never on paper."""
    shipment: str
    facts: Facts
    """As signed, without number and anchor."""
    prepared_by: str
    state: State = State.DRAFT
    approvals: tuple[Approval, ...] = ()
    approved_by: str = ""
    number: Number | None = None
    anchor: Anchor | None = None
    code: str = ""
    """The full signed code's text, made once when the number was bound."""
    compact_code: str = ""
    pdf_digest: str = ""
    """SHA-256 of the archived PDF, hex."""
    sheets: int = 0
    """How many blanks were bound so far; a third asks for a supervisor."""
    validated_by: str = ""
    validated_at: datetime | None = None
    carrier: str = ""
    released_at: datetime | None = None
    exported_on: date | None = None
    confirmed_on: date | None = None
    replaced_by: str = ""
    """The id of the certificate that replaces this one."""
    reason: str = ""
    """Why it ended: void, replaced, invalidated, lost, returned."""
    revision: int = 0

    @property
    def identity(self) -> str:
        return self.id

    @property
    def signed_digest(self) -> str:
        """What approvals sign: the facts and the shipment, without the number (`decisions.md`, Order of acts)."""
        return digest(canonical({"certificate": self.id, "shipment": self.shipment, **self.facts.record()}))

    @property
    def bound_facts(self) -> Facts:
        """The facts with number and anchor: what is coded and drawn."""
        if self.number is None or self.anchor is None:
            raise WrongState(self.id, "unnumbered", "numbered")
        return self.facts.bound(self.number, self.anchor)

    def read_from(self, sheet: str) -> bool:
        """Whether this text was read from its sheet: the number, with its check character or not, or a code."""
        if not sheet or self.number is None:
            return False
        plain = re.sub(r"[\s\-–·]", "", sheet).upper()
        return plain in (self.number.text, self.number.with_check) or sheet in (self.code, self.compact_code)

    def sign(self, approval: Approval) -> None:
        """Keep an approval; one over another digest is refused (ChangedSinceSigned)."""
        if approval.digest != self.signed_digest:
            raise ChangedSinceSigned(self.id)
        self.approvals = (*self.approvals, approval)

    def approve(self, approval: Approval) -> None:
        self._expect(State.DRAFT)
        if approval.officer == self.prepared_by:
            raise SamePerson(approval.officer, "prepare")
        self.sign(approval)
        self.approved_by = approval.officer
        self.to(State.APPROVED)

    def bind(self, number: Number, anchor: Anchor, *, code: str, compact_code: str, pdf_digest: str) -> None:
        """Give it a number, its codes and its drawing, all in one unit."""
        self._expect(State.APPROVED)
        if self.number is not None:
            raise NumberAlreadyBound(self.id, self.number.text)
        self.number, self.anchor, self.sheets = number, anchor, self.sheets + 1
        self.code, self.compact_code, self.pdf_digest = code, compact_code, pdf_digest

    def lose_number(self) -> None:
        """The sheet was spoiled or is missing: its number is on the void list, the approvals stand."""
        self._expect(State.APPROVED)
        self.number, self.anchor, self.code, self.compact_code, self.pdf_digest = None, None, "", "", ""

    def issue(self) -> None:
        if self.number is None:
            raise WrongState(self.id, "unnumbered", "numbered")
        self.to(State.ISSUED)

    def validate(self, by: str, at: datetime) -> None:
        """Stamp and signature of the exporting authority; not by the preparer (EU 12(2))."""
        if by == self.prepared_by:
            raise SamePerson(by, "prepare")
        self.to(State.VALIDATED)
        self.validated_by, self.validated_at = by, at

    def release(self, carrier: str, at: datetime) -> None:
        self.to(State.RELEASED)
        self.carrier, self.released_at = carrier, at

    def take_back(self) -> None:
        """From the carrier before it left: validated as before, to be released again."""
        self._expect(State.RELEASED)
        self.state, self.carrier, self.released_at = State.VALIDATED, "", None

    def export(self, on: date) -> None:
        self.to(State.EXPORTED)
        self.exported_on = on

    def confirm(self, on: date, *, differs: bool) -> None:
        self.to(State.CONFIRMED_WITH_DIFFERENCE if differs else State.CONFIRMED)
        self.confirmed_on = on

    def end(self, state: State, reason: str, replaced_by: str = "") -> None:
        """Void, replaced, invalidated, lost, returned unused or expired; the reason is kept."""
        self.to(state)
        self.reason, self.replaced_by = reason, replaced_by

    def to(self, state: State) -> None:
        if state not in _NEXT.get(self.state, ()):
            raise WrongState(self.number.text if self.number else self.id, self.state.value, state.value)
        self.state = state

    def record(self) -> Record:
        record: dict[str, Value] = {
            "shipment": self.shipment,
            "facts": self.facts.record(),
            "prepared_by": self.prepared_by,
            "state": self.state.value,
            "approvals": [approval.record() for approval in self.approvals],
            "sheets": self.sheets,
            "reason": self.reason,
        }
        texts = {
            "approved_by": self.approved_by,
            "number": self.number and self.number.text,
            "code": self.code,
            "compact_code": self.compact_code,
            "pdf": self.pdf_digest,
            "validated_by": self.validated_by,
            "validated_at": self.validated_at and self.validated_at.isoformat(),
            "carrier": self.carrier,
            "released_at": self.released_at and self.released_at.isoformat(),
            "exported_on": self.exported_on and self.exported_on.isoformat(),
            "confirmed_on": self.confirmed_on and self.confirmed_on.isoformat(),
            "replaced_by": self.replaced_by,
        }
        record.update({name: text for name, text in texts.items() if text})
        if self.anchor:
            record["anchor"] = {
                "epoch": self.anchor.epoch,
                "size": self.anchor.size,
                "head": self.anchor.head.hex(),
            }
        return record

    def _expect(self, *states: State) -> None:
        if self.state not in states:
            raise WrongState(self.id, self.state.value, ", ".join(state.value for state in states))
