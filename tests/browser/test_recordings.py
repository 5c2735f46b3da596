"""A recording speaks to nobody before the click, and opens at the moment that its address names."""

import re

import pytest
from playwright.sync_api import expect

PHONE, PHONE_SIDEWAYS, DESK = (360, 740), (740, 360), (1280, 800)
WINDOWS = [PHONE, (360, 640), (414, 896), PHONE_SIDEWAYS, DESK]


def opened(portal, new_page, window, moment="", page_type="recording with transcript", **options):
    """A page of a recording, opened at a moment, in a window of this width and height."""
    width, height = window
    page = new_page(width=width, height=height, **options)
    page.goto(portal.path(page_type) + moment, wait_until="networkidle")
    return page


def box(page, selector):
    """Where an element is in the window."""
    return page.locator(selector).first.bounding_box()


def test_nothing_is_asked_of_a_platform_before_the_click_and_only_the_player_after(portal, new_page):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(portal.path("recording on YouTube"), wait_until="networkidle")
    assert [url for url in asked if not url.startswith(portal.url)] == []
    assert page.locator("iframe").count() == 0

    page.locator("#player a").click()

    expect(page.locator("#player iframe")).to_have_attribute(
        "src", re.compile(r"^https://www\.youtube-nocookie\.com/embed/aaaaaaaaaaa\?")
    )
    outside = [url for url in asked if not url.startswith(portal.url)]
    assert outside and all(url.startswith("https://www.youtube-nocookie.com/embed/") for url in outside)


def test_a_moment_shows_its_words_and_marks_them(portal, new_page):
    page = new_page()
    page.goto(portal.path("recording with transcript") + "?t=110#t-110")

    words = page.locator("#t-110")

    expect(words).to_be_in_viewport()
    assert words.evaluate("words => words.matches(':target')")
    expect(words).to_be_focused()
    assert words.evaluate("words => getComputedStyle(words).backgroundColor !== 'rgba(0, 0, 0, 0)'")


def test_a_moment_is_where_the_player_of_a_platform_starts(portal, new_page):
    page = new_page()
    page.goto(portal.path("recording on YouTube") + "?t=30#t-30", wait_until="networkidle")

    page.locator("#player a").click()

    expect(page.locator("#player iframe")).to_have_attribute("src", re.compile(r"[?&]start=30(&|$)"))


def test_a_moment_is_where_the_portals_own_video_starts(portal, new_page):
    page = new_page()
    page.goto(portal.path("recording with transcript") + "?t=88#t-88", wait_until="networkidle")
    video = page.locator("#player video")

    video.evaluate("video => { video.muted = true; return video.play(); }")

    assert 88 <= video.evaluate("video => video.currentTime") < 92


def test_the_transcript_follows_and_a_moment_plays_in_place(portal, new_page):
    page = new_page()
    page.goto(portal.path("recording with transcript"), wait_until="networkidle")
    video = page.locator("#player video")
    video.evaluate("video => { video.muted = true; return video.play(); }")

    link = page.locator("#transcript ~ .transcript .cue__time").nth(2)
    link.click()

    second = int(link.get_attribute("href").rpartition("-")[2])
    assert page.url.endswith(f"?t={second}#t-{second}")
    expect(page.locator(".transcript [data-start][aria-current=true]")).to_have_attribute("id", f"t-{second}")
    assert second <= video.evaluate("video => video.currentTime") < second + 4


def test_a_sentence_is_copied_with_the_address_of_its_own_moment(portal, new_page):
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(portal.path("recording with transcript") + "?t=110#t-110", wait_until="networkidle")
    words = page.locator("#t-110")

    page.locator(".cue", has=words).get_by_role("button").click()

    expect(page.locator(".cue", has=words).get_by_role("button")).to_have_text("Gekopieerd")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(f"“{words.inner_text().strip()}”")
    assert copied.endswith("?t=110#t-110")


# Film and sentence never part


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_moment_opens_with_its_sentence_and_the_film_in_view(portal, new_page, window, javascript):
    page = opened(portal, new_page, window, "?t=110#t-110", javascript=javascript)

    expect(page.locator("#t-110")).to_be_in_viewport(ratio=1)
    expect(page.locator("#player")).to_be_in_viewport(ratio=0.9)
    film, words = box(page, "#player"), box(page, "#t-110")
    is_below = words["y"] >= film["y"] + film["height"]
    assert is_below or words["x"] >= film["x"] + film["width"], "the film covers the sentence"


def test_a_second_without_a_sentence_of_its_own_opens_at_what_is_said_then(portal, new_page):
    page = opened(portal, new_page, DESK, "?t=58#t-58")
    expect(page.locator(".transcript [aria-current]")).to_have_attribute("id", "t-55")
    expect(page.locator(".transcript [aria-current]")).to_be_focused()


@pytest.mark.parametrize("window", WINDOWS)
def test_a_chapter_is_played_where_the_reader_is(portal, new_page, window):
    page = opened(portal, new_page, window, "?t=22#t-22")
    video, chapter = page.locator("#player video"), page.locator(".chapters a").nth(4)
    video.evaluate("video => { video.muted = true }")
    before = page.evaluate("scrollY")

    chapter.click()

    expect(chapter).to_have_attribute("aria-current", "true")
    expect(chapter).to_be_focused()
    expect(page.locator(".transcript [aria-current]")).to_have_attribute("id", "t-88")
    assert 88 <= video.evaluate("video => video.currentTime") < 92
    assert page.evaluate("scrollY") == before
    assert page.url.endswith("?t=88#t-88")


