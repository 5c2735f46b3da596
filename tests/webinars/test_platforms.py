"""A platform is one entry of `Platform`, and system checks name what it still lacks (portal/webinars/platforms.py)."""

from dataclasses import replace

import pytest

from portal.webinars.checks import platforms_are_complete
from portal.webinars.platforms import Platform, PlatformSpec, platform_at, platform_of

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("external_id", "platform", "own_id"),
    [
        ("yt:dQw4w9WgXcQ", Platform.YOUTUBE, "dQw4w9WgXcQ"),
        ("yt:short", Platform.YOUTUBE, ""),
        ("yt:dQw4w9WgXcQ\n", Platform.YOUTUBE, ""),
        ("li:7123456789012345678", Platform.LINKEDIN, "7123456789012345678"),
        ("li:71234", Platform.LINKEDIN, ""),
        ("file:talk", Platform.WEB, ""),
        ("web:https://example.org/", Platform.WEB, ""),
        ("", Platform.WEB, ""),
    ],
)
def test_an_identity_names_its_platform_and_its_own_id(external_id, platform, own_id):
    assert platform_of(external_id) is platform
    assert platform.video_id(external_id) == own_id


def test_the_codes_in_the_database_stay():
    assert Platform.values == ["youtube", "linkedin", "ausha", "spotify", "file", "web"]


def test_nothing_is_lacking_now():
    assert platforms_are_complete(None) == []


@pytest.mark.parametrize(
    ("lacks", "error"),
    [
        ({"id_prefix": "li"}, "webinars.E001"),
        ({"id_pattern": ""}, "webinars.E002"),
        ({"id_in_file_name": ""}, "webinars.E002"),
        ({"watch_url": "https://example.org/"}, "webinars.E002"),
        ({"hosts": ()}, "webinars.E002"),
        ({"embed_url": ""}, "webinars.E003"),
        ({"embed_url": "https://www.youtube-nocookie.com/"}, "webinars.E003"),
        ({"embed_url": "https://player.example.org/{id}"}, "webinars.E004"),
    ],
)
def test_a_check_names_what_a_platform_lacks(monkeypatch, lacks, error):
    monkeypatch.setattr(Platform.YOUTUBE, "spec", replace(Platform.YOUTUBE.spec, **lacks))
    assert [found.id for found in platforms_are_complete(None)] == [error]


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://podcast.ausha.co/efus-podcast/safe-riga", Platform.AUSHA),
        ("https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk", Platform.SPOTIFY),
        ("https://WWW.YOUTUBE.COM./watch?v=dQw4w9WgXcQ", Platform.YOUTUBE),
        ("https://podcast.ausha.co.example.org/x", Platform.WEB),
        ("https://example.org/podcast.ausha.co", Platform.WEB),
        ("", Platform.WEB),
        ("https://[broken", Platform.WEB),
    ],
)
def test_an_address_names_the_platform_by_its_host(address, platform):
    assert platform_at(address) is platform


def test_own_files_and_other_websites_lack_nothing():
    assert Platform.FILE.spec == Platform.WEB.spec == PlatformSpec()
