"""Any other RSS, Atom or JSON Feed: of a website, PeerTube, Vimeo, Zenodo, or a paid bridge.

Whether a feed may be used is for the operator to decide (docs/feed-rules.md 2.4). Posts of LinkedIn that come through a
bridge are identified by LinkedIn's numbers and not by the bridge's ids (`entries.py`).
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.http.client import TOTAL_S, FetchError, fetch
from portal.core.http.client_rules import check_url
from portal.feeds.adapters.base import Adapter, PullResult, Source
from portal.feeds.adapters.http_responses import not_modified_result, pull_result, raise_for_status
from portal.feeds.adapters.web_feed.entries import read_entries
from portal.feeds.adapters.web_feed.json_feed import parse_json_feed
from portal.feeds.adapters.web_feed.xml_feed import parse_xml_feed
from portal.feeds.errors import UnusableDocument
from portal.feeds.platforms.youtube.video_ids import HOSTS as YOUTUBE_HOSTS
from portal.feeds.reading.xml_document import decoded

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, "
    "*/*;q=0.1"
)


class WebFeed(Adapter):
    """Adapter for `web_feed` sources; their `config` is the address of the feed."""

    kind = "web_feed"
    label = _("Other feed (RSS, Atom or JSON Feed)")
    asks_for = _("The address of the feed itself, which begins with https://.")
    note = _(
        "Whether its maker allows this use is for you to know. LinkedIn has no feed of its own; what a paid service "
        "makes of LinkedIn is recognised by the number of each post, and set apart where there is none."
    )
    total_s = TOTAL_S  # the deadline of one pull

    def clean_config(self, config: str) -> str:
        """Return the address of a feed without its fragment. Raises ValidationError."""
        config = config.strip()
        try:
            parts = check_url(config)
        except FetchError as error:
            raise ValidationError(str(error), code=error.code) from error
        if parts.hostname in YOUTUBE_HOSTS:
            raise ValidationError(_("This is YouTube: choose the kind of source for YouTube."), code="youtube")
        if re.search(r"(^|\.)linkedin\.com$", parts.hostname or ""):
            raise ValidationError(
                _("LinkedIn has no feed. Paste the address of a post instead, or import LinkedIn's own export file."),
                code="linkedin",
            )
        return parts._replace(fragment="").geturl()

    def fetch(self, source: Source) -> PullResult:
        """Return the entries of the feed, each id once. Raises UnusableDocument or FetchError."""
        answer = fetch(
            source.config,
            accept=ACCEPT,
            etag=source.etag,
            last_modified=source.last_modified,
            total_s=self.total_s,
        )
        if answer.not_modified:
            return not_modified_result(answer)
        raise_for_status(answer)
        content_type = answer.headers.get("content-type", "")
        try:
            text = decoded(answer.body, content_type).lstrip("\ufeff \t\r\n\x00")
            if text.startswith("{"):
                feed, salvaged = parse_json_feed(text, answer.url), False
            else:
                feed, salvaged = parse_xml_feed(answer.body, content_type, answer.url, source.config)
        except UnusableDocument as error:
            raise error.with_response(answer) from error
        read = read_entries(feed, source.memory)
        return pull_result(answer, read.items, salvaged=salvaged, remarks=read.remarks, memory=read.memory)
