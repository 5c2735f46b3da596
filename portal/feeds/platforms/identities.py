"""The platform that an identity like "yt:…" or "li:…" belongs to, and its public address there."""

from portal.feeds.platforms.linkedin.post_ids import Post
from portal.webinars.platforms import Platform


def platform_of(external_id: str) -> str:
    """The platform that an identity belongs to, by its prefix."""
    return {"yt": Platform.YOUTUBE, "li": Platform.LINKEDIN}.get(external_id.split(":")[0], Platform.WEB)


def public_url(external_id: str) -> str:
    """The public address of an identity of YouTube or LinkedIn, "" for any other."""
    prefix, _colon, name = external_id.partition(":")
    if prefix == "yt":
        return f"https://www.youtube.com/watch?v={name}"
    return Post("activity", name).url if prefix == "li" else ""
