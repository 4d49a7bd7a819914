"""The command `kpdesk`: with a sub-command the command line, before anything of Qt is imported; else the window.

`kpdesk [--office FOLDER] [--look light|dark|contrast] [--text PERCENT]`
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_PICTURES = "--screenshots"


@dataclass(frozen=True, slots=True)
class Asked:
    """How the window was asked for."""

    office: Path | None = None
    """None: the folder of this computer's user."""
    look: str = ""
    """Empty: as it was last time."""
    text: int | None = None
    """Per cent; None: as it was last time."""


def asked(arguments: Sequence[str]) -> Asked | None:
    """What these arguments ask of the window; None where they are for the command line."""
    pairs: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, given, value = argument.partition("=")
        if name not in ("--office", "--look", "--text"):
            return None
        pairs[name] = value if given else next(rest, "")
    look, text = pairs.get("--look", "light"), pairs.get("--text", "100")
    if look not in ("light", "dark", "contrast") or not text.isdecimal() or not pairs.get("--office", "."):
        return None
    return Asked(
        Path(pairs["--office"]) if "--office" in pairs else None,
        pairs.get("--look", ""),
        int(text) if "--text" in pairs else None,
    )


def main() -> int | None:
    """Hand over to the command line or to the window; the exit code."""
    window = asked(sys.argv[1:])
    if window is None:
        from kpdesk.cli import main as command_line

        if sys.argv[1:2] == ["demo"] and _PICTURES in sys.argv:
            return _demo_with_pictures(command_line)
        command_line()
        return None
    if not has_screen():
        sys.stderr.write("There is no screen for the window. See: kpdesk --help, or try: kpdesk demo FOLDER\n")
        return 2
    from ui.program import run

    return run(window.office, look=window.look, text=window.text, clock=_now)


def _demo_with_pictures(command_line: Callable[[], None]) -> int:
    """The command line plays the day, the window is looked at after it."""
    sys.argv.remove(_PICTURES)
    folders = [Path(each) for each in sys.argv[2:] if not each.startswith("-")]
    try:
        command_line()
    except SystemExit as ended:
        if ended.code:
            raise
    from ui.screenshots import take

    (folder,) = folders
    written = take(folder / "office", folder / "screenshots", _now)
    sys.stderr.write(f"{len(written)} pictures of the screens: {folder / 'screenshots'}\n")
    return 0


def has_screen() -> bool:
    """Qt ends the process where it finds none, so we ask first."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or not sys.platform.startswith("linux")


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
