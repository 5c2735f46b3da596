"""The posts of a LinkedIn page by LinkedIn's own API, with the permission of who administers that page (feeds.md 2.2).

Every pull reads all posts of the page: a request for each hundred. What LinkedIn says of a post besides its words
(comments, likes, pictures with addresses that expire) is neither asked for nor kept.
"""

import re
from hashlib import sha256
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.feeds.adapters.base import DAY_S, Adapter, Pulled, Unusable
from portal.feeds.adapters.linkedin_api import connection as permission
from portal.feeds.adapters.linkedin_api import oauth
from portal.feeds.adapters.linkedin_api.client import Client
from portal.feeds.adapters.linkedin_api.page_posts import READERS
from portal.feeds.adapters.linkedin_api.api_posts import item_values
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
    connects = True
    rank = 2
    interval_s = DAY_S

    def normalised(self, config: str) -> str:
        """The URN of the organisation that staff meant by a number, a URN or an address. Raises ValidationError."""
        found = _NUMBER.fullmatch(unquote(config.strip()))
        if found is None:
            raise ValidationError(
                _(
                    "Enter the number of the page. Its administrators find it in the address of the page: "
                    "linkedin.com/company/1234567/admin/."
                ),
                code="not_a_page",
            )
        return f"urn:li:organization:{found[1]}"

    def fetch(self, source) -> Pulled:
        """All posts of the page, or none: an answer that stops halfway is not used."""
        client = Client(permission.token_for(source))
        try:
            posts, whole = READERS[settings.LINKEDIN_PRODUCT](client, source.config)
        except Unusable as error:
            if error.status == 401:
                permission.note_refusal(source)
            raise
        found = {}
        for post in posts:
            if (values := item_values(post, source.config)) is not None:
                found.setdefault(values.external_id, values)
        items = tuple(found.values())
        return Pulled(
            status=200,
            items=items,
            n_bytes=client.n_bytes,
            sha256=sha256(repr(items).encode()).hexdigest(),
            # An empty list is no proof that everything is gone.
            window_from=EARLIEST if whole and items else None,
        )

    def status(self, source) -> list[tuple[str, str]]:
        """What the page of a source says beside its log."""
        app = _now("set") if oauth.ready() else _now("not set")
        return [(_now("App at LinkedIn"), app), (_now("Connection with LinkedIn"), permission.standing(source))]

    def warning(self, source) -> str:
        """That the permission ends soon, or has ended."""
        return permission.warning(source)
