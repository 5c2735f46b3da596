"""The language switch leads to the same page, and search engines are told of both."""

from urllib.parse import urlsplit

import pytest

from tests.browser.page_types import PAGE_TYPES

WITH_TWIN = [name for name in PAGE_TYPES if name not in ("not found", "gone")]


@pytest.mark.parametrize("page_type", WITH_TWIN)
def test_the_switch_leads_to_the_same_page_and_back(portal, kept_window, page_type):
    page = kept_window()
    page.goto(portal.path(page_type))

    for name, language in (("Français", "fr"), ("Nederlands", "nl")):
        page.locator(".langs").get_by_role("link", name=name, exact=True).click()

        assert urlsplit(page.url).path == urlsplit(portal.path(page_type, language)).path
        assert page.locator("html").get_attribute("lang") == language


def test_the_switch_keeps_the_question(portal, new_page):
    page = new_page()
    page.goto(portal.path("search with results"))

    page.locator(".langs").get_by_role("link", name="Français", exact=True).click()

    assert page.url == portal.url + portal.path("search with results", "fr")


def test_a_page_in_one_language_says_that_the_switch_leads_home(portal, new_page):
    page = new_page()
    page.goto(portal.path("only Dutch"))

    french = page.locator(".langs").get_by_role("link", name="Français")
    assert "startpagina" in french.inner_text()
    french.click()

    assert page.url == portal.url + portal.path("home", "fr")


def test_the_browser_s_language_changes_nothing(portal, new_page):
    page = new_page()  # its browser asks for English

    page.goto("/")

    assert page.url == f"{portal.url}/nl/"
