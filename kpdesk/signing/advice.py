"""Signed messages of the exporting authority: pre-advice and amendment instruction, each a COSE_Sign1 over its record.

The office's code key signs them; the lists alone prove them, as they prove a code.
"""

from dataclasses import dataclass
from typing import TypeAlias

from kpdesk.domain.advice import Instruction, PreAdvice
from kpdesk.domain.kept import record_of, value_of
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.records import NotCanonical, canonical, parse
from kpdesk.domain.trust import Lists, Purpose, key_id
from kpdesk.signing.cbor import Malformed
from kpdesk.signing.keys import Signer
from kpdesk.signing.signature import open1, sign1

Message: TypeAlias = PreAdvice | Instruction

_SHAPES: dict[str, type[Message]] = {
    "application/vnd.kpdesk.pre-advice+json": PreAdvice,
    "application/vnd.kpdesk.amendment+json": Instruction,
}
MOST_BYTES = 64 * 1024


@dataclass(eq=False)
class NotAnAdvice(Trouble):
    """The file is no signed pre-advice and no amendment instruction."""


@dataclass(eq=False)
class AdviceUnproved(Trouble):
    """Nobody that the lists name for it signed this advice, or it was altered."""

    kid: str


def make(message: Message, *, signer: Signer) -> bytes:
    """The file to be sent."""
    content_type = next(name for name, shape in _SHAPES.items() if isinstance(message, shape))
    payload = canonical(record_of(message)).encode()
    return sign1(payload, signer=signer, kid=key_id(signer.public), content_type=content_type)


def read(data: bytes, *, lists: Lists) -> Message:
    """What the issuer's code key signed; raises NotAnAdvice, AdviceUnproved."""
    try:
        if len(data) > MOST_BYTES:
            raise NotAnAdvice
        signed = open1(data)
        record = parse(signed.payload.decode())
        message: Message = value_of(_SHAPES[signed.content_type], record)
        if canonical(record_of(message)) != canonical(record):
            raise NotAnAdvice
        _ = message.number
    except (
        Malformed,
        NotCanonical,
        Refusal,
        AssertionError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
    ) as no:
        raise NotAnAdvice from no
    key = lists.key(signed.kid)
    if key is None or Purpose.CODE not in key.purposes or key.participant != message.issuer:
        raise AdviceUnproved(signed.kid.hex())
    if not key.valid(message.dated) or key.revoked(message.dated):
        raise AdviceUnproved(signed.kid.hex())
    if not signed.verified(key.public, key.algorithm):
        raise AdviceUnproved(signed.kid.hex())
    return message
