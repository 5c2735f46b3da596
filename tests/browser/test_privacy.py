"""A public page speaks to this host only, keeps nothing in the browser and obeys its own content security policy."""

import pytest

from tests.browser.page_types import PAGE_TYPES


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_page_asks_nothing_of_others_and_keeps_nothing(portal, new_page, page_type):
    page = new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))

    answer = page.goto(portal.path(page_type), wait_until="networkidle")

    own = (f"{portal.url}/", "data:")
    assert asked
    assert [url for url in asked if not url.startswith(own)] == []
    expected = {"not found": 404, "gone": 410}.get(page_type, 200)
    assert answer.status == expected
    # Chromium itself reports the status of a page that is not there.
    assert [text for text in complaints if f"status of {expected}" not in text] == []
    assert "set-cookie" not in answer.headers
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
