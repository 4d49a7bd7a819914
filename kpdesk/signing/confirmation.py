"""The signed confirmation of receipt: one COSE_Sign1 over the canonical record, checked by the lists alone."""

from dataclasses import dataclass

from kpdesk.domain.confirmation import Confirmation
from kpdesk.domain.outcomes import Refusal, Trouble
from kpdesk.domain.records import NotCanonical, canonical, parse
from kpdesk.domain.trust import Lists, Purpose, key_id
from kpdesk.signing.cbor import Malformed
from kpdesk.signing.keys import Signer
from kpdesk.signing.signature import open1, sign1

CONTENT_TYPE = "application/vnd.kpdesk.confirmation+json"
MOST_BYTES = 64 * 1024


@dataclass(eq=False)
class NotAConfirmation(Trouble):
    """The file is no signed confirmation of receipt."""


@dataclass(eq=False)
class ConfirmationUnproved(Trouble):
    """Nobody that the lists name for it signed this confirmation, or it was altered."""

    kid: str


def make(confirmation: Confirmation, *, signer: Signer) -> bytes:
    payload = canonical(confirmation.record()).encode()
    return sign1(payload, signer=signer, kid=key_id(signer.public), content_type=CONTENT_TYPE)


def read(data: bytes, *, lists: Lists) -> Confirmation:
    """The confirmation, signed by its receiver's key; raises NotAConfirmation, ConfirmationUnproved."""
    try:
        if len(data) > MOST_BYTES:
            raise NotAConfirmation
        signed = open1(data)
        if signed.content_type != CONTENT_TYPE:
            raise NotAConfirmation
        confirmation = Confirmation.of(parse(signed.payload.decode()))
    except (Malformed, NotCanonical, Refusal, ArithmeticError, LookupError, TypeError, ValueError) as problem:
        raise NotAConfirmation from problem
    key = lists.key(signed.kid)
    if key is None or Purpose.CONFIRMATION not in key.purposes:
        raise ConfirmationUnproved(signed.kid.hex())
    if not key.valid(confirmation.received) or key.revoked(confirmation.received):
        raise ConfirmationUnproved(signed.kid.hex())
    if key.participant != confirmation.receiver or not signed.verified(key.public, key.algorithm):
        raise ConfirmationUnproved(signed.kid.hex())
    return confirmation
