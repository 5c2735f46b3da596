"""What a post of LinkedIn becomes, whichever way it came: known and dated by its number alone (feeds.md 2.1)."""

from collections.abc import Iterable

from portal.feeds.adapters.base import ItemValues
from portal.feeds.choices import Reason
from portal.feeds.platforms.linkedin.post_ids import Post
from portal.feeds.reading.kind_guess import guess_kind
from portal.feeds.reading.text import clean_text, clean_title

FIRST_LINE = 150


def post_values(post: Post, title: str, text: str, *, others: Iterable[Post] = (), reason: str = "") -> ItemValues:
    """The values of a post; `others` are further numbers of the same post. Without a title it is set apart."""
    title, text = clean_title(title), clean_text(text)
    return ItemValues(
        external_id=post.external_id,
        aliases=tuple(other.external_id for other in others),
        title=title,
        text=text,
        url=post.url,
        thumbnail_url="",
        published_at=post.moment,
        updated_at=None,
        kind_guess=guess_kind(title, text),
        reason=reason or ("" if title else Reason.NO_TITLE),
    )


def title_of(text: str) -> str:
    """The beginning of a text as its title, for a message that has none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return clean_title(first[:FIRST_LINE])
