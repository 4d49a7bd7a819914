"""House rules that a look at the sources decides. A rule that must be broken somewhere says where, and why."""

import ast
import io
import re
import subprocess
import sys
import tokenize
import unicodedata
from pathlib import Path

import pytest

from tests.conventions.house import PACKAGES, ROOT, imported, name, sources, texts, tracked, tree

LONG_FILES = {
    "kpdesk/store/tables.py": "every table, to be read beside the others",
    "kpdesk/store/migrations/versions/v0001_first.py": "a version of the schema stands on its own, whole and for good",
}
"""Sources that may pass 400 lines, each with its reason."""

KNOWN_HOSTS = {
    "www.w3.org": "XML names of pictures",
    "schemas.openxmlformats.org": "XML names of workbooks",
    "json-schema.org": "JSON Schemas name their dialect",
    "uri.etsi.org": "XML names of signed containers",
    "www.apache.org": "the licence names itself",
    "keepachangelog.com": "the changelog names its form",
}
"""Hosts an address in our files may name; a lock or a note must not tell where it was made."""


def test_sources_are_found() -> None:
    assert {name(file).partition("/")[0] for file in sources(*PACKAGES)} == set(PACKAGES)


def test_no_f_string_in_tr() -> None:
    """Qt Linguist extracts `tr(f"…")` and never finds it again."""
    broken = [
        f"{name(file)}:{call.lineno}"
        for file in sources("ui")
        for call in _calls(file)
        if _called(call) in {"tr", "translate"} and any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]
    assert broken == []


def test_one_style_sheet() -> None:
    places = [
        f"{name(file)}:{call.lineno}"
        for file in sources("ui")
        for call in _calls(file)
        if _called(call) == "setStyleSheet"
    ]
    assert len(places) <= 1, places


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("import datetime\nNOW = datetime.datetime.now(datetime.UTC)\n", "TID251"),
        ("from datetime import date\nDAY = date.today()\n", "TID251"),
        ("import time\nNOW = time.time()\n", "TID251"),
        ("import random\nROLL = random.random()\n", "TID251"),
        ('print("carats")\n', "T201"),
    ],
)
@pytest.mark.parametrize("folder", ["kpdesk/domain", "kpdesk/desks", "ui/clerk"])
def test_lint_bans_clock_chance_and_print(line: str, rule: str, folder: str) -> None:
    assert rule in _lint(line, f"{folder}/example.py")


def test_nobody_evades_the_ban() -> None:
    """The files that may are named in pyproject.toml, not by a comment here and there."""
    evading = [
        f"{name(file)}: {line.strip()}"
        for file in sources(*PACKAGES)
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"#\s*noqa.*(TID251|T20|DTZ)|#\s*ruff:\s*noqa", line)
    ]
    assert evading == []


def test_packages_say_what_they_are_for() -> None:
    """The first line of each `__init__.py` says what the package is for and what it may import."""
    folders = {file.parent for file in sources(*PACKAGES) if "migrations" not in file.parts}
    silent = [
        name(folder)
        for folder in sorted(folders)
        if not (folder / "__init__.py").exists()
        or "mports " not in (ast.get_docstring(tree(folder / "__init__.py")) or "")
    ]
    assert silent == []


def test_files_stay_short() -> None:
    lengths = {name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in sources(*PACKAGES, "tests")}
    assert {file: length for file, length in lengths.items() if length > 400 and file not in LONG_FILES} == {}
    assert [file for file in LONG_FILES if lengths.get(file, 0) <= 400] == [], "no longer long"


def test_only_the_store_opens_the_database() -> None:
    libraries = {"sqlalchemy", "alembic", "sqlcipher3", "sqlite3", "psycopg"}
    opening = [name(file) for file in sources("kpdesk", "ui") if libraries & imported(file)]
    assert [file for file in opening if not file.startswith("kpdesk/store/")] == []
    naming = [
        name(file)
        for file in sources("kpdesk", "ui")
        if any(isinstance(node, ast.Constant) and node.value == "kpdesk.db" for node in ast.walk(tree(file)))
    ]
    assert set(naming) <= {"kpdesk/store/database.py", "kpdesk/settings.py"}, "settings say where it lies"


def test_nothing_tells_where_it_was_made() -> None:
    folders = re.compile(r"(?<![\w.$}\])*~-])/(?:root|work|home/\w+|Users/\w+|mnt|opt)/|[A-Z]:\\Users\\")
    told = [f"{name(file)}: {found[0]}" for file, text in texts().items() for found in folders.finditer(text)]
    assert told == []
    hosts = {
        f"{name(file)}: {found[1]}"
        for file, text in texts().items()
        for found in re.finditer(r"https?://([\w.-]+)", text)
        if not _harmless(found[1])
    }
    assert hosts == set()


def test_the_lock_holds_hashes_and_nothing_else() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in lock.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert [
        line
        for line in lines
        if not re.fullmatch(r"[\w.-]+==\S+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", line)
    ] == []
    assert any(line.startswith("pyside6-essentials==6.11.3 ") for line in lines)


@pytest.mark.parametrize(
    "file", [file for file in tracked() if file.suffix in {".py", ".sh", ".toml", ".qss"}], ids=name
)
def test_no_look_alikes(file: Path) -> None:
    """No character that reads like another or turns the text around; write it as an escape where one is meant."""
    text = file.read_text(encoding="utf-8")
    assert [word for word in re.findall(r"[^\W\d_]+", text) if len(_scripts(word)) > 1 or _styled(word)] == []
    assert [f"U+{ord(sign):04X}" for sign in text if _invisible(sign)] == []
    if file.suffix == ".py":
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        assert [token.string for token in tokens if token.type == tokenize.NAME and not token.string.isascii()] == []


@pytest.mark.parametrize("word", ["p\u0430rcel", "\uff50arcel", "\U0001d429arcel", "\u202eparcel"])
def test_a_look_alike_is_noticed(word: str) -> None:
    assert len(_scripts(word)) > 1 or _styled(word) or any(_invisible(sign) for sign in word)


def _calls(file: Path) -> list[ast.Call]:
    return [node for node in ast.walk(tree(file)) if isinstance(node, ast.Call)]


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=called) | ast.Name(id=called):
            return called
    return ""


def _lint(text: str, file: str) -> str:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--output-format=concise",
        f"--stdin-filename={file}",
        "-",
    ]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False).stdout


def _harmless(host: str) -> bool:
    reserved = host.endswith((".example", ".invalid", ".test")) or host in {"localhost", "127.0.0.1", "example.org"}
    return reserved or host in KNOWN_HOSTS


def _scripts(word: str) -> set[str]:
    """The scripts with look-alikes that a word mixes."""
    alike = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"}
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word} & alike


def _styled(word: str) -> bool:
    """Full-width and mathematical letters that compatibility folds to ASCII."""
    return any(
        not letter.isascii() and unicodedata.normalize("NFKC", letter).isascii()
        for letter in word
        if letter not in "ªº"
    )


def _invisible(sign: str) -> bool:
    """Marks of direction, joiners, byte-order marks; soft hyphens."""
    return unicodedata.category(sign) == "Cf"
