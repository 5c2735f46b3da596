"""HTML as a test reads it: without the line breaks and the indentation of the templates."""

import re

INLINE = "a|abbr|b|br|button|cite|code|em|i|img|input|kbd|label|mark|q|select|small|span|strong|sub|sup|svg|time|u"


def compact(html: str) -> str:
    """All on one line; a space stays where a line ends between words or inline elements."""
    html = re.sub(r"\s*\n\s*", "\n", html.strip())
    html = re.sub(rf"(<(?!/)(?!(?:img|input|br)\b)[^<>]*>)\n|\n(?=</)|\n(?=</?(?!(?:{INLINE})\b)[a-z!])", r"\1", html)
    html = re.sub(rf"(</(?!(?:{INLINE})\b)[^<>]*>)\n", r"\1", html)
    html = re.sub(r"\s+(?=/?>)", "", html)
    return html.replace("\n", " ")
