"""Transcripts, consents and connections are looked after without a mouse, on pages in which axe finds no fault."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults_that_axe_finds, log_in, password_of_the_administrator

pytestmark = pytest.mark.long(50)

PAGES = (
    "transcripts",
    "caption files",
    "transcript editor",
    "consent",
    "consent report",
    "take-down",
    "LinkedIn panel",
)


@pytest.fixture(scope="module")
def session(portal, chromium):
    """The cookies of an administrator, got once."""
    context = chromium.new_context(base_url=portal.url)
    log_in(context.new_page(), "admin", password_of_the_administrator(portal))
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def desk(new_page, session):
    """A window of the administrator: `desk(width=390)`."""
    return lambda **options: new_page(storage_state=session, **{"height": 900} | options)


def tab_to(page, target, most=40) -> None:
    """Press Tab until the target has the focus."""
    for _stop in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{target} has not the focus after {most} times Tab")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_staff_has_no_fault_that_axe_finds(portal, desk, axe, name, width):
    page = desk(width=width)
    page.goto(portal.admin[name])

    assert faults_that_axe_finds(page, axe, "document.querySelector('main')") == []


def test_an_opened_line_with_a_wrong_time_has_no_fault_that_axe_finds(portal, desk, axe):
    page = desk()
    page.goto(portal.admin["transcript editor"])
    page.get_by_role("button", name="Tijden en sprekers").first.click()
    page.locator("#e0").fill("straks")
    page.get_by_role("button", name="Bewaren").click()

    expect(page.locator("#e0")).to_be_focused()
    expect(page.locator("#e0")).to_have_accessible_description(re.compile("“straks”.* is geen tijd"))
    assert faults_that_axe_finds(page, axe, "document.querySelector('.correct')") == []


def test_a_line_is_timed_and_divided_by_keyboard_and_nothing_typed_is_lost(portal, desk):
    page = desk()
    page.goto(portal.admin["transcript editor"])
    before = page.locator("#c0").input_value()
    page.locator("#c0").focus()
    page.keyboard.press("End")
    page.keyboard.type(" Fijn.")
    page.keyboard.press("Enter")
    expect(page.locator("#c1")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#c0")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#b0")).to_be_focused()
    expect(page.locator("#c0")).to_have_value(f"{before} Fijn.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Nog iets.")
    tab_to(page, page.locator("#e0"), most=2)
    page.keyboard.type("0:03,5")
    page.keyboard.press("Control+s")

    expect(page.locator(".messages")).to_contain_text("1 regel verbeterd")
    expect(page.locator("#c1")).to_have_value("Nog iets.")
    expect(page.locator("label[for=c2]")).to_have_text("0:04")


def test_a_recording_is_taken_away_from_the_report_and_given_back_by_keyboard(portal, desk):
    page = desk()
    page.goto(portal.admin["consent report"])
    button = page.get_by_role("row", name="An Proef").get_by_role("button")
    page.locator("main a").first.focus()
    tab_to(page, button)
    page.keyboard.press("Enter")

    expect(page.locator(".messages")).to_contain_text("Hier weggehaald.")
    back = page.get_by_role("button", name="De opname terugzetten")
    page.locator("main h2").first.click()
    tab_to(page, back, most=3)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Deze opname weghalen")).to_be_visible()


def test_the_form_of_a_recording_says_what_is_broken_and_leads_to_the_take_down_filled_in(portal, desk):
    page = desk()
    page.goto(portal.admin["form of a recording"])
    expect(page.locator(".messages")).to_contain_text("An Proef: de instemming is ingetrokken")
    page.locator(".messages").get_by_role("link", name="Weghalen").press("Enter")

    expect(page.get_by_label("Een spreker vraagt erom")).to_be_checked()


def test_the_panel_of_a_source_says_what_is_missing_before_it_can_be_connected(portal, desk):
    page = desk()
    page.goto(portal.admin["LinkedIn panel"])

    expect(page.locator("main")).to_contain_text("SCHAKEL_LINKEDIN_CLIENT_ID")
    expect(page.get_by_label("Authorized redirect URLs")).to_have_value(f"{portal.url}/admin/feeds/linkedin/")


def test_the_page_about_consent_opens_without_a_fault_and_with_its_calendars(portal, desk):
    page = desk()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(portal.admin["consent"])
    page.locator("input[name$=-since]").first.focus()

    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    assert faults == []


TABLE_OF_WORD = (
    "<html><body><!--StartFragment--><p class=MsoNormal>Voor</p><table class=MsoTableGrid border=1><tr>"
    "<td><p class=MsoNormal>A<o:p></o:p></p></td><td><p class=MsoNormal><b>cel B</b></p></td></tr>"
    "<tr><td>1</td><td><p>2</p><p>en 3</p></td></tr></table><p>Na</p><!--EndFragment--></body></html>"
)


def test_the_cells_of_a_table_that_is_pasted_stay_apart(portal, desk):
    page = desk()
    page.goto("/admin/")
    page.get_by_role("link", name="Een methodiek schrijven").click()
    page.get_by_role("tab", name="Nood").click()
    text = page.locator(".Draftail-Editor [contenteditable=true]:visible").first
    text.click()
    text.evaluate(
        """(element, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "anders");
            const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data });
            element.dispatchEvent(paste);
        }""",
        TABLE_OF_WORD,
    )

    expect(text.locator("[data-block=true]")).to_have_text(["Voor", "A | cel B", "1 | 2 en 3", "Na"])
