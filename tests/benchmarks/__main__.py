"""Runs one benchmark of this folder, or all; the exit is 1 when a median ratio is over its limit."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

NAMES = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith("_"))


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    options.add_argument("name", choices=[*NAMES, "all"], metavar="NAME", help=", ".join([*NAMES, "all"]))
    options.add_argument("--json", action="store_true", help="one JSON object a line")
    chosen = options.parse_args()
    over = False
    for name in NAMES if chosen.name == "all" else [chosen.name]:
        measured = importlib.import_module(f"tests.benchmarks.{name}").run()
        if chosen.json:
            print(json.dumps(measured))
        else:
            Console().print(_table(measured))
        over |= is_over(measured)
    return int(over)


def is_over(measured: dict[str, Any]) -> bool:
    return measured.get("limit") is not None and measured[_judged(measured)] > measured["limit"]


def _judged(measured: dict[str, Any]) -> str:
    """The figure that the limit is for."""
    return "median_ratio" if "median_ratio" in measured else "worst_ms"


def _table(measured: dict[str, Any]) -> Table:
    judged = _judged(measured)
    figure = f"{measured[judged]:.3g} (limit {measured.get('limit') or 'none'})"
    verdict = " [red]over[/]" if is_over(measured) else ""
    table = Table(title=measured["name"], caption=measured["what"], show_header=False, title_justify="left")
    table.add_row(judged.replace("_", " "), figure + verdict)
    for name, value in measured.items():
        if name not in {"name", "what", judged, "limit"}:
            table.add_row(name.replace("_", " "), _text(value))
    return table


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, list):
        return "  ".join(_text(each) for each in value)
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
