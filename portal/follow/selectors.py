"""What can be followed: everything in a language, a topic, a programme of projects, a series of recordings.

Each is a set of things, named by their kind and key, of which the list of changes says what is new
(portal/home/news.py): feeds and digests tell what that list tells.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.core.content.records import text_in
from portal.core.page_cache.cached_values import cached_until_publish
from portal.core.publishing.visibility import visible_records
from portal.core.routing.structure import index_path, index_place
from portal.home.models import ChangesPage, DossierPage
from portal.home.news import NewsItem, all_news
from portal.methods.models import MethodPage
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.projects.public.cards import shown_projects
from portal.topics.models import Topic
from portal.topics.selectors import branch_of, topic_link
from portal.webinars.models import Recording, Series, WebinarIndexPage
from portal.webinars.selectors import listed_recordings

Thing = tuple[str, str]  # the kind and the key of a page or record


@dataclass(frozen=True)
class Feed:
    """A feed as a page announces it. `language` is that of its title."""

    title: str
    language: str
    feed_url: str


@dataclass(frozen=True)
class Followed(Feed):
    """Something that can be followed, with its feed and the address of its page.

    `things` are the pages and records in it; None for all.
    """

    page_path: str
    things: frozenset[Thing] | None


def news_of(things: frozenset[Thing] | None, language: str) -> list[NewsItem]:
    """Return the latest news of each of these things (of all, for None), the latest first."""
    return [item for item in _latest_news(language) if things is None or (item.kind, item.key) in things]


def _latest_news(language: str) -> list[NewsItem]:
    def read() -> list[NewsItem]:
        latest: dict[Thing, NewsItem] = {}
        for item in all_news(language):
            latest.setdefault((item.kind, item.key), item)
        return list(latest.values())

    return cached_until_publish(("latest news of each thing", language), read)


def everything(language: str) -> Followed:
    """Return all that is new in a language."""
    place = index_place(ChangesPage, language)
    return Followed(
        title=place.title if place else _("Changes"),
        language=language,
        feed_url=reverse("changes_feed", args=[language]),
        page_path=_path(place.url if place else None, language),
        things=None,
    )


def followed_topic(topic: Topic, language: str) -> Followed:
    """Return what is new about a topic and the topics under it."""
    link = topic_link(topic, language)
    return Followed(
        title=link.title,
        language=link.lang or language,
        feed_url=reverse("topic_feed", args=[language, topic.key]),
        page_path=_path(link.url, language),
        things=things_of_topics([topic]),
    )


def things_of_topics(topics: Iterable[Topic]) -> frozenset[Thing]:
    """Return the things about these topics or topics under them."""
    known = _things_by_topic()
    wanted = {pk for topic in topics for pk in (topic.pk, *branch_of(topic))}
    return frozenset(thing for pk in wanted for thing in known.get(pk, ()))


def _things_by_topic() -> dict[int, set[Thing]]:
    """The things of each topic, by its id. One query for each kind, kept until something is published."""

    def read() -> dict[int, set[Thing]]:
        found = defaultdict(set)
        for model in (MethodPage, ProjectPage, DossierPage, Recording):
            relation = model.topics.through
            owner = model._meta.model_name
            for topic, key in relation.objects.values_list("topic_id", f"{owner}__key"):
                found[topic].add((model.kind, key))
        return dict(found)

    return cached_until_publish(("things by topic",), read)


def programmes(language: str) -> dict[str, Followed]:
    """Return the programmes of public projects, by the key that their Dutch name gives, by title."""
    return cached_until_publish(("followed programmes", language), lambda: _read_programmes(language))


def programme_key(project: ProjectPage) -> str:
    """Return the key of the programme of a Dutch project page; "" without one."""
    return slugify(project.programme)


def feed_of_programme(page: ProjectPage) -> Feed | None:
    """Return the feed of the programme of a project, without reading the other projects; None without a programme."""
    original = page.original
    if not (key := programme_key(original)):
        return None
    named = page if page.programme else original
    return Feed(named.programme, named.language, reverse("programme_feed", args=[page.language, key]))


def _read_programmes(language: str) -> dict[str, Followed]:
    names: dict[str, tuple[str, str]] = {}
    things = defaultdict(set)
    for shown in shown_projects(~Q(programme=""), language):
        if key := programme_key(shown.original):
            name, of_language = shown.page.programme, shown.language
            names.setdefault(key, (name, of_language) if name else (shown.original.programme, shown.original.language))
            things[key].add((ProjectPage.kind, shown.original.key))
    path = _path(index_path(ProjectIndexPage, language), language)
    return {
        key: Followed(name, of_language, reverse("programme_feed", args=[language, key]), path, frozenset(things[key]))
        for key, (name, of_language) in sorted(names.items(), key=lambda named: named[1][0].casefold())
    }


def all_series(language: str) -> dict[str, Followed]:
    """Return the series that hold a public recording, by their key, by title."""
    return cached_until_publish(("followed series", language), lambda: _read_series(language))


def _read_series(language: str) -> dict[str, Followed]:
    things = defaultdict(set)
    recordings = listed_recordings().filter(series__live=True, is_example=False).order_by()
    for series, key in recordings.values_list("series__key", "key"):
        things[series].add((Recording.kind, key))
    titles = {one.key: text_in(one, "title", language) for one in visible_records(Series).filter(key__in=things)}
    path = _path(index_path(WebinarIndexPage, language), language)
    return {
        key: Followed(
            title=title or key,
            language=of_language,
            feed_url=reverse("series_feed", args=[language, key]),
            page_path=f"{path}?{urlencode({'series': key})}",
            things=frozenset(things[key]),
        )
        for key, (title, of_language) in sorted(titles.items(), key=lambda named: named[1][0].casefold())
    }


def _path(path: str | None, language: str) -> str:
    """A path, or that of the start page where there is none."""
    return path or f"/{language}/"
