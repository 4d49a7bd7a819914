"""A container's two lists: ASiCManifest, which is signed (EN 319 162-1), and SHA256SUMS, for `sha256sum`."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

SUMS = "SHA256SUMS"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in a container, as its manifest names it."""

    name: str
    size: int
    sha256: str
    """Lower-case hex."""


def sums(listed: Iterable[Listed]) -> bytes:
    """What `sha256sum -c` reads."""
    return "".join(f"{each.sha256}  {each.name}\n" for each in sorted(listed, key=_name)).encode()


def manifest(listed: Iterable[Listed]) -> bytes:
    """What is signed: the name and digest of every file but mimetype and those of META-INF."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<ASiCManifest xmlns="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
        f'<SigReference URI="{SIGNATURE}" MimeType="application/pkcs7-signature"/>',
        *(reference(each) for each in sorted(listed, key=_name)),
        "</ASiCManifest>",
    ]
    return "\n".join([*lines, ""]).encode()


def reference(listed: Listed) -> str:
    """The manifest's line for one file."""
    digest = b64encode(bytes.fromhex(listed.sha256)).decode()
    method = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
    value = f"<ds:DigestValue>{digest}</ds:DigestValue>"
    return f'<DataObjectReference URI="{listed.name}">{method}{value}</DataObjectReference>'


def _name(listed: Listed) -> str:
    return listed.name
