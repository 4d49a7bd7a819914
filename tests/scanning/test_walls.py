"""What the child cannot do, tried in a process behind the same walls; and the messages through its pipes."""

import io
import json
import signal
import socket
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpdesk.scanning.foreign import Reader
from kpdesk.scanning.pipe import Garbled, receive, send
from kpdesk.scanning.walls import Wall

PROBE = """
import json, socket, sys
from kpdesk.scanning.walls import MEMORY, leave_network, shut_in

port, scratch = int(sys.argv[1]), sys.argv[2]

def fails(act):
    try:
        act()
    except (OSError, MemoryError):
        return True
    return False

def reach():
    with socket.create_connection(("127.0.0.1", port), 5):
        pass

def write():
    held.write(b"x")
    held.flush()

held = open(scratch, "wb")
walls = leave_network()
tried = {"network": fails(reach)}
walls += shut_in(descriptors=held.fileno() + 1)
tried["memory"] = fails(lambda: bytearray(MEMORY))
tried["opening"] = fails(lambda: open("/dev/null")) and fails(socket.socket)
tried["writing"] = fails(write)
print(json.dumps({"walls": walls, "tried": tried}), flush=True)
import os
os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no walls there but the process itself")
def test_every_wall_that_is_claimed_holds(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "-P", "-c", PROBE, port, str(tmp_path / "scratch")],
            capture_output=True,
            check=True,
            timeout=60,
        )
    told = json.loads(run.stdout)

    assert {Wall.WRITING, Wall.OPENING} <= set(told["walls"])
    assert [wall for wall in told["walls"] if not told["tried"][wall]] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no processor limit there")
def test_a_child_nobody_waits_for_ends_by_itself():
    spin = "from kpdesk.scanning.walls import allow_seconds\nallow_seconds(0)\nwhile True: pass"

    assert subprocess.run([sys.executable, "-P", "-c", spin], timeout=60).returncode == -signal.SIGXCPU


def test_the_reader_tells_the_walls_of_its_child():
    with Reader() as reader:
        assert reader.walls == ()
        reader.start()
        assert (Wall.WRITING in reader.walls) == (sys.platform != "win32")
    assert reader.pid is None


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.binary())
def test_a_message_arrives_as_it_was_sent(head, body):
    stream = io.BytesIO()
    send(stream, head, body)
    stream.seek(0)

    assert receive(stream) == (head, body)
    with pytest.raises(EOFError):
        receive(stream)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_are_told_from_one(data):
    try:
        head, _ = receive(io.BytesIO(data))
    except (EOFError, Garbled):
        return
    assert isinstance(head, dict)


@pytest.mark.parametrize(
    "data", [b"\xff" * 8, b"\0\0\0\2\xff\xff\xff\xff{}", b"\0\0\0\2\0\0\0\0[]", b"\0\0\0\1\0\0\0\0{"]
)
def test_lengths_and_heads_are_checked_before_anything_is_read(data):
    with pytest.raises(Garbled):
        receive(io.BytesIO(data))


def test_a_head_too_deep_is_garbled():
    deep = b"[" * 100_000
    with pytest.raises(Garbled):
        receive(io.BytesIO(len(deep).to_bytes(4) + bytes(4) + deep))
