"""From what an engine found to what a visitor sees: a marked title and extract, and the moments of a recording."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.core.searchable import Hit, Moment
from search.indexing.documents import shown_language
from search.question.plan import Plan
from search.results.highlight import Highlighter

LINES_READ = 4  # lines that answer, read for each moment that is shown
SAME_MOMENT_S = 5.0  # captions of two languages that start this near to each other say the same


@dataclass(frozen=True)
class Line:
    """A timed line of a transcript that answers the question, and how well."""

    start_s: float
    language: str
    text: str
    score: float


class Presenter:
    """Makes the hits of one question; `languages` are those of the content, in the order of the site."""

    def __init__(self, plan: Plan, languages: tuple[str, ...]):
        self.plan = plan
        self.languages = languages
        self._highlighters: dict[str, Highlighter] = {}

    def hit(self, identifier: str, stored: Mapping, moments: tuple[Moment, ...] = (), score: float = 0.0) -> Hit:
        """The hit of what `search.indexing.documents.stored` gave."""
        language = shown_language(stored["texts"], self.plan.language, self.languages)
        text = stored["texts"].get(language) or {"title": stored["key"], "lead": "", "body": "", "url": ""}
        highlighter = self._highlighter(language)
        return Hit(
            id=identifier,
            kind=stored["kind"],
            key=stored["key"],
            language=language,
            title_html=highlighter.title(text["title"]),
            extract_html=highlighter.extract(text["lead"], text["body"]),
            url=text["url"],
            languages=tuple(code for code in self.languages if code in stored["texts"]),
            moments=moments,
            score=score,
            duration_s=stored["duration_s"],
            date=date.fromisoformat(stored["date"]) if stored["date"] else None,
            filters={name: tuple(values) for name, values in stored["filters"].items()},
        )

    def moments(self, lines: Iterable[Line], most: int) -> tuple[Moment, ...]:
        """The `most` best of the lines, in the order of time.

        A line in the visitor's language stands for the same line in another.
        """
        chosen: list[Line] = []
        for line in sorted(lines, key=lambda line: (line.language != self.plan.language, -line.score, line.start_s)):
            if len(chosen) < most and all(abs(line.start_s - other.start_s) > SAME_MOMENT_S for other in chosen):
                chosen.append(line)
        return tuple(
            Moment(line.start_s, line.language, self._highlighter(line.language).title(line.text))
            for line in sorted(chosen, key=lambda line: line.start_s)
        )

    def _highlighter(self, language: str) -> Highlighter:
        if language not in self._highlighters:
            self._highlighters[language] = Highlighter(self.plan, language)
        return self._highlighters[language]
