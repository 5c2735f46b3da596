"""LinkedIn's numbers: a post is known by its number alone, in whatever address or URN it stands (feeds.md 2.1).

Nothing is ever asked of LinkedIn here. The first 41 of the 63 bits of a number are the milliseconds since 1970 at
which the post was made; a scheduled post appears later than that.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from django.utils import timezone

HOSTS = ("linkedin.com", "www.linkedin.com")
FIRST_POST = datetime(2003, 5, 5, tzinfo=UTC)

_NUMBER = r"([0-9]{15,19})"
# In this order: a comment and the post of a group hold other numbers too.
_FORMS = (
    re.compile(rf"urn:li:comment:\((?:urn:li:)?(activity|share|ugcPost|groupPost:[0-9]+-):?{_NUMBER}"),
    re.compile(rf"urn:li:(groupPost:[0-9]+-){_NUMBER}"),
    re.compile(rf"urn:li:(activity|share|ugcPost|event|groupPost):{_NUMBER}"),
    re.compile(rf"linkedin\.com/posts/\S*?[-_](activity|share|ugcPost)-{_NUMBER}(?![0-9])"),
    re.compile(rf"linkedin\.com/(events?)/(?:[^/\s?#]*?[^\d/])?{_NUMBER}(?![0-9])"),
)


@dataclass(frozen=True)
class Post:
    """A post or an event: its number, and what LinkedIn calls it (activity, share, ugcPost, event, "groupPost:7-")."""

    sort: str
    number: str

    @property
    def external_id(self) -> str:
        return f"li:{self.number}"

    @property
    def url(self) -> str:
        """Its public address."""
        if self.sort == "event":
            return f"https://www.linkedin.com/events/{self.number}/"
        return f"https://www.linkedin.com/feed/update/urn:li:{self.sort}{self._joint}{self.number}/"

    @property
    def _joint(self) -> str:
        return "" if self.sort.endswith("-") else ":"

    @property
    def moment(self) -> datetime | None:
        """When it was made, to the second; None when the number cannot be that of a post."""
        found = datetime.fromtimestamp((int(self.number) >> 22) // 1000, UTC)
        return found if FIRST_POST <= found <= timezone.now() + timedelta(days=1) else None


def post_in(written: str) -> Post | None:
    """The first post that an address, a URN or a text names; None when there is none.

    A number that cannot be a moment is no post: it was mistyped, or belongs to something else.
    """
    return next(iter(posts_in(written)), None)


def posts_in(*written: str) -> list[Post]:
    """All posts that some texts name, each number once."""
    found: dict[str, Post] = {}
    for text in written:
        text = unquote(text)
        for form in _FORMS:
            for sort, number in form.findall(text):
                post = Post("event" if sort == "events" else sort, number)
                if post.moment is not None:
                    found.setdefault(number, post)
    return list(found.values())
