"""The environment: made once, completed when it was broken off, and clear about why it cannot be made."""

import hashlib
import os
import shutil
import stat
import zipfile

import pytest

from tests.run.starts import checkout  # noqa: F401

ENSURE = """
import sys
from portal.launch import environment
from portal.launch.errors import StartError
try:
    environment.ensure_environment()
except StartError as trouble:
    sys.exit(f"{trouble}")
"""


@pytest.fixture
def small(checkout, tmp_path):  # noqa: F811
    """A checkout whose lock names one small package of our own, which lies in a folder; nothing is fetched."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    wheel = shelf / "schakel_probe-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("schakel_probe.py", "found = True\n")
        archive.writestr(
            "schakel_probe-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: schakel-probe\nVersion: 1.0\n"
        )
        archive.writestr(
            "schakel_probe-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("schakel_probe-1.0.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    checkout.lock = checkout.folder / "requirements.txt"
    checkout.lock.write_text(f"schakel-probe==1.0 --hash=sha256:{digest}\n")
    checkout.without_uv()
    checkout.environment.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(shelf))
    checkout.shelf = shelf
    return checkout


def has_probe(small) -> bool:
    return any((small.folder / ".venv" / "lib").rglob("schakel_probe.py"))


def test_an_installation_that_failed_is_completed_by_the_next_start(small):
    small.shelf.rename(small.shelf.with_name("away"))
    failed = small.run("-c", ENSURE)
    assert failed.returncode == 1
    assert not has_probe(small)
    small.shelf.with_name("away").rename(small.shelf)
    completed = small.run("-c", ENSURE)
    assert completed.returncode == 0, completed.stderr
    assert has_probe(small)
    assert "Environment" not in completed.stdout, "the environment itself was kept"
    again = small.run("-c", ENSURE)
    assert (again.returncode, again.stdout) == (0, "")


def test_a_changed_lock_is_installed_and_a_wrong_package_refused(small):
    small.lock.write_text("schakel-probe==1.0 --hash=sha256:" + "0" * 64 + "\n")
    refused = small.run("-c", ENSURE)
    assert refused.returncode == 1
    assert "is not the one that the lock names" in refused.stderr
    assert not has_probe(small)


def test_an_environment_whose_python_is_gone_is_made_again(small):
    venv = small.folder / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("")
    (venv / "bin" / "python").symlink_to("/usr/bin/a-python-that-was-removed")
    made = small.run("-c", ENSURE)
    assert made.returncode == 0, made.stderr
    assert has_probe(small)


def test_without_a_network_it_says_so_and_what_to_do(checkout):  # noqa: F811
    checkout.without_uv()
    checkout.environment.update(PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_CONFIG_FILE=os.devnull, PIP_RETRIES="0")
    checkout.environment["PIP_CACHE_DIR"] = str(checkout.folder / "empty")
    said = checkout.refuses("--port", "0")
    assert "the package index cannot be reached" in said
    assert "connect and start again" in said


def test_uv_is_used_when_there_is_one(checkout, tmp_path):  # noqa: F811
    tools = tmp_path / "tools"
    tools.mkdir()
    uv = tools / "uv"
    uv.write_text(
        '#!/bin/sh\necho "$@" >> "$UV_CALLS"\n[ "$1" = venv ] && mkdir .venv || { echo "dns error" >&2; exit 2; }\n'
    )
    uv.chmod(uv.stat().st_mode | stat.S_IXUSR)
    checkout.environment.update(
        PATH=f"{tools}{os.pathsep}{checkout.environment['PATH']}", UV_CALLS=str(tmp_path / "calls")
    )
    assert "the package index cannot be reached" in checkout.refuses("--port", "0")
    made, installed = (tmp_path / "calls").read_text().splitlines()
    assert made.startswith("venv ")
    assert "--require-hashes" in installed


@pytest.mark.skipif(not shutil.which("uv"), reason="uv is not on this machine")
def test_uv_installs_what_the_lock_names(small):
    small.environment["PATH"] = f"{os.path.dirname(shutil.which('uv'))}{os.pathsep}{small.environment['PATH']}"
    small.environment.update(UV_FIND_LINKS=str(small.shelf), UV_NO_INDEX="1")
    made = small.run("-c", ENSURE)
    assert made.returncode == 0, made.stderr
    assert has_probe(small)
