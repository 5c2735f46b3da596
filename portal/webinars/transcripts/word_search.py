"""Finding words in one transcript, and marking them. Pure functions; the search of the whole portal is another room."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.core.content.sorting import without_accents
from portal.webinars.transcripts.paragraphs import Line, Paragraph, Part, with_lines

LONGEST_QUESTION = 200
# Shorter words are not looked for one by one: they are everywhere.
SHORTEST_WORD = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Moment:
    """A place in the transcript where the words are said; `html` is the line with <mark>, `label` the same as text."""

    start_s: float
    label: str
    html: str

    @property
    def second(self) -> int:
        """The whole second that its address names."""
        return int(self.start_s)


@dataclass(frozen=True)
class Found:
    """The text with the words marked, and the moments. `together` is whether the words stand side by side there."""

    text: list[Part]
    moments: tuple[Moment, ...] = ()
    together: bool = True


@dataclass(frozen=True)
class _Token:
    """A word of a paragraph: in which of its lines it stands, and where."""

    folded: str
    line: int
    start: int
    end: int


def find(text: list[Part], question: str) -> Found:
    """Look for the words of a question side by side, each as the beginning of a word, whatever accents and capitals.

    When they are nowhere side by side, paragraphs that have all of them are found.
    """
    words = [without_accents(word) for word in _WORD.findall(question[:LONGEST_QUESTION])]
    if not words:
        return Found(text)
    paragraphs = [paragraph for part in text for paragraph in part.paragraphs]
    found = _search(paragraphs, lambda tokens: _side_by_side(tokens, words))
    together = bool(found) or len(words) == 1
    if not found and len(words) > 1:
        long_words = [word for word in words if len(word) >= SHORTEST_WORD] or words
        found = _search(paragraphs, lambda tokens: _all_of_them(tokens, long_words))
    changed, moments = {}, []
    for paragraph, runs in found:
        marked = _marked(paragraph, runs)
        changed |= marked
        for line in dict.fromkeys(paragraph.cues[run[0].line] for run in runs):
            moments.append(Moment(line.start_s, line.text, marked[line].html))
    return Found(with_lines(text, changed), tuple(moments), together)


def _search(paragraphs: Iterable[Paragraph], runs_of) -> list[tuple[Paragraph, list[list[_Token]]]]:
    return [(paragraph, runs) for paragraph in paragraphs if (runs := runs_of(_tokens(paragraph)))]


def _tokens(paragraph: Paragraph) -> list[_Token]:
    return [
        _Token(without_accents(match[0]), number, match.start(), match.end())
        for number, line in enumerate(paragraph.cues)
        for match in _WORD.finditer(line.text)
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
    """The lines of a paragraph in which something was found, with <mark> around it."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for run in runs:
        for number in dict.fromkeys(token.line for token in run):
            own = [token for token in run if token.line == number]
            spans.setdefault(number, []).append((own[0].start, own[-1].end))
    return {
        paragraph.cues[number]: replace(paragraph.cues[number], html=_with_marks(paragraph.cues[number].text, own))
        for number, own in spans.items()
    }


def _with_marks(text: str, spans: list[tuple[int, int]]) -> SafeString:
    pieces, done = [], 0
    for start, end in spans:
        pieces += [escape(text[done:start]), mark_safe("<mark>"), escape(text[start:end]), mark_safe("</mark>")]
        done = end
    return mark_safe("".join([*pieces, escape(text[done:])]))  # every piece is escaped above
