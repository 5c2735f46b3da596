"""Placeholders in texts for what only the city knows: its data protection officer, its accessibility statement.

A text names it in braces: “Write to {email}.” A passage of which something is not known is left out, so that no
visitor reads what the city still has to fill in; staff see on their first screen what is missing.
"""

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import escape, urlize

from portal.core.ask_links import QUESTIONS_KEPT_MONTHS
from portal.core.models import SiteWords
from portal.core.page_cache.cached_values import cached_until_publish

_NAME = re.compile(r"\{([a-z_]+)\}")
_CONTACT = ("email", "phone", "postal_address")
_PRIVACY = ("email", "postal_address", "data_protection_officer", "hosting", "log_days")
_STATEMENT = (
    *("accessibility", "accessibility_assessment", "accessibility_assessed_on"),
    *("email", "answer_days", "enforcement_body"),
)
NEEDED = tuple(dict.fromkeys((*_PRIVACY, *_STATEMENT)))


def site_words() -> SiteWords:
    """Return the setting with the name of the portal and the details of the city. Cached until something changes."""
    return cached_until_publish(("site words",), _read)


def _read() -> SiteWords:
    return SiteWords.objects.filter(site__is_default_site=True).first() or SiteWords()


def is_filled_in(words: SiteWords, *names: str) -> bool:
    return all(getattr(words, name) not in (None, "") for name in names)


def missing_fields(words: SiteWords) -> list[str]:
    """Return the labels of the fields that the city still has to fill in."""
    return [str(words._meta.get_field(name).verbose_name) for name in NEEDED if not is_filled_in(words, name)]


def placeholder_values(words: SiteWords) -> dict[str, str | None]:
    """Return the values of the placeholders in the active language; None for an unknown one.

    `if_statement` says nothing itself: its passage is there when there is an accessibility statement.
    """
    found = {name: str(getattr(words, name)) if is_filled_in(words, name) else None for name in (*NEEDED, *_CONTACT)}
    for name in ("accessibility", "accessibility_assessment"):
        if found[name]:
            found[name] = str(getattr(words, f"get_{name}_display")())
    if words.accessibility_assessed_on:
        found["accessibility_assessed_on"] = date_format(words.accessibility_assessed_on, "DATE_FORMAT")
    statement = is_filled_in(words, *_STATEMENT)
    return found | {
        "accessibility_report": words.accessibility_report or None,
        "address": settings.WAGTAILADMIN_BASE_URL,
        "questions_kept_months": str(QUESTIONS_KEPT_MONTHS),
        "if_statement": "" if statement else None,
        "if_no_statement": None if statement else "",
    }


def no_placeholder_values() -> dict[str, str | None]:
    """Return the placeholders without values, for search: it leaves out every passage with a placeholder."""
    return dict.fromkeys(placeholder_values(SiteWords()))


def has_unknown_placeholder(text: str, facts: Mapping[str, str | None]) -> bool:
    """Whether a text has a placeholder without a value."""
    return any(name in facts and facts[name] is None for name in _NAME.findall(text))


def fill_in_text(text: str, facts: Mapping[str, str | None]) -> str:
    """Return a plain text with its placeholders filled in; "" when one has no value."""
    if has_unknown_placeholder(text, facts):
        return ""
    return _NAME.sub(lambda match: facts.get(match[1], match[0]) or "", text).strip()


def fill_in_rich_text(html: str, facts: Mapping[str, str | None]) -> str:
    """Return a rich text with its placeholders filled in, without the passages in which one has no value."""
    if not _NAME.search(html):
        return html
    soup = BeautifulSoup(html, "html.parser")
    for passage in soup.find_all(("p", "li")):
        if has_unknown_placeholder(passage.get_text(), facts):
            passage.decompose()
    for listing in soup.find_all(("ul", "ol")):
        if not listing.find("li"):
            listing.decompose()
    return _NAME.sub(lambda match: _markup(facts.get(match[1], match[0]) or ""), str(soup))


def _markup(value: str) -> str:
    """Return a value as markup; an e-mail or web address becomes a link."""
    return urlize(escape(value)) if "@" in value or "://" in value else escape(value)
