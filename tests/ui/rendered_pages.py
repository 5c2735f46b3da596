"""The pages and components whose rendering is kept in tests/fixtures/dom, by the name of their file.

Each is made of the same content whatever the day, the order of the tests and the numbers that the database gives.
"""

import re
from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import Page

from portal.core.page_cache import cached_values
from portal.core.routing.structure import structure
from portal.starter.groups import REVIEWERS
from portal.webinars.models import Recording
from tests.factories import make_member
from tests.home.everything import Everything
from tests.ui.rendered_dom import normalised
from tests.ui.test_components import CHAPTERS, FRAME, GROUPS

ITEM = {
    "title": "Dubbele diagnose",
    "url": "/nl/x/",
    "lead": "Een zin & nog een.",
    "language": "fr",
    "over": "Methodiek",
    "tiers": ["proactive", "curative"],
    "foot": ["Mechelen", "2021"],
    "languages": ["nl", "fr"],
    "evidence": 2,
    "note": "Een noot.",
    "image": {
        "url": "/m/x.jpg",
        "width": 400,
        "height": 225,
        "sources": [{"type": "image/avif", "srcset": "/m/x.avif"}],
    },
}
RUNGS = [
    {"title": "Weten", "text": "Wat er is.", "tier": "proactive", "confirmed": True, "url": "/nl/a/"},
    {"title": "Doen", "confirmed": False, "items": [{"title": "Hier", "url": "/nl/b/"}, {"title": "Daar"}]},
]
SELECT = {
    "name": "sort",
    "label": "Volgorde",
    "type": "select",
    "options": [{"value": "a", "label": "Eerst", "count": 2, "selected": True}, {"value": "b", "label": "Dan"}],
}
MANY = {
    "name": "topic",
    "label": "Thema",
    "shown": 1,
    "options": [
        {"value": "x", "label": "Een", "count": 0, "lang": "nl"},
        {"value": "y", "label": "Twee", "tier": "curative"},
        {"value": "z", "label": "Drie", "count": 1},
    ],
}
FILE = {
    "platform": "file",
    "title": "Rondleiding",
    "file_url": "/media/tour.webm",
    "file_type": "video/webm",
    "at_s": 5,
    "poster": {"url": "/m/p.jpg", "width": 640, "height": 360},
    "captions": [{"language": "nl", "label": "Nederlands", "url": "/x.vtt", "default": True}],
}
HIT = {
    "kind": "recording",
    "title_html": "Online <mark>safe</mark> spaces",
    "extract_html": "Een <mark>stuk</mark>.",
    "url": "/r/",
    "language": "en",
    "duration_s": 2880,
    "filters": {"tier": ["proactive"]},
    "cue_hits": [{"start_s": 754.2, "language": "en", "html": "a <mark>word</mark>"}],
}
CITIES = [
    {"key": "mechelen", "name": "Mechelen", "country": "België", "lat": 51.03, "lon": 4.48, "url": "/nl/m/"},
    {"key": "porto", "name": "Porto", "country": "Portugal", "lat": 41.15, "lon": -8.61, "url": ""},
    {"key": "rio", "name": "Rio", "country": "Brazilië", "lat": -22.9, "lon": -43.2, "url": "/nl/rio/"},
]
# Whatever the day of the test: the list of changes names it.
PUBLISHED = datetime(2026, 1, 31, 12, tzinfo=UTC)
COMPONENTS = {
    "lists": (
        "{% breadcrumb crumbs %}{% chips chips %}{% cards items %}{% card item level=2 %}{% linked items %}"
        "{% search_hit hit %}{% pagination page %}{% downloads files %}{% sources sources %}{% steps rungs %}"
    ),
    "reading": (
        "{% contents sections %}{% translation_notice 'reviewed' outdated=True original_url='/nl/x/' %}"
        "{% translation_notice 'machine' %}{% cite 'Een tekst.' '/x/' licence='CC BY 4.0' licence_url='/cc/' %}"
        "{% funding ack %}{% tier 'curative' %} {% tiers codes %} {% evidence 3 %} {% language_mark 'fr' %}"
    ),
    "asking": "{% search_box large=True %}{% filters groups %}{% active_filters groups %}",
    "recordings": (
        "{% player file %}{% player youtube %}"
        "{% moments_strip moments 2880 chapters=chapters url='/r/' %}"
        "{% transcript chapters url='/r/' lang='fr' cite='x' %}"
    ),
    "figures": (
        "{% ladder rungs title='Ladder' %}{% chain rungs title='Keten' %}{% levels rungs title='Lagen' %}"
        "{% timeline events title='Tijd' %}{% partner_map cities lines listing='open' %}"
    ),
}
CONTEXT = {
    "language": "nl",
    "search_url": "/nl/zoeken/",
    "crumbs": [{"title": "Start", "url": "/nl/"}, {"title": "Hier", "lang": "fr"}],
    "chips": [{"title": "Jeugd", "url": "/nl/j/", "count": 3}, {"title": "Nuit", "lang": "fr"}],
    "items": [ITEM, {"title": "Kaal", "url": "/nl/kaal/"}],
    "item": ITEM,
    "hit": {"hit": HIT},
    "files": [{"title": "Gids", "url": "/g.pdf", "kind": "PDF", "size": 2048, "language": "fr", "note": "Nieuw."}],
    "sources": [{"id": "1", "title": "Boek", "url": "/b/", "as_of": "1 mei 2021", "language": "fr"}, {"title": "Blad"}],
    "rungs": RUNGS,
    "sections": [{"id": "a", "title": "Eerst"}, {"id": "b", "title": "Puis", "lang": "fr"}],
    "ack": {"union": "Europese Unie", "fund": "EFRO", "sentence": "Betaald.", "disclaimer": "Geen mening."},
    "codes": ["curative", "proactive"],
    "groups": [*GROUPS, SELECT, MANY],
    "file": FILE,
    "youtube": {
        "platform": "youtube",
        "platform_label": "YouTube",
        "url": "https://www.youtube.com/watch?v=abcdefghijk",
        "embed_url": "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&rel=0&start=0",
        "title": "Safe <spaces>",
        "language": "en",
    },
    "moments": [{"start_s": 754, "label": "Daar"}],
    "chapters": CHAPTERS,
    "events": [
        {"date": "2021-02", "when": "februari 2021", "text": "Begin."},
        {"date": "2022", "when": "2022", "text": "Einde.", "unconfirmed": True},
    ],
    "cities": CITIES,
    "lines": [{"city": "porto", "title": "ORPHEUS", "url": "/nl/o/"}, {"city": "rio", "title": "Ver", "url": ""}],
}


