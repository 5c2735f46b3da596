"""A recording speaks to nobody before the click, and opens at the moment that its address names."""

import re

from playwright.sync_api import expect


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
