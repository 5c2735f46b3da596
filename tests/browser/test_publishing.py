"""A colleague who has never been here gets a method published, and a translation goes out whole or not at all."""

import re
import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in, password_of_the_administrator

PASSWORD = "een lang wachtwoord voor de proef"


@pytest.fixture
def desk(portal, new_page):
    """The admin, with the first administrator logged in by the password file."""
    page = new_page(height=900)
    log_in(page, "admin", password_of_the_administrator(portal))
    return page


def choose_a_topic(desk, word: str) -> None:
    """Type a part of the word and take the first one that is left."""
    desk.locator(".topic-list__filter").first.fill(word)
    desk.locator(".topic-list__filter").first.press("Enter")
    expect(desk.locator(".topic-list__chip")).to_have_text(word)
    desk.keyboard.press("Escape")


def type_a_day(desk, field: str, day: str) -> None:
    """Type a date and leave the field once its calendar is there: it opens a moment after the field has the focus, even
    when that has moved on by then, and would lie over the form."""
    desk.locator(f"input[name={field}]").fill(day)
    calendar = desk.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)
    desk.locator(f"input[name={field}]").press("Tab")
    expect(calendar).to_have_count(0)


def fill_in_the_snapshot(desk, title: str) -> None:
    """What the first tab asks before a method is public."""
    desk.locator("input[name=title]").fill(title)
    desk.locator("textarea[name=lead]").fill("Buren die elkaar niet kennen, eten samen aan een tafel op straat.")
    desk.locator("textarea[name=summary]").fill("Eén keer per jaar zet de straat haar tafels buiten en kookt iedereen.")
    choose_a_topic(desk, "straathoekwerk")
    type_a_day(desk, "position_as_of", "2021-09-14")
    desk.locator("input[name=position_source]").fill("Een proef van deze test")


def publish_a_method(desk, title: str) -> str:
    """From the first screen to a published method, with the fields of the snapshot only; its number in the admin."""
    desk.get_by_role("link", name="Een methodiek schrijven").click()
    fill_in_the_snapshot(desk, title)
    desk.locator("footer").get_by_role("button", name=re.compile("acties", re.I)).click()
    desk.locator("button[name=action-publish]").click()
    expect(desk.locator(".messages .success, .messages li.success")).to_be_visible()
    return re.search(r"/pages/(\d+)/", desk.locator(".messages a[href*='/edit/']").first.get_attribute("href"))[1]


def test_a_snapshot_is_on_the_site_and_in_search(portal, desk, new_page):
    word = f"straattafel{uuid.uuid4().hex[:6]}"
    begun = time.monotonic()
    publish_a_method(desk, f"Methode {word}")
    published = time.monotonic()

    while f"/methode-{word}/" not in portal.get(f"{portal.path('empty search')}?q={word}"):
        assert time.monotonic() - published < 20, "search does not find it"
        time.sleep(0.02)
    findable = time.monotonic() - published

    print(f"filled in and published in {published - begun:.1f} s, found {findable:.2f} s after the admin said so")  # noqa: T201
    page = new_page()
    assert page.goto(f"{portal.path('methods with a filter').partition('?')[0]}methode-{word}/").status == 200
    expect(page.locator("h1")).to_have_text(f"Methode {word}")
    expect(page.locator("main")).to_contain_text("14 september 2021")
    page.goto(portal.path("methods with a filter", "fr").partition("?")[0])
    card = page.get_by_role("link", name=f"Methode {word}", exact=True)
    assert card.evaluate("link => link.closest('[lang]').lang") == "nl"


