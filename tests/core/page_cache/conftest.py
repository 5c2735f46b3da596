import pytest


@pytest.fixture(autouse=True)
def no_index_to_write(monkeypatch):
    """Without a job runner a change is written to the index at its commit, and that may invalidate pages once more.

    Whether there is an index depends on what ran before, so none is written here.
    """
    monkeypatch.setattr("search.indexing.outbox.drain_if_nobody_else", lambda: None)
