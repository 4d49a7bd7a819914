"""Keys: P-256 pairs, raw 64-byte signatures, and private keys sealed for storage.

A signer is anything with a public key that signs bytes: a `KeyPair` held in memory, or a PKCS#11 token, whose
CKM_ECDSA output (r then s) is byte for byte the form used here.
"""

import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, Self

from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.records import canonical
from kpdesk.domain.trust import Algorithm, key_id

_HALF = 32
_NONCE = 12
_ES256 = ec.ECDSA(hashes.SHA256())
_REPEATABLE = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
"""RFC 6979: no luck is needed at the moment of signing, and signing again gives the same bytes."""


@dataclass(eq=False)
class SealedKeyDamaged(Trouble):
    """A sealed private key does not open: it was altered, or is another owner's."""

    owner: str


@dataclass(eq=False)
class SignatureNotMade(Trouble):
    """The signer gave back something that its own public key does not confirm."""

    kid: str


class Signer(Protocol):
    """Signs bytes with one key."""

    @property
    def public(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""

    @property
    def algorithm(self) -> Algorithm: ...

    def sign(self, message: bytes) -> bytes:
        """64 raw bytes over the whole message, which the signer hashes itself."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A P-256 key pair in memory."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)
    public: bytes = field(init=False)

    def __post_init__(self) -> None:
        if not isinstance(self.private.curve, ec.SECP256R1):
            raise ValueError("a P-256 key is wanted")
        object.__setattr__(self, "public", encode_public(self.private.public_key()))

    @classmethod
    def generate(cls) -> Self:
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @property
    def algorithm(self) -> Algorithm:
        return Algorithm.ES256

    @property
    def kid(self) -> bytes:
        return key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        r, s = decode_dss_signature(self.private.sign(message, _REPEATABLE))
        return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


def encode_public(key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey) -> bytes:
    """SubjectPublicKeyInfo, DER."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def algorithm_of(public: bytes) -> Algorithm:
    """How this public key's signatures are made; raises ValueError unless it is P-256 or Ed25519 in plain DER."""
    return _loaded(public)[0]


def verified(public: bytes, algorithm: Algorithm, signature: bytes, message: bytes) -> bool:
    """Whether this key made this 64-byte signature over the message by this algorithm."""
    try:
        own, key = _loaded(public)
        if own is not algorithm or len(signature) != 2 * _HALF:
            return False
        if own is Algorithm.ES256:
            r, s = int.from_bytes(signature[:_HALF], "big"), int.from_bytes(signature[_HALF:], "big")
            key.verify(encode_dss_signature(r, s), message, _ES256)
        else:
            key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign(message: bytes, *, signer: Signer) -> bytes:
    """The signer's signature, proved before anybody relies on it; raises SignatureNotMade."""
    signature = signer.sign(message)
    if not verified(signer.public, signer.algorithm, signature, message):
        raise SignatureNotMade(key_id(signer.public).hex())
    return signature


def seal(pair: KeyPair, *, sealing_key: bytes, owner: str, purpose: str) -> bytes:
    """The private key for storage: AES-256-GCM under a 32-byte sealing key, bound to owner, purpose and public key."""
    plain = pair.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(sealing_key).encrypt(nonce, plain, _label(owner, purpose, pair.public))


def unseal(sealed: bytes, *, sealing_key: bytes, owner: str, purpose: str, public: bytes) -> KeyPair:
    """The pair whose private key was sealed for this owner and purpose; raises SealedKeyDamaged."""
    try:
        plain = AESGCM(sealing_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _label(owner, purpose, public))
        private = serialization.load_der_private_key(plain, None)
    except (InvalidTag, ValueError) as problem:
        raise SealedKeyDamaged(owner) from problem
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return KeyPair(private)


def _label(owner: str, purpose: str, public: bytes) -> bytes:
    return b"kpdesk-key/1\n" + canonical({"owner": owner, "purpose": purpose, "key": key_id(public).hex()}).encode()


@lru_cache(maxsize=1024)
def _loaded(public: bytes) -> tuple[Algorithm, Any]:
    """Parsed once for each key, for a scanner sees the same issuer all day."""
    try:
        key = serialization.load_der_public_key(public)
    except UnsupportedAlgorithm as problem:
        raise ValueError("a kind of key that is not ours") from problem
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        algorithm = Algorithm.ES256
    elif isinstance(key, ed25519.Ed25519PublicKey):
        algorithm = Algorithm.EDDSA
    else:
        raise ValueError("a kind of key that is not ours")
    if encode_public(key) != public:
        raise ValueError("a key in other words than plain DER")
    return algorithm, key
