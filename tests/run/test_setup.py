"""Setting up: the first administrator, and what stops a set-up."""

import os
import stat
import subprocess
import sys

import pytest
from django.contrib.auth import authenticate
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.core.models import User
from portal.starter.management.commands import setup
from tests.run.starts import ROOT


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_the_first_administrator_gets_a_random_password_in_a_file_of_her_own(db, data):
    assert setup.make_administrator() is True
    file = data / "admin_password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().strip()
    assert len(password) >= 20
    assert authenticate(username="admin", password=password).is_superuser


def test_there_is_one_first_administrator(db, data):
    User.objects.create_superuser("somebody", password="a long enough password")
    assert setup.make_administrator() is False
    assert not (data / "admin_password").exists()
    assert not User.objects.filter(username="admin").exists()


def test_a_set_up_that_was_broken_off_after_the_file_keeps_its_password(db, data):
    (data / "admin_password").write_text("the-one-that-was-written\n")
    setup.make_administrator()
    assert authenticate(username="admin", password="the-one-that-was-written")


def test_a_database_of_this_version_is_accepted(db):
    assert setup.refuse_a_newer_database() is None


def test_a_database_of_a_newer_version_is_refused(db):
    MigrationRecorder(connection).record_applied("methods", "9999_from_the_future")
    with pytest.raises(CommandError, match="newer version.*methods.9999_from_the_future"):
        setup.refuse_a_newer_database()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgres://schakel@127.0.0.1:9/schakel", "The database does not answer"),
        ("mongodb://somewhere", "DATABASE_URL cannot be read"),
    ],
)
def test_a_database_that_is_not_there_is_said_in_a_sentence(tmp_path, url, reason):
    ended = subprocess.run(
        [sys.executable, "manage.py", "setup"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "SCHAKEL_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert reason in ended.stderr.splitlines()[-1]
    assert "DATABASE_URL" in ended.stderr.splitlines()[-1]


def test_programs_that_start_together_make_one_secret(tmp_path):
    ask = "import os; os.environ.pop('SECRET_KEY', None); from portal import settings; print(settings.SECRET_KEY)"
    environment = {**os.environ, "SCHAKEL_DATA": str(tmp_path)}
    command = [sys.executable, "-c", ask]
    together = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) for _program in range(4)]
    secrets = {program.communicate(timeout=60)[0].decode().strip() for program in together}
    assert secrets == {(tmp_path / "secret_key").read_text()}
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["secret_key"]
