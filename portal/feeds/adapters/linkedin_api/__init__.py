"""The posts of a LinkedIn page from LinkedIn's API, with the permission of its administrator (docs/feed-rules.md 2.2).

Every pull reads all posts of the page, a hundred with each request. Comments, likes and pictures, whose addresses
expire, are neither requested nor stored.
"""

import re
from hashlib import sha256
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import DAY_S, Adapter, PullResult, Source
from portal.feeds.adapters.linkedin_api import connection, oauth
from portal.feeds.adapters.linkedin_api.api_posts import read_post
from portal.feeds.adapters.linkedin_api.client import Client
from portal.feeds.adapters.linkedin_api.page_posts import POST_READERS
from portal.feeds.errors import UnusableDocument
from portal.feeds.item_values import ItemValues
from portal.feeds.reading.dates import EARLIEST

_NUMBER = re.compile(
    r"(?:urn:li:(?:organization|organizationalPage|company):|https?://(?:[a-z]+\.)?linkedin\.com/company/)?([0-9]{1,15})"
    r"(?:[/?#].*)?"
)


class LinkedinApi(Adapter):
    """Adapter for `linkedin_api` sources; their `config` is the URN of an organisation."""

    kind = "linkedin_api"
    label = _("LinkedIn page (LinkedIn's API, with the permission of its administrator)")
    asks_for = _("The number of the page: what stands after /company/ in the address of its administrators' view.")
    note = _(
        "The posts of the page, asked once a day. It needs an app at LinkedIn, and somebody who administers the page "
        "and connects it here; see docs/feeds.md."
    )
    needs_connection = True
    rank = 2
    interval_s = DAY_S

    def clean_config(self, config: str) -> str:
        """Return the URN of the organisation that staff entered as number, URN or address. Raises ValidationError."""
        match = _NUMBER.fullmatch(unquote(config.strip()))
        if match is None:
            raise ValidationError(
                _(
                    "Enter the number of the page. Its administrators find it in the address of the page: "
                    "linkedin.com/company/1234567/admin/."
                ),
                code="not_a_page",
            )
        return f"urn:li:organization:{match[1]}"

    def fetch(self, source: Source) -> PullResult:
        """Return all posts of the page, or fail: an incomplete list is not used."""
        client = Client(connection.access_token_for(source))
        try:
            posts, is_complete = POST_READERS[settings.LINKEDIN_PRODUCT](client, source.config)
        except UnusableDocument as error:
            if error.status == 401:
                connection.mark_refused(source)
            raise
        by_id: dict[str, ItemValues] = {}
        for post in posts:
            if (values := read_post(post, source.config)) is not None:
                by_id.setdefault(values.external_id, values)
        items = tuple(by_id.values())
        return PullResult(
            status=200,
            items=items,
            n_bytes=client.n_bytes,
            sha256=sha256(repr(items).encode()).hexdigest(),
            # An empty list does not prove that every post was removed.
            window_from=EARLIEST if is_complete and items else None,
        )

    def status(self, source: Source) -> list[tuple[str, str]]:
        app = _now("set") if oauth.is_configured() else _now("not set")
        return [(_now("App at LinkedIn"), app), (_now("Connection with LinkedIn"), connection.status_text(source))]

    def warning(self, source: Source) -> str:
        return connection.warning(source)
