"""With an https address the portal is as safe as Django asks, and only its own user can read its data."""

import os
import stat
import subprocess
import sys

import pytest

from portal.launch import commands, folder
from tests.run.starts import ROOT

NOT_INHERITED = ("SCHAKEL_", "DATABASE_URL", "SEARCH_", "SECRET_KEY", "EMAIL_", "DJANGO_", "PYTEST_")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")


def manage(data, *arguments, **more):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    environment |= {"SCHAKEL_DATA": str(data)} | more
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("proxy", ["true", "false"])
def test_djangos_own_check_for_the_public_web_finds_nothing(tmp_path, proxy):
    address = {"SCHAKEL_BASE_URL": "https://kennis.example.org", "SCHAKEL_HOSTS": "kennis.example.org"}
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", SCHAKEL_BEHIND_PROXY=proxy, **address)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("secret", ["secret", "a" * 60, "abcabcabcabcabcabcabcabcabcabcabcabcabcabc"])
def test_a_secret_that_is_guessed_is_refused_with_what_to_do(tmp_path, secret):
    done = manage(tmp_path, "check", SECRET_KEY=secret)
    assert done.returncode == 1
    assert "SECRET_KEY is too easy to guess" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_data_folder_is_for_the_portal_alone(tmp_path):
    data = tmp_path / "data"
    assert manage(data, "check").returncode == 0
    assert mode(data) == 0o700
    assert mode(data / "secret_key") == 0o600
    for name in ("index", "logs", "copies"):
        assert mode(data / name) == 0o700


def test_a_data_folder_of_before_is_closed_at_the_next_start(tmp_path):
    for name in ("index", "logs", "withheld", "media"):
        (tmp_path / name).mkdir(mode=0o755)
    for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "version.json"):
        (tmp_path / name).write_text("" if name == "db.sqlite3" else "{}")
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)

    folder.check(tmp_path)

    assert mode(tmp_path) == 0o700
    assert [path.name for path in tmp_path.iterdir() if mode(path) & 0o077] == ["media"]


def test_a_folder_that_its_group_may_pass_through_stays_so(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "db.sqlite3").write_text("")
    tmp_path.chmod(0o710)
    folder.check(tmp_path)
    assert (mode(tmp_path), mode(tmp_path / "db.sqlite3")) == (0o710, 0o600)
    assert mode(tmp_path / "media") & 0o055


@pytest.mark.parametrize("was_there", [True, False])
def test_a_proxy_may_read_what_is_public_whatever_the_umask_was(tmp_path, was_there):
    if was_there:
        (tmp_path / "media").mkdir(mode=0o700)
    before = os.umask(0o077)
    try:
        assert manage(tmp_path, "check").returncode == 0
    finally:
        os.umask(before)
    assert mode(tmp_path / "media") == 0o755
    assert mode(tmp_path / "private") == 0o700


def test_what_else_is_in_a_folder_that_was_named_stays_as_it_is(tmp_path):
    (tmp_path / "backup.sh").write_text("#!/bin/sh")
    (tmp_path / "backup.sh").chmod(0o755)
    (tmp_path / "site").mkdir(mode=0o755)
    (tmp_path / "secret_key").write_text("x" * 50)
    (tmp_path / "secret_key").chmod(0o644)
    tmp_path.chmod(0o755)
    for _start in range(2):
        folder.check(tmp_path)
        assert manage(tmp_path, "check").returncode == 0
        assert [mode(tmp_path / name) for name in ("", "backup.sh", "site", "secret_key")] == [0o755] * 3 + [0o600]


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, True), (False, False)])
def test_the_first_password_is_shown_to_a_terminal_only(tmp_path, monkeypatch, is_terminal, shown):
    (tmp_path / "admin_password").write_text("van-het-lot\n")
    monkeypatch.setattr(commands.sys.stdout, "isatty", lambda: is_terminal, raising=False)
    said = commands._login(tmp_path, "http://127.0.0.1:8000/admin/", password_was_there=False)
    assert ("van-het-lot" in said) == shown
    assert str(tmp_path / "admin_password") in said
    assert "van-het-lot" not in commands._login(tmp_path, "http://127.0.0.1:8000/admin/", password_was_there=True)
