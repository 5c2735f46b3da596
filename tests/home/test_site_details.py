"""What only the city knows is a setting: visitors read it once it is filled in, and never that it is not."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Site

from portal.core.content import site_details
from portal.core.models import SiteWords, User
from portal.home.public.search_documents import page_documents
from portal.starter.loading.content_files import LANGUAGES, read_items
from tests.home.factories import block, make_plain
from tests.markup import links, soup, text_of

TEXT = "<p>Schrijf naar {email}.</p><p>Altijd waar.</p><ul><li>{phone}</li><li>{postal_address}</li></ul>"
STATEMENT = {
    "email": "toegankelijk@example.org",
    "answer_days": 14,
    "accessibility": "partial",
    "accessibility_assessment": "self",
    "accessibility_assessed_on": date(2026, 11, 2),
    "enforcement_body": "Een ombudsdienst, Straat 1, 1000 Brussel",
}


def fill_in(**values):
    SiteWords.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults=values)


def body(client, path="/nl/over/"):
    return soup(client.get(path)).main


@pytest.mark.django_db
def test_a_passage_that_names_what_is_not_known_is_left_out(client, site):
    make_plain(block(1, "heading", "Contact"), block(2, "text", TEXT))
    html = body(client)
    assert "Altijd waar." in [text_of(paragraph) for paragraph in html.select("p")]
    assert "Schrijf naar" not in str(html) and "{" not in str(html)
    assert not html.select("ul"), "no list is left of which every line is left out"


@pytest.mark.django_db
def test_it_is_there_as_soon_as_it_is_filled_in_and_an_address_is_a_link(client, site):
    make_plain(block(2, "text", TEXT))
    fill_in(email="info@example.org", phone="015 00 00 00")
    html = body(client)
    assert "Schrijf naar info@example.org." in [paragraph.text for paragraph in html.select("p")]
    assert links(html)["info@example.org"] == "mailto:info@example.org"
    assert "015 00 00 00" in [text_of(line) for line in html.select("ul > li:last-child")]


@pytest.mark.django_db
def test_a_heading_under_which_nothing_is_left_goes_too(client, site):
    make_plain(
        block(1, "heading", "Logs"), block(2, "text", "<p>{log_days} dagen.</p>"), block(3, "heading", "Rechten")
    )
    assert "Logs" not in str(body(client))


@pytest.mark.django_db
def test_what_the_city_fills_in_cannot_be_markup(client, site):
    make_plain(block(2, "text", "<p>{postal_address}</p>"))
    fill_in(postal_address="<script>1</script> & co")
    assert "<p>&lt;script&gt;1&lt;/script&gt; &amp; co</p>" in str(body(client))


@pytest.mark.django_db
def test_search_keeps_no_sentence_that_would_be_old_after_a_change(site):
    make_plain(block(2, "text", TEXT))
    fill_in(email="info@example.org")
    text = next(iter(page_documents())).texts["nl"].body
    assert "Altijd waar." in text and "{" not in text and "Schrijf" not in text


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_text_that_names_nothing_of_the_city_stays_as_it_is(text):
    facts = dict.fromkeys(("email", "phone"))
    if "{" not in text:
        assert site_details.fill_in_rich_text(text, facts) == text
    assert site_details.fill_in_text("{unknown_name}", facts) == "{unknown_name}"


@pytest.mark.django_db
def test_the_statement_waits_for_everything_that_it_must_have(client, site):
    make_plain(
        block(1, "text", "<p>{if_statement}Deze verklaring geldt.</p><p>{if_no_statement}Nog niet beoordeeld.</p>"),
        block(2, "text", "<p>Dit portaal is {accessibility}, op {accessibility_assessed_on}.</p>"),
    )
    for name in STATEMENT:
        fill_in(**{key: None if key.endswith(("_on", "_days")) else "" for key in STATEMENT})
        fill_in(**{key: value for key, value in STATEMENT.items() if key != name})
        html = text_of(body(client))
        assert "Deze verklaring" not in html and "Nog niet beoordeeld." in html, name
    fill_in(**STATEMENT)
    html = text_of(body(client))
    assert "Deze verklaring geldt." in html and "Nog niet beoordeeld." not in html
    assert "Dit portaal is gedeeltelijk conform, op 2 november 2026." in html


@pytest.mark.django_db
def test_staff_who_can_fill_it_in_see_what_is_missing(client, site):
    administrator = User.objects.create_superuser("hoofd", "hoofd@example.org", "x")
    client.force_login(administrator)
    html = client.get("/admin/").content.decode()
    assert "Nog in te vullen door de stad" in html and "functionaris voor gegevensbescherming" in html
    fill_in(
        **STATEMENT, postal_address="Straat 1", data_protection_officer="dpo@example.org", hosting="Firma", log_days=30
    )
    assert "Nog in te vullen door de stad" not in client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_who_cannot_fill_it_in_is_not_asked(client, site):
    writer = User.objects.create_user("schrijver", "s@example.org", "x")
    writer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(writer)
    assert "Nog in te vullen door de stad" not in client.get("/admin/").content.decode()


UNFINISHED = {
    "nl": ("vult hier nog", "vult nog aan", "moet nog", "nog aan te vullen", "laat die rechtsgrond nog"),
    "fr": ("doit encore", "complétera", "à compléter", "reste à préciser"),
    "en": ("has yet to", "will add", "to be filled in", "still has to add"),
    "de": ("muss noch", "muss hier noch", "ergänzt", "noch zu ergänzen"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_starter_content_says_that_the_city_still_has_to_fill_in_something(language):
    for item in read_items("pages", "page"):
        said = str(item.texts[language])
        assert [words for words in UNFINISHED[language] if words in said] == [], item.key
