"""The key and the certificates of the settings are what is used on the way to the server."""

from pathlib import Path

import pytest

from search.engines import current_engine
from search.engines.contract import EngineUnavailable
from tests.search.failing_server import Way

CERTIFICATE = str(Path(__file__).parents[2] / "fixtures" / "search" / "server.pem")


@pytest.fixture
def way(settings):
    way = Way(certificate=CERTIFICATE)
    settings.SEARCH_URL = way.address
    yield way
    way.close()


@pytest.mark.parametrize(
    ("key", "sent"), [("id:secret", "ApiKey aWQ6c2VjcmV0"), ("aWQ6c2VjcmV0", "ApiKey aWQ6c2VjcmV0")]
)
def test_the_key_is_sent_over_tls(way, settings, key, sent):
    settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE = key, CERTIFICATE
    current_engine().status()
    assert way.requests[0][1]["authorization"] == sent


def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_key_is_sent(way, settings):
    settings.SEARCH_API_KEY = "id:secret"
    with pytest.raises(EngineUnavailable, match="certificate"):
        current_engine().generation()
    assert way.requests == []


def test_a_key_that_is_refused_is_said(way, settings):
    settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE = "id:wrong", CERTIFICATE
    way.status = 401
    status = current_engine().status()
    assert "SEARCH_API_KEY" in status.message
    assert "wrong" not in status.message
