"""Texts come from facts with sources; the table of a method, a project or the recordings says what became of each."""

import csv
import re
from collections import Counter, defaultdict

import pytest

from portal.starter import content_check
from portal.starter.content_check import FACT_FILE, page_problems, problems, session_problems
from portal.starter.loading.content_files import CONTENT, read_items, read_list

pytestmark = pytest.mark.no_database


COLLECTED = 729  # facts: 515 on methods, 150 on projects, 64 on webinars and talks


def facts():
    """The lines of all the tables: (id, address, used or refused, where or why)."""
    for path in sorted(CONTENT.glob(f"**/{FACT_FILE}")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def test_no_sentence_is_without_a_source_or_a_voice_in_any_language():
    assert problems() == []


def test_every_fact_is_used_or_refused_once():
    times = Counter(line[0] for line in facts())
    assert len(times) == COLLECTED
    assert [fact for fact, number in times.items() if number > 1] == []
    numbers = defaultdict(list)
    for fact in times:
        subject, _dash, number = fact.rpartition("-")
        numbers[subject].append(int(number))
    assert {
        subject: found for subject, found in numbers.items() if sorted(found) != list(range(1, len(found) + 1))
    } == {}


def test_what_the_compiler_of_the_facts_noted_for_the_writers_is_not_published():
    asides = re.compile(r"not found again|stored copy|second reading|opened live|confidence: |niet teruggevonden", re.I)
    found = [
        (item.key, language, name)
        for item in [*read_items("methods", "method"), *read_items("recordings", "recording")]
        for language, texts in item.texts.items()
        for name, text in texts.items()
        if asides.search(str(text))
    ]
    assert found == []
    assert not asides.search(str(read_list("further_sessions.yaml")))


def problems_of(monkeypatch, kind, texts, facts):
    """What is wrong with one item that has these texts in every language."""
    item = content_check.StarterItem(
        kind, "proef", {"key": "proef", "sources": []} | facts, dict.fromkeys("nl fr en de".split(), texts)
    )
    monkeypatch.setattr(content_check, "read_items", lambda folder, wanted: [item] if wanted == kind else [])
    return page_problems()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"challenge": "Zomaar een zin."}, "nl challenge has neither a source nor a voice"),
        ({"challenge": "Een zin. [weg]"}, "nl challenge names the source “weg”"),
        ({"challenge": "~ Van het vak.\n\n- punt"}, ""),
        ({"steps": [{"id": "s1", "title": "x", "general": "[y](method:z)"}]}, "nl steps.s1 has a link"),
        ({"rows": [{"id": "f1", "text": "Iets."}]}, "the row f1 has no part"),
    ],
)
def test_what_is_wrong_is_named(monkeypatch, change, problem):
    texts = {"title": "Proef"} | change
    found = problems_of(monkeypatch, "method", texts, {})
    assert any(problem in sentence for sentence in found) if problem else found == []


@pytest.mark.parametrize(
    ("texts", "facts", "problem"),
    [
        ({"what_still_runs": "Het loopt nog."}, {}, "nl what_still_runs has neither a source nor a voice"),
        ({"timeline": [{"id": "t1", "text": "Begin."}]}, {}, "nl timeline.t1 has neither a source nor a voice"),
        ({"funding_note": "Een zin. [weg]"}, {}, "nl funding_note names the source “weg”"),
        (
            {"deliverables": [{"id": "d1", "title": "Gids"}]},
            {"deliverables": {"d1": {"url": "https://example.org"}}},
            "",
        ),
        ({}, {"deliverables": {"d1": {"url": "https://www.vdocuments.us/x"}}}, "deliverables.d1 is at vdocuments.us"),
        ({}, {"website": "https://slideplayer.com./x"}, "the website is at slideplayer.com"),
        ({}, {"sources": [{"id": "lijst", "url": "https://www.voormechelen.be/x"}]}, "the source lijst is at voor"),
    ],
)
def test_what_is_wrong_in_a_project_is_named(monkeypatch, texts, facts, problem):
    found = problems_of(monkeypatch, "project", {"title": "Proef"} | texts, facts)
    assert any(problem in sentence for sentence in found) if problem else found == []


def session_problems_of(monkeypatch, sources=(), further=()):
    """What is wrong with one recording that has these sources, or with these sessions of others."""
    recording = content_check.StarterItem("recording", "proef", {"key": "proef", "sources": list(sources)}, {"nl": {}})
    monkeypatch.setattr(content_check, "read_items", lambda folder, kind: [recording])
    monkeypatch.setattr(content_check, "read_list", lambda name: list(further) if "further" in name else [])
    monkeypatch.setattr(content_check, "FACT_FILE", "none.tsv")
    return session_problems()


READ = {"platform": "web", "url": "https://example.org/x", "read_on": "2026-11-30"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, ""),
        ({"url": "https://www.slideshare.net/x"}, "a source is at slideshare.net"),
        ({"url": ""}, "lacks its address"),
        ({"read_on": None}, "the day on which it was read"),
    ],
)
def test_what_is_wrong_in_the_sources_of_a_recording_is_named(monkeypatch, change, problem):
    found = session_problems_of(monkeypatch, sources=[READ | change])
    assert any(problem in sentence for sentence in found) if problem else found == []


NOTE = dict.fromkeys("nl fr en de".split(), "Een webinar.")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, ""),
        ({"url": "https://5dok.net/x"}, "its page is at 5dok.net"),
        ({"projects": []}, "it belongs to no method and no project"),
        ({"note": NOTE | {"de": ""}}, "it has no note in de"),
    ],
)
def test_what_is_wrong_in_a_session_of_others_is_named(monkeypatch, change, problem):
    entry = {"key": "proef", "url": "https://example.org/x", "methods": [], "projects": ["efus"], "note": NOTE} | change
    found = session_problems_of(monkeypatch, further=[entry])
    assert any(problem in sentence for sentence in found) if problem else found == []
