"""Makes text from outside safe to store: normalised, limited, without misleading characters.

See docs/feed-rules.md 5.3.12.
"""

import html
import re
import unicodedata

import nh3

TITLE_MAX, TEXT_MAX = 300, 20_000

# C0 and C1 controls except tab and newline, and lone surrogates; then the marks that change the direction of text.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# A tag with any name and well-formed attributes, so not "a < b", "<3", "a<b and c>d" or "<info@example.org>".
_BARE = (
    "hidden|disabled|controls|autoplay|allowfullscreen|checked|loop|muted|open|async|defer|reversed|itemscope|nowrap"
)
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
_ATTRIBUTE = rf"(?:[A-Za-z_:@][\w:.-]*\s*=\s*{_VALUE}|[A-Za-z]+-[\w-]+|{_BARE})"
_MARKUP = re.compile(rf"<!--|</?[A-Za-z][A-Za-z0-9]*(?:[:-][\w-]+)?(?:\s+{_ATTRIBUTE})*\s*/?>")
_CLOSING = re.compile(r"</[A-Za-z][\w:-]*\s*>|<br\s*/?>", re.I)
_BREAK = re.compile(
    r"\s*(?:<br\b[^<>]*>|</(?:p|div|li|h[1-6]|tr|blockquote|section|article|figure|figcaption|pre|dd|dt|ul|ol|table)\s*>)\s*",
    re.I,
)
_CELL = re.compile(r"\s*</t[dh]\s*>(?=\s*<t[dh]\b)", re.I)
_JOINS = {"\u200d", "\ufe0e", "\ufe0f"}


def clean_title(value: str) -> str:
    """Return a text as one line of at most TITLE_MAX characters."""
    return truncate(" ".join(_clean(value).split()), TITLE_MAX)


def clean_text(value: str) -> str:
    """Return a text with its line breaks, of at most TEXT_MAX characters."""
    lines = (line.rstrip() for line in _clean(value).split("\n"))
    return truncate(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), TEXT_MAX)


def html_to_text(value: str) -> str:
    """Return the text of HTML with its line breaks; a text without tags stays as it is.

    Some programs escape HTML twice. The result is then HTML again if it has a closing tag; "use <b>" stays.
    """
    text = _without_tags(value)
    return _without_tags(text) if text != value and _CLOSING.search(text) else text


def _without_tags(value: str) -> str:
    if not _MARKUP.search(value):
        return html.unescape(value)
    value = _BREAK.sub("\n", _CELL.sub(" ", re.sub(r"\s+", " ", value)))
    # A "<" outside tags belongs to the text; it is escaped, as an HTML parser would take it for a tag.
    parts: list[str] = []
    at, last_comment = 0, value.rfind("-->")
    for tag in _MARKUP.finditer(value):
        if tag[0] == "<!--" and tag.start() > last_comment:
            continue  # a comment without an end would swallow the rest
        parts += [value[at : tag.start()].replace("<", "&lt;"), tag[0]]
        at = tag.end()
    parts.append(value[at:].replace("<", "&lt;"))
    return html.unescape(nh3.clean("".join(parts), tags=set(), clean_content_tags={"script", "style"}))


def truncate(value: str, limit: int) -> str:
    """Return at most `limit` characters, not cut inside an emoji sequence or before a combining accent."""
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
