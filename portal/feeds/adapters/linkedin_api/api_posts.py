"""What a post of the API becomes: its "little text" as plain text, with what the post points at (feeds.md 2.2)."""

import re

from portal.feeds.adapters.base import ItemValues
from portal.feeds.adapters.http_responses import at_path
from portal.feeds.choices import KindGuess, Reason
from portal.feeds.platforms.linkedin.post_ids import post_in
from portal.feeds.platforms.linkedin.post_values import post_values, title_of
from portal.feeds.reading.item_ids import stand_in_id
from portal.feeds.reading.text import clean_text, clean_title

# A hashtag, a mention of a page or a member, an escaped character.
_LITTLE = re.compile(
    r"\{hashtag\|\\?#\|(?P<tag>(?:[^{}|\\]|\\.)+)\}"
    r"|@\[(?P<name>(?:[^\[\]\\]|\\.)+)\]\([^()]*\)"
    r"|\\(?P<plain>[^\w\s]|_)"
)
_ESCAPED = re.compile(r"\\(.)")


def item_values(post: dict, organization: str) -> ItemValues | None:
    """The values of a post; None for what is not published, or not by this page: nobody else's posts are kept."""
    if post.get("lifecycleState", "PUBLISHED") != "PUBLISHED" or not _is_by(post.get("author"), organization):
        return None
    number, words = post_in(_string(post, "id")), plain_text(_string(post, "commentary")).strip()
    attached = "\n".join(line for line in _attached(post) if line and line not in words)
    parent = post_in(_string(post, "reshareContext", "parent"))
    text = "\n\n".join(part for part in (words, attached, parent.url if parent else "") if part)
    title = title_of(words) or title_of(attached) or clean_title(_string(post, "content", "media", "title"))
    if number is None:
        # It cannot be known again by what it says of itself: set apart, once.
        name = stand_in_id(title, text, None)
        return ItemValues(name, title, clean_text(text), "", "", None, None, KindGuess.OTHER, Reason.NO_URN)
    if parent and not title:
        return post_values(number, title, text, reason=Reason.RESHARE)
    hidden = _string(post, "visibility") not in ("", "PUBLIC")
    return post_values(number, title, text, reason=Reason.NOT_PUBLIC if hidden and title else "")


def plain_text(little: str) -> str:
    """The words of LinkedIn's own markup: hashtags with their sign, names without their number, nothing escaped."""

    def words(found: re.Match) -> str:
        if found["tag"]:
            return "#" + _ESCAPED.sub(r"\1", found["tag"])
        return _ESCAPED.sub(r"\1", found["name"]) if found["name"] else found["plain"]

    return _LITTLE.sub(words, little)


def _attached(post: dict) -> list[str]:
    """What a post has beside its words: an article, a poll, an event; what it points at can be the recording itself."""
    options = at_path(post, "content", "poll", "options")
    event = post_in(_string(post, "content", "reference", "id"))
    return [
        _string(post, "content", "article", "title"),
        _string(post, "content", "article", "source"),
        _string(post, "content", "poll", "question"),
        *(f"– {_string(option, 'text')}" for option in (options if isinstance(options, list) else ())),
        event.url if event else "",
    ]


def _is_by(author, organization: str) -> bool:
    """Whether a post is the page's own. A list of one author's posts may leave the author out."""
    number = organization.rsplit(":", 1)[-1]
    return author is None or author in (f"urn:li:{sort}:{number}" for sort in ("organization", "organizationalPage"))


def _string(value, *path: str) -> str:
    found = at_path(value, *path)
    return found if isinstance(found, str) else ""
