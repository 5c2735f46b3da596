"""Makes the two word lists of search anew: `python -m tools.make_word_lists`, from the folder of the portal.

    search/question/common_words/<language>.txt            words that are never corrected
    tests/search/question/words_and_concepts.tsv       which words are understood as which concept, and why

Read every line of the second that `git diff` shows, in its own language, before it is committed: does somebody who asks
that word mean that concept? If not, mend the reason (docs/search.md, "What a word is understood as"), not the table.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import wordfreq
import yaml

from portal.starter.content_files import CONTENT, read_list
from search.question import common_words, current_thesaurus
from search.question.near_words import SHORTEST_CORRECTED
from search.question.normalise import fold, normalise, words_of
from search.question.plan import make_plan
from search.question.thesaurus import Concept, Expression, Thesaurus

TABLE = Path(__file__).parents[1] / "tests" / "search" / "question" / "words_and_concepts.tsv"
EVERYDAY = current_thesaurus.EVERYDAY
LANGUAGES = common_words.LANGUAGES
MOST = 50_000


def usual_words(language: str) -> list[str]:
    """The words that people use most, by wordfreq."""
    return wordfreq.top_n_list(language, MOST)


def ordinary_lines(language: str) -> list[str]:
    """The lines of search/question/common_words: each folded word, with how it is written where that differs."""
    words: dict[str, str] = {}
    for word in usual_words(language):
        folded = fold(word)
        if folded.isalpha() and len(folded) >= SHORTEST_CORRECTED:
            words.setdefault(folded, word)
    return [folded if word == folded else f"{folded} {word}" for folded, word in sorted(words.items())]


def starter_thesaurus() -> Thesaurus:
    """The thesaurus of the starter content with the everyday words, without a database."""
    everyday = yaml.safe_load(EVERYDAY.read_text(encoding="utf-8"))
    return Thesaurus(
        Concept(
            topic["key"],
            topic["label"],
            {language: tuple(map(str, texts)) for language, texts in topic["alternatives"].items()},
            tuple(topic["broader"]),
            tuple(topic["related"]),
            {code: tuple(map(str, texts)) for code, texts in everyday.get(topic["key"], {}).items()},
        )
        for topic in read_list("topics.yaml")
    )


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def content_of(language: str) -> tuple[set[str], set[str]]:
    """The words of all starter content in a language as they are written, and its titles."""
    words: set[str] = set()
    titles: set[str] = set()
    for path in sorted(CONTENT.rglob(f"{language}.yaml")):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        titles |= {str(written[name]) for name in ("title",) if written.get(name)}
        words |= {word for text in _texts(written) for word in words_of(normalise(text))}
    for topic in read_list("topics.yaml"):
        words |= set(words_of(normalise(topic["definition"][language])))
    return words, titles


def rows(known: Thesaurus) -> list[str]:
    """Every word and every phrase of a title that a visitor is told to be understood: language, words, concept, why."""
    found: set[tuple[str, str, str, str]] = set()
    for language in LANGUAGES:
        words, titles = content_of(language)
        for word in {*usual_words(language), *words}:
            if known.knows(word, language):
                found.update(_told(word, language, known))
        for title in titles:
            found.update(row for row in _told(title, language, known) if " " in row[1])
    return ["\t".join(row) for row in sorted(found)]


def _told(text: str, language: str, known: Thesaurus) -> Iterator[tuple[str, str, str, str]]:
    """The rows of one question."""
    plan = make_plan(text, language, known, LANGUAGES)
    read = words_of(normalise(text))
    recognised = [unit for unit in plan.units if unit.concepts and unit.told]
    if recognised:
        matches = known.find(read, language, LANGUAGES)
        for match in matches:
            if not match.in_compound:
                yield from _rows(" ".join(read[match.start : match.end]), match.by, language)
        return
    for spoken in known.speaks_of(read, language).values():
        if spoken.sure:
            for one in spoken.by:
                yield from _rows(" ".join(word for word in read if word in one.words), [one.expression], language)


def _rows(said: str, by: Iterable[Expression], language: str) -> Iterator[tuple[str, str, str, str]]:
    for one in by:
        other = "" if one.language == language else f"{one.language}: "
        yield language, said.lower() if not said.isupper() else said, one.key, f"{other}{one.text}"


def main() -> None:
    for language in LANGUAGES:
        text = "".join(f"{line}\n" for line in ordinary_lines(language))
        (common_words.FOLDER / f"{language}.txt").write_text(text, encoding="utf-8")
    TABLE.write_text("".join(f"{row}\n" for row in rows(starter_thesaurus())), encoding="utf-8")


if __name__ == "__main__":
    main()
