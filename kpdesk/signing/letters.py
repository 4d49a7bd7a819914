"""Letters between an exporter's seat and its office: a canonical record in one COSE_Sign1, each kind of its own type.

What a letter says is believed only after its signature: who asks `open_letter` names the keys that may have signed.
"""

from dataclasses import dataclass

from kpdesk.domain.outcomes import Trouble
from kpdesk.domain.records import Value, canonical, parse
from kpdesk.domain.trust import key_id
from kpdesk.signing.cbor import Malformed
from kpdesk.signing.keys import Signer, algorithm_of
from kpdesk.signing.signature import Signed, open1, sign1

_TYPE = "application/vnd.kpdesk.{word}+json"


@dataclass(eq=False)
class NotALetter(Trouble):
    """The file is no signed letter of this kind."""

    kind: str


@dataclass(eq=False)
class LetterTooLarge(Trouble):
    """More bytes than a letter of this kind may have."""

    size: int
    most: int


@dataclass(eq=False)
class LetterAltered(Trouble):
    """The letter names a key that did not sign it so."""

    kid: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter taken apart; nothing in it is believed yet."""

    kind: str
    kid: bytes
    """The identity of the key that it says it was signed with."""
    signed: Signed

    def read(self, public: bytes) -> dict[str, Value]:
        """The record, signed by this key (SubjectPublicKeyInfo, DER); raises LetterAltered, NotALetter."""
        if self.kid != key_id(public) or not self.signed.verified(public, algorithm_of(public)):
            raise LetterAltered(self.kid.hex())
        return self.unproved()

    def unproved(self) -> dict[str, Value]:
        """The record by its own word, for a letter that brings the key it is signed with; raises NotALetter."""
        try:
            return parse(self.signed.payload.decode())
        except ValueError as problem:
            raise NotALetter(self.kind) from problem


def write_letter(record: dict[str, Value], *, kind: str, signer: Signer) -> bytes:
    payload = canonical(record).encode()
    return sign1(payload, signer=signer, kid=key_id(signer.public), content_type=_TYPE.format(word=kind))


def open_letter(data: bytes, *, kind: str, most: int) -> Letter:
    """Raises LetterTooLarge before anything is looked at, and NotALetter."""
    if len(data) > most:
        raise LetterTooLarge(len(data), most)
    try:
        signed = open1(data)
    except Malformed as problem:
        raise NotALetter(kind) from problem
    if signed.content_type != _TYPE.format(word=kind) or not signed.kid:
        raise NotALetter(kind)
    return Letter(kind, signed.kid, signed)
