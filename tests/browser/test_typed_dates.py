"""A date that staff type is the date that is kept, wherever they type it; a wrong one stays, with a sentence."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in, password_of_the_administrator


@pytest.fixture
def desk(portal, new_page):
    page = new_page(height=900)
    log_in(page, "admin", password_of_the_administrator(portal))
    return page


def show(desk, field: str):
    """The input of a field, on its tab."""
    tab = f"[role=tabpanel]:has([name='{field}'])"
    if desk.locator(tab).count() and not desk.locator(tab).first.is_visible():
        desk.locator(f"[role=tab][href='#{desk.locator(tab).first.get_attribute('id')}']").click()
    return desk.locator(f"input[name='{field}']")


def typed_by_hand(desk, field: str, text: str):
    """Write into a field key by key, with the calendar open, and leave it."""
    box = show(desk, field)
    box.click()
    expect(desk.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    box.fill("")
    box.press_sequentially(text)
    expect(desk.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    box.press("Tab")
    desk.wait_for_timeout(200)  # the calendar did its harm a moment after the field was left
    expect(box).to_have_value(text)
    desk.keyboard.press("Escape")
    return box


def saved(desk) -> None:
    """Keep the draft, and open it again."""
    desk.locator("footer button[type=submit]").first.click()
    expect(desk.locator(".messages .success, .messages li.success")).to_be_visible()
    if not desk.url.endswith("/edit/") and "/edit/" not in desk.url:
        desk.locator(".messages a[href*='/edit/']").first.click()
    desk.reload()


def test_the_day_of_a_page(desk):
    desk.get_by_role("link", name="Een methodiek schrijven").click()
    desk.locator("input[name=title]").fill(f"Datum {uuid.uuid4().hex[:6]}")
    typed_by_hand(desk, "position_as_of", "14.9.25")
    saved(desk)
    expect(show(desk, "position_as_of")).to_have_value("2025-09-14")


def test_the_hour_at_which_a_page_goes_on_line(desk):
    homes = desk.request.get("/admin/api/main/pages/?type=home.HomePage&order=id").json()["items"]
    desk.goto(f"/admin/pages/add/home/plainpage/{homes[0]['id']}/")
    desk.locator("input[name=title]").fill(f"Datum {uuid.uuid4().hex[:6]}")
    saved(desk)
    desk.locator("[data-side-panel-toggle=status]").click()
    desk.locator("[data-a11y-dialog-show=schedule-publishing-dialog]:visible").first.click()
    box = desk.locator("input[name=go_live_at]")
    box.click()
    box.press_sequentially("14/09/2044 13u30")
    box.press("Tab")
    desk.wait_for_timeout(200)
    expect(box).to_have_value("14/09/2044 13u30")
    desk.keyboard.press("Tab")  # past the day on which it goes off line, whose calendar lies over the button
    expect(desk.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    desk.locator("#schedule-publishing-dialog button[type=submit]").click()
    expect(desk.locator(".messages .success, .messages li.success")).to_be_visible()
    desk.reload()
    expect(desk.locator("input[name=go_live_at]")).to_have_value("2044-09-14 13:30")


def test_the_hour_of_a_recording(desk):
    desk.goto("/admin/snippets/webinars/recording/add/")
    show(desk, "title_nl").fill(f"Datum {uuid.uuid4().hex[:6]}")
    typed_by_hand(desk, "event_start", "14-9-2025 13.30")
    hour = desk.locator(".xdsoft_datetimepicker:visible .xdsoft_time", has_text="15:00")
    show(desk, "event_start").click()
    hour.click()  # an hour that is chosen belongs to the day that was typed
    expect(show(desk, "event_start")).to_have_value("2025-09-14 15:00")
    saved(desk)
    expect(show(desk, "event_start")).to_have_value("2025-09-14 15:00")


def test_a_date_in_a_list_of_a_page(desk):
    desk.goto("/admin/projects/")
    desk.goto(desk.locator("main a[href*='/edit/']").first.get_attribute("href"))
    box = show(desk, "timeline-0-value-date")
    box.fill("14/9/2019")
    saved(desk)
    expect(show(desk, "timeline-0-value-date")).to_have_value("2019-09-14")


def test_what_is_no_date_stays_with_a_sentence(desk):
    desk.get_by_role("link", name="Een methodiek schrijven").click()
    desk.locator("input[name=title]").fill(f"Datum {uuid.uuid4().hex[:6]}")
    typed_by_hand(desk, "position_as_of", "31/02/2025")
    desk.locator("footer button[type=submit]").first.click()
    expect(desk.locator(".error-message", has_text=re.compile("Dit is geen datum"))).to_be_visible()
    expect(show(desk, "position_as_of")).to_have_value("31/02/2025")
