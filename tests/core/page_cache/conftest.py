import pytest

from portal.core.page_cache.generation import generation


@pytest.fixture(autouse=True)
def index_is_up_to_date(monkeypatch):
    """Search invalidates pages once after a publication that another test has left; here nothing is left."""
    monkeypatch.setattr("search.indexing.outbox._indexed_generation", generation())
