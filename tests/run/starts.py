"""A copy of what a start needs, so that starts that fail leave nothing in the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.launch import environment

ROOT = Path(__file__).resolve().parents[2]
# What a start must not inherit from the test run that it is part of.
NOT_INHERITED = ("SCHAKEL_", "DATABASE_URL", "SEARCH_URL", "PIP_", "UV_", "VIRTUAL_ENV", "PYTEST_", "DJANGO_", "CI")
NOT_INHERITED += ("SLIPCOVER_",)


class Checkout:
    """A checkout of the project, and ways to start it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "data"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}

    def without_uv(self) -> None:
        """Hide uv: keep only the folders of PATH that do not hold it."""
        path = self.environment["PATH"].split(os.pathsep)
        kept = [folder for folder in path if not (Path(folder) / "uv").exists()]
        self.environment["PATH"] = os.pathsep.join(kept)

    def has_packages(self) -> None:
        """Give the checkout the packages of this test run, so that a test can begin after the installation."""
        venv = self.folder / ".venv"
        (venv / "bin").mkdir(parents=True)
        (venv / "bin" / "python").symlink_to(Path(sys.executable).resolve())
        (venv / "lib").symlink_to(Path(sys.prefix) / "lib")
        shutil.copy(Path(sys.prefix) / "pyvenv.cfg", venv)
        for lock in ("requirements", "requirements-test"):
            stamp = environment._digest(self.folder / f"{lock}.txt")
            (venv / f"schakel-{lock}").write_text(stamp)

    def run(self, *arguments, seconds: float = 120) -> subprocess.CompletedProcess:
        """Run Python in the checkout to its end."""
        return subprocess.run(
            [sys.executable, *(str(argument) for argument in arguments)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
        )

    def refuses(self, *arguments) -> str:
        """Start it, see that it ends with code 1 and without a traceback, and return the sentence that it said."""
        ended = self.run("run.py", *arguments)
        assert "Traceback" not in ended.stdout + ended.stderr
        assert ended.returncode == 1, ended.stdout + ended.stderr
        return ended.stderr.strip()


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    """The files that a start reads before it needs any package."""
    folder = tmp_path / "schakel"
    (folder / "portal").mkdir(parents=True)
    for name in ("run.py", "manage.py", "requirements.txt", "requirements-test.txt", "portal/__init__.py"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "portal/launch", folder / "portal/launch", ignore=shutil.ignore_patterns("__pycache__"))
    return Checkout(folder)


@pytest.fixture
def whole_checkout(tmp_path) -> Checkout:
    """Everything that git would give, with the packages of this test run."""
    folder = tmp_path / "schakel"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file() and not name.startswith(("tests/", "docs/", "bench/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    whole = Checkout(folder)
    whole.has_packages()
    return whole
