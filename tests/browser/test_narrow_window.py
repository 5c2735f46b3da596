"""A window of 320 pixels, which is also 400 % zoom on a desk: everything fits, nothing scrolls sideways."""

import pytest

from tests.browser.page_types import PAGE_TYPES

STICKING_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1
        && element.checkVisibility() && !element.closest(".table, [tabindex='0']"))
    .slice(0, 5).map(element => element.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_page_does_not_scroll_sideways(portal, new_page, page_type):
    page = new_page(width=320, height=640)
    page.goto(portal.path(page_type, ("nl", "fr")[PAGE_TYPES.index(page_type) % 2]))

    wide = page.evaluate("document.scrollingElement.scrollWidth")

    assert wide <= 320, "\n".join(page.evaluate(STICKING_OUT))
