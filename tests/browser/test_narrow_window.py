"""A window of 320 pixels, which is also 400 % zoom on a desk: everything fits, nothing scrolls sideways."""

import pytest

from tests.browser.page_types import PAGE_TYPES

STICKING_OUT = """() => [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1
        && element.checkVisibility() && !element.closest(".table, [tabindex='0']"))
    .slice(0, 5).map(element => element.outerHTML.slice(0, 160))"""
# WCAG 1.4.12: what a reader may set without losing anything, and German words, the longest that we have.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }"""
LONG_WORDS = """() => document.querySelectorAll("main :is(h1, h2, h3, h4, a, p, li, dd)").forEach(element => {
    const text = [...element.childNodes].find(node => node.nodeType === 3 && node.textContent.trim());
    if (text && !element.closest("svg, .map, .table, [tabindex='0'], .figure"))
        text.textContent = "Geschwindigkeitsübertretungen " + text.textContent;
})"""
# Links in a sentence are exempt (WCAG 2.5.8): they stand in a line with other words.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter(element => {
        if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
        if (element.closest("svg, .visually-hidden, .skip")) return false;
        const {width, height} = (element.closest("label") ?? element).getBoundingClientRect();
        if (!width || (width >= 24 && height >= 24)) return false;
        const words = element.parentElement.textContent.trim().length - element.textContent.trim().length;
        return !(getComputedStyle(element).display === "inline" && words > 12 && !element.closest("nav"));
    }).slice(0, 5).map(element => element.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_page_fits_and_is_easy_to_touch(portal, new_page, page_type):
    page = new_page(width=320, height=640, bypass_csp=True)
    page.goto(portal.path(page_type, ("nl", "fr")[PAGE_TYPES.index(page_type) % 2]))

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, "\n".join(page.evaluate(STICKING_OUT))
    assert page.evaluate(SMALL_TARGETS) == []

    page.evaluate(LONG_WORDS)
    page.add_style_tag(content=SPACING)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, "\n".join(page.evaluate(STICKING_OUT))


ONE_WORD = """() => document.querySelectorAll("main h1, .crumbs [aria-current=page]")
    .forEach(element => { element.textContent = "W".repeat(300); })"""


@pytest.mark.parametrize("page_type", ["recording with transcript", "project", "organisation", "topic"])
def test_a_title_that_is_one_word_of_three_hundred_letters_fits_on_a_desk(portal, new_page, page_type):
    page = new_page(width=1280, height=800)
    page.goto(portal.path(page_type))
    page.evaluate(ONE_WORD)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 1280, "\n".join(page.evaluate(STICKING_OUT))


# The longest words of the menu that the catalogues have, in four languages.
LABELS = {
    "nl": ("Methodieken", "Projecten", "Webinars", "Vragen"),
    "fr": ("Méthodes", "Projets", "Webinaires", "Questions"),
    "en": ("Methods", "Projects", "Webinars", "Questions"),
    "de": ("Methoden", "Projekte", "Webinare", "Fragen"),
}
WRITE_MENU = """labels => {
    const list = document.querySelector(".nav ul");
    const search = list.lastElementChild.cloneNode(true);
    list.replaceChildren(...labels.map(label => {
        const item = document.createElement("li");
        item.innerHTML = `<a href="/x/">${label}</a>`;
        return item;
    }), search);
}"""
UNREACHABLE = """() => [...document.querySelectorAll(".top a")].filter(link => {
    const {left, right, top, bottom} = link.getBoundingClientRect();
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left < 0 || right > innerWidth || !(link === hit || link.contains(hit));
}).map(link => link.textContent.trim())"""


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
@pytest.mark.parametrize("language", LABELS)
def test_menu_and_languages_are_in_sight_at_every_width(portal, new_page, language, width):
    page = new_page(width=width, height=740)
    page.goto(portal.path("topics"))
    page.evaluate(WRITE_MENU, LABELS[language])

    assert page.evaluate(UNREACHABLE) == []
    assert page.locator(".langs a").count() == 4
    shown = "langs__code" if width < 768 else "langs__name"
    assert page.locator(f".{shown}").first.evaluate("element => element.getBoundingClientRect().width > 8")
    assert page.locator(".top").evaluate("element => element.offsetHeight") <= 140
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
