"""The question box suggests while somebody types: by keyboard, with a screen reader, and never in the way."""

import re

import pytest
from playwright.sync_api import expect

WORDS = {"nl": ("Suggesties", "dubb"), "fr": ("Suggestions", "doub")}


@pytest.fixture
def typing(portal, new_page):
    """Open a page and type in its large question box: gives the page, the box and the list."""

    def begin(words, language="nl", **window):
        page = new_page(**window)
        page.goto(portal.path("home", language), wait_until="networkidle")
        box = page.locator("main input[name=q]")
        box.press_sequentially(words)
        return page, box, page.locator("main [role=listbox]")

    return begin


def test_the_arrow_keys_choose_and_enter_opens(portal, typing):
    page, box, found = typing("dubbele d")
    expect(found.get_by_role("option").first).to_contain_text("Dubbele diagnose")
    expect(box).to_have_attribute("aria-expanded", "true")

    box.press("ArrowDown")
    chosen = found.locator("[aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    expect(box).to_be_focused()
    with page.expect_navigation():
        box.press("Enter")

    assert re.search(r"dubbele-diagnose/$|themas/", page.url)


def test_up_from_the_box_is_the_last_and_down_from_the_last_is_the_box(typing):
    _page, box, found = typing("on")
    expect(found).to_be_visible()

    box.press("ArrowUp")
    expect(found.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(found.locator("[aria-selected=true]")).to_have_count(0)


def test_enter_without_a_choice_asks_the_question(portal, typing):
    page, box, found = typing("dubbele")
    expect(found).to_be_visible()

    with page.expect_navigation():
        box.press("Enter")

    assert page.url == f"{portal.url}{portal.path('empty search')}?q=dubbele"


def test_escape_closes_the_list_and_keeps_what_was_typed(typing):
    _page, box, found = typing("dubbele")
    expect(found).to_be_visible()

    box.press("Escape")

    expect(found).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("dubbele")
    expect(box).to_be_focused()


def test_leaving_the_box_closes_the_list(typing):
    _page, box, found = typing("dubbele")
    expect(found).to_be_visible()

    box.press("Tab")

    expect(found).to_be_hidden()


def test_a_click_opens_what_is_suggested(typing):
    page, _box, found = typing("dubbele d")

    with page.expect_navigation():
        found.get_by_role("option").first.click()

    assert "dubbel" in page.url


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_screen_reader_hears_how_many_and_of_which_kind(typing, language):
    label, words = WORDS[language]
    page, _box, found = typing(words, language)

    expect(found).to_have_accessible_name(label)
    expect(page.locator("main form [role=status]")).to_have_text(re.compile(r"^[1-8] sugg"))
    expect(found.get_by_role("option").first).to_have_accessible_name(re.compile(r", \w"))


def test_typing_on_gives_up_what_was_asked_before(portal, new_page):
    page = new_page()
    page.goto(portal.path("home"), wait_until="networkidle")
    page.route(re.compile(r"suggestions\.json\?q=dub$"), lambda _route: None)  # never answered
    box = page.locator("main input[name=q]")

    with page.expect_request(re.compile("q=dub$")):
        box.press_sequentially("dub")
    with page.expect_event("requestfailed") as given_up:
        box.fill("orpheus")

    assert given_up.value.url.endswith("q=dub")
    expect(page.locator("main [role=option]").first).to_contain_text("ORPHEUS")


def test_when_suggesting_fails_the_box_still_asks(portal, new_page):
    page = new_page()
    page.route(re.compile(r"suggestions\.json"), lambda route: route.fulfill(status=500))
    page.goto(portal.path("home"), wait_until="networkidle")
    box = page.locator("main input[name=q]")
    box.press_sequentially("dubbele")
    page.wait_for_timeout(300)

    with page.expect_navigation():
        box.press("Enter")

    assert page.url.endswith("?q=dubbele")


def test_on_a_phone_the_box_suggests_too(portal, new_page):
    page = new_page(width=360)
    page.goto(portal.path("method"))
    page.locator("header .nav__find").click()
    page.wait_for_load_state("networkidle")

    page.locator("main input[name=q]").press_sequentially("orph")

    found = page.locator("main [role=listbox]")
    expect(found).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_list_has_no_fault_that_a_program_can_find(typing, axe, scheme):
    page, box, found = typing("on", scheme=scheme)
    expect(found).to_be_visible()
    box.press("ArrowDown")

    page.evaluate(axe)
    faults = page.evaluate(
        "axe.run('main form').then(result => result.violations.map(one => [one.id, one.nodes[0].html]))"
    )

    assert faults == []


def test_all_scripts_of_the_home_page_stay_within_their_budget(portal, new_page):
    page = new_page()
    sizes = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}) if ".js" in answer.url else None)
    page.goto(portal.path("home"), wait_until="networkidle")

    assert any("search_box" in url for url in sizes)
    assert sum(sizes.values()) <= 15_000
