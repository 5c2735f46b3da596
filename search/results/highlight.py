"""Marks the words that were found, and picks the extract that shows them.

Words are compared as they are analysed. Everything is escaped here; the only tag is <mark>. An expression is marked
only where all its words stand together.
"""

import html
import re

from search.question.plan import Plan
from search.text_analysis.normalise import fold, folded_word, words_of, words_with_positions
from search.text_analysis.stemming import stem
from search.text_analysis.stop_words import is_stop_word

EXTRACT = 240  # characters, about three lines
MOST_READ = 20_000  # characters of a text in which its extract is looked for
MOST_PLACES = 100  # found words among which the best place for the extract is looked for
_LINE_END = re.compile(r"(?<=[^\s.!?:;,·…])\s*\n\s*")
_TAG = re.compile(r"<[^>]*>")


def plain_text(marked: str) -> str:
    """Return an escaped text with <mark> in it as plain text."""
    return html.unescape(_TAG.sub("", marked))


class Highlighter:
    """Marks what a plan looks for in texts of one language."""

    def __init__(self, plan: Plan, language: str):
        self.language = language
        self._words_seen: dict[str, tuple[bool, bool]] = {}
        self._folded: set[str] = set()
        self._stems: set[str] = set()
        self._expressions: set[tuple[str, ...]] = set()
        self._quoted: set[tuple[str, ...]] = set()
        units = (*plan.units, *plan.mentions)
        self._parts = [part for unit in units for part in (*unit.compound_parts, *unit.prefixes)]
        self._beginnings = tuple(part.letters for part in self._parts if not part.at_end)
        self._endings = tuple(part.letters for part in self._parts if part.at_end)
        for unit in units:
            if unit.exact and len(unit.words) > 1:
                self._quoted.add(tuple(fold(word) for word in unit.words))
                continue
            telling = [word for word in unit.words if not is_stop_word(word, language)] or list(unit.words)
            if not unit.optional:
                self._folded.update(fold(word) for word in telling)
                if not unit.exact:
                    self._stems.update(stem(word, language) for word in telling)
            self._folded.update((*unit.compounds, *unit.near_words))
            for synonym in unit.synonyms:
                if synonym.language == language:
                    stems = tuple(stem(word, language) for word in words_of(synonym.text))
                    self._expressions.add(stems) if len(stems) > 1 else self._stems.update(stems)
        self._stems.discard("")
        self._first_stems = {expression[0] for expression in self._expressions}
        self._first_quoted = {expression[0] for expression in self._quoted}

    def title(self, text: str) -> str:
        """Return the whole text, escaped and marked."""
        return _marked(text, 0, len(text), self._found(text))

    def extract(self, lead: str, body: str) -> str:
        """Return about three lines, escaped and marked: of the lead when it has a found word, else of the body.

        A short body with a found word comes after its lead. Without any found word it is the beginning of the lead.
        """
        lead = _in_one_line(lead)
        lead_found = self._found(lead)
        if lead_found and len(lead) <= EXTRACT:
            return _marked(lead, 0, len(lead), lead_found)
        body = _in_one_line(body[:MOST_READ])
        body_found = [] if lead_found else self._found(body)
        if body_found and lead and len(lead) + len(body) <= EXTRACT:
            text = _in_one_line(f"{lead}\n{body}")
            return _marked(text, 0, len(text), self._found(text))
        for text, found in ((lead, lead_found), (body, body_found)):
            if found:
                start, end = _window(text, found)
                return ("… " if start else "") + _marked(text, start, end, found) + (" …" if end < len(text) else "")
        text = lead or body
        end = _word_end(text, EXTRACT)
        return html.escape(text[:end]) + (" …" if end < len(text) else "")

    def _found(self, text: str) -> list[tuple[int, int]]:
        """Return the places of the found words, in order."""
        words = words_of(text)
        seen = [self._words_seen.get(word) or self._look_at(word) for word in words]
        marked = [alone for alone, _begins in seen]
        if any(begins for _alone, begins in seen):
            for expressions, form in ((self._expressions, self._stem), (self._quoted, folded_word)):
                if expressions:
                    _mark_expressions([form(word) for word in words], expressions, marked)
        if not any(marked):
            return []
        return [
            (start, end) for (_word, start, end), found in zip(words_with_positions(text), marked, strict=True) if found
        ]

    def _look_at(self, word: str) -> tuple[bool, bool]:
        """Return whether a word is marked by itself, and whether it may begin an expression; once for each word."""
        folded, stemmed = folded_word(word), stem(word, self.language)
        by_stem = stemmed in self._stems and not is_stop_word(word, self.language)
        alone = folded in self._folded or by_stem or self._has_part(folded)
        self._words_seen[word] = seen = alone, stemmed in self._first_stems or folded in self._first_quoted
        return seen

    def _has_part(self, folded: str) -> bool:
        # The first check is quick: a question may have a hundred parts, a page some thousand words.
        may_have = folded.startswith(self._beginnings) or folded.endswith(self._endings)
        return may_have and any(part.is_in(folded) for part in self._parts)

    def _stem(self, word: str) -> str:
        return stem(word, self.language)


def _in_one_line(text: str) -> str:
    """Return the lines of a text in one, with a middle dot where a line ended and no sentence (titles, cells)."""
    return " ".join(_LINE_END.sub(" · ", text.strip()).split())


def _mark_expressions(forms: list[str], expressions: set[tuple[str, ...]], marked: list[bool]) -> None:
    """Set `marked` where all the words of an expression stand together."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for expression in expressions:
        by_first.setdefault(expression[0], []).append(expression)
    for at, form in enumerate(forms):
        for expression in by_first.get(form, ()):
            if tuple(forms[at : at + len(expression)]) == expression:
                marked[at : at + len(expression)] = [True] * len(expression)


def _window(text: str, found: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the stretch with the most different found words, from the start of a word or sentence."""
    best, best_at = 0, 0
    for at, (start, _end) in enumerate(found[:MOST_PLACES]):
        inside = set()
        for one, other in found[at : at + MOST_PLACES]:
            if other > start + EXTRACT - 40:
                break
            inside.add(fold(text[one:other]))
        if len(inside) > best:
            best, best_at = len(inside), at
    first = found[best_at][0]
    sentence = max(text.rfind(mark, max(0, first - 120), first) for mark in (". ", "! ", "? "))
    start = sentence + 1 if sentence >= 0 else _word_start(text, max(0, first - 60))
    while start < first and text[start].isspace():
        start += 1
    return start, _word_end(text, max(start + EXTRACT, found[best_at][1]))


def _word_start(text: str, at: int) -> int:
    """Return the first start of a word from `at` on."""
    if at == 0:
        return 0
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + 40 else at


def _word_end(text: str, at: int) -> int:
    """Return the last end of a word up to `at`."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - 40), at)
    return space if space > 0 else at


def _marked(text: str, start: int, end: int, found: list[tuple[int, int]]) -> str:
    """Return a stretch of text, escaped, with the found words in <mark>; words next to each other share one."""
    pieces: list[str] = []
    at = start
    inside = [place for place in found if place[0] >= start and place[1] <= end]
    for index, (one, other) in enumerate(inside):
        if one < at:
            continue
        while index + 1 < len(inside) and not text[other : inside[index + 1][0]].strip(" -"):
            index += 1
            other = inside[index][1]
        pieces += [html.escape(text[at:one]), "<mark>", html.escape(text[one:other]), "</mark>"]
        at = other
    return "".join([*pieces, html.escape(text[at:end])])
