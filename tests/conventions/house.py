"""The project's files, as the house rules look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("kpdesk", "ui", "resources")
MADE = {
    "__pycache__",
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
    ".hypothesis",
    "build",
    "dist",
}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is or will be committed; outside a checkout, every file but what is made."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
        files = [ROOT / each for each in listed.stdout.split("\0") if each]
    except (OSError, subprocess.CalledProcessError):
        files = [file for file in ROOT.rglob("*") if not MADE.intersection(file.relative_to(ROOT).parts)]
    return tuple(file for file in files if file.is_file())


def sources(*folders: str) -> tuple[Path, ...]:
    """The Python files below these folders."""
    return tuple(file for file in tracked() if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in folders)


def texts() -> dict[Path, str]:
    """Every tracked file that is text."""
    read = {}
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content:
            try:
                read[file] = content.decode()
            except UnicodeDecodeError:
                continue
    return read


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imported(file: Path) -> set[str]:
    """The top-level names of all that a source imports, late imports too."""
    names: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
