"""The thesaurus of the portal for search: read from the live topics, and cached until a topic changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import connection

from portal.core.page_cache.generation import generation
from portal.topics.models import Topic
from search.thesaurus.concepts import Concept
from search.thesaurus.thesaurus import Thesaurus

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
EVERYDAY_SYNONYMS = Path(__file__).parent / "everyday_synonyms.yaml"


@dataclass(frozen=True)
class _Cached:
    generation: int
    rows: tuple
    thesaurus: Thesaurus


_cached: _Cached | None = None


def current_thesaurus() -> Thesaurus:
    """Return the present thesaurus. Costs a look at the time of the last public change; three queries after one.

    Inside a transaction it is always read and never cached: what is seen there may never become public.
    """
    global _cached
    if connection.in_atomic_block:
        return _build(_rows())
    now, cached = generation(), _cached
    if cached is None or cached.generation != now:
        rows = _rows()
        thesaurus = cached.thesaurus if cached and cached.rows == rows else _build(rows)
        _cached = cached = _Cached(now, rows, thesaurus)
    return cached.thesaurus


def _rows() -> tuple:
    """Return everything of the live topics that search uses: their labels, and which are broader or related."""
    fields = [f"{field}_{language}" for field in ("label", "alternatives") for language in LANGUAGES]
    topics = tuple(Topic.objects.filter(live=True).order_by("pk").values_list("pk", "key", *fields))
    broader = tuple(Topic.broader.through.objects.order_by("pk").values_list("from_topic_id", "to_topic_id"))
    related = tuple(Topic.related.through.objects.order_by("pk").values_list("from_topic_id", "to_topic_id"))
    return topics, broader, related


def _build(rows: tuple) -> Thesaurus:
    topics, *relations = rows
    keys = {pk: key for pk, key, *_labels in topics}
    broader, related = (_targets(pairs, keys) for pairs in relations)
    everyday = everyday_synonyms()
    concepts = []
    for pk, key, *texts in topics:
        labels = {code: text for code, text in zip(LANGUAGES, texts[: len(LANGUAGES)], strict=True) if text}
        alternatives = {
            code: tuple(line.strip() for line in text.splitlines() if line.strip())
            for code, text in zip(LANGUAGES, texts[len(LANGUAGES) :], strict=True)
            if text
        }
        concepts.append(
            Concept(key, labels, alternatives, broader.get(pk, ()), related.get(pk, ()), everyday.get(key, {}))
        )
    return Thesaurus(concepts)


def _targets(pairs: Iterable[tuple[int, int]], keys: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """Return for each topic the keys of the live ones that it points at."""
    targets: dict[int, tuple[str, ...]] = {}
    for source, target in pairs:
        if target in keys:
            targets[source] = (*targets.get(source, ()), keys[target])
    return targets


@cache
def everyday_synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return for the key of a topic the everyday words by which it is recognised in each language (see the file)."""
    topics = yaml.safe_load(EVERYDAY_SYNONYMS.read_text(encoding="utf-8"))
    return {
        key: {language: tuple(map(str, texts)) for language, texts in words.items()} for key, words in topics.items()
    }
