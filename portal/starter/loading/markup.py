"""Converts the light markup of the starter files to the rich text that Wagtail stores."""

import re
from collections.abc import Callable
from html import escape

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_ITALIC = re.compile(r"\*([^*]+)\*")


FindPageId = Callable[[str], int | None]


def rich_text(source: str, find_page_id: FindPageId) -> str:
    """Return paragraphs, lists, bold, italic and links as stored rich text.

    A paragraph that begins with "~ " is general knowledge of the field, and so is a list right under it.

    `find_page_id("method:pim")` returns the page that a reference points to; None leaves the text without a link.
    """
    blocks: list[str] = []
    for chunk in re.split(r"\n\s*\n", source.strip()):
        lines = _logical_lines(chunk)
        if lines and all(line.startswith("- ") for line in lines):
            items = "".join(f"<li>{_inline(line[2:], find_page_id)}</li>" for line in lines)
            blocks.append(f"<ul>{items}</ul>")
        else:
            blocks.extend(_mixed(lines, find_page_id))
    return "".join(blocks)


def _logical_lines(chunk: str) -> list[str]:
    """Return the lines of a chunk with wrapped lines joined: a list item begins with "- ", other lines continue."""
    lines: list[str] = []
    for line in chunk.splitlines():
        line = line.strip()
        if not line:
            continue
        if lines and not line.startswith("- "):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return lines


def _mixed(lines: list[str], find_page_id: FindPageId) -> list[str]:
    """Return the blocks of a chunk that begins with text and may continue with a list."""
    text = [line for line in lines if not line.startswith("- ")]
    items = [line[2:] for line in lines if line.startswith("- ")]
    blocks = [_paragraph(line, find_page_id) for line in text]
    if items:
        blocks.append("<ul>" + "".join(f"<li>{_inline(item, find_page_id)}</li>" for item in items) + "</ul>")
    return blocks


def _paragraph(line: str, find_page_id: FindPageId) -> str:
    if line.startswith("~ "):
        return f'<p class="general">{_inline(line[2:], find_page_id)}</p>'
    return f"<p>{_inline(line, find_page_id)}</p>"


def _inline(text: str, find_page_id: FindPageId) -> str:
    html = escape(text, quote=False)
    html = _LINK.sub(lambda match: _link(match.group(1), match.group(2), find_page_id), html)
    html = _BOLD.sub(r"<b>\1</b>", html)
    return _ITALIC.sub(r"<i>\1</i>", html)


def _link(words: str, target: str, find_page_id: FindPageId) -> str:
    if target.startswith(("https://", "http://")):
        return f'<a href="{escape(target)}">{words}</a>'
    number = find_page_id(target)
    return f'<a linktype="page" id="{number}">{words}</a>' if number else words
