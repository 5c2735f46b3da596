"""The sessions of others on the methods and projects that they belong to: never in the archive, never counted."""

from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.cards import Card, Links
from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.records import text_in
from portal.core.publishing.visibility import visible_records
from portal.ui.components.values import language_name, marked
from portal.webinars.choices import NO_SPEECH, Medium
from portal.webinars.models import FurtherSession

SHOWN = 5  # the rest is folded


def further_of_method(method: Page, language: str) -> Links | None:
    """The sessions of others that belong to a method, the newest first."""
    original = getattr(method, "original", method)
    return _links(visible_records(FurtherSession).filter(method_links__method=original), language)


def further_of_project(project: Page, language: str) -> Links | None:
    """The sessions of others that belong to a project, the newest first."""
    original = getattr(project, "original", project)
    return _links(visible_records(FurtherSession).filter(project_links__project=original), language)


def _links(sessions: QuerySet[FurtherSession], language: str) -> Links | None:
    # An unknown day is empty, so that it comes last.
    cards = tuple(_card(session, language) for session in sessions.order_by("-event_day", "title", "pk").distinct())
    if not cards:
        return None
    return Links(_("Sessions of others"), cards[:SHOWN], more=cards[SHOWN:], is_compact=True)


def _card(session: FurtherSession, language: str) -> Card:
    spoken = session.spoken_language
    parts = (
        session.organiser,  # whether Mechelen was there is not known of each
        partial_date_sentence(session.event_day, language),
        Medium(session.medium).label if session.medium else "",
        language_name(spoken) if spoken and spoken != NO_SPEECH else "",
        marked(*text_in(session, "note", language)),
    )
    return Card(
        kind=FurtherSession.kind,
        key=session.key,
        title=session.title,
        url=session.url,
        language=session.title_language,
        note=format_html_join(" · ", "{}", ((part,) for part in parts if part)),
        extra={"is_elsewhere": True},
    )
