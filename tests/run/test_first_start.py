"""The first command, for real: from a checkout to a site that answers and is searchable, and a quick second start."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
import uuid

import pytest

from tests.run.starts import whole_checkout  # noqa: F401

pytestmark = [pytest.mark.own_database, pytest.mark.long(30)]
FIRST_WITHIN_S = 240
AGAIN_WITHIN_S = 60


@pytest.fixture
def database(whole_checkout):  # noqa: F811
    """With DATABASE_URL the site gets a database of its own on that server, as a city would give it one."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield
        return
    import psycopg

    name = f"start_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        whole_checkout.environment["DATABASE_URL"] = f"{url.rpartition('/')[0]}/{name}"
        yield
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def begin(whole_checkout, database, tmp_path):  # noqa: F811
    """Begin a start and wait until the site answers: `begin(seconds)` gives the process, its output and its address."""
    processes = []

    def start(within_s):
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            port = trial.getsockname()[1]
        output = tmp_path / f"output-{len(processes)}"
        with output.open("w") as file:
            command = [sys.executable, "run.py", "--port", str(port)]
            process = subprocess.Popen(
                command, cwd=whole_checkout.folder, env=whole_checkout.environment, stdout=file, stderr=file
            )
        processes.append(process)
        deadline = time.monotonic() + within_s
        while "answers after" not in output.read_text():
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            time.sleep(0.1)
        return process, output, f"http://127.0.0.1:{port}"

    yield start
    for process in processes:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.status == 200
        return answer.read().decode()


def stop(process, output) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0, output.read_text()


def test_from_a_checkout_to_a_searchable_site_and_again(begin, whole_checkout):  # noqa: F811
    process, output, address = begin(FIRST_WITHIN_S)
    said = output.read_text()
    assert f"{address}/nl/" in said
    assert f"{address}/admin/" in said
    for step in ("Database", "Starter content (Dutch)", "First administrator", "Search index", "Static files"):
        assert step in said
    password = (whole_checkout.data / "admin_password").read_text().strip()
    assert password not in said, "what is no terminal may be a log that others read"
    assert stat.S_IMODE((whole_checkout.data / "admin_password").stat().st_mode) == 0o600

    assert 'lang="nl"' in read(f"{address}/nl/")
    assert "dubbele-diagnose" in read(f"{address}/nl/zoeken/?q=dubbele+diagnose")
    stop(process, output)

    process, output, address = begin(AGAIN_WITHIN_S)
    said = output.read_text()
    assert "Database" not in said, "what is set up is not set up again"
    assert password not in said
    assert "dubbele-diagnose" in read(f"{address}/nl/zoeken/?q=dubbele+diagnose")
    stop(process, output)
