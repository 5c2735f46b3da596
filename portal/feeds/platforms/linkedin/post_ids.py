"""Finds the number of a LinkedIn post in an address or URN; the number alone identifies the post.

The rules: docs/feed-rules.md 2.1.

No request is made. The first 41 of the 63 bits of a number are the milliseconds since 1970 at which the post was
created; a scheduled post appears later than that.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from django.utils import timezone

from portal.webinars.platforms import Platform

FIRST_POST = datetime(2003, 5, 5, tzinfo=UTC)

_NUMBER = r"([0-9]{15,19})"
# In this order, because the URNs of comments and of posts in groups hold other numbers too.
_FORMS = (
    re.compile(rf"urn:li:comment:\((?:urn:li:)?(activity|share|ugcPost|groupPost:[0-9]+-):?{_NUMBER}"),
    re.compile(rf"urn:li:(groupPost:[0-9]+-){_NUMBER}"),
    re.compile(rf"urn:li:(activity|share|ugcPost|event|groupPost):{_NUMBER}"),
    re.compile(rf"linkedin\.com/posts/\S*?[-_](activity|share|ugcPost)-{_NUMBER}(?![0-9])"),
    re.compile(rf"linkedin\.com/(events?)/(?:[^/\s?#]*?[^\d/])?{_NUMBER}(?![0-9])"),
)


@dataclass(frozen=True)
class Post:
    """A post or an event: its number, and LinkedIn's type (activity, share, ugcPost, event, "groupPost:7-")."""

    type: str
    number: str

    @property
    def external_id(self) -> str:
        return f"{Platform.LINKEDIN.spec.id_prefix}:{self.number}"

    @property
    def url(self) -> str:
        """Its public address."""
        if self.type == "event":
            return f"https://www.linkedin.com/events/{self.number}/"
        separator = "" if self.type.endswith("-") else ":"
        return f"https://www.linkedin.com/feed/update/urn:li:{self.type}{separator}{self.number}/"

    @property
    def created_at(self) -> datetime | None:
        """When it was created, to the second; None if the number cannot be that of a post."""
        created = datetime.fromtimestamp((int(self.number) >> 22) // 1000, UTC)
        return created if FIRST_POST <= created <= timezone.now() + timedelta(days=1) else None


def find_post(written: str) -> Post | None:
    """Return the first post that an address, a URN or a text names; None if there is none.

    A number that holds no possible date is no post: it was mistyped, or belongs to something else.
    """
    return next(iter(find_posts(written)), None)


def find_posts(*written: str) -> list[Post]:
    """Return all posts that some texts name, each number once."""
    posts: dict[str, Post] = {}
    for text in written:
        text = unquote(text)
        for form in _FORMS:
            for post_type, number in form.findall(text):
                post = Post("event" if post_type == "events" else post_type, number)
                if post.created_at is not None:
                    posts.setdefault(number, post)
    return list(posts.values())
