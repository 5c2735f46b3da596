"""Turns a post of the API into item values, with LinkedIn's "little text" as plain text (docs/feed-rules.md 2.2)."""

import re
from typing import Any

from portal.feeds.adapters.http_responses import value_at
from portal.feeds.choices import KindGuess, Reason
from portal.feeds.item_values import ItemValues
from portal.feeds.platforms.linkedin.post_ids import find_post
from portal.feeds.platforms.linkedin.post_values import post_values, title_of
from portal.feeds.reading.item_ids import fallback_id
from portal.feeds.reading.text import clean_text, clean_title

# A hashtag, a mention of a page or a member, or an escaped character.
_LITTLE_TEXT = re.compile(
    r"\{hashtag\|\\?#\|(?P<tag>(?:[^{}|\\]|\\.)+)\}"
    r"|@\[(?P<name>(?:[^\[\]\\]|\\.)+)\]\([^()]*\)"
    r"|\\(?P<plain>[^\w\s]|_)"
)
_ESCAPED = re.compile(r"\\(.)")


def read_post(post: dict, organization: str) -> ItemValues | None:
    """Return the values of a post; None if it is not published, or not by this page."""
    if post.get("lifecycleState", "PUBLISHED") != "PUBLISHED" or not _is_by(post.get("author"), organization):
        return None
    number, words = find_post(_string(post, "id")), plain_text(_string(post, "commentary")).strip()
    attached = "\n".join(line for line in _attached(post) if line and line not in words)
    parent = find_post(_string(post, "reshareContext", "parent"))
    text = "\n\n".join(part for part in (words, attached, parent.url if parent else "") if part)
    title = title_of(words) or title_of(attached) or clean_title(_string(post, "content", "media", "title"))
    if number is None:
        # Nothing in it identifies it in the next pull.
        return ItemValues(
            external_id=fallback_id(title, text, None),
            title=title,
            text=clean_text(text),
            url="",
            kind_guess=KindGuess.OTHER,
            reason=Reason.NO_URN,
        )
    if parent and not title:
        return post_values(number, title, text, reason=Reason.RESHARE)
    is_hidden = _string(post, "visibility") not in ("", "PUBLIC")
    return post_values(number, title, text, reason=Reason.NOT_PUBLIC if is_hidden and title else "")


def plain_text(little_text: str) -> str:
    """Return LinkedIn's markup as plain text: hashtags with their sign, names without their number, nothing escaped."""

    def as_plain(match: re.Match[str]) -> str:
        if match["tag"]:
            return "#" + _ESCAPED.sub(r"\1", match["tag"])
        return _ESCAPED.sub(r"\1", match["name"]) if match["name"] else match["plain"]

    return _LITTLE_TEXT.sub(as_plain, little_text)


def _attached(post: dict) -> list[str]:
    """Return the texts and addresses of what is attached to a post; an address may lead to the recording itself."""
    options = value_at(post, "content", "poll", "options")
    event = find_post(_string(post, "content", "reference", "id"))
    return [
        _string(post, "content", "article", "title"),
        _string(post, "content", "article", "source"),
        _string(post, "content", "poll", "question"),
        *(f"– {_string(option, 'text')}" for option in (options if isinstance(options, list) else ())),
        event.url if event else "",
    ]


def _is_by(author: Any, organization: str) -> bool:
    """Return whether a post is the page's own. A list of one author's posts may leave the author out."""
    number = organization.rsplit(":", 1)[-1]
    return author is None or author in (f"urn:li:{name}:{number}" for name in ("organization", "organizationalPage"))


def _string(document: Any, *path: str) -> str:
    value = value_at(document, *path)
    return value if isinstance(value, str) else ""
