import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.core.searchable import searchable_kinds
from search import checks
from search.engines import current_engine


def test_everything_public_is_offered_to_search_or_excluded_by_name():
    assert [str(message) for message in checks.everything_public_is_searchable(None)] == []


def test_a_kind_that_nobody_offers_is_named(monkeypatch):
    offered = {name: kind for name, kind in searchable_kinds().items() if name != "method"}
    monkeypatch.setattr("portal.core.searchable._kinds", offered)
    assert ["methods.MethodPage"] == [
        message.obj._meta.label for message in checks.everything_public_is_searchable(None)
    ]


def told(settings, **given) -> str:
    """What is said at the start of a portal with these settings."""
    for name, value in given.items():
        setattr(settings, name, str(value))
    messages = checks.the_engine_is_known(None)
    assert [message.id for message in messages] == ["search.E002"]
    with pytest.raises(ImproperlyConfigured) as raised:
        current_engine()
    assert str(raised.value) == messages[0].msg
    return messages[0].msg


@pytest.mark.parametrize("address", ["elasticsearch", "", "ftp://search.example.org", "search.example.org:9200"])
def test_an_engine_that_does_not_exist_is_refused_with_what_to_write(settings, address):
    said = told(settings, SEARCH_URL=address)
    assert "SEARCH_URL=embedded" in said and "https://search.example.org:9200" in said


@pytest.mark.parametrize("address", ["https://", "https://host:port", "https://host:99999", "https://host/?q=1"])
def test_half_an_address_is_refused(settings, address):
    assert "not a whole address" in told(settings, SEARCH_URL=address)


def test_a_key_is_not_sent_readable_over_the_network(settings):
    assert "https://" in told(settings, SEARCH_URL="http://search.example.org:9200", SEARCH_API_KEY="secret")
    assert "https://" in told(settings, SEARCH_URL="http://elastic:secret@search.example.org:9200", SEARCH_API_KEY="")


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_without_certificates_is_refused(settings, tmp_path, content):
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    assert str(path) in told(settings, SEARCH_URL="https://search.example.org:9200", SEARCH_CA_FILE=path)


@pytest.mark.parametrize("name", ["", "Schakel", "_all", "*", "a,b", "../x"])
def test_a_name_that_could_be_other_indexes_is_refused(settings, name):
    assert "SEARCH_INDEX" in told(settings, SEARCH_URL="https://search.example.org:9200", SEARCH_INDEX=name)


@pytest.mark.parametrize("address", ["https://search.example.org:9200", "http://127.0.0.1:9200/elastic"])
def test_an_address_is_not_asked_before_there_is_a_question(settings, address):
    settings.SEARCH_URL = address
    assert checks.the_engine_is_known(None) == []
