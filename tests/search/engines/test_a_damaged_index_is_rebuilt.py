import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from portal.core.searchable import SearchRequest
from search import jobs
from search.engines import current_engine
from search.engines.contract import EngineUnavailable
from search.engines.embedded import documents
from search.engines.embedded.engine import EmbeddedEngine
from tests.factories import make_method
from tests.search.engines.writer_to_kill import THINGS, thing

FILES = ("term", "store", "fast", "idx", "pos", "fieldnorm", "del")


def remove(path):
    path.unlink()


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def change(path):
    content = bytearray(path.read_bytes())
    content[:20] = bytes(byte ^ 0xFF for byte in content[:20])
    path.write_bytes(content)


def a_file(version, name):
    """The file of that name, or one of that kind that holds documents."""
    return version / "things" / name if "." in name else sorted((version / "things").glob(f"*.{name}"))[0]


@pytest.fixture
def folder(data_folder):
    """A folder with an index in which something was replaced."""
    folder = data_folder / "damaged"
    engine = EmbeddedEngine(folder, ("nl",))
    engine.rebuild(thing(number, 0) for number in range(THINGS))
    engine.write(thing(number, 0) for number in range(THINGS))  # now all are in one part, whatever made the index
    engine.write([thing(1, 1)])
    engine.close()
    return folder


def made_anew(folder):
    engine = EmbeddedEngine(folder, ("nl",))
    assert engine.generation() == "", "so the runner makes a new one"
    assert not engine.status().usable
    engine.rebuild(thing(number, 0) for number in range(THINGS))
    assert engine.search(SearchRequest("overal")).total == THINGS
    engine.write([thing(1, 2)])
    engine.close()


@pytest.mark.parametrize("name", [*FILES, "meta.json"])
@pytest.mark.parametrize("damaged", [remove, cut])
def test_a_file_that_is_missing_or_cut_off_is_noticed_by_a_question(folder, name, damaged, caplog):
    engine = EmbeddedEngine(folder, ("nl",))
    damaged(a_file(engine.folder.current(), name))
    with pytest.raises(EngineUnavailable, match="damaged|no index"):
        engine.search(SearchRequest("overal"))
    made_anew(folder)


ASK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from portal.core.searchable import SearchRequest
from search.engines.contract import EngineUnavailable
from search.engines.embedded import documents
from search.engines.embedded.engine import EmbeddedEngine
engine = EmbeddedEngine(Path(sys.argv[1]), ("nl",))
for _line in sys.stdin:
    try:
        print(engine.search(SearchRequest("overal", per_page=100)).total, flush=True)
    except EngineUnavailable as error:
        print(error, flush=True)
"""


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_off_while_it_is_in_use_ends_no_process(folder, name):
    """It is in the memory of whoever reads it: without a look first, the next question ends it (a bus error)."""
    command = [sys.executable, "-c", ASK, str(folder), str(Path(__file__).parents[3])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as reader:

        def ask():
            reader.stdin.write("\n")
            return reader.stdout.readline().strip()

        assert ask() == str(THINGS)
        os.truncate(a_file(EmbeddedEngine(folder, ("nl",)).folder.current(), name), 0)
        assert "damaged" in ask()
        reader.stdin.close()
        assert reader.wait(20) == 0
    made_anew(folder)


def test_a_changed_byte_in_what_is_kept_of_a_document_is_noticed(folder):
    """tantivy reads it without a word, and would show the changed title."""
    engine = EmbeddedEngine(folder, ("nl",))
    kept = documents.pack({"title": "Ding 1"})
    assert documents.unpack(kept) == {"title": "Ding 1"}
    with pytest.raises(ValueError):
        documents.unpack(kept.replace(b"Ding 1", b"Ring 1"))
    store = a_file(engine.folder.current(), "store")
    content = bytearray(store.read_bytes())
    where = content.index(b"Ding ")
    content[where : where + 5] = b"Ring "
    store.write_bytes(content)
    with pytest.raises(EngineUnavailable, match="damaged"):
        engine.search(SearchRequest("overal", per_page=100))
    made_anew(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_changed_is_noticed_before_it_is_written_to(folder, name):
    engine = EmbeddedEngine(folder, ("nl",))
    change(a_file(engine.folder.current(), name))
    with pytest.raises(EngineUnavailable, match="damaged"):
        engine.write([thing(2, 2)])
    made_anew(folder)


def test_an_index_without_its_moments_is_not_taken_for_one_that_has_none(folder):
    engine = EmbeddedEngine(folder, ("nl",))
    shutil.rmtree(engine.folder.current() / "cues")
    (engine.folder.current() / "cues").mkdir()
    with pytest.raises(EngineUnavailable, match="damaged"):
        engine.write([thing(2, 2)])
    made_anew(folder)


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe\x00", b"../../etc", b"0123456789ab-1", b"x" * 5000])
def test_a_pointer_that_names_no_index_of_ours_counts_as_none(folder, pointer):
    (folder / "CURRENT").write_bytes(pointer)
    with pytest.raises(EngineUnavailable):
        EmbeddedEngine(folder, ("nl",)).search(SearchRequest("overal"))
    made_anew(folder)


def test_an_index_of_an_older_version_is_not_read(folder, monkeypatch):
    monkeypatch.setattr("search.engines.embedded.schema.index_digest", lambda *parts, **more: "ffffffffffff")
    engine = EmbeddedEngine(folder, ("nl",))
    with pytest.raises(EngineUnavailable, match="another version"):
        engine.search(SearchRequest("overal"))
    made_anew(folder)


def test_a_question_that_fails_is_no_reason_to_make_it_anew(folder, monkeypatch):
    engine = EmbeddedEngine(folder, ("nl",))
    monkeypatch.setattr(engine, "_answer", lambda request, opened: int("no number"))
    with pytest.raises(ValueError):
        engine.search(SearchRequest("overal"))
    assert engine.generation()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_site_stays_up_and_the_runner_mends_it(site, data_folder, found, monkeypatch):
    make_method(key="zwaluw", title="Zwaluwwerking")
    call_command("search", "rebuild", verbosity=0)
    cut(a_file(current_engine().folder.current(), "term"))
    response = Client(HTTP_HOST="localhost").get("/nl/zoeken/", {"q": "zwaluwwerking"})
    assert (response.status_code, "Zoeken is niet beschikbaar" in response.content.decode()) == (200, True)

    monkeypatch.setattr(jobs, "_last_rebuild", float("-inf"))
    making = jobs.drain_outbox()
    assert isinstance(making, threading.Thread)
    making.join(60)
    assert found("zwaluwwerking") == ["method:zwaluw"]
