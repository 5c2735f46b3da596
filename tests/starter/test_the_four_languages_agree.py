"""The words of the starter content in four languages: the same parts and figures, each in its own typography."""

import re

import pytest

from portal.starter.loading.content_files import LANGUAGES, read_items, read_list, read_site

FOLDERS = {"methods": "method", "projects": "project", "dossiers": "dossier", "pages": "page"} | dict.fromkeys(
    ("recordings", "recordings-demo"), "recording"
)
THOUSANDS = re.compile(r"(?<=\d)[.,\N{NARROW NO-BREAK SPACE}](?=\d{3}\b)")
NOT_SHOWN = ("slug", "id", "type")


def strings(value, path=()):
    """The texts in a value of YAML, as (path, text); what has an id goes by it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner["id"] if isinstance(inner, dict) and "id" in inner else number
            yield from strings(inner, (*path, name))


def items():
    for folder, kind in FOLDERS.items():
        yield from read_items(folder, kind)


def language_of_own_title(item, path):
    """The language of a title that a session has in every language of the portal; empty for every other text."""
    return item.facts.get("title_language", "") if path == ("title",) else ""


def translated(value):
    """The parts of a value of YAML that are a text for each language."""
    if isinstance(value, dict) and set(LANGUAGES) <= set(value):
        yield {code: value[code] for code in LANGUAGES}
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("slug", "alternatives"):
                yield from translated(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from translated(inner)


def shown(language):
    """Every text that a visitor can read in a language, as (where, text)."""
    for item in items():
        for path, text in strings(item.texts.get(language, {})):
            if path[-1] not in NOT_SHOWN and language_of_own_title(item, path) in ("", language):
                yield (item.name, *path), text
        for path in item.folder.glob(f"captions/{language}.vtt"):
            for cue in path.read_text(encoding="utf-8").split("\n\n"):
                if "-->" in cue:
                    yield (item.name, path.name), " ".join(cue.split("\n")[2:])
    for name in ("organisations.yaml", "topics.yaml", "further_sessions.yaml"):
        for record in read_list(name):
            for texts in translated(record):
                yield from strings(texts[language], (name, record["key"]))
    for texts in translated(read_site()):
        for path, text in strings(texts[language], ("site.yaml",)):
            if path[-1] not in NOT_SHOWN:
                yield path, text


def figures(text):
    return set(re.findall(r"\d+", THOUSANDS.sub("", re.sub(r"https?://\S+", "", text))))


def parts(item, language):
    return {path: text for path, text in strings(item.texts[language]) if path[-1] != "slug"}


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_every_language_has_the_same_parts_and_figures(language):
    for item in items():
        dutch, other = parts(item, "nl"), parts(item, language)
        assert set(dutch) == set(other), item.name
        for path, text in dutch.items():
            assert figures(text) == figures(other[path]), (item.name, path)


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_no_sentence_is_left_in_dutch(language):
    for item in items():
        other = parts(item, language)
        for path, text in parts(item, "nl").items():
            if language_of_own_title(item, path):
                assert other[path] == text, (item.name, path)
            elif len(text.split()) > 6:
                assert other[path] != text, (item.name, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_and_quotation_marks_are_those_of_the_printer(language):
    for where, text in shown(language):
        assert not re.search("['\"]", text), (where, text)


def test_french_punctuation_stands_off_by_a_narrow_space_that_does_not_break():
    ordinary = re.compile(r"[ \N{NO-BREAK SPACE}][;:?!»%]|«(?!\N{NARROW NO-BREAK SPACE})|\d[ .]\d{3}\b")
    glued = re.compile(r"\w[;?!»]|[^\W\d]:(?!\w|//)")
    for where, text in shown("fr"):
        text = re.sub(r"\]\([^)]*\)|https?://\S+", "]", text)
        assert not ordinary.search(text), (where, text)
        assert not glued.search(text), (where, text)


@pytest.mark.parametrize("language", ["fr", "de"])
def test_a_number_and_its_unit_stay_on_one_line(language):
    parted = re.compile(r"\d (?:%|euros?\b|Euro\b|km/h|habitants\b|Einwohner)")
    for where, text in shown(language):
        assert not parted.search(text), (where, text)


def test_german_quotes_open_low():
    for where, text in shown("de"):
        assert text.count("„") == text.count("“"), (where, text)
        assert not re.search("[«»”‘]", text), (where, text)


def test_every_language_quotes_in_its_own_way():
    for language in ("nl", "en"):
        for where, text in shown(language):
            assert text.count("“") == text.count("”"), (where, text)
            assert not re.search("[„«»]", text), (where, text)
