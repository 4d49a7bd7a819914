"""The wheel holds the three packages with all their files, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conventions.house import PACKAGES, ROOT, name, tracked


def test_the_wheel_is_whole(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    held = {each for each in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in each}
    assert held == {name(file) for file in tracked() if file.relative_to(ROOT).parts[0] in PACKAGES}
