"""Words that translators get: what Qt Linguist cannot find is never translated."""

import ast
from pathlib import Path

import ui
from resources import path
from ui.marks import QT_TRANSLATE_NOOP

SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))


def test_no_translation_inside_an_f_string() -> None:
    """The extractor takes an f-string for a text and never sees the call inside."""
    hidden = [
        f"{file.name}:{call.lineno}"
        for file in SOURCES
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("tr", "translate")
    ]
    assert hidden == []


def test_marked_words_stay_as_they_are() -> None:
    assert QT_TRANSLATE_NOOP("keys", "Lock") == "Lock"


def test_nothing_is_translated_at_import() -> None:
    early = [
        f"{file.name}:{call.lineno}"
        for file in SOURCES
        for statement in ast.parse(file.read_text(encoding="utf-8")).body
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("tr", "translate")
    ]
    assert early == []


def test_the_sheet_and_the_icons_are_installed_with_the_program() -> None:
    assert path("theme/desk.qss").is_file()
    assert len(list(path("icons").glob("*.svg"))) >= 24
