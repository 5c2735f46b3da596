"""A text of the starter content that is too long for its field would stop the load half way."""

import re

import pytest

from portal.starter.loading.content_files import LANGUAGES, read_items, read_list
from portal.starter.loading.page_fields import translatable_fields
from portal.starter.loading.pages import MODELS
from portal.webinars.models import FurtherSession, Recording

FOLDERS = {"method": "methods", "project": "projects", "dossier": "dossiers", "page": "pages"}
LONGEST_LEAD = 160  # one sentence; search engines and cards show no more
LONGEST_SUMMARY = 100  # words, as the form of a method promises
LONGEST_ABSTRACT = 5  # sentences, as the form of a recording promises
# Not after the number of a day, "14. September", but after a year.
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?=[A-ZÀ-Þ])")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FOLDERS)
def test_every_text_fits(kind, language):
    limits = {field.name: field.max_length for field in MODELS[kind]._meta.get_fields() if hasattr(field, "max_length")}
    for item in read_items(FOLDERS[kind], kind):
        for name, value in translatable_fields(item, language, lambda reference: None).items():
            assert not limits[name] or len(value) <= limits[name], (item.key, language, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_leads_are_one_sentence_and_summaries_a_hundred_words(language):
    for kind, folder in FOLDERS.items():
        for item in read_items(folder, kind):
            assert len(item.texts[language].get("lead") or "") <= LONGEST_LEAD, (item.key, language)
            words = (item.texts[language].get("summary") or "").replace("\N{NARROW NO-BREAK SPACE}", "").split()
            assert len(words) <= LONGEST_SUMMARY, (item.key, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_recording_fit(language):
    for folder in ("recordings", "recordings-demo"):
        for item in read_items(folder, "recording"):
            texts = item.texts[language]
            for name in ("title", "slug", "organiser"):
                limit = Recording._meta.get_field(name).max_length
                assert len(texts.get(name) or "") <= limit, (item.key, name)
            assert len(BETWEEN_SENTENCES.split(texts["abstract"].strip())) <= LONGEST_ABSTRACT, item.key


def test_the_words_of_a_session_of_others_fit():
    for entry in read_list("further_sessions.yaml"):
        for name in ("title", "organiser", "url"):
            assert len(entry[name]) <= FurtherSession._meta.get_field(name).max_length, (entry["key"], name)
        for language in LANGUAGES:
            note = " ".join(entry["note"][language].split())
            assert len(note) <= FurtherSession._meta.get_field("note").max_length, (entry["key"], language)
            assert not BETWEEN_SENTENCES.search(note), (entry["key"], language)
