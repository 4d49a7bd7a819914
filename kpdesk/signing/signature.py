"""One signed thing: a payload in a COSE_Sign1 (RFC 9052), as codes and lists files hold it."""

from dataclasses import dataclass
from functools import lru_cache

from kpdesk.domain.trust import Algorithm
from kpdesk.signing.cbor import Item, Malformed, encode, loosely
from kpdesk.signing.keys import Signer, sign, verified

_SIGN1 = b"\xd2"
_CWT = b"\xd8\x3d"
_ALG, _CRITICAL, _CONTENT_TYPE, _KID = 1, 2, 3, 4
_ALGORITHMS = {-7: Algorithm.ES256, -8: Algorithm.EDDSA}
_NUMBERS = {algorithm: number for number, algorithm in _ALGORITHMS.items()}


@dataclass(frozen=True, slots=True)
class Signed:
    """A COSE_Sign1 taken apart, nothing believed yet."""

    algorithm: Algorithm | None
    """What the message says; the trust list decides."""
    kid: bytes
    """From the protected header, else from the unprotected one, else empty."""
    content_type: str
    payload: bytes
    signature: bytes
    protected: bytes

    def verified(self, public: bytes, algorithm: Algorithm) -> bool:
        """Whether this key signed it by this algorithm."""
        return verified(public, algorithm, self.signature, _to_be_signed(self.protected, self.payload))


def sign1(payload: bytes, *, signer: Signer, kid: bytes, content_type: str = "") -> bytes:
    """The payload as a tagged COSE_Sign1; raises SignatureNotMade."""
    header: dict[int, Item] = {_ALG: _NUMBERS[signer.algorithm], _KID: kid}
    if content_type:
        header[_CONTENT_TYPE] = content_type
    protected = encode(header)
    signature = sign(_to_be_signed(protected, payload), signer=signer)
    return _SIGN1 + encode([protected, {}, payload, signature])


def open1(data: bytes) -> Signed:
    """Take a COSE_Sign1 apart: tagged 18, or 61 and 18 (a CWT), or bare; raises Malformed."""
    if data.startswith(_CWT):
        data = data[len(_CWT) :]
        if not data.startswith(_SIGN1):
            raise Malformed("a CWT that is not signed so")
    item = loosely(data.removeprefix(_SIGN1))
    if not isinstance(item, list) or len(item) != 4:
        raise Malformed("not a COSE_Sign1")
    protected, unprotected, payload, signature = item
    if not (
        isinstance(protected, bytes)
        and isinstance(unprotected, dict)
        and isinstance(payload, bytes)
        and isinstance(signature, bytes)
        and data.endswith(signature)
    ):
        raise Malformed("not a COSE_Sign1")
    algorithm, kid, content_type = _header(protected)
    if kid is None:
        kid = unprotected.get(_KID, b"")
    if not isinstance(kid, bytes):
        raise Malformed("a key named by no bytes")
    return Signed(algorithm, kid, content_type, payload, signature, protected)


@lru_cache(maxsize=256)
def _header(protected: bytes) -> tuple[Algorithm | None, Item, str]:
    """Algorithm, key and content type; parsed once, for all codes of one key have one header."""
    header = loosely(protected) if protected else {}
    if not isinstance(header, dict) or _CRITICAL in header:
        raise Malformed("a header that is not ours")
    number, content_type = header.get(_ALG), header.get(_CONTENT_TYPE, "")
    if not isinstance(content_type, str):
        raise Malformed("a header that is not ours")
    return _ALGORITHMS.get(number) if isinstance(number, int) else None, header.get(_KID), content_type


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure of RFC 9052, 4.4, with no external data."""
    return b"\x84\x6aSignature1" + encode(protected) + b"\x40" + encode(payload)
