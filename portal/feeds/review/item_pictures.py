"""The small pictures of items that wait for a decision: fetched by the job runner, deleted after the decision."""

import io
import logging
from collections import Counter
from collections.abc import Iterator

from PIL import Image

from portal.core.http.client import FetchFailedError, FetchRefusedError, fetch
from portal.feeds.choices import UNDECIDED_STATES
from portal.feeds.models import Item, ItemPicture
from portal.feeds.review.poster_download import MAX_BYTES, TYPES, PosterError, allowed_hosts_for, reencode

logger = logging.getLogger(__name__)

MAX_PICTURES = 50  # a page of the list
MAX_ITEMS = 1000  # that are tried for those
TOTAL_S = 5
MAX_FAILURES = 3  # of one host in one round
SIZE = (256, 144)


def refresh_item_pictures() -> Iterator[Item]:
    """Fetch missing pictures of the newest items that wait, and delete those of items that were decided about.

    Yields each item whose host answered. A picture that could not be fetched is tried again in the next round; a host
    that does not answer is skipped after a few failures, so that it delays no other.
    """
    ItemPicture.objects.exclude(item__state__in=UNDECIDED_STATES).delete()
    without_picture = Item.objects.filter(state__in=UNDECIDED_STATES, picture=None).exclude(thumbnail_url="")
    failures: Counter[str] = Counter()
    answered = 0
    for item in without_picture.order_by("-published_at", "-pk")[:MAX_ITEMS]:
        host = item.thumbnail_url.split("/")[2]
        if failures[host] == MAX_FAILURES:
            continue
        try:
            webp = fetch_item_picture(item.thumbnail_url)
        except FetchFailedError as error:
            logger.info("a picture of an item waits: %s", error)
            failures[host] += 1
            continue
        ItemPicture.objects.get_or_create(item=item, defaults={"webp": webp})
        yield item
        answered += 1
        if answered == MAX_PICTURES:
            return


def fetch_item_picture(address: str) -> bytes:
    """Return the picture at an address as a small WebP file; empty if it is no picture. Raises FetchFailedError."""
    try:
        answer = fetch(
            address, accept=TYPES, max_bytes=MAX_BYTES, allowed_hosts=allowed_hosts_for(address), total_s=TOTAL_S
        )
        if answer.status != 200:
            raise PosterError(f"status {answer.status}")
        with Image.open(io.BytesIO(reencode(answer.body))) as picture:
            picture.thumbnail(SIZE)
            webp = io.BytesIO()
            picture.save(webp, "WEBP", quality=70)
    except (PosterError, FetchRefusedError) as error:
        logger.info("no picture from %s: %s", address, error)
        return b""
    return webp.getvalue()
