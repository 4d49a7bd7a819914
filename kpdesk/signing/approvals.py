"""Approvals: an officer's own signature under one act on one state of one thing."""

from dataclasses import replace

from kpdesk.domain.records import canonical
from kpdesk.domain.trust import Algorithm, Approval, key_id
from kpdesk.signing.keys import Signer, sign, verified

_PREFIX = b"kpdesk-approval/1\n"


def sign_approval(approval: Approval, *, signer: Signer) -> Approval:
    """The approval with its key's identity and signature filled in; raises SignatureNotMade."""
    named = replace(approval, kid=key_id(signer.public), signature=b"")
    return replace(named, signature=sign(_message(named), signer=signer))


def verify_approval(approval: Approval, *, public: bytes) -> bool:
    """Whether this officer's key signed exactly this approval."""
    named = approval.kid == key_id(public)
    return named and verified(public, Algorithm.ES256, approval.signature, _message(approval))


def _message(approval: Approval) -> bytes:
    return _PREFIX + canonical(approval.signed_part).encode()
