"""The walls around the child that opens strange files. Each tells whether it stands on this system.

Linux has all of them where user namespaces are allowed, macOS all but the network's (and memory's, by its version),
Windows none: there the child's own process and the parent's clock are what is left.
"""

import sys
from contextlib import suppress
from enum import StrEnum

MEMORY = 1024 * 1024 * 1024
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000


class Wall(StrEnum):
    """What the child cannot do, whatever a file talks it into."""

    NETWORK = "network"
    """Reach any: it lives in an empty network namespace."""
    MEMORY = "memory"
    """Take more than 1 GiB of addresses."""
    WRITING = "writing"
    """Write a byte to any file."""
    OPENING = "opening"
    """Hold one descriptor more than its pipes: no file, no socket."""


def leave_network() -> tuple[Wall, ...]:
    """Into an empty network namespace; before any thread starts, or Linux refuses."""
    if sys.platform != "linux":
        return ()
    import ctypes

    left = ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK) == 0
    return (Wall.NETWORK,) if left else ()


def shut_in(*, descriptors: int) -> tuple[Wall, ...]:
    """The limits that never rise again; after every library is loaded."""
    if sys.platform == "win32":
        return ()
    import resource

    limits = {
        Wall.MEMORY: (resource.RLIMIT_AS, MEMORY),
        Wall.WRITING: (resource.RLIMIT_FSIZE, 0),
        Wall.OPENING: (resource.RLIMIT_NOFILE, descriptors),
    }
    standing = []
    for wall, (limit, most) in limits.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
            standing.append(wall)
    return tuple(standing)


def allow_seconds(seconds: float) -> None:
    """This much more processor time, then the system ends the process, even if nobody waits for it any more."""
    if sys.platform == "win32":
        return
    import resource
    import time

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, hard))
