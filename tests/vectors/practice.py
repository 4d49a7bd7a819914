"""Practice keys, lists and facts that never change, for the vectors and for tests of codes and lists."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from kpdesk.domain.certificate import Anchor, Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.domain.trust import (
    Alert,
    Algorithm,
    IssuerKey,
    Lists,
    NumberRange,
    ParticipantChange,
    Purpose,
    Reason,
    ReceivedNumber,
    Standing,
    VoidNumber,
)
from kpdesk.signing.keys import KeyPair, encode_public

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def pair(name: str) -> KeyPair:
    """The practice pair of this name; everybody can make it, so it is worth nothing."""
    seed = int.from_bytes(hashlib.sha256(f"kpdesk practice key: {name}".encode()).digest(), "big")
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    return KeyPair(ec.derive_private_key(seed % (order - 1) + 1, ec.SECP256R1()))


class EdwardsSigner:
    """An issuer who chose Ed25519."""

    algorithm = Algorithm.EDDSA

    def __init__(self, name: str) -> None:
        seed = hashlib.sha256(f"kpdesk practice key: {name}".encode()).digest()
        self._private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        self.public = encode_public(self._private.public_key())

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


OFFICE, PARTNER, STRANGER, LISTER = pair("office"), pair("partner"), pair("stranger"), pair("lister")
OLD, REVOKED, CONFIRMER, EDWARDS = pair("old"), pair("revoked"), pair("confirmer"), EdwardsSigner("edwards")
MINISTRY = "Practice Ministry of Mines, Diamond Office"


def _key(public: bytes, participant: str = "ZZ", algorithm: Algorithm = Algorithm.ES256, **more: object) -> IssuerKey:
    values = {"valid_from": date(2026, 1, 1)} | more
    return IssuerKey(participant, MINISTRY, algorithm, public, **values)  # type: ignore[arg-type]


LISTS = Lists(
    sequence=7,
    authority="Practice Authority",
    participant="ZZ",
    issued=datetime(2026, 11, 16, 8, tzinfo=UTC),
    next_update=datetime(2026, 12, 14, 8, tzinfo=UTC),
    practice=True,
    keys=(
        _key(OFFICE.public, purposes=(Purpose.CODE, Purpose.CONFIRMATION)),
        _key(PARTNER.public, "XZ"),
        _key(OLD.public, valid_from=date(2024, 1, 1), valid_until=date(2026, 6, 30)),
        _key(REVOKED.public, revoked_from=date(2026, 11, 1)),
        _key(CONFIRMER.public, purposes=(Purpose.CONFIRMATION,)),
        _key(EDWARDS.public, algorithm=Algorithm.EDDSA),
    ),
    voids=(
        VoidNumber(Number("ZZ00000101"), Reason.VOID, date(2026, 11, 2)),
        VoidNumber(Number("ZZ00000102"), Reason.MISSING, date(2026, 11, 3)),
        VoidNumber(Number("ZZ00000103"), Reason.SPOILED, date(2026, 11, 4)),
    ),
    received=(ReceivedNumber(Number("ZZ00000201"), "XZ", date(2026, 11, 12)),),
    alerts=(
        Alert(Number("ZZ00000300"), Number("ZZ00000399"), "Blanks stolen in transit", date(2026, 10, 1)),
        Alert(Number("ZZ401"), Number("ZZ401"), "Forged copies in circulation", date(2026, 10, 1)),
    ),
    ranges=(NumberRange("ZZ", Number("ZZ00000001"), Number("ZZ00009999"), "ZZ-MAIN", "2026-1"),),
    participants=(ParticipantChange("XZ", "Practice Islands", Standing.PARTICIPANT, date(2026, 1, 1)),),
)


def _line(heading: Heading, carats: str, value: str) -> Line:
    return Line(heading, Carats.of(carats), Money.of(value))


SHORT = Facts(
    kind=Kind.ORIGINAL,
    edition="2026-1",
    number=Number("ZZ00000042"),
    participant="ZZ",
    issuing_authority=MINISTRY,
    origins=("ZZ",),
    provenance="ZZ",
    destination="XZ",
    exporter=Named("Practice Exports Ltd", "1 Example Street, Sampletown", "LIC-0041"),
    importer=Named("Practice Imports BV", "2 Sample Quay, Exampleport", "IMP-0007"),
    lines=(_line(Heading.NON_INDUSTRIAL, "30.00", "601701.00"),),
    parcels=3,
    containers=1,
    seals=("S0012345",),
    issued=date(2026, 11, 20),
    expires=date(2027, 1, 19),
    anchor=Anchor(1, 48_519, bytes.fromhex("00112233445566778899")),
)
LONG = replace(
    SHORT,
    number=Number("ZZ00000043"),
    origins=("XZ", "ZZ"),
    exporter=Named(
        "Practice Société Minière Exemple et Fils S.A.R.L.",
        "12 avenue de l’Exemple, commune Exemple, BP 1234, Ville Pratique, République Exemple, 3e étage, bureau 12",
        "LIC-2026-00123",
    ),
    importer=Named("شركة تدريب لاستيراد الماس الخام", "برج المثال، الطابق الرابع، مدينة التدريب", "IMP-99/2026"),
    lines=(
        _line(Heading.UNSORTED, "1234.56", "123456.78"),
        _line(Heading.INDUSTRIAL, "22222.01", "99999.99"),
        _line(Heading.NON_INDUSTRIAL, "333.33", "1601701.00"),
    ),
    parcels=14,
    containers=3,
    seals=("S0012346", "S0012347", "S0012348"),
)


def numbered(digits: int, facts: Facts = SHORT) -> Facts:
    return replace(facts, number=Number(f"ZZ{digits:08}"))
