"""Which arguments are for the window, which for the command line."""

from pathlib import Path

import pytest

from ui.app import Asked, asked


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], Asked()),
        (["--office", "books"], Asked(Path("books"))),
        (["--office=books", "--look", "dark", "--text=140"], Asked(Path("books"), "dark", 140)),
    ],
)
def test_window(arguments: list[str], window: Asked) -> None:
    assert asked(arguments) == window


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "sheet.png", "--office", "books"],
        ["--help"],
        ["--version"],
        ["--office"],
        ["--office="],
        ["--look", "pink"],
        ["--text", "large"],
        ["--office", "books", "doctor"],
    ],
)
def test_command_line(arguments: list[str]) -> None:
    assert asked(arguments) is None
