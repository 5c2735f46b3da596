"""From what an engine found to a hit: a marked title and extract, and the lines of a transcript that answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.core.searchable import NOT_GIVEN, CueHit, Hit
from search.indexing.documents import shown_language
from search.question.plan import Plan
from search.results.highlight import Highlighter

CANDIDATES_PER_CUE = 4  # lines that an engine finds for each that is shown
SAME_CUE_S = 5.0  # lines of two languages that start this near to each other say the same


@dataclass(frozen=True)
class MatchingCue:
    """A timed line of a transcript that answers the question, and how well."""

    start_s: float
    language: str
    text: str
    score: float


class HitBuilder:
    """Makes the hits of one question; `languages` are those of the content, in the order of the site."""

    def __init__(self, plan: Plan, languages: tuple[str, ...], *, with_extracts: bool = True):
        self.plan = plan
        self.with_extracts = with_extracts
        self.languages = languages
        self._highlighters: dict[str, Highlighter] = {}

    def hit(self, identifier: str, stored: Mapping, cue_hits: tuple[CueHit, ...] = (), score: float = 0.0) -> Hit:
        """Return the hit of what `search.indexing.documents.stored` gave."""
        language = shown_language(stored["texts"], self.plan.language, self.languages)
        text = stored["texts"].get(language) or {"title": stored["key"], "lead": "", "body": "", "url": ""}
        highlighter = self._highlighter(language)
        return Hit(
            id=identifier,
            kind=stored["kind"],
            key=stored["key"],
            language=language,
            title_html=highlighter.title(text["title"]),
            extract_html=highlighter.extract(text["lead"], text["body"]) if self.with_extracts else "",
            url=text["url"],
            languages=tuple(code for code in self.languages if code in stored["texts"]),
            cue_hits=cue_hits,
            score=score,
            duration_s=stored["duration_s"],
            date=date.fromisoformat(stored["date"]) if stored["date"] else None,
            filters={name: tuple(values) for name, values in stored["filters"].items() if values != [NOT_GIVEN]},
        )

    def cue_hits(self, cues: Iterable[MatchingCue], most: int) -> tuple[CueHit, ...]:
        """Return the `most` best of the cues, in the order of time.

        A cue in the visitor's language stands for the same cue in another.
        """
        chosen: list[MatchingCue] = []
        for cue in sorted(cues, key=lambda cue: (cue.language != self.plan.language, -cue.score, cue.start_s)):
            if len(chosen) < most and all(abs(cue.start_s - other.start_s) > SAME_CUE_S for other in chosen):
                chosen.append(cue)
        return tuple(
            CueHit(cue.start_s, cue.language, self._highlighter(cue.language).title(cue.text))
            for cue in sorted(chosen, key=lambda cue: cue.start_s)
        )

    def _highlighter(self, language: str) -> Highlighter:
        if language not in self._highlighters:
            self._highlighters[language] = Highlighter(self.plan, language)
        return self._highlighters[language]
