"""A browser learns from any page how to search the portal (OpenSearch 1.1)."""

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.test import Client

pytestmark = pytest.mark.django_db

NAMES = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.mark.parametrize("address", ["/nl/", "/nl/zoeken/", "/nl/methodieken/"])
def test_every_page_names_the_description_of_its_language(site, address):
    html = Client(HTTP_HOST="localhost").get(address).content.decode()
    link = BeautifulSoup(html, "html.parser").select_one(
        'link[rel=search][type="application/opensearchdescription+xml"]'
    )
    assert link["title"] and link["href"] == "/nl/zoeken/opensearch.xml"


@pytest.mark.parametrize(("language", "path"), [("nl", "/nl/zoeken/"), ("fr", "/fr/recherche/")])
def test_the_description_leads_to_the_results_page(site, settings, language, path):
    settings.WAGTAILADMIN_BASE_URL = "https://kennis.example.org"
    response = Client(HTTP_HOST="localhost").get(f"{path}opensearch.xml")
    assert response.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    described = fromstring(response.content)
    assert 0 < len(described.findtext(f"{NAMES}ShortName")) <= 16
    assert described.findtext(f"{NAMES}Language") == language
    templates = {url.get("type"): url.get("template") for url in described.iter(f"{NAMES}Url")}
    assert templates["text/html"] == f"https://kennis.example.org{path}?q={{searchTerms}}"
