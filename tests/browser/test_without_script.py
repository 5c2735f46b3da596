"""Everything that a visitor comes for works with scripts turned off."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


def asked(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("width", [360, 1280])
def test_filters_narrow_the_list_and_can_be_shared(portal, new_page, width):
    page = new_page(width=width, javascript=False)
    page.goto(portal.path("methods with a filter").partition("?")[0])
    before = page.locator("main .card__title, main .hit").count()

    box = page.locator("input[name=tier][value=curative]")
    if not box.is_visible():
        page.locator("#filters-open").click()
    box.check()
    page.locator(".filters button[type=submit]").click()

    assert asked(page)["tier"] == ["curative"]
    after = page.locator("main .card__title, main .hit").count()
    assert 0 < after < before
    page.reload()
    assert page.locator("main .card__title, main .hit").count() == after


def test_the_question_box_answers(portal, new_page):
    page = new_page(javascript=False)
    page.goto(portal.path("home"))

    page.locator("main input[name=q]").fill("dubbele diagnose")
    page.locator("main input[name=q]").press("Enter")

    assert page.url.startswith(portal.url + portal.path("empty search"))
    expect(page.locator("main").get_by_role("link", name=re.compile("dubbele diagnose", re.I)).first).to_be_visible()


def test_the_language_switch_leads_to_the_same_page(portal, new_page):
    page = new_page(javascript=False)
    page.goto(portal.path("method"))

    page.locator(".langs").get_by_role("link", name="Français", exact=True).click()

    assert page.url == portal.url + portal.path("method", "fr")


def test_the_menu_of_a_phone_leads_on(portal, new_page):
    page = new_page(width=360, javascript=False)
    page.goto(portal.path("home"))

    page.locator(".nav").get_by_role("link", name="Projecten", exact=True).click()

    assert page.url == portal.url + portal.path("projects")


def test_the_play_link_leads_to_the_recording(portal, new_page):
    page = new_page(javascript=False)
    page.goto(portal.path("recording on YouTube"))

    link = page.locator("#player a")

    expect(link).to_be_visible()
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
