"""Messages between the desk and the child that opens strange files: a JSON head and bytes, both with their length."""

import json
import struct
from typing import IO, Any, TypeAlias

Head: TypeAlias = dict[str, Any]

_LENGTHS = struct.Struct(">II")
_MOST_HEAD = 4 * 1024 * 1024
MOST_BODY = 64 * 1024 * 1024


class Garbled(Exception):
    """The other side does not speak our messages."""


def send(stream: IO[bytes], head: Head, body: bytes = b"") -> None:
    """Raises OSError when the other side is gone."""
    text = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(text), len(body)) + text)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Head, bytes]:
    """Raises EOFError when the other side is gone, Garbled when it sends anything else."""
    head_length, body_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head_length > _MOST_HEAD or body_length > MOST_BODY:
        raise Garbled
    try:
        head = json.loads(_exactly(stream, head_length))
    except (ValueError, RecursionError) as problem:
        raise Garbled from problem
    if not isinstance(head, dict):
        raise Garbled
    return head, _exactly(stream, body_length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    got = stream.read(length)
    if len(got) < length:
        raise EOFError
    return got
