"""What the thesaurus shows: the tree of topics, the page of one topic, and topics as chips and cards of other pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.cards import Card, links_of
from portal.core.content.records import languages_of, text_in
from portal.core.content.sorting import without_accents
from portal.core.publishing.visibility import visible_records
from portal.core.searchable import SearchRequest, search
from portal.topics.models import Topic, TopicIndexPage


@dataclass(frozen=True)
class Entry:
    """A topic in a list. `lang` is set when its label is not in the page's language; `count` is None when not known."""

    key: str
    title: str
    url: str
    lang: str = ""
    definition: str = ""
    definition_lang: str = ""
    count: int | None = None
    narrower: tuple["Entry", ...] = ()

    @property
    def id(self) -> str:
        """Its anchor on the page of all topics."""
        return self.key


def entry(topic: Topic, language: str, count: int | None = None) -> Entry:
    """A topic as a chip or a line of a list, in a language."""
    label, label_language = topic.title_in(language)
    definition, definition_language = text_in(topic, "definition", language)
    return Entry(
        key=topic.key,
        title=label or topic.key,
        url=topic.path_in(language) or "",
        lang=label_language if label_language != language else "",
        definition=definition,
        definition_lang=definition_language if definition_language != language else "",
        count=count,
    )


def chips(topics: Iterable[Topic], language: str) -> list[Entry]:
    """Topics as chips that lead to their pages, in the order given; the hidden ones are left out."""
    return [entry(topic, language) for topic in topics if topic.live]


def in_reading_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by their label, with accents and capitals where a reader looks for them."""
    return sorted(entries, key=lambda entry: without_accents(entry.title))


def topic_labels(language: str) -> dict[str, Entry]:
    """Every public topic under its key, in a language. Costs one query."""
    return {topic.key: entry(topic, language) for topic in visible_records(Topic)}


def topic_index(page: TopicIndexPage, request: HttpRequest) -> dict:
    """What the page of all topics shows."""
    return {"tree": thesaurus_tree(page.language)}


def thesaurus_tree(language: str) -> tuple[Entry, ...]:
    """The broad headings in the order of the thesaurus, each with its narrower topics by label.

    `count` says how many things are about a topic itself, as search counts them; None while search is off.
    """
    topics = {topic.pk: topic for topic in visible_records(Topic).order_by("pk")}
    narrower = defaultdict(list)
    has_broader = set()
    for below, above in _edges():
        if below in topics and above in topics:
            narrower[above].append(below)
            has_broader.add(below)
    counted = search(SearchRequest(language=language, facets=("topic",), per_page=1))
    counts = dict(counted.facets.get("topic", ()))

    def branch(pk: int, above: frozenset[int]) -> Entry:
        topic = topics[pk]
        below = [branch(child, above | {pk}) for child in narrower[pk] if child not in above and child != pk]
        count = counts.get(topic.key, 0) if counted.available else None
        return replace(entry(topic, language, count), narrower=tuple(in_reading_order(below)))

    return tuple(branch(pk, frozenset()) for pk in topics if pk not in has_broader)


def branch_of(topic: Topic) -> tuple[int, ...]:
    """The ids of the topics under a topic, the nearest first, without itself."""
    _broader, narrower = _hierarchy(topic)
    found, level = [], [topic.pk]
    while level:
        level = [pk for above in level for pk in narrower.get(above, ()) if pk not in found and pk != topic.pk]
        found.extend(dict.fromkeys(level))
    return tuple(found)


def _hierarchy(topic: Topic) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The broader and the narrower topics of every topic, by their ids. One query for each page that shows `topic`."""
    if not hasattr(topic, "_hierarchy"):
        broader, narrower = defaultdict(list), defaultdict(list)
        for below, above in _edges():
            broader[below].append(above)
            narrower[above].append(below)
        topic._hierarchy = dict(broader), dict(narrower)
    return topic._hierarchy


def topic_page(topic: Topic, language: str, request: HttpRequest) -> dict:
    """What the page of a topic shows: its words, the topics around it and everything that rooms joined to it."""
    me = entry(topic, language)
    title = capfirst(me.title)
    path, around = _around(topic, language)
    return {
        "topic": topic,
        "entry": me,
        "page_title": title,
        "page_description": me.definition,
        "other_words": topic.other_words(language),
        "other_labels": [
            {"language": code, "label": getattr(topic, f"label_{code}")}
            for code in languages_of(topic, "label")
            if code != language
        ],
        "crumbs": [
            {"title": _("Topics"), "url": TopicIndexPage.path_of_index(language)},
            *path,
            {"title": capfirst(me.title), "lang": me.lang},
        ],
        **around,
        "groups": links_of("topic", topic, language),
    }


def _edges() -> list[tuple[int, int]]:
    """Every (narrower, broader) pair of ids, in a fixed order."""
    return list(Topic.broader.through.objects.order_by("pk").values_list("from_topic_id", "to_topic_id"))


def _around(topic: Topic, language: str) -> tuple[list[Entry], dict[str, list[Entry]]]:
    """The way from the broad heading down to a topic, and the topics broader, narrower and related."""
    above, below = _hierarchy(topic)
    broader, narrower = above.get(topic.pk, []), below.get(topic.pk, [])
    way, step = [], topic.pk
    while above.get(step) and above[step][0] not in (*way, topic.pk):
        step = above[step][0]
        way.append(step)
    joined = Topic.related.through.objects.filter(from_topic=topic.pk, to_topic=OuterRef("pk"))
    around = visible_records(Topic).annotate(is_related=Exists(joined))
    near = {one.pk: one for one in around.filter(Q(pk__in={*way, *broader, *narrower}) | Q(is_related=True))}
    related = [pk for pk, one in near.items() if one.is_related]

    def entries(ids):
        return [entry(near[pk], language) for pk in ids if pk in near]

    return entries(reversed(way)), {
        "broader": entries(broader),
        "narrower": in_reading_order(entries(narrower)),
        "related": in_reading_order(entries(related)),
    }


def topic_cards(keys: Iterable[str], language: str) -> list[Card]:
    """The cards of the public topics among these keys."""
    cards = []
    for topic in visible_records(Topic).filter(key__in=list(keys)):
        if url := topic.path_in(language):
            label, label_language = topic.title_in(language)
            lead, _lead_language = text_in(topic, "definition", label_language)
            cards.append(
                Card(
                    kind="topic",
                    key=topic.key,
                    title=label,
                    url=url,
                    lead=lead,
                    language=label_language,
                    over=_("Topic"),
                )
            )
    return cards
