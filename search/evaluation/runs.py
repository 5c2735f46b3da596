"""How well the judged questions are answered: by an engine, and by Wagtail's own search to compare with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail.models import Page

from portal.core.publishing.visibility import visible
from portal.core.searchable import SearchRequest, searchable_kinds
from search.engines.contract import Engine
from search.evaluation.judged_questions import JudgedQuestion
from search.evaluation.metrics import RECALL_DEPTH, Score, mean, score

# Returns the ids that answer a question, the best first.
Ask = Callable[[JudgedQuestion], list[str]]


@dataclass(frozen=True)
class JudgedAnswer:
    """A question with the ids that were found, the best first, and their score."""

    question: JudgedQuestion
    found: tuple[str, ...]
    score: Score


def ask_engine(engine: Engine, *, expand: bool = True, kinds: tuple[str, ...] = ()) -> Ask:
    """Return a function that asks an engine as the results page does; `kinds` when only these are wanted."""

    def ask(question: JudgedQuestion) -> list[str]:
        request = SearchRequest(
            question.text, question.asked_on, kinds=kinds, per_page=RECALL_DEPTH, expand=expand, cues_per_hit=0
        )
        return [hit.id for hit in engine.search(request).hits]

    return ask


def page_kinds() -> tuple[str, ...]:
    """Return the kinds that are Wagtail pages: all that Wagtail's search for pages can find."""
    return tuple(name for name, kind in searchable_kinds().items() if issubclass(kind.model, Page))


def ask_wagtail(question: JudgedQuestion) -> list[str]:
    """Ask Wagtail's database search for the public pages of the visitor's language, any of the words, best first."""
    models = {kind.model: name for name, kind in searchable_kinds().items() if issubclass(kind.model, Page)}
    public = [pk for model in models for pk in visible(model, question.asked_on).values_list("pk", flat=True)]
    pages = Page.objects.filter(pk__in=public).specific().search(question.text, operator="or")[:RECALL_DEPTH]
    return [f"{models[type(page)]}:{page.key}" for page in pages]


def judge(questions: Iterable[JudgedQuestion], ask: Ask, kinds: tuple[str, ...] = ()) -> list[JudgedAnswer]:
    """Return every question with its answers and score. With `kinds` only answers of these kinds are expected."""
    answers = []
    for question in questions:
        grades = {
            identifier: grade
            for identifier, grade in question.grades.items()
            if not kinds or identifier.split(":")[0] in kinds
        }
        if grades:
            found = tuple(ask(question))
            answers.append(JudgedAnswer(question, found, score(found, grades)))
    return answers


def mean_by_language(answers: Iterable[JudgedAnswer]) -> dict[str, Score]:
    """Return the mean score of each language, in the order in which the languages come."""
    groups: dict[str, list[Score]] = {}
    for answer in answers:
        groups.setdefault(answer.question.language, []).append(answer.score)
    return {language: mean(scores) for language, scores in groups.items()}
