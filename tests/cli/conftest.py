"""One practice day for all tests of the command line: made by the command itself, then only read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kpdesk.cli import app
from kpdesk.domain.outcomes import Outcome
from kpdesk.sentences import sentence


@pytest.fixture(scope="session")
def run() -> Callable[..., Result]:
    """The command line in this process; an outcome that reached the top is in `exception`."""
    runner = CliRunner()

    def call(*arguments: object) -> Result:
        return runner.invoke(app, [str(argument) for argument in arguments])

    return call


@pytest.fixture(scope="session")
def day(run: Callable[..., Result], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `kpdesk demo FOLDER --json` printed."""
    done = run("demo", tmp_path_factory.mktemp("demo") / "practice", "--json")
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="session")
def said() -> Callable[[Result], str]:
    """The sentence of the outcome a call ended with."""

    def words(result: Result) -> str:
        assert isinstance(result.exception, Outcome), result.output
        return sentence(result.exception).what

    return words


@pytest.fixture
def papers(day: dict[str, Any]) -> dict[str, Path]:
    """The pictures of the sheets by what became of the certificate; the first of each."""
    found: dict[str, Path] = {}
    for each in day["certificates"]:
        found.setdefault(each["status"], Path(each["png"]))
    return found
