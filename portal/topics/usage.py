"""Which topics hold something: the rooms above say it, because this room does not know them.

A topic under which a visitor finds nothing is never offered; its page answers all the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from portal.core.page_cache.cached_values import cached_until_publish
from portal.topics.models import Topic

_topics_of_rooms: list[Callable[[], Iterable[int]]] = []


def register_topic_use(topics: Callable[[], Iterable[int]]) -> None:
    """Register `topics()`, which returns the ids of the topics under which the page of a topic lists something public."""
    _topics_of_rooms.append(topics)


def topics_in_use() -> frozenset[int]:
    """Return the ids of the topics that hold something, or are above one that does. Kept until something is published."""
    return cached_until_publish(("topics in use",), _read_topics_in_use)


def _read_topics_in_use() -> frozenset[int]:
    above = defaultdict(list)
    for narrower, broader in Topic.broader.through.objects.values_list("from_topic_id", "to_topic_id"):
        above[narrower].append(broader)
    in_use: set[int] = set()
    waiting = [topic for topics in _topics_of_rooms for topic in topics()]
    while waiting:
        topic = waiting.pop()
        if topic not in in_use:
            in_use.add(topic)
            waiting += above[topic]
    return frozenset(in_use)
