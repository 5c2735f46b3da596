"""A source without a title is general knowledge of the field, and says so in the language of the reader."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import translation

from portal.core.content.blocks import SourceBlock
from tests.factories import make_method

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Algemene vakkennis"), ("fr", "Connaissances générales du métier"), ("de", "Allgemeines Fachwissen")],
)
def test_it_is_said_in_the_language_of_the_page(site, client, translate, language, words):
    method = make_method(title="Buurttafel", sources=[("source", {"title": "", "url": "", "as_of": "2021"})])
    page = method if language == "nl" else translate(method, language)
    item = next(
        item for item in BeautifulSoup(client.get(page.url).content, "html.parser").select("li") if words in item.text
    )
    assert "2021" not in item.text, "what the field knows in general is the position of no day"


def test_an_address_asks_for_a_title():
    with translation.override("nl"), pytest.raises(ValidationError) as refused:
        SourceBlock().clean({"title": "", "url": "https://example.org/bron", "as_of": ""})
    assert "Geef de titel van de bron" in str(refused.value.block_errors["title"])


def test_general_knowledge_takes_no_date():
    with translation.override("nl"), pytest.raises(ValidationError) as refused:
        SourceBlock().clean({"title": "", "url": "", "as_of": "2021"})
    assert "heeft geen datum" in str(refused.value.block_errors["as_of"])
