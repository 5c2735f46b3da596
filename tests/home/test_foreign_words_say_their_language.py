"""A Dutch name or title on a page in another language is marked as Dutch, wherever it stands (WCAG 3.1.2)."""

import re

import pytest
from bs4 import BeautifulSoup, Comment
from django.conf import settings
from wagtail.models import Site

from portal.core.models import SiteWords
from portal.organisations.models import Organisation
from portal.topics.models import Topic
from portal.webinars.models import Recording, Series
from search.engines import current_engine
from search.indexing import outbox
from tests.home.everything import Everything

pytestmark = pytest.mark.django_db
PUBLISHER = "Afdeling Preventie, stad Mechelen"


@pytest.fixture
def everything(site, translate):
    """One thing of every kind with Dutch words only, joined to the others; the pages are in French too."""
    things = Everything()
    things.add()
    things.add()
    things.translate(translate, "fr")
    SiteWords.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"name": "Schakel", "publisher_nl": PUBLISHER}
    )
    return things


def dutch_words() -> set[str]:
    """The names and titles that are there in Dutch only, and the names of the other languages."""
    words = {topic.label_nl for topic in Topic.objects.all()}
    words |= {organisation.name_nl for organisation in Organisation.objects.all()}
    words |= {record.title_nl for model in (Recording, Series) for record in model.objects.all()}
    names = [name for code, name in settings.WAGTAIL_CONTENT_LANGUAGES if code != "fr"]
    return {word.casefold() for word in (*words, *names, PUBLISHER) if word}


def unmarked(html: str, words: set[str]) -> list[str]:
    """The pieces of text that are one of these words, in a place that says it is French."""
    body = BeautifulSoup(html, "html.parser").body.extract()
    found = []
    for text in body.find_all(string=True):
        if isinstance(text, Comment) or text.parent.name in ("script", "style"):
            continue
        parts = re.split(r"[,:·]|: ", text)
        if text.parent.name == "title":  # a tooltip of the map, which is hidden from readers of text
            continue
        marked = text.find_parent(attrs={"lang": True})
        if marked is None and {part.strip(" .“”«»").casefold() for part in (text, *parts)} & words:
            found.append(f"{text.strip()} in {str(text.parent)[:200]}")
    return found


LISTS = ("/fr/", "/fr/methodieken-fr/", "/fr/webinars-fr/", "/fr/themas-fr/", "/fr/steden-fr/", "/fr/projecten-fr/")
QUESTIONS = ("", "?q=overlast", "?q=buurtwerk", "?q=xqzw", "?language=nl&topic=nuisance")


def test_on_every_kind_of_page_list_and_result(client, everything):
    outbox.rebuild(current_engine())
    words, found = dutch_words(), []
    for path in (*everything.paths("fr"), *LISTS, *(f"/fr/recherche/{question}" for question in QUESTIONS)):
        response = client.get(path)
        assert response.status_code == 200, path
        found += [f"{path}: {place}" for place in unmarked(response.content.decode(), words)]
    assert not found, "\n".join(found)
