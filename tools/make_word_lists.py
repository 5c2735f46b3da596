"""Makes the word lists of search: `python -m tools.make_word_lists`, from the folder of the portal.

    search/languages/<code>/common_words.txt               words that are never corrected
    tests/search/thesaurus/words_and_concepts.tsv          which words are recognised as which concept, and why

Before you commit it, read every line of the second that `git diff` shows, in its own language: does somebody who asks
that word mean that concept? If not, mend the reason (docs/search.md, "What a word is recognised as"), not the table.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
import wordfreq
import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from portal.starter.loading.content_files import CONTENT, read_list  # noqa: E402
from search.languages import rules_for  # noqa: E402
from search.question.near_words import SHORTEST_CORRECTED  # noqa: E402
from search.question.plan import make_plan  # noqa: E402
from search.text_analysis import common_words  # noqa: E402
from search.text_analysis.normalise import fold, normalise, words_of  # noqa: E402
from search.thesaurus.concepts import Concept, Expression  # noqa: E402
from search.thesaurus.current_thesaurus import everyday_synonyms  # noqa: E402
from search.thesaurus.thesaurus import Thesaurus  # noqa: E402

TABLE = Path(__file__).parents[1] / "tests" / "search" / "thesaurus" / "words_and_concepts.tsv"
LANGUAGES = common_words.WITH_A_LIST
MOST = 50_000


def most_common_words(language: str) -> list[str]:
    """Return the words that people use most, by wordfreq."""
    return wordfreq.top_n_list(language, MOST)


def common_words_lines(language: str) -> list[str]:
    """Return the lines of common_words.txt: each folded word, with its spelling where that differs."""
    words: dict[str, str] = {}
    for word in most_common_words(language):
        folded = fold(word)
        if folded.isalpha() and len(folded) >= SHORTEST_CORRECTED:
            words.setdefault(folded, word)
    return [folded if word == folded else f"{folded} {word}" for folded, word in sorted(words.items())]


def starter_thesaurus() -> Thesaurus:
    """Return the thesaurus of the starter content with the everyday synonyms, without a database."""
    everyday = everyday_synonyms()
    return Thesaurus(
        Concept(
            topic["key"],
            topic["label"],
            {language: tuple(map(str, texts)) for language, texts in topic["alternatives"].items()},
            tuple(topic["broader"]),
            tuple(topic["related"]),
            everyday.get(topic["key"], {}),
        )
        for topic in read_list("topics.yaml")
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def starter_content(language: str) -> tuple[set[str], set[str]]:
    """Return the words of all starter content in a language as they are written, and its titles."""
    words: set[str] = set()
    titles: set[str] = set()
    for path in sorted(CONTENT.rglob(f"{language}.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        titles |= {str(content[name]) for name in ("title",) if content.get(name)}
        words |= {word for text in _texts(content) for word in words_of(normalise(text))}
    for topic in read_list("topics.yaml"):
        words |= set(words_of(normalise(topic["definition"][language])))
    return words, titles


def rows(thesaurus: Thesaurus) -> list[str]:
    """Return every word and phrase of a title that is announced as a concept: language, words, concept, expression."""
    found: set[tuple[str, str, str, str]] = set()
    for language in LANGUAGES:
        words, titles = starter_content(language)
        for word in {*most_common_words(language), *words}:
            if thesaurus.knows(word, language):
                found.update(_rows_of_question(word, language, thesaurus))
        for title in titles:
            found.update(row for row in _rows_of_question(title, language, thesaurus) if " " in row[1])
    return ["\t".join(row) for row in sorted(found)]


def _rows_of_question(text: str, language: str, thesaurus: Thesaurus) -> Iterator[tuple[str, str, str, str]]:
    plan = make_plan(text, language, thesaurus, LANGUAGES)
    words = words_of(normalise(text))
    if any(unit.concepts and unit.announced for unit in plan.units):
        for expression_match in thesaurus.find_expressions(words, language, LANGUAGES):
            if not expression_match.in_compound:
                span = words[expression_match.start : expression_match.end]
                yield from _rows(" ".join(span), expression_match.expressions, language)
        return
    for mention in thesaurus.find_mentions(words, language).values():
        if mention.sure:
            for match in mention.matches:
                span = [word for word in words if word in match.words]
                yield from _rows(" ".join(span), [match.expression], language)


def _rows(typed: str, expressions: Iterable[Expression], language: str) -> Iterator[tuple[str, str, str, str]]:
    for expression in expressions:
        other = "" if expression.language == language else f"{expression.language}: "
        yield language, typed.lower() if not typed.isupper() else typed, expression.key, f"{other}{expression.text}"


def main() -> None:
    for language in LANGUAGES:
        text = "".join(f"{line}\n" for line in common_words_lines(language))
        rules_for(language).common_words_file.write_text(text, encoding="utf-8")
    TABLE.write_text("".join(f"{row}\n" for row in rows(starter_thesaurus())), encoding="utf-8")


if __name__ == "__main__":
    main()
