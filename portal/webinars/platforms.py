"""Platforms on which a recording can be watched, or its session is announced: everything that the portal knows of each.

To add a platform, add a member to `Platform`. System checks (checks.py here, and those of feeds) say what it lacks.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PlatformSpec:
    """What the portal knows of a platform.

    An identity on it is `id_prefix`, a colon and its own id (`RecordingSource.external_id`). `id_pattern` is the form
    of that id, `id_in_file_name` where a caption file has it in its name (group 1). `watch_url` and `embed_url` hold
    {id}; only a platform with `embed_url` has videos that play here, with `embed_parameters` after a click. `hosts` are
    the hosts of its pages; a platform with nothing else is a website with a name, whose player no identity addresses.
    `announces` is for a platform of which the posts announce a session: they are its recording only where no video is
    known. `answers_checks` is whether its pages tell a check (portal/links) that a recording is there: those of YouTube
    answer for a deleted video too, those of LinkedIn to nobody without an account.
    """

    id_prefix: str = ""
    id_pattern: str = ""
    id_in_file_name: str = ""
    watch_url: str = ""
    embed_url: str = ""
    embed_parameters: str = ""
    hosts: tuple[str, ...] = ()
    announces: bool = False
    answers_checks: bool = True

    @property
    def embed_origin(self) -> str:
        """The origin of the frame in which its videos play; empty without one."""
        parts = urlsplit(self.embed_url)
        return f"{parts.scheme}://{parts.netloc}" if self.embed_url else ""


class Platform(models.TextChoices):
    """The platforms: the code in the database, the spec (own files and other websites have none) and the label."""

    spec: PlatformSpec

    YOUTUBE = (
        "youtube",
        PlatformSpec(
            id_prefix="yt",
            id_pattern=r"[A-Za-z0-9_-]{11}",
            id_in_file_name=r"(?:^|\[)([\w-]{11})\]?$",
            watch_url="https://www.youtube.com/watch?v={id}",
            embed_url="https://www.youtube-nocookie.com/embed/{id}",
            embed_parameters="autoplay=1&rel=0&start=0",
            hosts=(
                "youtube.com",
                "www.youtube.com",
                "m.youtube.com",
                "youtu.be",
                "youtube-nocookie.com",
                "www.youtube-nocookie.com",
            ),
            answers_checks=False,
        ),
        "YouTube",
    )
    LINKEDIN = (
        "linkedin",
        PlatformSpec(
            id_prefix="li",
            id_pattern=r"[0-9]{15,19}",
            id_in_file_name=r"(?:^|\D)(\d{15,19})\]?$",
            watch_url="https://www.linkedin.com/feed/update/urn:li:activity:{id}/",
            hosts=("linkedin.com", "www.linkedin.com"),
            announces=True,
            answers_checks=False,
        ),
        "LinkedIn",
    )
    AUSHA = "ausha", PlatformSpec(hosts=("podcast.ausha.co",)), "Ausha"
    SPOTIFY = "spotify", PlatformSpec(hosts=("open.spotify.com",)), "Spotify"
    FILE = "file", _("own file")
    WEB = "web", _("another website")

    def __new__(cls, code: str, spec: PlatformSpec = PlatformSpec()) -> "Platform":  # noqa: B008 (it is frozen)
        member = str.__new__(cls, code)
        member._value_ = code
        member.spec = spec
        return member

    def video_id(self, external_id: str) -> str:
        """The platform's own id in an identity; empty when the identity is not one of its videos or posts."""
        prefix, _colon, own_id = external_id.partition(":")
        is_own = self.spec.id_pattern and prefix == self.spec.id_prefix and re.fullmatch(self.spec.id_pattern, own_id)
        return own_id if is_own else ""

    def watch_url(self, own_id: str) -> str:
        """The public address of a video or post; empty for a platform that has none."""
        return self.spec.watch_url.format(id=own_id)

    def embed_url(self, own_id: str) -> str:
        """The address of the player of a video; empty for a platform whose videos do not play here."""
        return self.spec.embed_url.format(id=own_id)


# Of which the videos play in a page of the portal, after a click.
EMBEDDED = tuple(platform for platform in Platform if platform.spec.embed_url)
# Of which the recordings open on their own page.
OPENED_THERE = tuple(platform for platform in Platform if platform not in EMBEDDED and platform != Platform.FILE)
EMBED_ORIGINS = tuple(platform.spec.embed_origin for platform in EMBEDDED)


def platform_of(external_id: str) -> Platform:
    """The platform that an identity belongs to, by its prefix; another website when no platform has that prefix."""
    prefix = external_id.partition(":")[0]
    return next((one for one in Platform if one.spec.id_prefix and one.spec.id_prefix == prefix), Platform.WEB)


def platform_at(address: str) -> Platform:
    """The platform that has a page like this one; another website when none has."""
    try:
        host = (urlsplit(address).hostname or "").removesuffix(".")
    except ValueError:  # a bracket that nobody closed
        return Platform.WEB
    return next((one for one in Platform if host in one.spec.hosts), Platform.WEB)
