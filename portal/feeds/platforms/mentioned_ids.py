"""The ids of videos and posts that a text names, on every platform that the portal knows.

What the portal knows of a platform itself is one entry in `portal.webinars.platforms`. To find its ids in texts and
addresses, add a function to `FINDERS`; a system check names a platform without one (`portal.feeds.checks`).
"""

import re
from collections.abc import Callable, Iterable

from portal.feeds.platforms.linkedin.post_ids import find_posts
from portal.feeds.platforms.youtube.video_ids import external_id_of, find_video_id
from portal.webinars.platforms import Platform, platform_of

ADDRESS = re.compile(r"https?://[^\s<>\"'\]]+")


def _posts(text: str) -> Iterable[str]:
    return (post.external_id for post in find_posts(text))


def _videos(text: str) -> Iterable[str]:
    addresses = (address.rstrip(".,;:!?)") for address in ADDRESS.findall(text))
    return (external_id_of(video) for address in addresses if (video := find_video_id(address)))


FINDERS: dict[str, Callable[[str], Iterable[str]]] = {Platform.YOUTUBE: _videos, Platform.LINKEDIN: _posts}


def mentioned_ids(*texts: str) -> set[str]:
    """Return the ids of the videos and posts that some texts name."""
    return {name for text in texts for find in FINDERS.values() for name in find(text)}


def public_url(external_id: str) -> str:
    """Return the public address of a video or post; "" for an id outside the platforms."""
    return platform_of(external_id).watch_url(external_id.partition(":")[2])
