"""What the page "Follow" shows: three ways, with the list of feeds."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from portal.core.content.site_details import site_words
from portal.core.routing.structure import index_path
from portal.follow.feed_links import FeedLists, feed_lists
from portal.follow.models import FollowPage
from portal.home.models import ChangesPage
from portal.webinars.models import WebinarIndexPage


@dataclass(frozen=True)
class FollowContext:
    """The page. `everything_url` is the feed of all that is new; `calendar_url` is "" without a page of webinars."""

    everything_url: str
    calendar_url: str
    changes_url: str
    feeds: FeedLists
    site: str


def follow_page(page: FollowPage, request: HttpRequest) -> FollowContext:
    """Return what the page shows for the parameters of its address."""
    return follow_context(page)


def follow_context(page: FollowPage) -> FollowContext:
    language = page.language
    return FollowContext(
        everything_url=reverse("changes_feed", args=[language]),
        calendar_url=reverse("sessions_calendar", args=[language]) if index_path(WebinarIndexPage, language) else "",
        changes_url=index_path(ChangesPage, language) or "",
        feeds=feed_lists(language),
        site=site_words().name,
    )