def test_publishing_waits_for_the_draft_that_is_being_saved(portal, desk, new_page):
    """The draft makes the page: sent beside it, the form would make a second one, which is refused."""
    word = f"stoeptafel{uuid.uuid4().hex[:6]}"
    drafts = []

    def answer_later(route):
        if route.request.headers["accept"] == "application/json":
            drafts.append((route, route.fetch()))
        else:
            route.continue_()

    desk.get_by_role("link", name="Een methodiek schrijven").click()
    desk.route("**/admin/pages/add/**", answer_later)
    fill_in_the_snapshot(desk, f"Methode {word}")
    for turn in range(30):  # the editor looks at what is typed from two seconds after it has opened
        if drafts:
            break
        desk.locator("textarea[name=summary]").fill(f"Eén keer per jaar eet de straat samen, {turn} keer gezegd.")
        desk.wait_for_timeout(4_000)
    desk.locator("footer").get_by_role("button", name=re.compile("acties", re.I)).click()
    desk.locator("button[name=action-publish]").click()
    desk.wait_for_timeout(500)
    [(route, answer)] = drafts
    route.fulfill(response=answer)

    expect(desk.locator(".messages .success, .messages li.success")).to_be_visible()
    methods = portal.path("methods with a filter").partition("?")[0]
    assert new_page().goto(f"{methods}methode-{word}/").status == 200


def member_of(desk, group: str) -> str:
    """A new colleague in a group, made by the administrator; her name."""
    name = f"{group.lower()}{uuid.uuid4().hex[:6]}"
    desk.goto("/admin/users/new/")
    written = {"username": name, "email": f"{name}@example.org", "first_name": "An", "last_name": "Proef"}
    for field, value in written.items() | {"password1": PASSWORD, "password2": PASSWORD}.items():
        desk.locator(f"input[name={field}]").fill(value)
    desk.locator("#tab-label-roles").click()
    desk.get_by_label(group, exact=True).check()
    desk.locator("main form [type=submit]").first.click()
    expect(desk.locator(".messages .success, .messages li.success")).to_be_visible()
    return name


def test_what_a_writer_hands_in_is_published_by_a_reviewer(portal, desk, new_page):
    word = f"buurttafel{uuid.uuid4().hex[:6]}"
    writer, reviewer = member_of(desk, "Schrijvers"), member_of(desk, "Nalezers")

    page = new_page(height=900)
    log_in(page, writer, PASSWORD)
    page.get_by_role("link", name="Een methodiek schrijven").click()
    page.locator("input[name=title]").fill(f"Methode {word}")
    page.locator("footer").get_by_role("button", name=re.compile("acties", re.I)).click()
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".error-message")).to_have_count(5)
    fill_in_the_snapshot(page, f"Methode {word}")
    page.locator("footer").get_by_role("button", name=re.compile("acties", re.I)).click()
    expect(page.locator("button[name=action-publish]")).to_have_count(0)
    page.locator("button[name=action-submit]").click()
    expect(page.locator(".messages .success, .messages li.success")).to_be_visible()

    page = new_page(height=900)
    log_in(page, reviewer, PASSWORD)
    page.get_by_role("link", name=f"Methode {word}").click()
    page.locator("footer").get_by_role("button", name=re.compile("acties", re.I)).click()
    page.locator("footer").get_by_role("button", name="Goedkeuren", exact=True).click()
    expect(page.locator(".messages .success, .messages li.success")).to_be_visible()
    methods = portal.path("methods with a filter").partition("?")[0]
    visitor = new_page()
    assert visitor.goto(f"{methods}methode-{word}/").status == 200
    expect(visitor.locator("main")).to_contain_text("nalezer van het portaal")  # her approval is the review


def test_a_translation_with_missing_passages_is_not_published(portal, desk):
    word = f"stoeprand{uuid.uuid4().hex[:6]}"
    number = publish_a_method(desk, f"Methode {word}")
    desk.goto(f"/admin/localize/submit/page/{number}/")
    desk.get_by_label("Français").check()
    desk.locator("main form button[type=submit], main form input[type=submit]").first.click()
    desk.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))

    desk.get_by_role("button", name=re.compile("Publiceren in het")).click()

    expect(desk.locator(".messages")).to_contain_text("Niet gepubliceerd")
    page = portal.get(portal.path("methods with a filter", "fr").partition("?")[0])
    card = re.search(rf'<a href="([^"]+)"[^>]*>Methode {word}</a>', page)
    assert card[1].startswith("/nl/")
