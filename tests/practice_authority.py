"""A practice Authority with all its keys, and one practice office: for tests and benchmarks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa

from kpdesk.signing import cades, envelope, x509
from kpdesk.signing.keys import KeyPair
from kpdesk.signing.x509 import Role

NOW = datetime(2026, 11, 22, 9, 14, 3, tzinfo=UTC)
OFFICE = "ZZ-MAIN"


@dataclass(frozen=True)
class Practice:
    ca: KeyPair
    authority: bytes
    office: KeyPair
    certificate: bytes
    encryption: rsa.RSAPrivateKey
    encryption_certificate: bytes

    def leaf(self, pair: KeyPair, *, office: str = OFFICE, role: Role = Role.OFFICE_SOFTWARE, days: int = 0) -> bytes:
        """A certificate for this pair, made some days from now."""
        at = NOW + timedelta(days=days)
        request = x509.make_request(pair.private, office=office)
        return x509.certify(request, authority=self.authority, pair=self.ca, office=office, role=role, at=at)

    def revocations(self, *serials: int, number: int = 1, days: int = 0) -> bytes:
        """A list made some days from now."""
        at = NOW + timedelta(days=days)
        revoked = [x509.Revoked(serial, at - timedelta(hours=1)) for serial in serials]
        return x509.make_revocations(revoked, authority=self.authority, pair=self.ca, number=number, at=at)

    def sign(self, data: bytes) -> bytes:
        return cades.sign_cades(data, certificate=self.certificate, signer=self.office, at=NOW)

    def verify(self, signature: bytes, data: bytes) -> cades.Signature:
        return cades.verify_cades(
            signature, data, authority=self.authority, revocations=_nobody_revoked(), at=NOW, roles=x509.OFFICE
        )


@cache
def _nobody_revoked() -> bytes:
    return practice().revocations()


@cache
def practice() -> Practice:
    ca, office, encryption = KeyPair.generate(), KeyPair.generate(), envelope.new_key()
    authority = x509.make_authority(ca, country="ZZ", name="Practice Authority", at=NOW - timedelta(days=30))
    made = [
        x509.certify(
            x509.make_request(key, office=code),
            authority=authority,
            pair=ca,
            office=code,
            role=role,
            at=NOW - timedelta(days=7),
        )
        for key, code, role in (
            (office.private, OFFICE, Role.OFFICE_SOFTWARE),
            (encryption, "ZZ-AUTH", Role.ENCRYPTION),
        )
    ]
    return Practice(ca, authority, office, made[0], encryption, made[1])
