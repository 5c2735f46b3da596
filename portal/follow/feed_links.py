"""The feeds that a page announces to feed readers, and those that the page "Follow" lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page

from portal.core.routing.structure import structure
from portal.follow.models import FollowPage
from portal.follow.selectors import Feed, Followed, all_series, everything, feed_of_programme, programmes
from portal.home.models import ChangesPage, HomePage
from portal.projects.models import ProjectIndexPage, ProjectPage
from portal.topics.selectors import TopicLink, topics_holding_something
from portal.ui.components.values import language_name
from portal.webinars.models import WebinarIndexPage


@dataclass(frozen=True)
class LanguageFeed:
    """The feed of everything in a language, under what the language calls itself."""

    language: str
    name: str
    url: str


@dataclass(frozen=True)
class FeedLists:
    """Every feed of a language, and that of everything in each language."""

    languages: list[LanguageFeed]
    topics: list[TopicLink]
    programmes: list[Followed]
    series: list[Followed]


def feed_lists(language: str) -> FeedLists:
    """Return what the page "Follow" lists: only what holds something."""
    return FeedLists(
        languages=[
            LanguageFeed(code, language_name(code), _everything_in(code))
            for code in settings.CONTENT_LANGUAGES
            if (home := structure().homes.get(code)) and home.is_public
        ],
        topics=topics_holding_something(language),
        programmes=list(programmes(language).values()),
        series=list(all_series(language).values()),
    )


def _everything_in(language: str) -> str:
    with translation.override(language):
        return everything(language).feed_url


def announced_feeds(page: Page, request: HttpRequest) -> dict[str, Sequence[Feed]]:
    """Return the feeds that a page announces: those of what it lists, or is part of."""
    return {"announced_feeds": _feeds_of(page)}


def _feeds_of(page: Page) -> Sequence[Feed]:
    if isinstance(page, HomePage | ChangesPage | FollowPage):
        return [everything(page.language)]
    if isinstance(page, ProjectIndexPage):
        return list(programmes(page.language).values())
    if isinstance(page, ProjectPage):
        feed = feed_of_programme(page)
        return [feed] if feed else []
    if isinstance(page, WebinarIndexPage):
        return list(all_series(page.language).values())
    return []
