"""The small pictures of what waits for a decision: fetched by the runner, seen by staff, gone once it is decided."""

import io
import logging
from collections import Counter
from collections.abc import Iterator

from PIL import Image

from portal.core.http.client import FetchFailedError, FetchRefusedError, fetch
from portal.feeds.choices import WAITING
from portal.feeds.models import Item, ItemPicture
from portal.feeds.pulling.posters import MAX_BYTES, TYPES, NoPicture, hosts_of, reencoded

logger = logging.getLogger(__name__)

AT_ONCE = 50  # a page of the list
MOST = 1000  # that are looked at for those
TOTAL_S = 5
FAILURES = 3  # of one host in one round: then it is not there
SIZE = (256, 144)


def renew_previews() -> Iterator[Item]:
    """Fetch the pictures of the newest items that wait and have none yet, and forget those of what was decided about.

    Gives each item that got an answer. A picture that does not come is asked for again in the next round; a host that
    is not there holds up the others no longer than FAILURES do.
    """
    ItemPicture.objects.exclude(item__state__in=WAITING).delete()
    bare = Item.objects.filter(state__in=WAITING, picture=None).exclude(thumbnail_url="")
    failures: Counter[str] = Counter()
    answered = 0
    for item in bare.order_by("-published_at", "-pk")[:MOST]:
        host = item.thumbnail_url.split("/")[2]
        if failures[host] == FAILURES:
            continue
        try:
            webp = small_picture(item.thumbnail_url)
        except FetchFailedError as error:
            logger.info("a picture of an item waits: %s", error)
            failures[host] += 1
            continue
        ItemPicture.objects.get_or_create(item=item, defaults={"webp": webp})
        yield item
        answered += 1
        if answered == AT_ONCE:
            return


def small_picture(address: str) -> bytes:
    """The picture at an address, small and made anew as WebP; empty when it is none. Raises FetchFailedError."""
    try:
        answer = fetch(address, accept=TYPES, max_bytes=MAX_BYTES, allowed_hosts=hosts_of(address), total_s=TOTAL_S)
        if answer.status != 200:
            raise NoPicture(f"status {answer.status}")
        with Image.open(io.BytesIO(reencoded(answer.body))) as picture:
            picture.thumbnail(SIZE)
            written = io.BytesIO()
            picture.save(written, "WEBP", quality=70)
    except (NoPicture, FetchRefusedError) as error:
        logger.info("no picture from %s: %s", address, error)
        return b""
    return written.getvalue()
