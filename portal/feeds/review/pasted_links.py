"""A place to watch that staff paste by hand: the way in that needs no feed and no key (feeds.md 2.1 and 2.4).

LinkedIn has no public feed, so this is how its posts come in. Nothing is asked of LinkedIn: the number of a post holds
the moment at which it was made.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.feeds.choices import ItemState
from portal.feeds.models import Item
from portal.feeds.platforms.linkedin.ids import post_in
from portal.feeds.platforms.youtube.ids import PAGES, video_in
from portal.feeds.pulling.posters import fetch_poster
from portal.feeds.reading.text import clean_text, clean_title
from portal.feeds.review.recording_drafts import draft_recording, first_state, keep_poster
from portal.webinars.models import Recording, RecordingSource
from portal.webinars.platforms import Platform

# Where one address ends and the next begins: between words, also when a field that has one line glued them together.
_BETWEEN = re.compile(
    r"[\s<>\"'|]+|[,;](?=\s|$|https?:|www\.|urn:|(?:m\.)?youtu)|(?<=[^=\s])(?=https?://)|(?<=[\d)])(?=urn:li:)"
)
_WITHOUT_SCHEME = re.compile(
    r"(?:(?:www\.|m\.)?youtube\.com|youtu\.be|(?:www\.)?linkedin\.com|lnkd\.in)/", re.IGNORECASE
)
_OF_LINKEDIN = re.compile(r"urn:li:\w+:|[-_](?:activity|share|ugcPost)-\d|linkedin\.com/events?/")


@dataclass(frozen=True)
class Place:
    """Where something can be watched or was announced. `moment` is when a LinkedIn post was made, about.

    `beside` are other addresses that were pasted with it, and which are no place.
    """

    platform: str
    external_id: str
    url: str
    moment: datetime | None = None
    beside: tuple[str, ...] = ()


def read_place(written: str) -> Place:
    """The one place that an address, a LinkedIn URN or a text with one of them means.

    Raises ValidationError with what to do instead, also when it means several: none of them vanishes without a word.
    """
    places: dict[str, Place] = {}
    beside = []
    for word in filter(None, _BETWEEN.split(written)):
        if (place := _place_in(word)) is not None:
            places.setdefault(place.external_id, place)
        elif word.startswith(("http://", "https://", "www.")):
            beside.append(word)
    if len(places) > 1:
        raise ValidationError(
            _(
                "These are several addresses: %(addresses)s. Paste one at a time; what belongs to the same recording "
                "is added afterwards under “Places to watch”."
            ),
            code="several",
            params={"addresses": ", ".join(place.url for place in places.values())},
        )
    if not places:
        raise ValidationError(
            _(
                "This is no address of a YouTube video or a LinkedIn post. Copy it from the address bar of the video, "
                "or from the menu of the post with “Copy link to post”."
            ),
            code="no_place",
        )
    (place,) = places.values()
    return replace(place, beside=tuple(dict.fromkeys(beside)))


def _place_in(word: str) -> Place | None:
    """The place that a word means; None when it is nothing of YouTube or LinkedIn.

    Raises ValidationError for what is of theirs and yet no place.
    """
    word = unquote(word)
    if _WITHOUT_SCHEME.match(word):
        word = f"https://{word}"
    if post := post_in(word):
        return Place(Platform.LINKEDIN, post.external_id, post.url, post.moment)
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
    # A sentence may end right after an address.
    if video := video_in(word) or video_in(word.rstrip(".,;:!?)")):
        return Place(Platform.YOUTUBE, f"yt:{video}", f"https://www.youtube.com/watch?v={video}")
    if host in PAGES and "list" in parse_qs(parts.query):
        raise ValidationError(
            _("This is a playlist, not one video. Add it under Feeds → Sources, and its videos come in to review."),
            code="playlist",
        )
    return None


def add_place(place: Place, user, *, title: str = "", text: str = "", recording: Recording | None = None) -> Recording:
    """Give a recording one more place, or make a draft recording for it; returns the recording.

    `title` and `text` are what the place itself says. An item of a feed about the same video counts as accepted from
    then on. Raises ValidationError when a recording has this place already.
    """
    title, text = clean_title(title), clean_text(text)
    poster = None
    if recording is None and place.platform == Platform.YOUTUBE:
        poster = fetch_poster(f"https://i.ytimg.com/vi/{place.external_id.removeprefix('yt:')}/hqdefault.jpg")
    with transaction.atomic():
        taken = RecordingSource.objects.filter(external_id=place.external_id).select_related("recording").first()
        if taken:
            message = _("“%(recording)s” has this place already.")
            raise ValidationError(message, code="taken", params={"recording": taken.recording})
        if recording is None:
            picture = keep_poster(poster, title, "YouTube", place.url, place.external_id, user)
            recording = draft_recording(
                title,
                place.external_id,
                user,
                text=text,
                state=first_state(place.platform, place.moment),
                announced_at=place.moment,
                poster=picture,
            )
        RecordingSource.objects.create(
            recording=recording,
            platform=place.platform,
            external_id=place.external_id,
            url=place.url,
            title=title,
            text=text,
            published_at=place.moment,
        )
        Item.objects.filter(external_id=place.external_id).update(state=ItemState.ACCEPTED, recording=recording)
        log(instance=recording, action="feeds.add_place", user=user, data={"place": place.external_id})
    return recording
