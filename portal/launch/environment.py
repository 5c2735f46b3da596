"""The environment of the project: `.venv`, filled from the hashed lock, with uv when there is one and else with pip."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from portal.launch import process
from portal.launch.errors import StartError
from portal.launch.steps import step

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-test.txt"

_NO_NETWORK = re.compile(
    r"name resolution|dns error|failed to lookup|getaddrinfo|newconnectionerror|failed to establish|connection refused"
    r"|network is unreachable|no route to host|timed out|max retries|proxyerror|error sending request|could not connect"
    r"|connection (was )?reset|failed to fetch|connecttimeout",
    re.IGNORECASE,
)
_WRONG_HASH = re.compile(r"do not match the hashes|hash mismatch", re.IGNORECASE)
_DISK_FULL = re.compile(r"no space left", re.IGNORECASE)


def ensure_environment(tests: bool = False) -> None:
    """Make the environment hold exactly what the lock names (for tests the test lock too); nothing to do costs nothing.

    Raises StartError with what to do. What was begun stays and is completed by the next call.
    """
    locks = [LOCK, TEST_LOCK] if tests else [LOCK]
    if all(_installed(lock) for lock in locks):
        return
    with _alone():
        if not _usable():
            _make()
        for lock in locks:
            if not _installed(lock):
                _install(lock)


def _installed(lock: Path) -> bool:
    stamp = VENV / f"schakel-{lock.stem}"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _digest(lock)


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _usable() -> bool:
    """Whether `.venv` has a Python that runs and is new enough."""
    question = "import sys; raise SystemExit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", question], capture_output=True).returncode == 0
    except OSError:
        return False


def _make() -> None:
    """Make `.venv` afresh, replacing one that does not run."""
    uv = shutil.which("uv")
    if not uv and not (_has("venv") and (_has("pip") or _has("ensurepip"))):
        raise StartError(
            "This Python cannot make an environment: its venv module is missing.",
            "Install it (on Debian and Ubuntu: sudo apt install python3-venv) or install uv, then start again.",
        )
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        raise StartError(f"{VENV} is not an environment of Python.", "Move it away and start again.")
    base = getattr(sys, "_base_executable", None) or sys.executable
    with step("Environment (.venv)"):
        try:
            shutil.rmtree(VENV, ignore_errors=True)
            if uv:
                made = subprocess.run([uv, "venv", "--quiet", "--python", base, VENV], capture_output=True, text=True)
            else:
                # Putting pip in the environment takes seconds, and the one that is here can fill it as well.
                without = ["--without-pip"] if _has("pip") else []
                made = subprocess.run([base, "-m", "venv", *without, VENV], capture_output=True, text=True)
        except OSError as error:
            raise StartError(f"The environment cannot be made: {error}.", "Mend that and start again.") from error
        if made.returncode:
            said = (made.stderr.strip() or made.stdout.strip() or "it did not say why").splitlines()[-1]
            raise StartError(
                f"The environment {VENV} cannot be made ({said}).",
                "See that the project folder can be written and that Python's venv module is complete "
                "(on Debian and Ubuntu: sudo apt install python3-venv), then start again.",
            )


def _install(lock: Path) -> None:
    """Install what a lock names, hash by hash."""
    uv = shutil.which("uv")
    count = len(re.findall(r"^[a-z0-9]", lock.read_text(), re.MULTILINE | re.IGNORECASE))
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", "--require-hashes", "-r", lock]
    else:
        # Bytecode is written when a module is first used: compiling everything would be most of the time.
        command = [*_pip(), "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
        command += ["--retries", "2", "--no-deps", "--require-hashes", "-r", lock]
    log = VENV / "install.log"
    what = "Packages for the tests" if lock == TEST_LOCK else "Packages"
    with step(f"{what} ({count}, {'uv' if uv else 'pip'})"):
        with log.open("w") as output:
            code = process.finish(process.start(command, stdout=output, stderr=output))
        if code:
            raise _explained(log)
    (VENV / f"schakel-{lock.stem}").write_text(_digest(lock))


def _pip() -> list:
    """The pip that fills the environment: the one of the Python that runs this, else the environment's own."""
    if _has("pip"):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    if subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode:
        subprocess.run([PYTHON, "-m", "ensurepip"], capture_output=True)
    return [PYTHON, "-m", "pip"]


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _explained(log: Path) -> StartError:
    """Why an installation failed, from what the installer said."""
    said = log.read_text(errors="replace")
    if _DISK_FULL.search(said):
        return StartError("The packages do not fit on the disk.", "Make room (about 400 MB) and start again.")
    if _WRONG_HASH.search(said):
        return StartError(
            "A package that was downloaded is not the one that the lock names.",
            f"Do not use it; see {log} for which one, and try again from another network or mirror.",
        )
    if _NO_NETWORK.search(said):
        return StartError(
            "The packages cannot be downloaded: the package index cannot be reached.",
            "The first start needs a network (or a mirror, named in PIP_INDEX_URL or UV_INDEX_URL); "
            "connect and start again. What was done is kept.",
        )
    lines = [line for line in said.splitlines() if line.strip()] or ["the installer did not say why"]
    return StartError(f"The packages cannot be installed: {lines[-1].strip()}.", f"The whole report is in {log}.")


@contextmanager
def _alone():
    """Let one start at a time work on the environment."""
    try:
        import fcntl  # POSIX systems only
    except ImportError:
        yield
        return
    with LOCK.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another start to finish"):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
