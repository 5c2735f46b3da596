"""No place for the index, or none left: said clearly, nothing lost, and the site goes on."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.core.searchable import SearchRequest
from search import jobs
from search.engines.embedded.engine import EmbeddedEngine
from search.models import Outbox
from tests.factories import make_method
from tests.search.engines.writer_to_kill import THINGS, thing

# A process that may write no file of more than 16 kB, which is what a full disk looks like to it.
ON_A_FULL_DISK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from search.engines.contract import EngineUnavailable
from search.engines.embedded.engine import EmbeddedEngine
from tests.search.engines.writer_to_kill import THINGS, thing
engine = EmbeddedEngine(Path(sys.argv[2]), ("nl",))
resource.setrlimit(resource.RLIMIT_FSIZE, (16384, 16384))
for change in (
    lambda: engine.write([thing(number, 1) for number in range(5000)]),
    lambda: engine.rebuild(thing(number, 1) for number in range(5000)),
):
    try:
        change()
    except EngineUnavailable as error:
        print(error)
"""


@pytest.fixture
def nowhere(data_folder):
    """A data folder in which no index can be made, whoever tries."""
    (data_folder / "index").write_text("")
    return data_folder / "index"


def test_a_full_disk_is_said_and_the_index_in_use_goes_on(data_folder):
    folder = data_folder / "index"
    engine = EmbeddedEngine(folder, ("nl",))
    engine.rebuild(thing(number, 0) for number in range(THINGS))
    engine.close()
    before = sorted(path.name for path in folder.iterdir())
    project = Path(__file__).parents[3]
    said = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, project, folder], capture_output=True, text=True, timeout=120
    ).stdout.splitlines()
    assert len(said) == 2, said
    assert "writing to" in said[0] and "no index could be made" in said[1]
    assert engine.search(SearchRequest("overal")).total == THINGS
    engine.write([thing(0, 9)])
    assert [hit.id for hit in engine.search(SearchRequest("ronde9")).hits] == ["page:d0"]
    engine.close()
    left = {path.name for path in folder.iterdir()} - {"write.lock", "rebuild.lock"}
    assert left <= set(before), "what was begun is cleared away"


@pytest.mark.django_db
def test_a_folder_that_cannot_be_made_is_named(site, nowhere):
    with pytest.raises(CommandError, match=f"{nowhere} cannot be written"):
        call_command("search", "rebuild")


@pytest.mark.django_db
def test_pages_and_publishing_go_on_without_it(site, nowhere, committed):
    with committed():
        make_method(key="zwaluw", title="Zwaluwwerking")
    jobs.drain_outbox()
    response = Client(HTTP_HOST="localhost").get("/nl/zoeken/", {"q": "zwaluwwerking"})
    assert (response.status_code, "Zoeken is niet beschikbaar" in response.content.decode()) == (200, True)
    assert Outbox.objects.filter(key="zwaluw").exists()
