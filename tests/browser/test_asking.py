"""Asking the city something: without a script, by keyboard, with nothing lost when a field is wrong."""

import pytest
from playwright.sync_api import expect

NEEDED_S = 4  # longer than a program takes (portal/ask/form_token.py)


@pytest.mark.parametrize(("language", "width"), [("nl", 360), ("fr", 1280)])
def test_a_question_is_asked_mended_and_sent(portal, new_page, language, width):
    page = new_page(width=width, javascript=False)
    page.goto(portal.path("form for questions", language))
    form = page.locator("main form")
    form.locator("textarea").fill("Een vraag\nop twee lijnen")
    form.locator("[name=email]").fill("ann@porto")
    page.wait_for_timeout(NEEDED_S * 1000)
    form.locator("button").click()

    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a").click()
    expect(form.locator("[name=email]")).to_be_focused()
    expect(form.locator("textarea")).to_have_value("Een vraag\nop twee lijnen")

    form.locator("[name=email]").fill("ann@example.org")
    form.locator("[name=email]").press("Enter")
    expect(page.locator("[role=status]")).to_be_focused()
    assert "?sent=" in page.url
    assert page.context.cookies() == []


def test_every_ask_of_a_method_leads_to_the_form_with_that_row(portal, new_page):
    page = new_page()
    page.goto(portal.path("method"))
    ask = page.locator(".unknown a").first
    row = ask.get_attribute("href").partition("row=")[2]
    ask.click()
    assert page.locator("main form [name=row]").get_attribute("value") == row
    expect(page.locator(".asked-about a")).to_be_visible()
