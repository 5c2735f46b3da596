"""On paper a page is its content: no menu, no form, nothing to click."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("page_type", ["method", "project", "recording with transcript", "search with results"])
def test_what_is_for_clicking_is_not_printed(portal, new_page, page_type):
    page = new_page()
    page.goto(portal.path(page_type))

    page.emulate_media(media="print")

    for clicking in (".nav", ".langs", ".search", ".filters", ".foot nav", ".player"):
        for element in page.locator(clicking).all():
            expect(element).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
