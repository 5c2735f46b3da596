"""A kind of source is one entry in the registry, and a system check names what it lacks."""

import pytest

from portal.feeds import checks
from portal.feeds.adapters import registry
from portal.feeds.adapters.base import Adapter
from portal.feeds.adapters.file_base import FileAdapter
from portal.feeds.adapters.registry import ADAPTERS, session_prefixes
from portal.webinars.platforms import Platform

pytestmark = pytest.mark.no_database


class Podcast(Adapter):
    kind = "podcast"
    label = "Podcast"


class Minutes(FileAdapter):
    kind = "minutes"
    label = "Minutes of a meeting"
    asks_for = "A text file."


def messages(errors):
    return [error.msg for error in errors]


def test_the_kinds_of_this_version_lack_nothing():
    assert checks.kinds_of_source_are_complete(None) == []


def test_a_kind_that_is_not_finished_is_named_with_what_it_lacks():
    assert messages(checks.missing_from(Podcast())) == [
        "The kind of source Podcast lacks `asks_for`.",
        "The kind of source Podcast lacks `clean_config()`.",
        "The kind of source Podcast lacks `fetch()`.",
    ]


def test_a_kind_of_file_needs_what_a_file_needs():
    assert messages(checks.missing_from(Minutes())) == [
        "The kind of source Minutes lacks `recognises()`.",
        "The kind of source Minutes lacks `read()`.",
        "The kind of source Minutes lacks `endings`.",
    ]


def test_a_kind_without_anything_does_not_stop_the_check():
    assert "The kind of source Adapter lacks `kind`." in messages(checks.missing_from(Adapter()))


def test_a_kind_without_a_label_does_not_break_the_form_before_the_check_names_it(monkeypatch):
    monkeypatch.setattr(registry, "ADAPTERS", (*ADAPTERS, Adapter()))
    assert registry.kind_choices()[-1] == ("", "")


def test_a_kind_that_does_not_fit_its_column_is_named(monkeypatch):
    monkeypatch.setattr(Podcast, "kind", "a_kind_with_a_very_long_name")
    assert "The kind of Podcast has more than 20 characters." in messages(checks.missing_from(Podcast()))


def test_two_kinds_with_one_name_are_named(monkeypatch):
    monkeypatch.setattr(checks, "ADAPTERS", (*ADAPTERS, ADAPTERS[0]))
    assert messages(checks.kinds_of_source_are_complete(None)) == [
        "Two kinds of source in portal/feeds/adapters/registry.py are called “youtube_atom”."
    ]


def test_ids_of_sessions_belong_to_their_kind():
    assert set(session_prefixes()) == {"ics:", "own:"}


class TestPlatforms:
    def test_the_ids_of_every_platform_are_found(self):
        assert checks.platforms_can_be_found(None) == []

    def test_a_platform_whose_ids_are_not_found_is_named(self, monkeypatch):
        monkeypatch.delitem(checks.FINDERS, Platform.LINKEDIN)
        assert messages(checks.platforms_can_be_found(None)) == [
            "The ids of the platform LINKEDIN are not found in texts and addresses."
        ]
