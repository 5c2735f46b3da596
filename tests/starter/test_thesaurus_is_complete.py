"""The starter thesaurus, read as plain YAML: what the loader, the topic pages and the search rely on."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml

TOPICS = Path(__file__).resolve().parents[2] / "portal" / "starter" / "content" / "topics.yaml"
SHOWN = ("nl", "fr", "en", "de")
SEARCHED = (*SHOWN, "it", "es", "pt", "hu", "sk", "el")


@pytest.fixture(scope="module")
def topics() -> list[dict]:
    """The concepts in the order of the file."""
    return yaml.safe_load(TOPICS.read_text(encoding="utf-8"))


def repeated(values) -> list:
    """The values that occur more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def concepts_in_a_cycle(topics: list[dict]) -> list[str]:
    """The keys of the concepts from which following `broader` leads back to themselves."""
    broader = {topic["key"]: topic["broader"] for topic in topics}

    def ancestors(key):
        seen, waiting = set(), list(broader[key])
        while waiting:
            parent = waiting.pop()
            if parent not in seen:
                seen.add(parent)
                waiting.extend(broader[parent])
        return seen

    return [key for key in broader if key in ancestors(key)]


def test_there_are_181_concepts_each_with_its_own_key(topics):
    assert len(topics) == 181
    assert repeated(topic["key"] for topic in topics) == []


@pytest.mark.parametrize("language", SHOWN)
@pytest.mark.parametrize("field", ["label", "definition"])
def test_every_concept_has_its_text_in_every_shown_language(topics, field, language):
    assert [topic["key"] for topic in topics if not (topic[field].get(language) or "").strip()] == []


@pytest.mark.parametrize("language", SHOWN)
def test_no_two_concepts_share_a_definition(topics, language):
    assert repeated(topic["definition"][language] for topic in topics) == []


@pytest.mark.parametrize("language", SHOWN)
def test_slugs_are_unique_in_their_language(topics, language):
    assert repeated(topic["slug"][language] for topic in topics) == []


@pytest.mark.parametrize("language", SHOWN)
def test_slugs_are_plain_ascii_words_joined_by_hyphens(topics, language):
    slugs = [topic["slug"][language] for topic in topics]
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_other_words_are_listed_for_every_language_that_search_understands(topics):
    for topic in topics:
        assert set(topic["alternatives"]) == set(SEARCHED), topic["key"]
        words = [word for language in SEARCHED for word in topic["alternatives"][language]]
        assert all(isinstance(word, str) and word.strip() for word in words), topic["key"]


@pytest.mark.parametrize("relation", ["broader", "related"])
def test_every_relation_points_at_another_concept_that_exists(topics, relation):
    keys = {topic["key"] for topic in topics}
    wrong = [
        (topic["key"], other)
        for topic in topics
        for other in topic[relation]
        if other not in keys or other == topic["key"]
    ]
    assert wrong == []


def test_the_hierarchy_has_no_cycles(topics):
    assert concepts_in_a_cycle(topics) == []


def test_a_cycle_in_the_hierarchy_would_be_noticed():
    ring = [{"key": "a", "broader": ["b"]}, {"key": "b", "broader": ["a"]}, {"key": "c", "broader": ["a"]}]
    assert concepts_in_a_cycle(ring) == ["a", "b"]


def test_the_text_is_stored_in_composed_unicode():
    assert unicodedata.is_normalized("NFC", TOPICS.read_text(encoding="utf-8"))
