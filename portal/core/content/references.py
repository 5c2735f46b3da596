"""Numbers behind sentences: an editor writes [police-2019], a reader sees the number of that source as a link to it."""

import re
from collections.abc import Iterable, Mapping

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

# Short names of sources in square brackets, not the words of a link.
_REFERENCE = re.compile(r"\s*\[([a-z0-9-]+(?:,\s?[a-z0-9-]+)*)\](?!\()")
_GENERAL = re.compile(r'<p(?=[^>]*\bclass="general")[^>]*>')


def numbers_of(sources: StreamValue) -> dict[str, int]:
    """Return the number of each source that has a short name, by that name."""
    return {block.value["key"]: number for number, block in enumerate(sources, 1) if block.value.get("key")}


def with_references(text: str, numbers: Mapping[str, int]) -> SafeString:
    """Return a text, escaped unless it is markup, with a link to each source that it names.

    General knowledge is announced to a screen reader, which does not see its mark at the side. A name that is no
    source's stays as it was written: brackets may be part of a sentence.
    """

    def linked(match: re.Match[str]) -> str:
        keys = [key.strip() for key in match[1].split(",")]
        return references(keys, numbers) if all(key in numbers for key in keys) else match[0]

    html = _REFERENCE.sub(linked, conditional_escape(text))
    announced = format_html('<span class="visually-hidden">{} </span>', _("General knowledge:"))
    return mark_safe(_GENERAL.sub(lambda match: match[0] + announced, html))  # noqa: S308  (escaped above)


def names_a_source(text: str, numbers: Mapping[str, int]) -> bool:
    """Whether a text names at least one of these sources."""
    return without_references(text, numbers) != text


def references(keys: Iterable[str], numbers: Mapping[str, int]) -> SafeString:
    """Return a link to each of these sources that is there, in the order of their numbers."""
    found = sorted({numbers[key] for key in keys if key in numbers})
    return format_html_join(
        "",
        '<a class="ref" href="#source-{}" aria-label="{}">{}</a>',
        ((number, _("Source %(number)d") % {"number": number}, number) for number in found),
    )


def without_references(text: str, numbers: Mapping[str, int]) -> str:
    """Return a text without the names of these sources."""

    def kept(match: re.Match[str]) -> str:
        return "" if all(key.strip() in numbers for key in match[1].split(",")) else match[0]

    return _REFERENCE.sub(kept, text)
