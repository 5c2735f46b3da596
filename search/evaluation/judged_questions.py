"""The questions of search/evaluation/judgements with their graded answers (how they are written: docs/search.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

FOLDER = Path(__file__).parent / "judgements"
GRADES = (1, 2, 3)
READS = "en"  # the pages that somebody reads who asks in a language that nothing is written in


@dataclass(frozen=True)
class Question:
    """What one person asks. `grades` are those of the need behind it, the same in each language: id -> 1, 2 or 3.

    `held_out` questions are never looked at while search is tuned.
    """

    need: str
    language: str
    text: str
    grades: Mapping[str, int]
    held_out: bool = False

    @property
    def asked_on(self) -> str:
        """The language of the pages on which it is asked."""
        return self.language if self.language in settings.CONTENT_LANGUAGES else READS


def questions(folder: Path = FOLDER) -> tuple[Question, ...]:
    """Every question of every file, in their order. Raises ValueError that names what is written wrongly."""
    found: list[Question] = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            found += _questions(path.name, dict(entry))
    names = [(one.need, one.language) for one in found]
    if twice := {name for name, _language in names if names.count((name, _language)) > 1}:
        raise ValueError(f"needs with the same name: {', '.join(sorted(twice))}")
    return tuple(found)


def _questions(file: str, entry: dict) -> list[Question]:
    need, answers, held_out = entry.pop("need"), entry.pop("answers"), entry.pop("held_out", False)
    grades = {one: grade for grade, ids in answers.items() for one in ids}
    if not set(answers) <= set(GRADES) or len(grades) != sum(map(len, answers.values())):
        raise ValueError(f"{file}, {need}: answers are graded 1, 2 or 3, each once")
    if unknown := set(entry) - {code for code, _name in settings.LANGUAGES}:
        raise ValueError(f"{file}, {need}: not a language: {', '.join(sorted(unknown))}")
    return [Question(need, language, text, grades, held_out) for language, text in entry.items()]
