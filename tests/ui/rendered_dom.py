"""A page as normalised text, to compare what two renderings of it show.

Two texts are equal when a browser shows the same: the same elements with the same attributes and the same words, and
white space in the same places. White space counts between words and inline elements; next to the edge of a block it is
not shown, so it is left out. How the source is wrapped and indented makes no difference then.
"""

import json
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, Tag

INLINE = frozenset(
    "a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark meter output picture progress q "
    "s samp select small span strong sub sup svg textarea time u var video audio".split()
)
# A browser places these in a line of text as one thing: the white space around them counts, that at their edges not.
ATOMIC = frozenset("button img input meter progress select svg textarea video audio".split())
# What the stylesheets lay out as a flex or grid container: white space between its children is not shown.
CONTAINERS = """
    .actions, .band__head, .brand, .button, .card, .card__foot, .card__in, .card__langs, .card__note, .card__over,
    .card__thumb, .chain, .changes li, .chain > li, .chip, .chips, .cite, .contents summary, .correct__choice,
    .correct__found li, .correct__further, .correct__further p, .correct__paragraph > div, .correct__paragraph > p,
    .correct__save, .crumbs ol, .cue, .downloads, .downloads li, .empty, .error, .error section, .evidence,
    .facts dl, .field, .filters > summary, .filters label, .filters__go, .foot__in, .funding, .grid, .head,
    .hero__in, .hit, .hit__over, .ladder, .langs a, .langs ul, .level, .level ul, .level__title, .levels, .linked,
    .map__list > summary, .moments, .moments li, .nav ul, .nav__find, .next, .next > div, .notice .wrap, .offer,
    .pages a, .pages span:not(.visually-hidden), .pages ul, .player__facade, .problems, .row, .rows, .ruled,
    .ruled > li, .rung ul, .rung__in, .search, .search button, .sheaf, .sheaf__head, .side, .sift, .sort, .spine,
    .split, .steps, .steps > li, .strip-ends, .tally, .tier:not(.filters .tier), .tiers, .timeline, .timeline__event,
    .timeline__legend, .top__in, .tries, .understood, .w-flex
"""
# Inline elements that the stylesheets lay out as blocks.
BLOCKS = (
    ".brand small, .contents a, dd small, .downloads__note, .filters__name, .langs a, .linked small, .map__list small, "
    ".nav a, video > *, .error svg, .brand svg, .foot svg, .figure svg, svg.strip, .correct__tools input[type=text]"
)
# Placed out of sight, but read aloud with the words around it.
READ_ALOUD = ".visually-hidden, .w-sr-only"
VERBATIM = frozenset(("pre", "textarea"))
DRAWN = frozenset(("circle", "line", "path", "rect", "use"))
RAW = frozenset(("script", "style"))
COLLAPSED = frozenset(("class", "style", "srcset", "sizes", "d"))

_EDGE = object()  # the edge of a block
_NAME = re.compile(r"\s*</?(\w*)|")
_BREAK = re.compile(r"[ \t\n\r\f]+")


def normalised(html: str) -> str:
    """The text of a whole page, or of a part of one: an element or a run of words a line."""
    soup = BeautifulSoup(html, "html.parser")
    return "\n".join(_without_hidden_space(_pieces(soup, _Layout(soup)))) + "\n"


class _Layout:
    """How each element of a document is laid out, as far as white space depends on it."""

    def __init__(self, soup: BeautifulSoup):
        self.containers = {id(element) for element in soup.select(CONTAINERS)}
        self.blocks = {id(element) for element in soup.select(BLOCKS)}
        self.read_aloud = {id(element) for element in soup.select(READ_ALOUD)}
        self.drawn = {id(element) for element in soup.select("svg *")}

    def is_block(self, element: Tag) -> bool:
        if id(element) in self.read_aloud:
            return False
        parent = element.parent
        return (
            element.name not in INLINE
            or id(element) in self.blocks
            or (parent is not None and (id(parent) in self.containers or parent.name == "picture"))
            or id(element) in self.drawn
        )

    def has_edges_inside(self, element: Tag) -> bool:
        """Whether white space at the beginning and the end of its content is not shown."""
        return self.is_block(element) or element.name in ATOMIC or id(element) in self.containers


def _pieces(parent: Tag, layout: _Layout) -> Iterator[str | object | tuple]:
    """The lines of the children of an element; text as a tuple, and `_EDGE` where a block begins or ends."""
    for child in parent.children:
        if isinstance(child, Doctype):
            yield f"<!doctype {child.lower()}>"
            yield _EDGE
        elif isinstance(child, Comment):
            continue
        elif isinstance(child, NavigableString):
            yield (str(child),)
        elif child.name in RAW:
            yield from (_EDGE, _opening(child), _raw(child), _EDGE)
        else:
            yield from _element(child, layout)


def _element(element: Tag, layout: _Layout) -> Iterator[str | object | tuple]:
    block = layout.is_block(element)
    inside = layout.has_edges_inside(element)
    if block:
        yield _EDGE
    yield _opening(element)
    if element.name in VERBATIM:
        yield "  " + json.dumps(element.get_text().lstrip("\n"), ensure_ascii=False)
    else:
        if inside:
            yield _EDGE
        yield from _pieces(element, layout)
        if inside:
            yield _EDGE
    if not element.is_empty_element and element.name not in DRAWN:
        yield f"</{element.name}>"
    if block or element.name == "br":
        yield _EDGE


def _opening(element: Tag) -> str:
    attributes = []
    for name in sorted(element.attrs):
        value = element.attrs[name]
        value = " ".join(value) if isinstance(value, list) else value
        if name in COLLAPSED:
            value = " ".join(value.split())
        if name == "nonce" or (name == "value" and element.get("name") == "csrfmiddlewaretoken"):
            value = "…"
        attributes.append(f" {name}={json.dumps(value, ensure_ascii=False)}")
    return f"<{element.name}{''.join(attributes)}>"


def _raw(element: Tag) -> str:
    text = element.string or ""
    if "json" in element.get("type", "") and text.strip():
        return "  " + json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)
    return "  " + " ".join(text.split())


def _without_hidden_space(pieces: Iterator[str | object | tuple]) -> list[str]:
    """The lines, with white space collapsed and left out where no browser shows it."""
    lines: list[str] = []
    after_space = True  # at the edge of a block, or behind white space: more is not shown
    hangs: int | None = None  # the line that ends with white space which an edge would hide
    for piece in pieces:
        if piece is _EDGE:
            if hangs is not None:
                lines[hangs] = lines[hangs][:-1]
            after_space, hangs = True, None
        elif isinstance(piece, tuple):
            text = _BREAK.sub(" ", piece[0])
            if after_space:
                text = text.removeprefix(" ")
            if not text:
                continue
            if lines and lines[-1].startswith("  “"):
                lines[-1] += text
            else:
                lines.append(f"  “{text}")
            after_space = text.endswith(" ")
            hangs = len(lines) - 1 if after_space else None
        elif (
            piece == "</time>" and hangs is not None
        ):  # looks like the text around it: the space may be in or behind it
            lines[hangs] = lines[hangs][:-1]
            lines += [piece, "  “ "]
            hangs = len(lines) - 1
        else:
            lines.append(piece)
            if _NAME.match(piece)[1] in ATOMIC:
                after_space, hangs = False, None
    return [line for line in lines if line != "  “"]
