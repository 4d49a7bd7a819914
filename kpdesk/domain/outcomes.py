"""What can come of an act: a finding (noticed), a refusal (the rules say no), a trouble (the world failed).

None of them holds a sentence; `kpdesk.sentences` has one for each, and what to do about it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    NOTE = "note"
    """Shown and kept; nothing is held up."""
    LIFTABLE = "liftable"
    """A stop that two officers may lift together with a document."""
    STOP = "stop"
    """A stop that nobody lifts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the rules of the trade ask for, with the clause that asks it."""

    code: str
    severity: Severity
    clause: str

    def found(self, **facts: object) -> "Finding":
        """The finding that this rule is not met, with the facts its sentence names."""
        return Finding(self, tuple((name, str(fact)) for name, fact in facts.items()))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed. Checks return all of them and never raise."""

    rule: Rule
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def key(self) -> str:
        """Names this finding with these facts: what two officers lift is this one, and none that comes later."""
        facts = "\0".join(f"{name}\0{fact}" for name, fact in self.facts)
        return f"{self.rule.code}#{hashlib.sha256(facts.encode()).hexdigest()[:12]}"


class Outcome(Exception):
    """A refusal or a trouble: a dataclass whose fields are the facts its sentence names."""

    @property
    def code(self) -> str:
        """The name under which `kpdesk.sentences` knows it."""
        return type(self).__name__

    @property
    def facts(self) -> dict[str, str]:
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]

    @property
    def because(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """What it rests on: (code, facts), each with a sentence of its own."""
        return ()

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={fact}" for name, fact in self.facts.items())])


@dataclass(eq=False)
class Refusal(Outcome):
    """The rules say no. One class a reason."""


@dataclass(eq=False)
class Trouble(Outcome):
    """The world failed: a disk, a printer, a file that is not ours. One class a reason."""


@dataclass(eq=False)
class Stopped(Refusal):
    """An act that findings hold up; it names every one of them."""

    findings: tuple[Finding, ...]

    @property
    def facts(self) -> dict[str, str]:
        return {"codes": ", ".join(finding.rule.code for finding in self.findings)}

    @property
    def because(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        stops = (finding for finding in self.findings if finding.severity is not Severity.NOTE)
        return tuple((finding.rule.code, dict(finding.facts)) for finding in stops)
