"""What every answer says to the browser: which of its features are off, and over https that nothing else will do."""

import re

import pytest
from django.conf import settings as configured

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/nl/", "/nl/bestaat-niet/", "/admin/login/", "/robots.txt", "/static/ui/icon.svg", "/"]
)
def test_every_answer_says_which_features_are_off(site, client, path):
    answer = client.get(path)
    off = re.findall(r"([a-z-]+)=\(\)", answer["Permissions-Policy"])
    assert {"camera", "microphone", "geolocation"} <= set(off)


def test_the_player_of_a_recording_may_fill_the_screen():
    assert 'fullscreen=(self "https://www.youtube-nocookie.com")' in configured.PERMISSIONS_POLICY


def test_over_https_a_browser_comes_over_nothing_else_for_a_year(site, client, settings):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    from django.test import Client

    assert "Strict-Transport-Security" not in Client().get("/nl/")
    assert Client().get("/nl/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/nl/", "/admin/login/"])
def test_a_window_of_another_site_has_no_hold_on_the_page(site, client, path):
    answer = client.get(path)
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
