"""Text from outside, made safe to store: one Unicode form, nothing invisible that lies, no end (feeds.md 5.3.12)."""

import html
import re
import unicodedata

import nh3

TITLE_MAX, TEXT_MAX = 300, 20_000

# C0 and C1 controls but tab and newline; the marks that turn the direction of what follows; lone surrogates.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(
    r"<(?:!--|/?(?:p|br|a|div|span|img|[uod]l|li|b|i|em|strong|h[1-6]|script|style|table|t[rd])\b)", re.I
)
_BREAK = re.compile(r"\s*(?:<br\b[^<>]*>|</(?:p|div|li|h[1-6]|tr)\s*>)\s*", re.I)
_JOINS = {"\u200d", "\ufe0e", "\ufe0f"}


def clean_title(value: str) -> str:
    """One line of at most TITLE_MAX characters."""
    return truncated(" ".join(_clean(value).split()), TITLE_MAX)


def clean_text(value: str) -> str:
    """Running text with its line breaks, of at most TEXT_MAX characters."""
    lines = (line.rstrip() for line in _clean(value).split("\n"))
    return truncated(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), TEXT_MAX)


def text_of_html(value: str) -> str:
    """The words of a piece of HTML with its line breaks, and nothing else of it; a text without tags stays as it is."""
    if not _MARKUP.search(value):
        return html.unescape(value)
    value = _BREAK.sub("\n", re.sub(r"\s+", " ", value))
    return html.unescape(nh3.clean(value, tags=set(), clean_content_tags={"script", "style"}))


def truncated(value: str, limit: int) -> str:
    """At most `limit` characters, not ending inside an emoji sequence or between a letter and its accents."""
    if len(value) <= limit:
        return value
    end = limit - 1
    while end > 0 and (_joins(value[end]) or value[end - 1] == "\u200d"):
        end -= 1
    return (value[:end] or value[: limit - 1]).rstrip() + "…"


def _joins(character: str) -> bool:
    return unicodedata.combining(character) != 0 or character in _JOINS or "\U0001f3fb" <= character <= "\U0001f3ff"


def _clean(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _BIDI.sub("", _CONTROL.sub("", value)))
