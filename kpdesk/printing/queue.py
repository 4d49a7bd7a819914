"""The system's print queues: a job of ours that still waits is taken back, else it comes out on another blank.

Qt starts a job and knows nothing of it afterwards; CUPS' own tools, and PowerShell on Windows, find it by its title.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from kpdesk.domain.outcomes import Trouble

_SECONDS = 10
_TITLE = re.compile(r"[A-Za-z0-9 -]{1,31}")
"""`lpq` shows no more of a title."""
_WINDOWS = (
    "param([string]$title) "
    "$jobs = @(Get-Printer | ForEach-Object { Get-PrintJob -PrinterName $_.Name } "
    "| Where-Object DocumentName -eq $title); "
    "$jobs | Remove-PrintJob -ErrorAction Stop; "
    "$jobs.Count"
)


@dataclass(eq=False)
class JobStillWaiting(Trouble):
    """A job waits in the system's queue and could not be taken back: it may come out on another sheet."""

    title: str


def take_back(title: str, *, platform: str = sys.platform) -> int:
    """Cancel the jobs of this title, in whatever queue they wait; how many there were.

    Raises JobStillWaiting where one could not be cancelled, or nobody can say whether one waits.
    """
    if not _TITLE.fullmatch(title):
        raise ValueError("a job is named by letters, digits and spaces")
    if platform == "win32":
        told = _ask(title, ["powershell", "-NoProfile", "-Command", f"& {{ {_WINDOWS} }} '{title}'"])
        return int(told.strip() or 0)
    if shutil.which("lpq") is None:
        return 0  # without CUPS' tools there is no queue of CUPS that could hold a job
    jobs = _waiting(title)
    for job in jobs:
        _ask(title, ["lprm", job])
    if jobs and _waiting(title):
        raise JobStillWaiting(title)
    return len(jobs)


def _waiting(title: str) -> Sequence[str]:
    """`rank owner job title size`, a line each."""
    row = re.compile(rf"\S+\s+\S+\s+(\d+)\s+{re.escape(title)}\s+\d+ bytes")
    lines = _ask(title, ["lpq", "-a"]).splitlines()
    return [found[1] for line in lines if (found := row.fullmatch(line.strip()))]


def _ask(title: str, command: Sequence[str]) -> str:
    plain = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - the system's own tools, no shell
            command,
            capture_output=True,
            check=True,
            encoding="utf-8",
            env=plain,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise JobStillWaiting(title) from problem
    return done.stdout
