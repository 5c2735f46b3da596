"""Search for words within one transcript. No database; the search of the whole portal is the room `search`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.core.content.sorting import without_accents
from portal.webinars.transcripts.paragraphs import Line, Paragraph, Part, with_lines

MAX_QUERY_LENGTH = 200
# Shorter words are not searched one by one: they are everywhere.
MIN_WORD_LENGTH = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class WordMatch:
    """A line in which the words are said; `html` is the line with <mark> around them, `label` its plain text.

    `is_best` marks one of several: where the words are closest together and said most, under a title that has them.
    """

    start_s: float
    label: str
    html: str
    is_best: bool = False

    @property
    def second(self) -> int:
        """The whole second that its address names."""
        return int(self.start_s)


@dataclass(frozen=True)
class WordSearchResult:
    """The text with the words marked, and the lines they are in. `is_exact`: whether they stand side by side there."""

    text: list[Part]
    matches: tuple[WordMatch, ...] = ()
    is_exact: bool = True


@dataclass(frozen=True)
class _Token:
    """A word of a text: which one it is, the number of its line, and where in that line it is."""

    folded: str
    position: int
    line: int
    start: int
    end: int


def find_words(text: list[Part], query: str) -> WordSearchResult:
    """Search a text for the words of a query side by side, each as the beginning of a word, ignoring accents and case.

    When they are nowhere side by side, the paragraphs that have all of them match.
    """
    words = [without_accents(word) for word in _WORD.findall(query[:MAX_QUERY_LENGTH])]
    if not words:
        return WordSearchResult(text)
    paragraphs = [paragraph for part in text for paragraph in part.paragraphs]
    found = _search(paragraphs, lambda tokens: _side_by_side(tokens, words))
    is_exact = bool(found) or len(words) == 1
    if not found and len(words) > 1:
        words = [word for word in words if len(word) >= MIN_WORD_LENGTH] or words
        found = _search(paragraphs, lambda tokens: _all_of_them(tokens, words))
    best = _best_line(text, found, words)
    changed: dict[Line, Line] = {}
    matches = []
    for paragraph, runs in found:
        marked = _marked(paragraph, runs)
        changed |= marked
        for line in dict.fromkeys(paragraph.cues[run[0].line] for run in runs):
            matches.append(WordMatch(line.start_s, line.text, marked[line].html, is_best=line is best))
    if len(matches) == 1:
        matches = [replace(matches[0], is_best=False)]
    return WordSearchResult(with_lines(text, changed), tuple(matches), is_exact)


def _best_line(text: list[Part], found: list[tuple[Paragraph, list[list[_Token]]]], words: list[str]) -> Line | None:
    """The line at which the best match begins; the first of equally good ones. None when nothing was found."""
    titled = {paragraph for part in text if _all_of_them(_tokens([part.title]), words) for paragraph in part.paragraphs}
    best, best_rank = None, None
    for paragraph, runs in found:
        width, first = _closest(runs, words)
        whole_words = sum(token.folded in words for run in runs for token in run)
        rank = (-width, len(runs) + whole_words + (3 if paragraph in titled else 0))
        if best_rank is None or rank > best_rank:
            best, best_rank = paragraph.cues[first.line], rank
    return best


def _closest(runs: list[list[_Token]], words: list[str]) -> tuple[int, _Token]:
    """How many words apart those of a paragraph are where they are closest, and where that begins.

    Nothing for words side by side.
    """
    if len(runs[0]) > 1 or len(words) == 1:
        return 0, runs[0][0]
    hits = [run[0] for run in runs]
    widths = []
    for number, first in enumerate(hits):
        missing = set(words)
        for count, token in enumerate(hits[number:]):
            missing -= {word for word in missing if token.folded.startswith(word)}
            if not missing:
                widths.append((hits[number + count].position - first.position, number))
                break
    width, number = min(widths)
    return width, hits[number]


def _search(
    paragraphs: Iterable[Paragraph], runs_of: Callable[[list[_Token]], list[list[_Token]]]
) -> list[tuple[Paragraph, list[list[_Token]]]]:
    return [
        (paragraph, runs)
        for paragraph in paragraphs
        if (runs := runs_of(_tokens(line.text for line in paragraph.cues)))
    ]


def _tokens(texts: Iterable[str]) -> list[_Token]:
    found = ((number, match) for number, text in enumerate(texts) for match in _WORD.finditer(text))
    return [
        _Token(without_accents(match[0]), position, number, match.start(), match.end())
        for position, (number, match) in enumerate(found)
    ]


def _side_by_side(tokens: list[_Token], words: list[str]) -> list[list[_Token]]:
    """The runs of neighbouring tokens that begin with these words, one by one; they do not overlap."""
    runs, position = [], 0
    while position + len(words) <= len(tokens):
        run = tokens[position : position + len(words)]
        if all(token.folded.startswith(word) for token, word in zip(run, words, strict=True)):
            runs.append(run)
            position += len(words)
        else:
            position += 1
    return runs


def _all_of_them(tokens: list[_Token], words: list[str]) -> list[list[_Token]]:
    """Each token that begins with one of the words, when all words are there."""
    hits = [token for token in tokens if token.folded.startswith(tuple(words))]
    complete = all(any(token.folded.startswith(word) for token in hits) for word in words)
    return [[token] for token in hits] if complete else []


def _marked(paragraph: Paragraph, runs: list[list[_Token]]) -> dict[Line, Line]:
    """The lines of a paragraph that match, each with a copy that has <mark> around the matches."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for run in runs:
        for number in dict.fromkeys(token.line for token in run):
            in_line = [token for token in run if token.line == number]
            spans.setdefault(number, []).append((in_line[0].start, in_line[-1].end))
    return {
        paragraph.cues[number]: replace(
            paragraph.cues[number], html=_with_marks(paragraph.cues[number].text, line_spans)
        )
        for number, line_spans in spans.items()
    }


def _with_marks(text: str, spans: list[tuple[int, int]]) -> SafeString:
    pieces, done = [], 0
    for start, end in spans:
        pieces += [escape(text[done:start]), mark_safe("<mark>"), escape(text[start:end]), mark_safe("</mark>")]
        done = end
    return mark_safe("".join([*pieces, escape(text[done:])]))  # every piece is escaped above
