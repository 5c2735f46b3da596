"""An index of its own for each test, in a data folder of its own."""

import pytest

from portal.core.searchable import SearchRequest, search
from search.engines import current_engine
from search.indexing import outbox
from search.thesaurus import current_thesaurus
from tests import elastic


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path, monkeypatch):
    """A data folder without index, without runner, and nothing remembered of another test's."""
    settings.DATA_DIR = tmp_path
    settings.SEARCH_URL = "embedded"
    settings.API_REQUESTS_A_MINUTE = 10_000  # the whole suite asks from one address
    monkeypatch.setattr(current_thesaurus, "_cached", None)
    monkeypatch.setattr(outbox, "_paused_until", {})
    monkeypatch.setattr(outbox, "_written_during_rebuild", set())
    engine = current_engine()
    yield tmp_path
    engine.close()


@pytest.fixture
def search_server(data_folder, settings):
    """The settings of a portal on a real search server, with indexes of its own and the patience of a test."""
    settings.SEARCH_URL, settings.SEARCH_INDEX = elastic.address(), elastic.index_name()
    current_engine().answer_s = 20.0
    yield settings
    elastic.remove_indexes(settings.SEARCH_INDEX)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def either_engine(request):
    """For `usefixtures`: the test runs on each engine."""
    if request.param == "elasticsearch":
        request.getfixturevalue("search_server")


@pytest.fixture
def index(site):
    """An index of the empty site; what is published inside `committed` is written to it."""
    outbox.rebuild(current_engine())
    return current_engine()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block whose changes count as committed at its end: what waits for the commit is done then."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def found():
    """The ids that a question finds."""

    def ask(text="", language="nl", **request):
        result = search(SearchRequest(text, language, **request))
        assert result.available, result.message
        return [hit.id for hit in result.hits]

    return ask
