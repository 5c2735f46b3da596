"""Marks the words that were found, on words as they are analysed, and picks the extract that shows them.

Everything is escaped here; the only tag is <mark>. Expressions are marked only where all their words stand together.
"""

import re
from html import escape
from itertools import takewhile

from search.question.plan import Plan
from search.text_analysis.normalise import fold, folded_word, is_stop_word, split, stem, words_of

EXTRACT = 240  # characters, about three lines
MOST_READ = 20_000  # characters of a text that are looked through for its extract
MOST_PLACES = 100  # found words among which the best place for the extract is looked for
_LINE_END = re.compile(r"(?<=[^\s.!?:;,·…])\s*\n\s*")


class Highlighter:
    """Marks what a plan looks for in texts of one language."""

    def __init__(self, plan: Plan, language: str):
        self.language = language
        self._known: dict[str, tuple[bool, bool]] = {}
        self._folded: set[str] = set()
        self._stems: set[str] = set()
        self._sequences: set[tuple[str, ...]] = set()
        self._quoted: set[tuple[str, ...]] = set()
        units = (*plan.units, *plan.about)
        self._parts = [part for unit in units for part in (*unit.parts, *unit.begun)]
        self._beginnings = tuple(part.letters for part in self._parts if not part.at_end)
        self._endings = tuple(part.letters for part in self._parts if part.at_end)
        for unit in units:
            if unit.exact and len(unit.words) > 1:
                self._quoted.add(tuple(fold(word) for word in unit.words))
                continue
            meaningful = [word for word in unit.words if not is_stop_word(word, language)] or list(unit.words)
            if not unit.optional:
                self._folded.update(fold(word) for word in meaningful)
                if not unit.exact:
                    self._stems.update(stem(word, language) for word in meaningful)
            self._folded.update((*unit.compounds, *unit.near))
            for other in unit.others:
                if other.language == language:
                    stems = tuple(stem(word, language) for word, _start, _end in split(other.text))
                    self._sequences.add(stems) if len(stems) > 1 else self._stems.update(stems)
        self._stems.discard("")
        self._first_stems = {sequence[0] for sequence in self._sequences}
        self._first_quoted = {sequence[0] for sequence in self._quoted}

    def title(self, text: str) -> str:
        """The whole text, escaped and marked."""
        return _marked(text, 0, len(text), self._found(text))

    def extract(self, lead: str, body: str) -> str:
        """About three lines, escaped and marked: of the lead when it has a found word, else of the body.

        A short body with a found word comes behind its lead. Without any found word it is the beginning of the lead.
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
        return escape(text[:end]) + (" …" if end < len(text) else "")

    def _found(self, text: str) -> list[tuple[int, int]]:
        """The places of the found words, in order."""
        words = words_of(text)
        looks = [self._known.get(word) or self._look(word) for word in words]
        marked = [alone for alone, _begins in looks]
        if any(begins for _alone, begins in looks):
            for sequences, form in ((self._sequences, self._stem), (self._quoted, folded_word)):
                if sequences:
                    _mark_sequences([form(word) for word in words], sequences, marked)
        if not any(marked):
            return []
        return [(start, end) for (_word, start, end), found in zip(split(text), marked, strict=True) if found]

    def _look(self, word: str) -> tuple[bool, bool]:
        """Whether a word is marked by itself, and whether it may begin an expression; worked out once for each word."""
        folded, stemmed = folded_word(word), stem(word, self.language)
        by_stem = stemmed in self._stems and not is_stop_word(word, self.language)
        alone = folded in self._folded or by_stem or self._has_part(folded)
        self._known[word] = known = alone, stemmed in self._first_stems or folded in self._first_quoted
        return known

    def _has_part(self, folded: str) -> bool:
        # The first look is quick: a question may have a hundred parts, a page some thousand words.
        looks_so = folded.startswith(self._beginnings) or folded.endswith(self._endings)
        return looks_so and any(part.is_in(folded) for part in self._parts)

    def _stem(self, word: str) -> str:
        return stem(word, self.language)


def _in_one_line(text: str) -> str:
    """The lines of a text behind each other; a dot in the middle stands where no sentence ended (titles, cells)."""
    return " ".join(_LINE_END.sub(" · ", text.strip()).split())


def _mark_sequences(forms: list[str], sequences: set[tuple[str, ...]], marked: list[bool]) -> None:
    """Set `marked` where all the words of a sequence stand together."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for sequence in sequences:
        by_first.setdefault(sequence[0], []).append(sequence)
    for at, form in enumerate(forms):
        for sequence in by_first.get(form, ()):
            if tuple(forms[at : at + len(sequence)]) == sequence:
                marked[at : at + len(sequence)] = [True] * len(sequence)


def _window(text: str, found: list[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of EXTRACT characters with the most different found words, from the start of a word or sentence."""
    best, best_at = 0, 0
    for at, (start, _end) in enumerate(found[:MOST_PLACES]):
        near = takewhile(lambda place, start=start: place[1] <= start + EXTRACT - 40, found[at : at + MOST_PLACES])
        inside = {fold(text[one:other]) for one, other in near}
        if len(inside) > best:
            best, best_at = len(inside), at
    first = found[best_at][0]
    sentence = max(text.rfind(mark, max(0, first - 120), first) for mark in (". ", "! ", "? "))
    start = sentence + 1 if sentence >= 0 else _word_start(text, max(0, first - 60))
    while start < first and text[start].isspace():
        start += 1
    return start, _word_end(text, max(start + EXTRACT, found[best_at][1]))


def _word_start(text: str, at: int) -> int:
    """The first start of a word from `at` on."""
    if at == 0:
        return 0
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + 40 else at


def _word_end(text: str, at: int) -> int:
    """The last end of a word up to `at`."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - 40), at)
    return space if space > 0 else at


def _marked(text: str, start: int, end: int, found: list[tuple[int, int]]) -> str:
    """A stretch of text, escaped, with the found words in <mark>; words next to each other share one."""
    pieces, at = [], start
    inside = [place for place in found if place[0] >= start and place[1] <= end]
    for index, (one, other) in enumerate(inside):
        if one < at:
            continue
        while index + 1 < len(inside) and not text[other : inside[index + 1][0]].strip(" -"):
            index += 1
            other = inside[index][1]
        pieces += [escape(text[at:one]), "<mark>", escape(text[one:other]), "</mark>"]
        at = other
    return "".join([*pieces, escape(text[at:end])])
