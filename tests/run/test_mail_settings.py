"""The mail server is one setting, checked at the start."""

import os
import subprocess
import sys

import pytest

from tests.run.starts import ROOT

ASK = (
    "from django.conf import settings as s;"
    "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_HOST_PASSWORD)"
)


def settings_with(tmp_path, address, ask=ASK):
    environment = os.environ | {
        "EMAIL_URL": address,
        "SCHAKEL_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    return subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_the_parts_of_the_address_are_used(tmp_path):
    done = settings_with(tmp_path, "smtp://schakel:p%40ss@mail.example.org")
    assert done.stdout.split() == ["mail.example.org", "587", "True", "False", "p@ss"]


def test_a_relay_of_ones_own_is_spoken_to_without_encryption(tmp_path):
    done = settings_with(tmp_path, "smtp+plain://relay.example.org")
    assert done.stdout.split() == ["relay.example.org", "25", "False", "False"]


def test_a_password_is_never_sent_without_encryption_except_to_this_machine(tmp_path):
    assert "without encryption" in settings_with(tmp_path, "smtp+plain://schakel:x@relay.example.org").stderr
    assert settings_with(tmp_path, "smtp+plain://schakel:x@localhost").returncode == 0


def test_what_is_sent_is_stored_first(tmp_path):
    ask = "from django.conf import settings as s; print(s.EMAIL_BACKEND)"
    assert "QueuedEmailBackend" in settings_with(tmp_path, "smtp://mail.example.org", ask).stdout
    assert "dummy" in settings_with(tmp_path, "", ask).stdout


@pytest.mark.parametrize("address", ["mail.example.org", "http://mail.example.org", "smtp://mail.example.org:many"])
def test_what_cannot_be_read_is_refused_with_what_to_write(tmp_path, address):
    assert "EMAIL_URL cannot be read. Write it like smtp://" in settings_with(tmp_path, address).stderr
