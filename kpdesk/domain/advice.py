"""What the exporting authority writes to the importing one: pre-advice, notices, amendment instructions, reminders.

KPCS Annex II 19, 21: a pre-advice at validation, without courier or flight. An exported certificate is never edited:
an instruction beside it says what is right (DGFT 34/2015-20, kpcs.md §5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from kpdesk.domain.certificate import Facts, Number
from kpdesk.domain.kept import record_of
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.records import canonical, digest
from kpdesk.domain.trust import Approval


@dataclass(frozen=True, slots=True, kw_only=True)
class PreAdvice:
    """What is on its way under a validated certificate: all that it states, and nothing of how it travels."""

    facts: Facts
    """With number and anchor: what the code on the paper says."""
    validated: date

    @property
    def number(self) -> Number:
        assert self.facts.number is not None
        return self.facts.number

    @property
    def issuer(self) -> str:
        return self.facts.participant

    @property
    def dated(self) -> date:
        return self.validated


class Amendable(StrEnum):
    """What an instruction may correct; all else asks for another certificate."""

    EXPORTER_NAME = "exporter_name"
    EXPORTER_ADDRESS = "exporter_address"
    IMPORTER_NAME = "importer_name"
    IMPORTER_ADDRESS = "importer_address"
    CARATS = "carats"
    VALUE = "value"
    HEADING = "heading"
    ORIGIN = "origin"
    PARCELS = "parcels"
    SEALS = "seals"


@dataclass(eq=False)
class NothingAmended(Refusal):
    """An instruction says at least one thing that differs from the certificate, and each but once."""

    number: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that the certificate states wrongly."""

    field: Amendable
    stated: str
    correct: str


def stated(facts: Facts, field: Amendable) -> str:
    """What the certificate states there."""
    match field:
        case Amendable.EXPORTER_NAME:
            return facts.exporter.name
        case Amendable.EXPORTER_ADDRESS:
            return facts.exporter.address
        case Amendable.IMPORTER_NAME:
            return facts.importer.name
        case Amendable.IMPORTER_ADDRESS:
            return facts.importer.address
        case Amendable.CARATS:
            return str(facts.carats)
        case Amendable.VALUE:
            return str(facts.value)
        case Amendable.HEADING:
            return ", ".join(line.heading.value for line in facts.lines)
        case Amendable.ORIGIN:
            return facts.origin
        case Amendable.PARCELS:
            return str(facts.parcels)
        case Amendable.SEALS:
            return ", ".join(facts.seals)


def corrections_of(facts: Facts, corrected: Mapping[Amendable, str]) -> tuple[Correction, ...]:
    """Each thing with what the certificate states; raises NothingAmended."""
    found = tuple(
        Correction(field, stated(facts, field), corrected[field].strip()) for field in Amendable if field in corrected
    )
    if not found or any(each.correct in ("", each.stated) for each in found):
        raise NothingAmended(str(facts.number or ""))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What the importing authority is to endorse on an exported certificate."""

    id: str
    """`A-2026-000003`, without gaps."""
    number: Number
    issuer: str
    """The issuing participant."""
    authority: str
    destination: str
    dated: date
    corrections: tuple[Correction, ...]
    why: str

    @property
    def digest(self) -> str:
        """What two officers sign, hex."""
        return digest(canonical(record_of(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """An instruction on an exported certificate, signed by two officers; the certificate stays as it is."""

    kind: ClassVar[str] = "amendment"
    personal: ClassVar[frozenset[str]] = frozenset()

    certificate: str
    instruction: Instruction
    approvals: tuple[Approval, ...]
    file: str
    """SHA-256 of the signed file, hex."""

    @property
    def identity(self) -> str:
        return self.instruction.id

    @property
    def about(self) -> str:
        return f"certificate/{self.certificate}"

    @property
    def live(self) -> bool:
        return False


class LetterKind(StrEnum):
    PRE_ADVICE = "pre_advice"
    NOTICE = "notice"
    """A number that was pre-advised covers no goods any more."""
    AMENDMENT = "amendment"
    REMINDER = "reminder"
    """No confirmation of receipt came."""
    EXIT = "exit"
    """To the exporter: on which day did the goods leave?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter about a certificate, as a mail that lies ready to be sent."""

    kind: ClassVar[str] = "letter"
    personal: ClassVar[frozenset[str]] = frozenset()

    id: str
    """`L-2026-000012`, without gaps."""
    certificate: str
    number: Number
    what: LetterKind
    count: int
    """How many of this kind there are about the certificate, with this one."""
    to: str
    """The register number of the addressee; empty where the register has none."""
    language: str
    """What stands below the English: `pt`, or `en` where there is English alone."""
    mail: str
    """SHA-256 of the mail as it is kept, hex."""
    file: str = ""
    """SHA-256 of the signed file that goes with it, hex."""
    written_at: datetime
    written_by: str

    @property
    def identity(self) -> str:
        return self.id

    @property
    def about(self) -> str:
        return f"certificate/{self.certificate}"

    @property
    def live(self) -> bool:
        return False

    @property
    def name(self) -> str:
        """Of its files, without an ending."""
        kind = self.what.value.replace("_", "-")
        return f"{self.number}-{kind}" if self.count == 1 else f"{self.number}-{kind}-{self.count}"
