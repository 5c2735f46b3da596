"""A language is shown by one entry in the settings; a check names what somebody has to write for it."""

import pytest

from portal.core import languages
from portal.core.checks import check_shown_languages
from portal.core.languages import language_tables, register_language_table, tables_without


def test_the_languages_that_are_shown_lack_nothing(settings):
    assert {language: tables_without(language) for language in settings.CONTENT_LANGUAGES} == dict.fromkeys(
        settings.CONTENT_LANGUAGES, []
    )
    assert check_shown_languages(None) == []


def test_a_further_language_is_named_with_everything_that_it_lacks(settings):
    settings.CONTENT_LANGUAGES = (*settings.CONTENT_LANGUAGES, "pt")
    errors = check_shown_languages(None)
    assert {error.id for error in errors} == {"schakel.E003"}
    lacking = [place for place, codes in language_tables().items() if "pt" not in codes]
    assert lacking and [error.msg for error in errors] == [
        f"The language “pt” is shown and has no entry in {place}." for place in lacking
    ]


def test_a_language_without_columns_is_named(settings):
    settings.CONTENT_LANGUAGES = (*settings.CONTENT_LANGUAGES, "ga")
    assert "schakel.E004" in {error.id for error in check_shown_languages(None)}


def test_a_table_that_lacks_a_shown_language_is_named(monkeypatch):
    monkeypatch.setattr(languages, "_tables", {})
    register_language_table("portal/x.py: NAMES", {"nl": "Naam", "fr": "Nom", "en": "Name"})
    (error,) = check_shown_languages(None)
    assert "“de”" in error.msg and "portal/x.py: NAMES" in error.msg


@pytest.mark.parametrize(
    "place",
    [
        "locale/<language>/LC_MESSAGES/django.po",
        "portal/core/formats/<language>",
        "portal/projects/acknowledgement.py: WORDING",
        "portal/starter/loading/structure.py: TAGLINE",
    ],
)
def test_each_app_registers_what_it_has_to_write_for_a_language(place):
    assert place in language_tables()


def test_whatever_follows_from_the_shown_languages_is_derived(settings):
    shown = list(settings.CONTENT_LANGUAGES)
    assert [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES] == shown
    assert [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES] == shown
    assert sorted(settings.MODELTRANSLATION_FALLBACK_LANGUAGES["default"]) == sorted(shown)
