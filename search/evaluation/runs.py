"""How well the judged questions are answered: by the engine, and by Wagtail's own search to compare with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail.models import Page

from portal.core import searchable
from portal.core.publishing.visibility import visible
from portal.core.searchable import SearchRequest
from search.engines.contract import Engine
from search.evaluation.judged_questions import Question
from search.evaluation.metrics import RECALL_DEPTH, Score, mean, score

Ask = Callable[[Question], list[str]]


@dataclass(frozen=True)
class Answered:
    """A question with the ids that came, the best first, and their figures."""

    question: Question
    found: tuple[str, ...]
    score: Score


def by_engine(engine: Engine, *, expand: bool = True, kinds: tuple[str, ...] = ()) -> Ask:
    """Asks an engine as the results page does; `kinds` when only these are wanted."""

    def ask(question: Question) -> list[str]:
        request = SearchRequest(
            question.text, question.asked_on, kinds=kinds, per_page=RECALL_DEPTH, expand=expand, moments=0
        )
        return [hit.id for hit in engine.search(request).hits]

    return ask


def page_kinds() -> tuple[str, ...]:
    """The kinds that are Wagtail pages: all that Wagtail's search for pages can find."""
    return tuple(name for name, kind in searchable.kinds().items() if issubclass(kind.model, Page))


def by_wagtail(question: Question) -> list[str]:
    """Asks Wagtail's database search for the public pages of the visitor's language, any of the words, best first."""
    models = {kind.model: name for name, kind in searchable.kinds().items() if issubclass(kind.model, Page)}
    public = Page.objects.filter(pk__in=[pk for model in models for pk in _public(model, question.asked_on)])
    pages = public.specific().search(question.text, operator="or")[:RECALL_DEPTH]
    return [f"{models[type(page)]}:{page.key}" for page in pages]


def _public(model: type[Page], language: str) -> Iterable[int]:
    return visible(model, language).values_list("pk", flat=True)


def answered(questions: Iterable[Question], ask: Ask, kinds: tuple[str, ...] = ()) -> list[Answered]:
    """Every question with its answers and figures. With `kinds` only answers of these kinds are expected."""
    found = []
    for question in questions:
        grades = {one: grade for one, grade in question.grades.items() if not kinds or one.split(":")[0] in kinds}
        if grades:
            came = tuple(ask(question))
            found.append(Answered(question, came, score(came, grades)))
    return found


def by_language(answers: Iterable[Answered]) -> dict[str, Score]:
    """The means of each language, in the order in which the languages come."""
    groups: dict[str, list[Score]] = {}
    for one in answers:
        groups.setdefault(one.question.language, []).append(one.score)
    return {language: mean(scores) for language, scores in groups.items()}
