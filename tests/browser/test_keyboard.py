"""A visitor without a mouse reaches everything and always sees where she is."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

# The ring is drawn round the stop itself, round what holds it (the question box, a card) or round its place on a strip.
WHERE = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect();
    const ringed = element => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const around = [];
    for (let element = here; element !== document.body; element = element.parentElement) around.push(element);
    const area = here.querySelector(".strip__area");
    return {
        what: here.outerHTML.slice(0, 120),
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        marked: around.some(ringed) || (area !== null && parseFloat(getComputedStyle(area).strokeWidth) >= 3),
    };
}"""


def test_the_first_stop_skips_to_the_content(portal, new_page):
    page = new_page()
    page.goto(portal.path("method"))

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_in_viewport()
    assert skip.get_attribute("href") == "#main"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page_type", ["home", "methods with a filter", "method", "recording with transcript"])
def test_every_stop_is_seen_and_marked(portal, new_page, page_type, scheme):
    page = new_page(scheme=scheme)
    page.goto(portal.path(page_type))

    stops = []
    for _stop in range(30):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(WHERE))

    assert [stop["what"] for stop in stops if not (stop["seen"] and stop["marked"])] == []


def test_methods_are_filtered_by_keyboard(portal, new_page):
    page = new_page()
    page.goto(portal.path("methods with a filter").partition("?")[0])

    for _stop in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'tier' && document.activeElement.value === 'preventive'"):
            break
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert parse_qs(urlsplit(page.url).query)["tier"] == ["preventive"]


def test_the_menu_of_a_phone_is_there_without_opening_anything(portal, new_page):
    page = new_page(width=360)
    page.goto(portal.path("topics"))
    focused = []
    for _turn in range(12):
        page.keyboard.press("Tab")
        focused.append(page.evaluate("document.activeElement.getAttribute('href')"))

    assert {portal.path("projects"), portal.path("webinars"), portal.path("empty search")} <= set(focused)
