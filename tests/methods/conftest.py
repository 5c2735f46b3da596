import pytest


@pytest.fixture
def searched(site, settings, tmp_path):
    """Write what is public now to an index of this test's own: call it when the content is there."""
    from search.engines import current_engine
    from search.indexing import outbox

    settings.DATA_DIR = tmp_path
    settings.SEARCH_URL = "embedded"
    yield lambda: outbox.rebuild(current_engine())
    current_engine().close()


@pytest.fixture
def without_search(monkeypatch):
    """No engine answers."""
    from portal.core import searchable

    monkeypatch.setattr(searchable, "_engine", None)
