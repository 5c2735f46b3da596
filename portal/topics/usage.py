"""Which topics hold something: the rooms above say it, because this room does not know them.

A topic under which a visitor finds nothing is never offered; its page answers all the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.topics.models import Topic

_topics_of_rooms: list[Callable[[], Iterable[QuerySet]]] = []


def register_topic_use(topics: Callable[[], Iterable[QuerySet]]) -> None:
    """Register `topics()`, which returns queries of topic ids: of the topics whose page lists something of the room."""
    _topics_of_rooms.append(topics)


def _queries() -> list[QuerySet]:
    return [query for topics in _topics_of_rooms for query in topics()]


def holds_something() -> Q:
    """Return the condition that something is published under a topic itself."""
    return reduce(or_, (Q(pk__in=query) for query in _queries()), Q(pk__in=[]))


def topics_in_use() -> frozenset[int]:
    """Return the ids of the topics that hold something, or are above one that does.

    Two queries, kept until something is published.
    """
    return cached_until_publish(("topics in use",), _read_topics_in_use)


def keys_in_use() -> frozenset[str]:
    """Return the keys of the topics of `topics_in_use`."""
    return cached_until_publish(
        ("keys of topics in use",),
        lambda: frozenset(Topic.objects.filter(pk__in=topics_in_use()).order_by().values_list("key", flat=True)),
    )


def keys_of_empty_topics() -> frozenset[str]:
    """Return the keys of the public topics under which, and under whose narrower topics, nothing is published."""

    def read() -> frozenset[str]:
        empty = visible_records(Topic).exclude(pk__in=topics_in_use()).order_by()
        return frozenset(empty.values_list("key", flat=True))

    return cached_until_publish(("keys of empty topics",), read)


def _read_topics_in_use() -> frozenset[int]:
    above = defaultdict(list)
    for narrower, broader in Topic.broader.through.objects.values_list("from_topic_id", "to_topic_id"):
        above[narrower].append(broader)
    return with_broader(Topic.objects.filter(holds_something()).order_by().values_list("pk", flat=True), above)


def with_broader(topics: Iterable[int], above: Mapping[int, Iterable[int]]) -> frozenset[int]:
    """Return topics with all that are above them; `above` has the broader topics of each."""
    found: set[int] = set()
    waiting = list(topics)
    while waiting:
        topic = waiting.pop()
        if topic not in found:
            found.add(topic)
            waiting += above.get(topic, ())
    return frozenset(found)
