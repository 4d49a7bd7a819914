"""Who may import whom: the contracts of pyproject.toml hold, break when they should, and forget nothing."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from tests.conventions.house import PACKAGES, ROOT, imported, name, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["name"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
LAYERS = CONTRACTS["Screens, desks, capabilities, nouns"]["layers"]
CAPABILITIES = re.findall(r"kpdesk\.\w+", next(layer for layer in LAYERS if "kpdesk.store" in layer))
SCREENS = re.findall(r"\w+", CONTRACTS["No screen folder knows another"]["layers"][0])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house with the rooms that the contracts name."""
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    rooms = [*PACKAGES, *re.findall(r"kpdesk\.\w+", " ".join(LAYERS)), *(f"ui.{screen}" for screen in SCREENS)]
    for room in rooms:
        folder = root.joinpath(*room.split("."))
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    return root


def test_an_empty_house_keeps_every_contract(house: Path) -> None:
    assert "6 kept, 0 broken" in lint(house)


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("Screens, desks, capabilities, nouns", "kpdesk/domain/example.py", "import kpdesk.store"),
        ("Screens, desks, capabilities, nouns", "kpdesk/store/example.py", "import kpdesk.signing"),
        ("Screens, desks, capabilities, nouns", "kpdesk/desks/example.py", "import ui"),
        ("The core has no Qt", "kpdesk/printing/example.py", "from PySide6 import QtGui"),
        ("The domain has no library", "kpdesk/domain/example.py", "import sqlalchemy"),
        ("Only desks use capabilities", "ui/clerk/example.py", "from kpdesk import store"),
        ("No screen folder knows another", "ui/clerk/example.py", "import ui.inspector"),
    ],
)
def test_a_wrong_import_breaks_its_contract(house: Path, contract: str, file: str, line: str) -> None:
    (house / file).write_text(line + "\n", encoding="utf-8")
    try:
        assert f"{contract} BROKEN" in lint(house)
    finally:
        (house / file).unlink()


def test_a_circle_breaks_its_contract(house: Path) -> None:
    one, other = house / "ui/clerk/one.py", house / "ui/clerk/other.py"
    one.write_text("import ui.clerk.other\n", encoding="utf-8")
    other.write_text("import ui.clerk.one\n", encoding="utf-8")
    try:
        assert "Siblings do not turn in circles BROKEN" in lint(house)
    finally:
        one.unlink()
        other.unlink()


def test_the_contracts_name_every_room() -> None:
    parts = {file.relative_to(ROOT / "kpdesk").parts[0].removesuffix(".py") for file in sources("kpdesk")}
    named = {layer.removeprefix("kpdesk.") for layer in re.findall(r"kpdesk\.\w+", " ".join(LAYERS))}
    assert parts - named - {"__init__", "__main__"} == set(), "not in the layers"
    protected = CONTRACTS["Only desks use capabilities"]["protected_modules"]
    there = {capability for capability in CAPABILITIES if capability.removeprefix("kpdesk.") in parts}
    assert there == set(protected), "capabilities that exist are the protected ones"
    screens = {file.parts[-2] for file in sources("ui") if len(file.relative_to(ROOT).parts) > 2}
    assert screens - {"widgets"} <= set(SCREENS)


def test_the_domain_imports_the_standard_library_alone() -> None:
    foreign = {
        f"{name(file)}: {library}"
        for file in sources("kpdesk")
        if file.is_relative_to(ROOT / "kpdesk/domain")
        for library in imported(file) - sys.stdlib_module_names - {"kpdesk"}
    }
    assert foreign == set()


def test_the_contract_of_the_domain_names_every_library() -> None:
    wanted = {re.match(r"[\w.-]+", each)[0].lower() for each in PROJECT["project"]["dependencies"]}  # type: ignore[index]
    tops = {
        top
        for top, owners in metadata.packages_distributions().items()
        if top.isidentifier() and not top.startswith("_") and wanted & {owner.lower() for owner in owners}
    }
    assert tops - {*CONTRACTS["The domain has no library"]["forbidden_modules"]} == set()


def test_the_core_imports_with_qt_absent() -> None:
    program = """
import importlib, pkgutil, sys
sys.modules["PySide6"] = sys.modules["shiboken6"] = None
import kpdesk
for module in pkgutil.walk_packages(kpdesk.__path__, "kpdesk."):
    if not module.name.endswith("__main__") and ".migrations" not in module.name:
        importlib.import_module(module.name)
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def lint(house: Path) -> str:
    program = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    command = [sys.executable, "-P", "-c", program, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False).stdout
