"""The thesaurus of the portal for search: read from the live topics, kept until a topic changes."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import connection

from portal.core.page_cache.generation import generation
from portal.topics.models import Topic
from search.question.thesaurus import Concept, Thesaurus

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
EVERYDAY = Path(__file__).parent / "everyday.yaml"


@dataclass(frozen=True)
class _Known:
    generation: int
    rows: tuple
    thesaurus: Thesaurus


_known: _Known | None = None


def current_thesaurus() -> Thesaurus:
    """The present thesaurus. Costs a look at the time of the last public change; three queries after such a change.

    Inside a transaction it is always read, and not kept: what is seen there may never become public.
    """
    global _known
    now, known = generation(), _known
    if connection.in_atomic_block:
        return _built(_rows())
    if known is None or known.generation != now:
        rows = _rows()
        same = known is not None and known.rows == rows
        _known = known = _Known(now, rows, known.thesaurus if same else _built(rows))
    return known.thesaurus


def _rows() -> tuple:
    """Everything of the live topics that search understands by: their words, and which are broader or related."""
    fields = [f"{field}_{language}" for field in ("label", "alternatives") for language in LANGUAGES]
    topics = tuple(Topic.objects.filter(live=True).order_by("pk").values_list("pk", "key", *fields))
    broader = tuple(Topic.broader.through.objects.order_by("pk").values_list("from_topic_id", "to_topic_id"))
    related = tuple(Topic.related.through.objects.order_by("pk").values_list("from_topic_id", "to_topic_id"))
    return topics, broader, related


def _built(rows: tuple) -> Thesaurus:
    topics, *relations = rows
    keys = {pk: key for pk, key, *_words in topics}
    broader, related = (_joined(pairs, keys) for pairs in relations)
    concepts = []
    for pk, key, *words in topics:
        labels = {code: text for code, text in zip(LANGUAGES, words[: len(LANGUAGES)], strict=True) if text}
        others = {
            code: tuple(line.strip() for line in text.splitlines() if line.strip())
            for code, text in zip(LANGUAGES, words[len(LANGUAGES) :], strict=True)
            if text
        }
        concepts.append(Concept(key, labels, others, broader.get(pk, ()), related.get(pk, ()), everyday().get(key, {})))
    return Thesaurus(concepts)


def _joined(pairs, keys: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """For each topic the keys of the live ones that it points at."""
    found: dict[int, tuple[str, ...]] = {}
    for source, target in pairs:
        if target in keys:
            found[source] = (*found.get(source, ()), keys[target])
    return found


@cache
def everyday() -> dict[str, dict[str, tuple[str, ...]]]:
    """Key of a topic -> language -> everyday words by which it is understood (the file says more)."""
    written = yaml.safe_load(EVERYDAY.read_text(encoding="utf-8"))
    return {
        key: {language: tuple(map(str, texts)) for language, texts in words.items()} for key, words in written.items()
    }
