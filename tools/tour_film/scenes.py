"""The scenes of the tour: six chapters of 22 s, with a caption every 5.5 s (see captions/nl.vtt).

Every scene ends at the second of the next caption. A scene that needs longer raises an error.
"""

import re
from urllib.parse import quote

from playwright.sync_api import Page

from tools.tour_film.strip import Strip

CHAPTER_S = 22
CAPTION_S = 5.5
DURATION_S = 6 * CHAPTER_S

QUESTION = "webinaire"
METHOD = "dubbele-diagnose"
PROJECT = "orpheus"
RECORDING = "rondleiding"


def show_everything(strip: Strip, password: str) -> None:
    """Film all chapters. `password` is the first administrator's; nothing is saved in the admin."""
    for number, chapter in enumerate((_home, _search, _method, _project, _webinar)):
        chapter(strip, number * CHAPTER_S)
    _staff(strip, 5 * CHAPTER_S, password)


def _home(strip: Strip, begin: float) -> None:
    page = strip.page
    strip.open("/nl/")
    strip.shoot(1)
    strip.keep_as_poster()
    strip.hold_until(begin + CAPTION_S)
    strip.point_at(page.locator("main input[name=q]"))
    page.locator("main input[name=q]").focus()
    strip.hold_until(begin + 2 * CAPTION_S)
    strip.scroll_to(page.locator(".doors"))
    strip.hold_until(begin + 3 * CAPTION_S)
    strip.scroll_to(page.locator("main h2", has_text=re.compile("dossier", re.I)).first)
    strip.hold_until(begin + 3 * CAPTION_S + 2.5)
    strip.scroll_to(page.locator("main .figure--map").first, margin=140)
    strip.hold_until(begin + CHAPTER_S)


def _search(strip: Strip, begin: float) -> None:
    page = strip.page
    box = page.locator("main input[name=q]")
    strip.open("/nl/")
    strip.click(box)
    strip.type(box, QUESTION)
    strip.click(page.locator("main form.search button[type=submit]"))
    strip.hold_until(begin + CAPTION_S)
    strip.scroll_to(page.locator("main .hit").first, margin=240)
    strip.hold_until(begin + 2 * CAPTION_S)
    strip.scroll_to(page.locator("main .hit", has=page.locator(".strip")).first)
    strip.hold_until(begin + 3 * CAPTION_S)
    strip.open(f"/id/method/{METHOD}")
    strip.shoot(0.75)
    strip.click(page.locator(".langs").get_by_role("link", name="Français", exact=True))
    strip.hold_until(begin + CHAPTER_S)


def _method(strip: Strip, begin: float) -> None:
    page = strip.page
    strip.open(f"/id/method/{METHOD}")
    strip.hold_until(begin + CAPTION_S)
    strip.point_at(page.locator(".facts").last.locator("dt").first)
    strip.hold_until(begin + CAPTION_S + 2.5)
    strip.scroll_to(page.locator(".facts").last, margin=20)
    strip.hold_until(begin + 2 * CAPTION_S)
    strip.point_at(page.locator(".evidence").first)
    strip.hold_until(begin + 3 * CAPTION_S)
    strip.scroll_to(page.get_by_role("heading", name="Resultaten", exact=True))
    strip.hold_until(begin + CHAPTER_S)


def _project(strip: Strip, begin: float) -> None:
    page = strip.page
    strip.open(f"/id/project/{PROJECT}")
    strip.hold_until(begin + CAPTION_S)
    strip.point_at(page.locator(".funding").first)
    strip.hold_until(begin + 2 * CAPTION_S)
    strip.scroll_to(page.get_by_role("heading", name="Partners", exact=True))
    strip.hold_until(begin + 3 * CAPTION_S)
    strip.scroll_to(page.get_by_role("heading", name="Tijdlijn", exact=True))
    strip.hold_until(begin + CHAPTER_S)


def _webinar(strip: Strip, begin: float) -> None:
    page = strip.page
    strip.open(f"/id/recording/{RECORDING}")
    strip.hold_until(begin + CAPTION_S)
    strip.scroll_to(page.locator("#chapters"), margin=260)
    strip.hold_until(begin + 2 * CAPTION_S)
    strip.scroll_to(page.locator("#transcript"))
    strip.hold_until(begin + 3 * CAPTION_S)
    cue = page.locator(".transcript .cue__time").nth(4)
    strip.point_at(cue)
    strip.open(cue.get_attribute("href") or "")
    strip.hold_until(begin + CHAPTER_S)


def _staff(strip: Strip, begin: float, password: str) -> None:
    page = strip.page
    page.goto("/admin/")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    strip.open("/admin/")
    strip.shoot(1.5)
    strip.click(page.locator("main a.button, section a.button").filter(has_text=re.compile("methodiek", re.I)).first)
    strip.hold_until(begin + CAPTION_S)
    strip.scroll_to(page.locator("[name=summary]"), margin=160)
    strip.hold_until(begin + 2 * CAPTION_S)
    strip.open(_french_translation(page))
    strip.shoot(2.5)
    strip.scroll_to(560)
    strip.hold_until(begin + 3 * CAPTION_S)
    strip.open("/nl/")
    strip.point_at(page.locator("main input[name=q]"))
    strip.hold_until(begin + CHAPTER_S)


def _french_translation(page: Page) -> str:
    """Return the address of the editor that translates the method into French."""
    page.goto(f"/id/method/{METHOD}?language=fr")
    title = page.locator("h1").inner_text()
    page.goto(f"/admin/pages/search/?q={quote(title)}")
    return page.get_by_role("link", name=title, exact=True).first.get_attribute("href") or ""
