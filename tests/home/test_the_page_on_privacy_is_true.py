"""What the page on privacy promises of the software itself, as far as no other test holds it.

No cookie and no other host: tests/browser/test_privacy.py; questions counted without persons:
tests/search/reports/test_question_log_is_anonymous.py; the API:
tests/search/api/test_the_api_limit.py.
"""

import logging
import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.core.searchable import SearchRequest
from portal.launch.server import programs
from search import service

SECRET = "mijn buurman jan"


def test_the_server_keeps_no_log_of_visits():
    server = programs("127.0.0.1", 8000)[0].command
    assert not [part for part in server if "access" in str(part)]


@pytest.mark.parametrize(
    "ask", [lambda: service.answer(SearchRequest(SECRET)), lambda: service.suggest(SECRET, "nl", 5)]
)
def test_a_search_that_fails_leaves_no_words_in_the_log(ask, monkeypatch, caplog):
    class Broken:
        def search(self, request):
            raise ValueError("the index is damaged")

        suggest = lambda self, *asked: self.search(asked)  # noqa: E731

    monkeypatch.setattr(service, "current_engine", Broken)
    with caplog.at_level(logging.DEBUG):
        ask()
    assert "the index is damaged" in caplog.text
    assert SECRET not in caplog.text and "buurman" not in caplog.text


@pytest.mark.django_db
def test_a_page_that_fails_leaves_neither_question_nor_address_in_the_log(client, site, monkeypatch, caplog):
    def fails(*asked):
        raise ValueError("something broke")

    monkeypatch.setattr("search.results.views.results_context", fails)
    client.raise_request_exception = False
    response = client.get("/nl/zoeken/", {"q": SECRET}, REMOTE_ADDR="203.0.113.7")
    assert response.status_code == 500 and "something broke" in caplog.text
    assert "buurman" not in caplog.text and "203.0.113.7" not in caplog.text


def test_of_the_log_of_errors_thirty_megabytes_are_kept():
    handler = settings.LOGGING["handlers"]["file"]
    assert handler["maxBytes"] * (handler["backupCount"] + 1) == 30_000_000


def test_the_log_of_a_web_server_in_front_is_described_without_what_was_asked():
    text = (Path(settings.BASE_DIR) / "docs" / "operations.md").read_text(encoding="utf-8")
    formats = re.findall(r"log_format [^;]+;", text)
    assert formats
    for line in formats:
        assert "$uri" in line and not re.search(r"\$(request|request_uri|args|query_string|http_referer)\b", line)
