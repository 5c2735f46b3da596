"""The questions of search/evaluation/judgements with their graded answers (docs/search.md says how to write them)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

FOLDER = Path(__file__).parent / "judgements"
GRADES = (1, 2, 3)
READ_BY_OTHERS = "en"  # what people read who ask in a language without pages


@dataclass(frozen=True)
class JudgedQuestion:
    """A question, with the grades (1, 2 or 3) of the documents that answer the need behind it, by id.

    The grades of a need are the same in each language. Nobody looks at `held_out` questions while search is tuned.
    """

    need: str
    language: str
    text: str
    grades: Mapping[str, int]
    held_out: bool = False

    @property
    def asked_on(self) -> str:
        """Return the language of the pages on which it is asked."""
        return self.language if self.language in settings.CONTENT_LANGUAGES else READ_BY_OTHERS


def judged_questions(folder: Path = FOLDER) -> tuple[JudgedQuestion, ...]:
    """Return every question of every file, in their order. Raises ValueError with what is written wrongly."""
    questions: list[JudgedQuestion] = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            questions += _questions(path.name, dict(entry))
    names = [(question.need, question.language) for question in questions]
    if twice := {name for name, _language in names if names.count((name, _language)) > 1}:
        raise ValueError(f"needs with the same name: {', '.join(sorted(twice))}")
    return tuple(questions)


def _questions(file: str, entry: dict) -> list[JudgedQuestion]:
    need, answers, held_out = entry.pop("need"), entry.pop("answers"), entry.pop("held_out", False)
    grades = {identifier: grade for grade, ids in answers.items() for identifier in ids}
    if not set(answers) <= set(GRADES) or len(grades) != sum(map(len, answers.values())):
        raise ValueError(f"{file}, {need}: answers are graded 1, 2 or 3, each once")
    if unknown := set(entry) - {code for code, _name in settings.LANGUAGES}:
        raise ValueError(f"{file}, {need}: not a language: {', '.join(sorted(unknown))}")
    return [JudgedQuestion(need, language, text, grades, held_out) for language, text in entry.items()]
