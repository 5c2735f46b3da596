"""What a screen reader is told: one title, headings in order, landmarks with names, the language of every text."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.browser.page_types import PAGE_TYPES

# A page may have several of these, and then each has to say which one it is.
LANDMARKS = ("navigation", "region", "search", "complementary")


def accessibility_tree(page) -> list[tuple[str, str, int | None]]:
    """(role, name, level) of everything that the browser hands to a screen reader, in reading order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    return [
        (
            node["role"]["value"],
            node.get("name", {}).get("value", ""),
            next((one["value"]["value"] for one in node.get("properties", []) if one["name"] == "level"), None),
        )
        for node in in_reading_order(nodes[0], by_id)
        if not node.get("ignored")
    ]


def in_reading_order(node: dict, by_id: dict[str, dict]) -> Iterator[dict]:
    """The browser gives the nodes level by level: what is nested deeper comes later, wherever it is read."""
    yield node
    for child in node.get("childIds", []):
        if child in by_id:
            yield from in_reading_order(by_id[child], by_id)


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_page_says_what_it_is_and_what_its_parts_are(portal, kept_window, page_type):
    page = kept_window()
    page.goto(portal.path(page_type))

    tree = accessibility_tree(page)
    roles = Counter(role for role, _name, _level in tree)
    levels = [level for role, _name, level in tree if role == "heading"]
    parts = Counter((role, name) for role, name, _level in tree if role in LANDMARKS)

    assert levels.count(1) == 1
    assert levels[0] == 1
    jumps = [(before, after) for before, after in zip(levels, levels[1:], strict=False) if after > before + 1]
    assert not jumps, f"a heading skips a level: {levels}"
    assert (roles["banner"], roles["main"], roles["contentinfo"]) == (1, 1, 1)
    assert [part for part, number in parts.items() if number > 1] == []
    assert [(role, name) for role, name in parts if not name and (roles[role] > 1 or role == "navigation")] == []
    assert [role for role, name, _level in tree if role in ("link", "button", "searchbox") and not name] == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_page_says_its_language(portal, new_page, language):
    page = new_page()
    page.goto(portal.path("method", language))

    assert page.locator("html").get_attribute("lang") == language


def test_a_dutch_method_in_the_french_index_is_read_in_dutch(portal, new_page):
    page = new_page()
    page.goto(portal.path("methods with a filter", "fr").partition("?")[0])

    card = page.get_by_role("link", name=portal.words["only Dutch"], exact=True)
    following = page.locator("a[rel=next]")
    while not card.count() and following.count():  # how many come before it depends on what other tests have published
        page.goto(following.evaluate("link => link.href"))

    assert card.count() == 1
    assert card.evaluate("link => link.closest('[lang]').lang") == "nl"
    assert card.get_attribute("hreflang") == "nl"
    assert card.evaluate(
        "link => link.closest('li, article, .card').querySelector('.tongue, [title=Nederlands]') !== null"
    )


def test_a_french_page_marks_the_transcript_that_is_in_another_language(portal, new_page):
    page = new_page()
    page.goto(portal.path("recording on YouTube", "fr"))

    assert page.locator(".transcript").get_attribute("lang") in ("nl", "en")
