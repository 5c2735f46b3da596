"""The item values of a LinkedIn post from any kind of source: its id and date are in its number.

See docs/feed-rules.md 2.1.
"""

from collections.abc import Iterable

from portal.feeds.choices import Reason
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.linkedin.post_ids import Post
from portal.feeds.reading.kind_guess import guess_item_kind
from portal.feeds.reading.text import clean_text, clean_title

FIRST_LINE = 150


def post_values(post: Post, title: str, text: str, *, others: Iterable[Post] = (), reason: str = "") -> ItemValues:
    """Return the values of a post; `others` are further numbers of it. Without a title it is quarantined."""
    title, text = clean_title(title), clean_text(text)
    return ItemValues(
        external_id=post.external_id,
        aliases=tuple(other.external_id for other in others),
        title=title,
        text=text,
        url=post.url,
        published_at=post.created_at,
        kind_guess=guess_item_kind(title, text),
        reason=reason or ("" if title else Reason.NO_TITLE),
    )


def title_of(text: str) -> str:
    """Return the beginning of a text as a title, for a post without one."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return clean_title(first[:FIRST_LINE])
