"""The Atom feeds of what can be followed. Their addresses never change (portal/follow/urls.py)."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from portal.core.cards import mixed_cards
from portal.core.content.site_details import site_words
from portal.core.http.atom import Entry, atom_response
from portal.core.publishing.visibility import visible_records
from portal.core.routing.structure import structure
from portal.follow import selectors
from portal.follow.selectors import Followed, news_of
from portal.topics.models import Topic

MOST_ENTRIES = 50


@require_safe
def changes_feed(request: HttpRequest, language: str) -> HttpResponse:
    """Everything that is new in a language."""
    with translation.override(language):
        return _feed(selectors.everything(language), language)


@require_safe
def topic_feed(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """What is new about a topic and the topics under it."""
    topic = get_object_or_404(visible_records(Topic), key=key)
    with translation.override(language):
        return _feed(selectors.followed_topic(topic, language), language)


@require_safe
def programme_feed(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """What is new about the projects of a programme."""
    with translation.override(language):
        return _feed(selectors.programmes(language).get(key), language)


@require_safe
def series_feed(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """The new recordings of a series."""
    with translation.override(language):
        return _feed(selectors.all_series(language).get(key), language)


def _feed(followed: Followed | None, language: str) -> HttpResponse:
    home = structure().homes.get(language)
    if followed is None or home is None or not home.is_public:
        raise Http404
    return atom_response(
        _entries(followed, language),
        title=f"{followed.title} – {site_words().name}",
        page_path=followed.page_path,
        feed_path=followed.feed_url,
        language=language,
    )


def _entries(followed: Followed, language: str) -> Iterator[Entry]:
    news = news_of(followed.things, language)[:MOST_ENTRIES]
    references = (f"{item.kind}:{item.key}" for item in news)
    cards = {(card.kind, card.key): card for card in mixed_cards(references, language)}
    for item in news:
        yield Entry(
            kind=item.kind,
            key=item.key,
            title=item.title,
            path=item.url,
            language=item.language,
            changed=item.at,
            summary=render_to_string("follow/entry.html", {"item": item, "card": cards.get((item.kind, item.key))}),
            categories=(item.kind_label,),
        )
