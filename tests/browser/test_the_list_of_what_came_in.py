"""A reviewer without a mouse empties the list of what came in."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults_that_axe_finds, log_in, password_of_the_administrator

LIST = "/admin/snippets/feeds/item/"
HEADER = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"
POST = "2024-05-0{day} 09:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{number},Bericht {day},,,PUBLIC"
FIRST = 7191000000000000000  # the number of a post of May 2024


def three_posts() -> list[str]:
    """Rows of three posts that never came in before: what was decided about the others is remembered."""
    return [POST.format(day=day, number=FIRST + day * 10**14 + secrets.randbelow(10**13)) for day in (1, 2, 3)]


@pytest.fixture
def desk(portal, new_page):
    """The admin, with three posts that wait; nothing waits any more afterwards."""
    page = new_page(height=900)
    log_in(page, "admin", password_of_the_administrator(portal))
    page.goto("/admin/feeds/file/")
    table = {"name": "Shares.csv", "mimeType": "text/csv", "buffer": "\n".join([HEADER, *three_posts()]).encode()}
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="Binnenbrengen").click()
    expect(page.locator("#report")).to_be_visible()
    yield page
    page.goto(LIST)
    boxes = page.locator("input[name=item]")
    if boxes.count():
        for box in boxes.all():
            box.check()
        page.get_by_role("button", name="Negeer wat gekozen is").click()
        expect(page.locator("main")).to_contain_text("Er wacht niets op een beslissing.")


def test_axe_finds_no_fault_in_it_nor_in_the_choice_of_a_recording(desk, axe):
    desk.goto(LIST)
    assert faults_that_axe_finds(desk, axe, "document.querySelector('main')") == []
    desk.get_by_role("link", name="Samenvoegen").first.click()
    desk.get_by_label("Zoek een opname op haar titel").fill("rondleiding")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("radio")).not_to_have_count(0)
    assert faults_that_axe_finds(desk, axe, "document.querySelector('main')") == []


def test_it_is_emptied_with_the_arrows_space_and_enter(desk):
    desk.goto(LIST)
    boxes = desk.locator("input[name=item]")
    expect(boxes).to_have_count(3)

    boxes.first.focus()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    expect(desk.locator(":focus")).to_contain_text("Negeren")
    desk.keyboard.press("Enter")
    expect(boxes).to_have_count(2)
    expect(boxes.first).to_be_focused()

    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    expect(desk.locator(":focus")).to_have_text("Aanvaard wat gekozen is")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("Er wacht niets op een beslissing.")
