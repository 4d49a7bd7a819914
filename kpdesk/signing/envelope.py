"""The envelope in which a batch travels: CMS AuthEnvelopedData, AES-256-GCM, keys by RSA-OAEP-SHA256 (RFC 5083, 5084).

File to file in blocks. Decryption reads twice: nothing is written before the tag over all of it was found right,
where `openssl cms -decrypt` leaves the plaintext of an altered file behind.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from kpdesk.domain.outcomes import Trouble
from kpdesk.signing.der import OCTETS, SEQUENCE, SET, element, elements, header, integer, read_header, set_of
from kpdesk.signing.x509 import CertificateUnfit, Role, fit_key, load, serial

MOST_BYTES = 257 * 1024**2
"""A container of the most allowed size and its envelope."""
_BLOCK = 1024**2
_MOST_HEAD = 64 * 1024
_KEY, _NONCE, _TAG = 32, 12, 16
_TAG_HEADER = header(OCTETS, _TAG)
_FIRST_BYTES = 32
_CONTEXT_0, _ENCRYPTED = 0xA0, 0x80
_ENVELOPED = bytes.fromhex("060b2a864886f70d0109100117")
_DATA = bytes.fromhex("06092a864886f70d010701")
_GCM = bytes.fromhex("301e060960864801650304012e3011040c"), bytes.fromhex("020110")
"""AlgorithmIdentifier of id-aes256-GCM with a tag of 16 bytes, before and after its nonce."""
_OAEP = bytes.fromhex(
    "303c06092a864886f70d010107302fa00f300d06096086480165030402010500"
    "a11c301a06092a864886f70d010108300d06096086480165030402010500"
)
"""AlgorithmIdentifier of RSAES-OAEP with SHA-256 and MGF1-SHA-256."""
_OAEP_OF_OPENSSL = bytes.fromhex(
    "303806092a864886f70d010107302ba00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201"
)
"""The same without the two NULL parameters, which RFC 4055 wants to be read too."""
_PADDING = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
_VERSION = integer(0)


@dataclass(eq=False)
class NotAnEnvelope(Trouble):
    """The file is no encrypted batch."""


@dataclass(eq=False)
class EnvelopeTooLarge(Trouble):
    """More bytes than an encrypted batch may have."""

    most: int


@dataclass(eq=False)
class EnvelopeDamaged(Trouble):
    """The encrypted batch was altered or damaged on its way, or its key was not for this batch."""


@dataclass(eq=False)
class NotForUs(Trouble):
    """The batch was encrypted for the holder of another certificate."""


@dataclass(eq=False)
class KeyNotRead(Trouble):
    """The file is no RSA key, or the passphrase is another."""


def new_key() -> rsa.RSAPrivateKey:
    """A key for the Authority's encryption certificate."""
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def write_key(key: rsa.RSAPrivateKey, *, passphrase: bytes | None) -> bytes:
    """The key for its file: PEM as `openssl` reads it too, encrypted; with None in clear, for practice alone."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption(),
    )


def read_key(pem: bytes, *, passphrase: bytes | None) -> rsa.RSAPrivateKey:
    """From PEM; raises KeyNotRead."""
    try:
        key = serialization.load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError) as problem:
        raise KeyNotRead from problem
    if not isinstance(key, rsa.RSAPrivateKey):
        raise KeyNotRead
    return key


def encrypt(source: BinaryIO, target: BinaryIO, *, recipients: Sequence[bytes]) -> None:
    """Write `source` into an envelope for the holders of these certificates, who have been checked before.

    Raises CertificateUnfit for a certificate without an RSA key of 3072 bits.
    """
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    key, nonce = os.urandom(_KEY), os.urandom(_NONCE)
    slots = [_slot(certificate, key) for certificate in recipients]
    cipher = Cipher(algorithms.AES(key), modes.GCM(nonce)).encryptor()
    target.write(_head(slots, nonce, size))
    while block := source.read(_BLOCK):
        target.write(cipher.update(block))
    target.write(cipher.finalize() + _TAG_HEADER + cipher.tag)


def decrypt(source: BinaryIO, target: BinaryIO, *, certificate: bytes, key: rsa.RSAPrivateKey) -> None:
    """Write what is in the envelope, after all of it was found as it was sent.

    Raises NotAnEnvelope, EnvelopeTooLarge, NotForUs, EnvelopeDamaged; then nothing was written.
    """
    total = source.seek(0, os.SEEK_END)
    if total > MOST_BYTES:
        raise EnvelopeTooLarge(MOST_BYTES)
    source.seek(0)
    slots, nonce, start, size = _opened(source.read(_MOST_HEAD), total)
    content_key = _content_key(slots, certificate, key)
    source.seek(start + size)
    tail = source.read()
    if tail[:-_TAG] != _TAG_HEADER:
        raise EnvelopeDamaged
    for act in (_ignore, target.write):
        cipher = Cipher(algorithms.AES(content_key), modes.GCM(nonce, tail[-_TAG:])).decryptor()
        for block in _blocks(source, start, size):
            act(cipher.update(block))
        try:
            cipher.finalize()
        except InvalidTag as problem:
            raise EnvelopeDamaged from problem


def _ignore(block: bytes) -> None:
    """The first of two readings only finds out whether the tag is right."""


def _blocks(source: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    source.seek(start)
    for place in range(0, size, _BLOCK):
        yield source.read(min(_BLOCK, size - place))


def _slot(certificate: bytes, key: bytes) -> bytes:
    leaf = load(certificate)
    public = leaf.public_key()
    if not isinstance(public, rsa.RSAPublicKey) or not fit_key(public, Role.ENCRYPTION):
        raise CertificateUnfit(serial(leaf))
    return _recipient(leaf, _OAEP, public.encrypt(key, _PADDING))


def _recipient(leaf: x509.Certificate, oaep: bytes, wrapped: bytes) -> bytes:
    """KeyTransRecipientInfo: for whom, how, and the wrapped key."""
    holder = element(SEQUENCE, leaf.issuer.public_bytes(), integer(leaf.serial_number))
    return element(SEQUENCE, _VERSION, holder, oaep, element(OCTETS, wrapped))


def _content_key(slots: Sequence[bytes], certificate: bytes, key: rsa.RSAPrivateKey) -> bytes:
    """The key in the slot of this certificate."""
    leaf, size = load(certificate), key.key_size // 8
    for slot in slots:
        if slot in {_recipient(leaf, oaep, slot[-size:]) for oaep in (_OAEP, _OAEP_OF_OPENSSL)}:
            try:
                content_key = key.decrypt(slot[-size:], _PADDING)
            except ValueError as problem:
                raise EnvelopeDamaged from problem
            if len(content_key) != _KEY:
                raise EnvelopeDamaged
            return content_key
    raise NotForUs


def _head(slots: Sequence[bytes], nonce: bytes, size: int) -> bytes:
    """All that stands before the encrypted bytes: one form, each length as short as it can be."""
    inner = _DATA + _GCM[0] + nonce + _GCM[1] + header(_ENCRYPTED, size)
    head = _VERSION + set_of(*slots) + header(SEQUENCE, len(inner) + size) + inner
    rest = size + len(_TAG_HEADER) + _TAG
    head = header(SEQUENCE, len(head) + rest) + head
    head = _ENVELOPED + header(_CONTEXT_0, len(head) + rest) + head
    return header(SEQUENCE, len(head) + rest) + head


def _opened(head: bytes, total: int) -> tuple[list[bytes], bytes, int, int]:
    """Slots, nonce, and where the encrypted bytes begin and how many they are; then built again and compared."""
    if not head.startswith(b"\x30") or _ENVELOPED not in head[:_FIRST_BYTES]:
        raise NotAnEnvelope
    try:
        outer, _ = read_header(head, 0, SEQUENCE)
        explicit, _ = read_header(head, outer + len(_ENVELOPED), _CONTEXT_0)
        enveloped, _ = read_header(head, explicit, SEQUENCE)
        first, length = read_header(head, enveloped + len(_VERSION), SET)
        slots = [slot.whole for slot in elements(head[first : first + length])]
        content, _ = read_header(head, first + length, SEQUENCE)
        place = content + len(_DATA) + len(_GCM[0])
        nonce = head[place : place + _NONCE]
        start, size = read_header(head, place + _NONCE + len(_GCM[1]), _ENCRYPTED)
    except ValueError as problem:
        raise EnvelopeDamaged from problem
    written = _head(slots, nonce, size)
    if head[:start] != written or total != start + size + len(_TAG_HEADER) + _TAG:
        raise EnvelopeDamaged
    return slots, nonce, start, size
