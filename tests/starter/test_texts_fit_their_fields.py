"""A text of the starter content that is too long for its field would stop the load half way."""

import pytest

from portal.starter.loading.content_files import LANGUAGES, read_items
from portal.starter.loading.page_fields import translatable_fields
from portal.starter.loading.pages import MODELS

FOLDERS = {"method": "methods", "project": "projects", "dossier": "dossiers", "page": "pages"}
LONGEST_LEAD = 160  # one sentence; search engines and cards show no more
LONGEST_SUMMARY = 100  # words, as the form of a method promises


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
