"""Makes the pictures of README and the editors' guide from a running portal.

    .venv/bin/python tools/make_pictures.py http://127.0.0.1:8000 data/admin_password

Needs Chromium. Logs in as the first administrator, whose admin is in Dutch. Nothing is changed in the portal.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "img"
WIDE: ViewportSize = {"width": 1280, "height": 860}
TRANSLATED = "PiM"  # a method that the starter content gives in every language


def main(address: str, password_file: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=WIDE, locale="nl-BE", color_scheme="light", base_url=address)
        page.goto("/nl/")
        page.screenshot(path=PICTURES / "home.png")
        log_in(page, Path(password_file).read_text().strip())
        page.screenshot(path=PICTURES / "editor-first-screen.png")
        open_form_of_a_method(page)
        page.screenshot(path=PICTURES / "editor-snapshot.png")
        open_translation(page, "Français")
        page.screenshot(path=PICTURES / "editor-translation.png")
        open_transcripts(page)
        page.screenshot(path=PICTURES / "editor-transcripts.png")
        open_correction(page)
        page.screenshot(path=PICTURES / "editor-correction.png")
        browser.close()


def log_in(page: Page, password: str) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", password)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    page.wait_for_load_state("networkidle")


def open_form_of_a_method(page: Page) -> None:
    page.locator("a[href*='/add/methods/methodpage/']").first.click()
    page.wait_for_selector("#id_title")
    page.wait_for_load_state("networkidle")


def open_translation(page: Page, language: str) -> None:
    """The editor with the Dutch passages beside those of a language, named as the list of pages names it."""
    page.goto(f"/admin/pages/search/?q={TRANSLATED}")
    row = page.locator("main tr", has_text=language)
    page.goto(row.locator("a[href*='/edit/']").first.get_attribute("href") or "")
    page.wait_for_selector(".js-translation-editor li.complete")
    page.wait_for_load_state("networkidle")


def open_transcripts(page: Page) -> None:
    """The tab of a recording with its transcripts and the places where it can be watched."""
    page.goto("/admin/snippets/webinars/recording/?q=Rondleiding")
    page.goto(page.locator("main .title a[href*='/edit/']").first.get_attribute("href") or "")
    page.get_by_role("tab", name="Transcripten en plaatsen").click()
    page.wait_for_load_state("networkidle")


def open_correction(page: Page) -> None:
    """From that tab to the editor of the Dutch transcript, at the third line."""
    page.get_by_role("link", name="Verbeteren, of een ondertitelbestand binnenbrengen").click()
    page.get_by_role("link", name="Verbeteren Nederlands").first.click()
    page.locator(".correct__lines textarea").nth(2).focus()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(*sys.argv[1:])
