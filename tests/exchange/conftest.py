"""A good batch."""

from pathlib import Path

import pytest

from tests.exchange.containers import write


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "kpdesk-ZZ-MAIN-e01-000001.asice"
    write(path)
    return path
