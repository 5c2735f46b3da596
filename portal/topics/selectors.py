"""Reads the thesaurus: the tree of topics, the page of one topic, and topics as chips and cards of other pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Case, CharField, Value, When
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.core.cards import Card, Links, links_page
from portal.core.content.records import languages_of, text_in
from portal.core.content.sorting import without_accents
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.core.searchable import SearchRequest, search
from portal.topics.models import Topic, TopicIndexPage
from portal.topics.usage import holds_something, topics_in_use, with_broader
from portal.ui import labels

# The topics above or below each topic, by their ids.
Edges = Mapping[int, list[int]]


@dataclass(frozen=True)
class TopicLink:
    """A topic in a list.

    `lang` is set when its label is not in the page's language. `count` is None when the number of things is not known.
    `holds_something` is whether something is published under it, where that was asked.
    """

    key: str
    title: str
    url: str
    lang: str = ""
    definition: str = ""
    definition_lang: str = ""
    count: int | None = None
    narrower: tuple["TopicLink", ...] = ()
    holds_something: bool = True

    @property
    def id(self) -> str:
        """Its anchor on the page of all topics."""
        return self.key


@dataclass(frozen=True)
class LabelInLanguage:
    """What a topic is called in another language."""

    language: str
    label: str


@dataclass(frozen=True)
class TopicIndexContext:
    """The page of all topics: the broad headings, each with its narrower topics."""

    tree: tuple[TopicLink, ...]


@dataclass(frozen=True)
class TopicContext:
    """The page of a topic: its words, the topics around it, and `groups` of things that other rooms link to it.

    Of each group it has page `number` of `pages`.
    """

    entry: TopicLink
    page_title: str
    page_description: str
    other_words: tuple[str, ...]
    other_labels: list[LabelInLanguage]
    crumbs: list[dict | TopicLink]
    broader: list[TopicLink]
    narrower: list[TopicLink]
    related: list[TopicLink]
    groups: list[Links]
    number: int
    pages: int


def topic_link(topic: Topic, language: str, count: int | None = None) -> TopicLink:
    """Return a topic as a chip or a line of a list, in a language."""
    label, label_language = text_in(topic, Topic.title_field, language)
    definition, definition_language = text_in(topic, "definition", language)
    return TopicLink(
        key=topic.key,
        title=label or topic.key,
        url=TopicIndexPage.path_of_record(topic, language) or "",
        lang=label_language if label_language != language else "",
        definition=definition,
        definition_lang=definition_language if definition_language != language else "",
        count=count,
    )


def topic_links(topics: Iterable[Topic], language: str) -> list[TopicLink]:
    """Return the public topics among these as chips that lead to their pages, in the order given."""
    return [topic_link(topic, language) for topic in topics if topic.live]


def by_label(links: Iterable[TopicLink]) -> list[TopicLink]:
    """Sort topics by their label, with accents and capitals where a reader looks for them."""
    return sorted(links, key=lambda link: without_accents(link.title))


def topic_labels(language: str) -> dict[str, TopicLink]:
    """Return every public topic under its key, in a language; read once until something is published."""
    return {link.key: link for link in _all_links(language).values()}


def topics_holding_something(language: str) -> list[TopicLink]:
    """Return the public topics under which, or under whose narrower topics, something is published, by label."""
    in_use = topics_in_use()
    return by_label(link for pk, link in _all_links(language).items() if pk in in_use)


def broad_topics(language: str) -> list[TopicLink]:
    """Return the broad headings under which something is published, by label."""
    return cached_until_publish(("broad topics", language), lambda: _read_broad_topics(language))


def _read_broad_topics(language: str) -> list[TopicLink]:
    in_use, links = topics_in_use(), _all_links(language)
    has_broader = {below for below, above in _pairs() if above in links}
    return by_label(link for pk, link in links.items() if pk in in_use and pk not in has_broader)


def links_by_id(ids: Collection[int], language: str) -> dict[int, TopicLink]:
    """Return the public topics with these ids as chips, by their id, in the order of the thesaurus."""
    return {pk: link for pk, link in _all_links(language).items() if pk in ids}


def _all_links(language: str) -> dict[int, TopicLink]:
    """Every public topic under its id. A thesaurus has some hundreds of topics."""
    return cached_until_publish(("topics", language), lambda: _read_links(language))


def _read_links(language: str) -> dict[int, TopicLink]:
    # Columns instead of topics: there are many, and each would cost ten times as much.
    texts = [f"{name}_{code}" for name in ("label", "definition") for code, _name in settings.LANGUAGES]
    slugs = {f"slug_{language}", "slug_nl"}
    holds = Case(When(holds_something(), then=True), default=False)
    rows = visible_records(Topic).annotate(holds=holds).values_list("pk", "key", "holds", *texts, *slugs, named=True)
    return {row.pk: replace(topic_link(row, language), holds_something=row.holds) for row in rows}


# The page of all topics


def topic_index(page: TopicIndexPage, request: HttpRequest) -> TopicIndexContext:
    """Return what the page of all topics shows."""
    return TopicIndexContext(tree=thesaurus_tree(page.language))


def thesaurus_tree(language: str) -> tuple[TopicLink, ...]:
    """Return the broad headings in the order of the thesaurus, each with its narrower topics by label.

    Topics that hold nothing are left out. `count` is the number of things about a topic itself, as search counts them;
    None while search is off.
    """
    topics = {topic.pk: topic for topic in visible_records(Topic).filter(pk__in=topics_in_use()).order_by("pk")}
    narrower = defaultdict(list)
    has_broader = set()
    for below, above in _pairs():
        if below in topics and above in topics:
            narrower[above].append(below)
            has_broader.add(below)
    counted = search(SearchRequest(language=language, facets=("topic",), per_page=1))
    counts = dict(counted.facets.get("topic", ()))

    def branch(pk: int, above: frozenset[int]) -> TopicLink:
        topic = topics[pk]
        below = [branch(child, above | {pk}) for child in narrower[pk] if child not in above and child != pk]
        count = counts.get(topic.key, 0) if counted.available else None
        return replace(topic_link(topic, language, count), narrower=tuple(by_label(below)))

    return tuple(branch(pk, frozenset()) for pk in topics if pk not in has_broader)


# The page of one topic


def topic_page(topic: Topic, language: str, request: HttpRequest) -> TopicContext:
    """Return what the page of a topic shows."""
    link = topic_link(topic, language)
    title = capfirst(link.title)
    neighbours = _neighbours(topic, language)
    links = links_page(Topic.kind, topic, language, request.GET.get("page"))
    return TopicContext(
        entry=link,
        page_title=title,
        page_description=link.definition,
        other_words=topic.other_words(language),
        other_labels=[
            LabelInLanguage(code, getattr(topic, f"label_{code}"))
            for code in languages_of(topic, "label")
            if code != language
        ],
        crumbs=[
            {"title": _("Topics"), "url": TopicIndexPage.path_of_index(language)},
            *neighbours.path,
            {"title": title, "lang": link.lang},
        ],
        broader=neighbours.broader,
        narrower=neighbours.narrower,
        related=neighbours.related,
        groups=links.groups,
        number=links.number,
        pages=links.pages,
    )


@dataclass(frozen=True)
class _Neighbours:
    """The topics around a topic that hold something; `path` leads from the broad heading down to it."""

    path: list[TopicLink]
    broader: list[TopicLink]
    narrower: list[TopicLink]
    related: list[TopicLink]


def _neighbours(topic: Topic, language: str) -> _Neighbours:
    """Return the topics around a topic."""
    above, below, related = _hierarchy(topic)
    broader, narrower = above.get(topic.pk, []), below.get(topic.pk, [])
    path: list[int] = []
    step = topic.pk
    while above.get(step) and above[step][0] not in (*path, topic.pk):
        step = above[step][0]
        path.append(step)
    known = _all_links(language)
    in_use = with_broader((pk for pk, link in known.items() if link.holds_something), above)
    near = {pk: known[pk] for pk in known if pk in in_use and pk in {*path, *broader, *narrower, *related}}

    def links(ids: Iterable[int]) -> list[TopicLink]:
        return [near[pk] for pk in ids if pk in near]

    return _Neighbours(
        path=links(reversed(path)),
        broader=links(broader),
        narrower=by_label(links(narrower)),
        related=by_label(links(pk for pk in near if pk in related)),
    )


def _hierarchy(topic: Topic) -> tuple[Edges, Edges, list[int]]:
    """Return the broader and the narrower topics of every topic, and the ids of those related to this one.

    One query for each page that shows `topic`.
    """
    if not hasattr(topic, "_hierarchy"):
        broader, narrower, related = defaultdict(list), defaultdict(list), []
        columns = ("id", "from_topic_id", "to_topic_id")
        text = CharField()
        above = Topic.broader.through.objects.values_list(*columns, Value("broader", output_field=text))
        beside = Topic.related.through.objects.filter(from_topic=topic.pk)
        beside = beside.values_list(*columns, Value("related", output_field=text))
        for _pk, one, other, relation in sorted(above.union(beside, all=True)):
            if relation == "related":
                related.append(other)
            else:
                broader[one].append(other)
                narrower[other].append(one)
        topic._hierarchy = dict(broader), dict(narrower), related
    return topic._hierarchy


def _pairs() -> Iterator[tuple[int, int]]:
    """Yield every (narrower, broader) pair of ids, in a fixed order."""
    pairs = Topic.broader.through.objects.order_by("pk")
    return pairs.values_list("from_topic_id", "to_topic_id").iterator()


def branch_of(topic: Topic) -> tuple[int, ...]:
    """Return the ids of the topics under a topic, the nearest first, without itself."""
    _broader, narrower, _related = _hierarchy(topic)
    branch: list[int] = []
    level = [topic.pk]
    while level:
        level = [pk for above in level for pk in narrower.get(above, ()) if pk not in branch and pk != topic.pk]
        branch.extend(dict.fromkeys(level))
    return tuple(branch)


# Cards


def topic_cards(keys: Iterable[str], language: str) -> list[Card]:
    """Return the cards of the public topics among these keys. Who offers them asks whether they hold something."""
    topics = visible_records(Topic).filter(key__in=list(keys))
    return [card for topic in topics if (card := _card(topic, language))]


def _card(topic: Topic, language: str) -> Card | None:
    """Return the card of a topic; None while it has no page in the language."""
    url = topic.path_in(language)
    if not url:
        return None
    label, label_language = topic.title_in(language)
    lead, _lead_language = text_in(topic, "definition", label_language)
    return Card(
        kind=Topic.kind,
        key=topic.key,
        title=label,
        url=url,
        lead=lead,
        language=label_language,
        over=str(labels.KINDS[Topic.kind]),
    )
