"""What the page "Follow" shows: the form for the digest, the feeds, the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from portal.core.admin.notices import mail_is_configured
from portal.core.routing.structure import index_path
from portal.follow.digest.forms import DigestForm
from portal.follow.digest.subscriptions import CONFIRM_WITHIN
from portal.follow.feed_links import FeedLists, feed_lists
from portal.follow.models import FollowPage
from portal.topics.selectors import TopicLink, broad_topics, topic_labels
from portal.webinars.models import WebinarIndexPage

HOURS = int(CONFIRM_WITHIN.total_seconds() / 3600)


@dataclass(frozen=True)
class FollowContext:
    """The page. `form` is there when there is a mail server; `sent` after one was sent.

    `problem` is said above the form when what was sent could not even be read. `calendar_url` is "" without a page of
    webinars.
    """

    form: DigestForm | None
    problem: str
    sent: bool
    hours: int
    calendar_url: str
    feeds: FeedLists


def follow_page(page: FollowPage, request: HttpRequest) -> FollowContext:
    """Return what the page shows for the parameters of its address; what they hold and nobody knows is ignored."""
    sent = request.GET.get("sent") == "1" and mail_is_configured()
    return follow_context(page, topics=request.GET.getlist("topic"), sent=sent)


def follow_context(
    page: FollowPage,
    *,
    topics: Iterable[str] = (),
    form: DigestForm | None = None,
    problem: str = "",
    sent: bool = False,
) -> FollowContext:
    """Return what the page shows, with the form as it was filled in, or else one with these topics chosen."""
    language = page.language
    if form is None and mail_is_configured() and not sent:
        offered = offered_topics(language, topics)
        known = {topic.key for topic in offered}
        form = DigestForm(topics=offered, initial={"topics": [key for key in topics if key in known]})
    return FollowContext(
        form=form,
        problem=problem,
        sent=sent,
        hours=HOURS,
        calendar_url=reverse("sessions_calendar", args=[language]) if index_path(WebinarIndexPage, language) else "",
        feeds=feed_lists(language),
    )


def offered_topics(language: str, chosen: Iterable[str] = ()) -> list[TopicLink]:
    """Return the broad headings, and which topics under them somebody chose on the page of one."""
    broad, known = broad_topics(language), topic_labels(language)
    headings = {topic.key for topic in broad}
    others = (key for key in dict.fromkeys(chosen) if key in known and key not in headings)
    return [*(known[key] for key in others), *broad]
