"""The desk: one officer at one office's books. The first argument of every act."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache

from kpdesk.domain.acting import KeyNotHeld
from kpdesk.domain.issuance import Certificate, ChangedSinceSigned, SamePerson
from kpdesk.domain.outcomes import Finding, Refusal, Severity, Stopped
from kpdesk.domain.participants import Register
from kpdesk.domain.parties import NotYourDesk, Officer, Role
from kpdesk.domain.slips import OfficerSlip
from kpdesk.domain.trust import Approval, AuthorityFile
from kpdesk.printing.form import Form, Words, read_form
from kpdesk.settings import Folder, Office, Settings, in_force
from kpdesk.signing.approvals import sign_approval, verify_approval
from kpdesk.signing.keys import KeyPair, seal, unseal
from kpdesk.store import lists as rows
from kpdesk.store.store import Store
from kpdesk.store.unit import Look, Unit
from resources import path

CODE_KEY, BATCH_KEY, APPROVAL_KEY = "code", "batch", "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An officer signed in at an office."""

    folder: Folder
    office: Office
    store: Store
    officer: OfficerSlip
    approval_key: KeyPair = field(repr=False)
    """The officer's own: signs what the officer approves."""
    personal_key: bytes = field(repr=False)
    """Opens what is sealed under this officer's password."""
    data_key: bytes = field(repr=False)
    """The store's key; opens what is sealed for whoever is signed in."""
    register: Register = field(repr=False)
    authority: AuthorityFile = field(repr=False)
    """What the office pinned of the national Authority."""
    clock: Callable[[], datetime] = field(repr=False)

    @property
    def today(self) -> date:
        """The office's day."""
        return self.office.today(self.clock())

    @property
    def form(self) -> Form:
        """The form its certificates are drawn on; one borrowed from another participant bears this one's names."""
        form = _form(self.office.form)
        if form.participant == self.office.participant:
            return form
        country = next((row.name for row in self.register.rows if row.code == self.office.participant), "")
        names = (Words(country or self.office.participant), Words(self.office.authority))
        return replace(form, participant=self.office.participant, offices=names)

    def code_key(self, session: Look) -> KeyPair:
        """The office's key for signed codes: used by the act once both approvals are there."""
        return own_key(session, CODE_KEY, sealing_key=self.data_key)

    def must(self, *roles: Role) -> None:
        """Raises NotYourDesk unless the officer holds one of the roles."""
        if not self.officer.roles & set(roles):
            raise NotYourDesk(self.officer.name, " or ".join(role.value for role in roles))

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A writing visit in this officer's name."""
        with self.store.unit(by=self.officer.id, at=self.clock()) as unit:
            yield unit

    @contextmanager
    def view(self) -> Iterator[Unit]:
        """A visit that finds nouns and changes nothing."""
        with self.store.view(by=self.officer.id, at=self.clock()) as unit:
            yield unit

    @contextmanager
    def look(self) -> Iterator[Look]:
        with self.store.look() as session:
            yield session

    def settings(self, session: Look) -> Settings:
        """As in force today."""
        return in_force(rows.settings_rows(session), self.today)

    def sign(self, action: str, subject: str, digest: str) -> Approval:
        """This officer's signature under one act on one state of one thing."""
        approval = Approval(
            id=str(uuid.uuid4()),
            action=action,
            subject=subject,
            digest=digest,
            at=self.clock().replace(microsecond=0),
            officer=self.officer.id,
            kid=b"",
            signature=b"",
        )
        return sign_approval(approval, signer=self.approval_key)


@cache
def _form(name: str) -> Form:
    return read_form(path(f"forms/{name}.toml"))


def own_key(session: Look, name: str, *, sealing_key: bytes, officer: str = "") -> KeyPair:
    """A private key of the office or of an officer, as it lies sealed in the store.

    Raises SealedKeyDamaged, and KeyNotHeld for an officer who never had it, such as an acting supervisor.
    """
    if officer and not rows.holds_key(session, name, officer):
        raise KeyNotHeld(officer, name)
    public, sealed = rows.sealed_key(session, name, officer)
    return unseal(sealed, sealing_key=sealing_key, owner=officer or "office", purpose=name, public=public)


def keep_key(unit: Unit, name: str, pair: KeyPair, *, sealing_key: bytes, officer: str = "") -> None:
    """Seal a private key into the store."""
    sealed = seal(pair, sealing_key=sealing_key, owner=officer or "office", purpose=name)
    unit.keep_key(name, officer, public=pair.public, sealed=sealed)


def apart(desk: Desk, other: Desk, did: str) -> None:
    """Two people for what matters: raises SamePerson when both desks are one officer's."""
    if desk.officer.id == other.officer.id:
        raise SamePerson(desk.officer.name, did)


@dataclass(eq=False)
class NoDocument(Refusal):
    """A finding is lifted with a document, and none is named."""

    finding: str


def stop_at(findings: Iterable[Finding], *, lifted: Iterable[str] = ()) -> tuple[Finding, ...]:
    """All findings back, or Stopped with all of them where one stops and was not lifted by two with a document."""
    found = tuple(findings)
    keys = {each.split(":", 1)[0] for each in lifted}
    stops = [
        finding
        for finding in found
        if finding.severity is Severity.STOP or (finding.severity is Severity.LIFTABLE and finding.key not in keys)
    ]
    if stops:
        raise Stopped(found)
    return found


def check_approvals(unit: Unit, certificate: Certificate) -> None:
    """Both signatures stand, by two officers of today, over what the certificate is now; raises ChangedSinceSigned."""
    signed: dict[str, str] = {}
    for approval in certificate.approvals:
        officer = unit.get(Officer, approval.officer)
        right = approval.digest == certificate.signed_digest and approval.subject == certificate.id
        right = right and officer.left is None
        if not right or not verify_approval(approval, public=officer.public_key):
            raise ChangedSinceSigned(certificate.id)
        signed[approval.action] = approval.officer
    if len({signed.get("certificate.prepare"), signed.get("certificate.approve"), None}) != 3:
        raise ChangedSinceSigned(certificate.id)


def as_other(desk: Desk, *, officer: OfficerSlip, approval_key: KeyPair, personal_key: bytes) -> Desk:
    """The same books with a second officer, for one act."""
    return replace(desk, officer=officer, approval_key=approval_key, personal_key=personal_key)