@pytest.mark.parametrize("window", [PHONE_SIDEWAYS, DESK])
def test_beside_the_film_the_words_come_to_the_chapter(portal, new_page, window):
    page = opened(portal, new_page, window)
    page.locator("#player video").evaluate("video => { video.muted = true }")
    page.locator(".chapters a").last.click()
    expect(page.locator("#t-110")).to_be_in_viewport()


def test_a_chapter_that_is_chosen_again_leads_to_its_words(portal, new_page):
    page = opened(portal, new_page, PHONE)
    page.locator("#player video").evaluate("video => { video.muted = true }")
    chapter = page.locator(".chapters a").nth(4)
    chapter.press("Enter")
    expect(page.locator("#t-88")).not_to_be_in_viewport()

    chapter.press("Enter")

    expect(page.locator("#t-88")).to_be_in_viewport()
    expect(page.locator("#t-88")).to_be_focused()


@pytest.mark.parametrize("window", [PHONE, (360, 640), (414, 896), (768, 1024)])
@pytest.mark.parametrize("page_type", ["recording with transcript", "recording on YouTube"])
def test_on_a_phone_the_film_keeps_a_third_of_the_height(portal, new_page, window, page_type):
    page = opened(portal, new_page, window, page_type=page_type)
    page.evaluate("scrollTo(0, 700)")

    dock = box(page, ".dock")

    assert dock["y"] == pytest.approx(0, abs=1)
    assert dock["height"] <= 0.34 * window[1] + 1
    assert dock["height"] >= 0.2 * window[1]


@pytest.mark.parametrize("window", [PHONE_SIDEWAYS, (568, 320), (960, 640), DESK])
def test_in_a_wide_window_film_and_words_stand_side_by_side(portal, new_page, window):
    page = opened(portal, new_page, window)
    dock, words = box(page, ".dock"), box(page, ".watch__words")
    assert words["x"] >= dock["x"] + dock["width"]
    assert words["height"] <= window[1]


@pytest.mark.parametrize("window", [(320, 256), (480, 270), (427, 341)])
def test_in_a_small_zoomed_window_nothing_is_docked(portal, new_page, window):
    page = opened(portal, new_page, window, "?t=110#t-110")
    expect(page.locator("#t-110")).to_be_in_viewport()
    expect(page.locator("#player")).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= window[0]


def test_before_the_click_a_chapter_only_says_where_the_player_will_start(portal, new_page):
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(portal.path("recording on YouTube"), wait_until="networkidle")

    page.locator(".chapters a").nth(1).click()
    expect(page.locator(".chapters a").nth(1)).to_have_attribute("aria-current", "true")
    assert [url for url in asked if not url.startswith(portal.url)] == []

    second = page.url.rpartition("-")[2]
    page.locator("#player a").click()
    expect(page.locator("#player iframe")).to_have_attribute("src", re.compile(rf"[?&]start={second}(&|$)"))
    expect(page.locator(".player__trouble")).to_be_visible()


def test_a_film_that_does_not_start_says_so_and_offers_the_file(portal, new_page):
    page = opened(portal, new_page, PHONE)
    trouble = page.locator(".player__trouble")
    expect(trouble).to_be_hidden()

    page.locator("#player source").evaluate("source => source.dispatchEvent(new Event('error'))")

    expect(trouble).to_be_visible()
    expect(trouble.get_by_role("link").first).to_have_attribute("href", re.compile(r"/media/recordings/.*webm"))
    expect(page.locator("#player")).to_be_hidden()


def test_what_is_found_is_gone_to_and_focused(portal, new_page):
    page = opened(portal, new_page, PHONE, "?q=methodiek")
    page.locator("#player video").evaluate("video => { video.muted = true }")
    found = page.locator(".watch__words .moments a").first
    target = found.get_attribute("href")

    found.click()

    expect(page.locator(target)).to_be_in_viewport()
    expect(page.locator(target)).to_be_focused()


def test_the_page_is_read_aloud_by_its_parts_and_nothing_chatters(portal, new_page):
    page = opened(portal, new_page, DESK, "?t=110#t-110")
    expect(page.get_by_role("region", name="Film")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Hoofdstukken")).to_have_count(1)
    expect(page.locator(".transcript [aria-current]")).to_have_count(1)
    assert page.locator("main [aria-live]").count() == 0
    # Those that are there are empty or hidden until something is wrong or was copied.
    assert page.evaluate(
        "[...document.querySelectorAll('main [role=status]')].every(one => !one.checkVisibility() || !one.innerText)"
    )


def test_the_words_are_printed_whole_and_the_film_is_not(portal, new_page):
    page = opened(portal, new_page, DESK)
    page.emulate_media(media="print")
    assert page.locator(".dock").is_hidden()
    assert page.locator(".watch__words").evaluate("words => words.scrollHeight <= words.clientHeight + 1")
