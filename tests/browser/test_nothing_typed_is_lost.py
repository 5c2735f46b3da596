"""A session ends while somebody types: after logging in again in another tab, what she typed is saved."""

import re
import sqlite3
import time
import uuid
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import faults_that_axe_finds, log_in, password_of_the_administrator

pytestmark = pytest.mark.long(60)

ENDED = "U bent niet meer aangemeld. Wat u typte, blijft hier staan"


class Database:
    """What the portal has stored, asked beside it."""

    def __init__(self, portal):
        self.path = portal.data / "db.sqlite3"

    def ask(self, sql, *values):
        with closing(sqlite3.connect(self.path, timeout=20)) as database, database:
            return database.execute(sql, values).fetchall()

    def end_all_sessions(self):
        self.ask("DELETE FROM django_session")

    def holds(self, page, table, column, word) -> bool:
        """Whether a word comes to be in a column within some seconds, while the page goes on."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self.ask(f"SELECT 1 FROM {table} WHERE {column} LIKE ?", f"%{word}%"):
                return True
            page.wait_for_timeout(100)
        return False


@pytest.fixture
def database(portal):
    return Database(portal)


@pytest.fixture
def desk(portal, new_page):
    page = new_page(height=900)
    log_in(page, "admin", password_of_the_administrator(portal))
    return page


@pytest.fixture
def word():
    return f"straattafel{uuid.uuid4().hex[:8]}"


def log_in_in_another_tab(desk, portal):
    """Follow the link of the sentence, as somebody does who reads it."""
    with desk.context.expect_page() as opened:
        desk.locator(".session-bar a").click()
    tab = opened.value
    tab.locator("input[name=username]").fill("admin")
    tab.locator("input[name=password]").fill(password_of_the_administrator(portal))
    tab.locator("input[name=password]").press("Enter")
    expect(tab.locator("main")).to_contain_text("U bent opnieuw aangemeld")
    tab.close()


def open_the_tab_of(desk, field):
    panel = desk.locator(f"[role=tabpanel]:has({field})").get_attribute("id")
    desk.locator(f"[role=tab][href='#{panel}']").click()


def fill_in_a_source(page, name):
    page.goto("/admin/snippets/feeds/source/add/")
    page.locator("#id_name").fill(name)
    page.locator("[name=kind]").select_option("youtube_atom")
    page.locator("[name=config]").fill(f"UC{uuid.uuid4().hex[:22]}")


def test_a_draft_that_saves_itself_is_saved_after_logging_in_again(portal, desk, database, word):
    desk.get_by_role("link", name="Een methodiek schrijven").click()
    database.end_all_sessions()
    bar, turn = desk.locator(".session-bar"), 0
    while not bar.count() and turn < 60:  # the editor looks at what is typed from two seconds after it has opened
        turn += 1
        desk.locator("input[name=title]").fill(f"Methode {word} {turn}")
        desk.wait_for_timeout(500)

    expect(bar).to_contain_text(ENDED)
    desk.locator("textarea[name=lead]").fill(f"Daarna nog getypt {word}")
    log_in_in_another_tab(desk, portal)

    expect(desk.locator(".session-bar")).to_contain_text("U bent opnieuw aangemeld")
    assert database.holds(desk, "wagtailcore_revision", "content", f"Methode {word}")
    assert database.holds(desk, "wagtailcore_revision", "content", f"Daarna nog getypt {word}")


@pytest.mark.parametrize("room", ["speaker", "source", "transcript"])
def test_a_form_that_is_sent_after_the_end_is_sent_after_logging_in_again(portal, desk, database, word, room):
    where, field, table, column = {
        "speaker": ("/admin/snippets/webinars/speaker/add/", "#id_name", "webinars_speaker", "name"),
        "source": ("/admin/snippets/feeds/source/add/", "#id_name", "feeds_source", "name"),
        "transcript": (portal.admin["transcript editor"], ".correct__lines textarea", "webinars_cue", "text"),
    }[room]
    if room == "source":
        fill_in_a_source(desk, "")
    else:
        desk.goto(where)
    if room == "speaker":
        open_the_tab_of(desk, field)
    desk.locator(field).first.fill(f"Dat is {word}")
    database.end_all_sessions()
    if room == "transcript":
        desk.locator("button[value=save]").first.click()
    else:
        desk.locator("footer [type=submit]").first.click()

    expect(desk.locator(".session-bar")).to_contain_text(ENDED)
    expect(desk.locator(field).first).to_have_value(f"Dat is {word}")
    with desk.expect_navigation():  # Chromium at times does not close a window that is on its way to another page
        log_in_in_another_tab(desk, portal)

    assert database.holds(desk, table, column, f"Dat is {word}")


def test_a_translated_passage_is_saved_after_logging_in_again(portal, desk, database, word):
    [[number]] = database.ask(
        "SELECT page.id FROM methods_methodpage m JOIN wagtailcore_page page ON page.id = m.page_ptr_id "
        "JOIN wagtailcore_locale locale ON locale.id = page.locale_id "
        "WHERE m.key = 'dubbele-diagnose' AND locale.language_code = 'fr'"
    )
    desk.goto(f"/admin/pages/{number}/edit/")
    editor = desk.locator(".js-translation-editor")
    editor.get_by_role("button", name="Bewerk", exact=True).first.click()
    editor.locator("textarea").first.fill(f"Phrase {word}")
    database.end_all_sessions()
    editor.get_by_role("button", name=re.compile("^(Bewaar|Opslaan)")).first.click()

    expect(desk.locator(".session-bar")).to_contain_text(ENDED)
    log_in_in_another_tab(desk, portal)

    assert database.holds(desk, "wagtail_localize_stringtranslation", "data", f"Phrase {word}")


def test_a_form_is_saved_when_its_sender_logged_in_again_before(portal, desk, database, word):
    """Logging in again gives every page another token."""
    desk.goto("/admin/snippets/webinars/speaker/add/")
    open_the_tab_of(desk, "#id_name")
    desk.locator("#id_name").fill(f"Dat is {word}")
    tab = desk.context.new_page()
    database.end_all_sessions()
    log_in(tab, "admin", password_of_the_administrator(portal))

    with desk.expect_navigation():
        desk.locator("footer [type=submit]").first.click()

    assert database.holds(desk, "webinars_speaker", "name", f"Dat is {word}")


def test_a_button_goes_on_meaning_what_it_says(portal, desk, database, word):
    """The button that was pressed is part of what is sent, also after the page has asked who is logged in."""
    desk.goto("/admin/snippets/webinars/speaker/add/")
    open_the_tab_of(desk, "#id_name")
    desk.locator("#id_name").fill(f"Dat is {word}")
    desk.locator("footer").get_by_role("button", name=re.compile("acties", re.I)).click()
    desk.locator("button[name=action-publish]").click()
    expect(desk.locator(".messages .success, .messages li.success")).to_be_visible()
    assert database.ask("SELECT live FROM webinars_speaker WHERE name = ?", f"Dat is {word}") == [(1,)]


def test_without_script_what_was_typed_is_sent_once_more(portal, new_page, database, word):
    page = new_page(javascript=False)
    log_in(page, "admin", password_of_the_administrator(portal))
    fill_in_a_source(page, f"Dat is {word}")
    database.end_all_sessions()
    page.locator("footer [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Not saved yet")  # the language of this browser

    log_in(page.context.new_page(), "admin", password_of_the_administrator(portal))
    page.get_by_role("button", name="Send once more").click()
    expect(page.locator("main")).to_contain_text("Nog niet bewaard")
    page.get_by_role("button").click()

    assert database.holds(page, "feeds_source", "name", f"Dat is {word}")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_sentence_and_the_pages_around_it_are_for_everybody(portal, new_page, database, axe, width):
    page = new_page(width=width)
    log_in(page, "admin", password_of_the_administrator(portal))
    fill_in_a_source(page, "Een bron")
    database.end_all_sessions()
    page.locator("footer [type=submit]").first.click()
    expect(page.locator(".session-bar")).to_be_visible()
    assert faults_that_axe_finds(page, axe, "document.querySelector('.session-bar')") == []
    page.goto("/admin/login/", wait_until="load")
    assert faults_that_axe_finds(page, axe, "document.querySelector('main')") == []
