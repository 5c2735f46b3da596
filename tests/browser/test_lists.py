"""Lists: filters apply as they are chosen, and the reader stays where she is; on a phone they are a sheet."""

import re

import pytest
from playwright.sync_api import expect

LANGUAGES = ("nl", "fr")


@pytest.fixture
def methods(portal, new_page):
    """Open the list of all methods."""

    def open_list(language="nl", query="", **window):
        page = new_page(**window)
        page.goto(portal.path("methods with a filter", language).partition("?")[0] + query)
        return page

    return open_list


def number(page) -> int:
    return int(re.search(r"\d+", page.locator(".tally > p").first.inner_text()).group())


def option(page, name, value):
    return page.locator(f"input[name={name}][value={value}]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_applies_at_once_and_focus_and_scroll_stay(methods, language):
    page = methods(language)
    before = number(page)
    box = option(page, "tier", "curative")
    box.scroll_into_view_if_needed()
    box.focus()
    scrolled = page.evaluate("[scrollY, document.querySelector('.filters').scrollTop]")
    page.keyboard.press("Space")

    page.wait_for_url("**?tier=curative")
    expect(page.locator(".chip--on")).to_have_count(1)
    assert 0 < number(page) < before
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    assert page.evaluate("[scrollY, document.querySelector('.filters').scrollTop]") == scrolled
    expect(page.locator(".filters [type=submit]")).to_be_hidden()
    # What a screen reader hears, once, in an element that was there before.
    expect(page.locator(".filters [role=status]")).to_have_text(re.compile(rf"^{number(page)} "))
    assert page.locator("main [role=status]").count() == 1


def test_a_second_choice_follows_by_keyboard_and_back_takes_each_away(methods):
    page = methods()
    everything = number(page)
    for tier in ("curative", "enforcement"):
        option(page, "tier", tier).focus()
        page.keyboard.press("Space")
        expect(option(page, "tier", tier)).to_be_checked()
        expect(page.locator("#chip-1")).to_be_visible()
        page.wait_for_url(f"**tier={tier}*")
    both = number(page)

    page.go_back()
    expect(page.locator(".chip--on")).to_have_count(1)
    expect(option(page, "tier", "enforcement")).not_to_be_checked()
    assert number(page) < both
    page.go_back()
    expect(page.locator(".chip--on")).to_have_count(0)
    assert number(page) == everything
    page.go_forward()
    expect(option(page, "tier", "curative")).to_be_checked()


def test_what_is_chosen_is_taken_away_above_the_list_and_focus_goes_on(methods):
    page = methods(query="?tier=curative&tier=enforcement")
    page.locator("#chip-1").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".chip--on")).to_have_count(1)
    expect(page.locator("#chip-1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".chip--on")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_filters_are_a_sheet_with_both_ends_in_reach(methods, language):
    page = methods(language, width=360, height=640)
    page.mouse.wheel(0, 2000)
    opener = page.locator("#filters-open")
    expect(opener).to_be_in_viewport()  # however far one has read
    opener.click()
    sheet = page.locator("#filters")
    expect(sheet).to_be_visible()
    close, show = sheet.locator(".filters__head button"), sheet.locator("[type=submit]")
    for scroll in (0, 400, 5000):
        sheet.evaluate("(sheet, to) => sheet.scrollTo(0, to)", scroll)
        expect(close).to_be_in_viewport(ratio=1)
        expect(show).to_be_in_viewport(ratio=1)

    option(page, "tier", "curative").click()
    page.wait_for_url("**?tier=curative")
    expect(sheet).to_be_visible()
    expect(show).to_have_text(re.compile(rf"\b{number(page)}\b"))
    show.click()
    expect(sheet).to_be_hidden()
    expect(opener).to_have_text(re.compile(r"\b1\b"))


def test_the_sheet_closes_with_its_button_and_with_escape(methods):
    page = methods(width=360, height=640)
    for key in ("Enter", "Escape"):
        page.locator("#filters-open").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#filters")).to_be_visible()
        if key == "Enter":
            page.keyboard.press("Tab")
            expect(page.locator(".filters__head button")).to_be_focused()
        page.keyboard.press(key)
        expect(page.locator("#filters")).to_be_hidden()
        expect(page.locator("#filters-open")).to_be_focused()


def test_without_script_the_button_stays_in_reach_and_the_sheet_opens(methods):
    desk = methods(javascript=False)
    box = option(desk, "tier", "curative")
    box.check()
    expect(desk.locator(".filters [type=submit]")).to_be_in_viewport(ratio=1)
    desk.locator(".filters [type=submit]").click()
    assert desk.url.endswith("?tier=curative")

    phone = methods(javascript=False, width=360, height=640)
    phone.locator("#filters-open").click()
    option(phone, "tier", "curative").check()
    expect(phone.locator(".filters [type=submit]")).to_be_in_viewport(ratio=1)
    phone.locator(".filters [type=submit]").click()
    assert phone.url.endswith("?tier=curative")
    expect(phone.locator("#filters")).to_be_hidden()


def test_the_language_switch_keeps_filters_and_view_also_after_a_choice(methods):
    page = methods(query="?view=table")
    option(page, "tier", "curative").check()
    page.wait_for_url("**tier=curative")
    expect(page.locator(".chip--on")).to_have_count(1)
    page.locator(".langs a[hreflang=fr]").click()
    assert page.url.partition("?")[2] == "view=table&tier=curative" or page.url.endswith("?tier=curative&view=table")
    expect(page.locator("main table")).to_be_visible()
    expect(option(page, "tier", "curative")).to_be_checked()


def test_a_table_fits_a_narrow_phone_and_keeps_the_names_in_sight(methods):
    page = methods(query="?view=table", width=360, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    name = page.locator("tbody th").first
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    expect(page.get_by_role("rowheader").first).to_be_visible()
    page.locator(".scroll").evaluate("region => region.scrollTo(300, 0)")
    name.scroll_into_view_if_needed()
    expect(name.locator("a")).to_be_in_viewport()


def test_when_the_portal_cannot_be_reached_the_choice_is_an_ordinary_page(methods):
    page = methods()
    page.route(re.compile(r"tier=curative"), lambda route: route.abort(), times=1)
    option(page, "tier", "curative").check()
    page.wait_for_url("**?tier=curative")
    expect(option(page, "tier", "curative")).to_be_checked()
    expect(page.locator(".chip--on")).to_have_count(1)
