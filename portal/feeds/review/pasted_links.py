"""Adds a video or post whose address staff paste, without a feed or key (docs/feed-rules.md 2.1 and 2.4).

LinkedIn has no public feed, so this is how its posts come in. No request is made to LinkedIn: the number of a post
holds the time of its creation.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.core.models import User
from portal.feeds.choices import ItemState
from portal.feeds.models import Item
from portal.feeds.platforms.linkedin.post_ids import find_post
from portal.feeds.platforms.youtube.video_ids import (
    PAGE_HOSTS,
    external_id_of,
    find_video_id,
    thumbnail_url_of,
    watch_url,
)
from portal.feeds.reading.text import clean_text, clean_title
from portal.feeds.review.poster_download import fetch_poster
from portal.feeds.review.recording_drafts import create_draft_recording, initial_state, store_poster
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform

# Separates addresses, also those that a field of one line has joined.
_SEPARATOR = re.compile(
    r"[\s<>\"'|]+|[,;](?=\s|$|https?:|www\.|urn:|(?:m\.)?youtu)|(?<=[^=\s])(?=https?://)|(?<=[\d)])(?=urn:li:)"
)
_WITHOUT_SCHEME = re.compile(
    r"(?:(?:www\.|m\.)?youtube\.com|youtu\.be|(?:www\.)?linkedin\.com|lnkd\.in)/", re.IGNORECASE
)
_OF_LINKEDIN = re.compile(r"urn:li:\w+:|[-_](?:activity|share|ugcPost)-\d|linkedin\.com/events?/")


@dataclass(frozen=True)
class PastedLink:
    """The address of a video or post. `created_at` is roughly when a LinkedIn post was made.

    `ignored` are other addresses that were pasted with it and are neither.
    """

    platform: Platform
    external_id: str
    url: str
    created_at: datetime | None = None
    ignored: tuple[str, ...] = ()


def parse_pasted_link(written: str) -> PastedLink:
    """Return the link in an address, a LinkedIn URN or a text with one of them.

    Raises ValidationError with what to do instead, also if there are several links, so that none is lost silently.
    """
    links: dict[str, PastedLink] = {}
    ignored = []
    for word in filter(None, _SEPARATOR.split(written)):
        if (link := _parse_word(word)) is not None:
            links.setdefault(link.external_id, link)
        elif word.startswith(("http://", "https://", "www.")):
            ignored.append(word)
    if len(links) > 1:
        raise ValidationError(
            _(
                "These are several addresses: %(addresses)s. Paste one at a time; what belongs to the same recording "
                "is added afterwards under “Places to watch”."
            ),
            code="several",
            params={"addresses": ", ".join(link.url for link in links.values())},
        )
    if not links:
        raise ValidationError(
            _(
                "This is no address of a YouTube video or a LinkedIn post. Copy it from the address bar of the video, "
                "or from the menu of the post with “Copy link to post”."
            ),
            code="no_place",
        )
    (link,) = links.values()
    return replace(link, ignored=tuple(dict.fromkeys(ignored)))


def _parse_word(word: str) -> PastedLink | None:
    """Return the link in a word; None if it has nothing to do with YouTube or LinkedIn.

    Raises ValidationError for an address of theirs that is no video or post.
    """
    word = unquote(word)
    if _WITHOUT_SCHEME.match(word):
        word = f"https://{word}"
    if post := find_post(word):
        return PastedLink(Platform.LINKEDIN, post.external_id, post.url, post.created_at)
    if _OF_LINKEDIN.search(word):
        raise ValidationError(_("The number in this LinkedIn address cannot be that of a post."), code="no_post")
    try:
        parts = urlsplit(word)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    if host == "lnkd.in":
        raise ValidationError(
            _("This is a short address, which is not followed. Open it, and copy the address that the browser shows."),
            code="short_address",
        )
    # The address may end a sentence.
    if video := find_video_id(word) or find_video_id(word.rstrip(".,;:!?)")):
        return PastedLink(Platform.YOUTUBE, external_id_of(video), watch_url(video))
    if host in PAGE_HOSTS and "list" in parse_qs(parts.query):
        raise ValidationError(
            _("This is a playlist, not one video. Add it under Feeds → Sources, and its videos come in to review."),
            code="playlist",
        )
    return None


def add_video_link(
    link: PastedLink, user: User | None, *, title: str = "", text: str = "", recording: Recording | None = None
) -> Recording:
    """Add a video link to a recording, or make a draft recording for it. Returns the recording.

    `title` and `text` are those of the source. A feed item about the same video counts as accepted from then on.
    Raises ValidationError if a recording has this link already.
    """
    title, text = clean_title(title), clean_text(text)
    poster = None
    if recording is None and link.platform == Platform.YOUTUBE:
        poster = fetch_poster(thumbnail_url_of(link.platform.video_id(link.external_id)))
    with transaction.atomic():
        existing = RecordingSource.objects.filter(external_id=link.external_id).select_related("recording").first()
        if existing:
            message = _("“%(recording)s” has this place already.")
            raise ValidationError(message, code="taken", params={"recording": existing.recording})
        if recording is None:
            recording = create_draft_recording(
                title,
                link.external_id,
                user,
                text=text,
                state=initial_state(link.platform, link.created_at),
                announced_at=link.created_at,
                poster=store_poster(poster, title, "YouTube", link.url, link.external_id, user),
            )
        RecordingSource.objects.create(
            recording=recording,
            platform=link.platform,
            external_id=link.external_id,
            url=link.url,
            title=title,
            text=text,
            published_at=link.created_at,
        )
        Item.objects.filter(external_id=link.external_id).update(state=ItemState.ACCEPTED, recording=recording)
        log(instance=recording, action="feeds.add_place", user=user, data={"place": link.external_id})
    return recording