def components() -> dict[str, str]:
    """The components, each in several states."""
    request = RequestFactory().get("/nl/x/?q=park&tier=preventive&page=2")
    context = CONTEXT | {"request": request, "page": Paginator(range(200), 20).get_page(5)}
    found = {
        name: Template("{% load schakel %}" + source).render(Context(context)) for name, source in COMPONENTS.items()
    }
    frame = get_template("ui/base.html").template
    found["frame"] = frame.render(Context(FRAME | {"request": request, "page_title": "Nee & ja"}))
    found["not_found"] = get_template("404.html").template.render(Context(FRAME))
    return found


def pages(translate) -> dict[str, str]:
    """One page of every type in Dutch, one in French, and a form of the staff."""
    everything = Everything()
    everything.add()
    everything.translate(translate, "fr")
    for model in (Page, Recording):
        model.objects.filter(live=True).update(first_published_at=PUBLISHED)
    cached_values.clear()
    client = Client(HTTP_HOST="localhost")
    paths = {"home": "/nl/"} | {place.slug: place.url for place in structure().public_sections("nl")}
    types = ("method", "project", "dossier", "over", "topic", "city", "organisation", "recording")
    paths |= dict(zip(types, everything.paths("nl"), strict=True))
    paths["method_fr"] = everything.paths("fr")[0]
    found = {name: _main(client.get(path)) for name, path in paths.items()}
    client.force_login(make_member(REVIEWERS))
    found["consents"] = _main(client.get(f"/admin/recordings/{everything.recording.pk}/consent/"))
    return found


def _main(response) -> str:
    assert response.status_code == 200, response
    return re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]


def rendered(translate) -> dict[str, str]:
    """The text of each file, by its name."""
    with translation.override("nl"):
        found = components() | pages(translate)
    return {name: _steady(normalised(html)) for name, html in found.items()}


def _steady(text: str) -> str:
    """Without the numbers that the database gave, and the fingerprints of files."""
    text = re.sub(r"(/(?:recordings|documents|snippets|images)/(?:\w+/)*)\d+", r"\1…", text)
    text = re.sub(r"(speaker(?:-|\\u002D))\d+", r"\1…", text)
    # A file of that name may be there already, from another test.
    text = re.sub(r"(/(?:media/images|documents/…)/[\w-]+?)_[A-Za-z0-9]{7}\.", r"\1.", text)
    text = re.sub(r"(/media/[\w/.-]*?)_\w{7}(?=\.)", r"\1…", text)
    return re.sub(r"\b(id|for|name|aria-\w+|value)=\"([a-z_-]+)\d+", r'\1="\2…', text)
