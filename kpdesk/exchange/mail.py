"""A letter as a mail that lies ready to be sent: text and files in one message (RFC 5322), the same bytes each time."""

import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def mail(*, subject: str, to: str, text: str, files: Mapping[str, bytes]) -> bytes:
    """The message, unsent: a mail program opens it to be looked at. An address that is none is left out.

    Its text is written as it is, so that it reads without any mail program too.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    if is_address(to):
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content(text, cte="8bit")
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if files:
        parts = subject.encode() + text.encode() + b"".join(files.values())
        message.set_boundary(f"=_{sha256(parts).hexdigest()[:32]}")
    return message.as_bytes()


def text_of(content: bytes) -> tuple[str, str]:
    """Subject and text of a mail made here."""
    from email import message_from_bytes

    message = message_from_bytes(content, policy=SMTP)
    body = message.get_body(("plain",))
    return str(message["Subject"]), "" if body is None else body.get_content().replace("\r\n", "\n")


def is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None
