"""No type of page has a fault that axe can find, whatever the language, the colours and the width."""

import pytest

from tests.browser.conftest import faults_that_axe_finds
from tests.browser.page_types import PAGE_TYPES

pytestmark = pytest.mark.long(100)

WINDOWS = [("light", 1280), ("dark", 360), ("dark", 1280), ("light", 360)]


def every_window():
    """Each page in all four windows; the languages take turns, so that each is seen in both colours and widths."""
    for number, page_type in enumerate(PAGE_TYPES):
        for turn, (scheme, width) in enumerate(WINDOWS):
            language = ("nl", "fr")[(number + turn // 2) % 2]
            yield pytest.param(page_type, language, scheme, width, id=f"{page_type}-{language}-{scheme}-{width}")


@pytest.mark.parametrize(("page_type", "language", "scheme", "width"), list(every_window()))
def test_a_page_has_no_fault_that_axe_finds(portal, kept_window, axe, page_type, language, scheme, width):
    page = kept_window(width=width, scheme=scheme)
    page.goto(portal.path(page_type, language))

    assert faults_that_axe_finds(page, axe) == []
