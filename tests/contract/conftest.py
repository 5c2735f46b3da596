"""Every engine runs this suite: it says what search does, not how an engine does it.

Where engines may differ: the score of a hit is a number of the engine's own, and so are the places of two hits that
answer equally well. What comes before what is part of the contract only where a test says so. How soon an answer has
come at the latest (`ask.at_most_ms`) is twice as long where a server has to be asked several times.
"""

from contextlib import contextmanager

import pytest

from portal.core.searchable import SearchRequest
from search.engines.embedded.engine import EmbeddedEngine
from tests import elastic
from tests.contract.corpus import DOCUMENTS, LANGUAGES, THESAURUS


@contextmanager
def embedded(folder):
    engine = EmbeddedEngine(folder / "index", LANGUAGES, lambda: THESAURUS)
    yield engine
    engine.close()


@contextmanager
def elasticsearch(folder):
    name = elastic.index_name()
    try:
        yield elastic.engine_on_server(LANGUAGES, lambda: THESAURUS, name)
    finally:
        elastic.remove_indexes(name)


ENGINES = [
    pytest.param(embedded, id="embedded"),
    pytest.param(elasticsearch, id="elasticsearch", marks=pytest.mark.elasticsearch),
]


class Asking:
    """An engine with the corpus in it, asked as a page would ask it."""

    def __init__(self, engine):
        self.engine = engine
        self.at_most_ms = 1000 if isinstance(engine, EmbeddedEngine) else 2000

    def __call__(self, text="", language="nl", **request):
        return self.engine.search(SearchRequest(text, language, **request))

    def keys(self, text="", language="nl", **request) -> list[str]:
        """The ids that are found, in order."""
        return [hit.id for hit in self(text, language, **request).hits]

    def hit(self, identifier, text="", language="nl", **request):
        """The hit of one document; fails when it is not found."""
        found = {hit.id: hit for hit in self(text, language, **request).hits}
        assert identifier in found, f"{text!r} does not find {identifier}, but {sorted(found)}"
        return found[identifier]


@pytest.fixture(scope="session", params=ENGINES)
def read_only_engine(request, tmp_path_factory):
    with request.param(tmp_path_factory.mktemp("engine")) as engine:
        engine.rebuild(DOCUMENTS)
        if request.param is elasticsearch:
            elastic.warm_up(engine, SearchRequest("overlast of polarisatie", "nl", facets=("topic",)))
        yield engine


@pytest.fixture
def ask(read_only_engine):
    """Ask about the corpus; such a test changes nothing in it."""
    return Asking(read_only_engine)


@pytest.fixture(params=ENGINES)
def empty_engine(request, tmp_path):
    """An engine of its own for a test that writes, without an index yet."""
    with request.param(tmp_path) as engine:
        yield engine


@pytest.fixture
def engine(empty_engine):
    """An engine of its own for a test that writes, with the corpus in it."""
    empty_engine.rebuild(DOCUMENTS)
    return empty_engine
