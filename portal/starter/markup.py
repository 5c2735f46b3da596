"""The light markup of the starter files, made into the rich text that Wagtail stores."""

import re
from collections.abc import Callable
from html import escape

# Gives the page that a reference like "method:pim" points at; None leaves the words without a link.
PageId = Callable[[str], int | None]

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_ITALIC = re.compile(r"\*([^*]+)\*")


def rich_text(source: str, page_id: PageId) -> str:
    """Paragraphs, lists, bold, italic and links as stored rich text.

    `page_id("method:pim")` gives the page that a reference points at; None leaves the words without a link.
    """
    blocks = []
    for chunk in re.split(r"\n\s*\n", source.strip()):
        lines = _logical_lines(chunk)
        if lines and all(line.startswith("- ") for line in lines):
            items = "".join(f"<li>{_inline(line[2:], page_id)}</li>" for line in lines)
            blocks.append(f"<ul>{items}</ul>")
        else:
            blocks.extend(_mixed(lines, page_id))
    return "".join(blocks)


def _logical_lines(chunk: str) -> list[str]:
    """The lines of a chunk with wrapped ones joined: a list item begins with "- ", other lines go on."""
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


def _mixed(lines: list[str], page_id: PageId) -> list[str]:
    """A chunk that opens with a sentence and may go on as a list."""
    text = [line for line in lines if not line.startswith("- ")]
    items = [line[2:] for line in lines if line.startswith("- ")]
    blocks = [f"<p>{_inline(line, page_id)}</p>" for line in text]
    if items:
        blocks.append("<ul>" + "".join(f"<li>{_inline(item, page_id)}</li>" for item in items) + "</ul>")
    return blocks


def _inline(text: str, page_id: PageId) -> str:
    html = escape(text, quote=False)
    html = _LINK.sub(lambda match: _link(match.group(1), match.group(2), page_id), html)
    html = _BOLD.sub(r"<b>\1</b>", html)
    return _ITALIC.sub(r"<i>\1</i>", html)


def _link(words: str, target: str, page_id: PageId) -> str:
    if target.startswith(("https://", "http://")):
        return f'<a href="{escape(target)}">{words}</a>'
    number = page_id(target)
    return f'<a linktype="page" id="{number}">{words}</a>' if number else words
