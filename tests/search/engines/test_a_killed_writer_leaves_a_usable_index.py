import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from portal.core.searchable import SearchRequest
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.integrity import damage_in
from tests.search.engines.writer_to_kill import THINGS, thing

KILLS = 100
SCRIPT = Path(__file__).with_name("writer_to_kill.py")


def test_after_each_of_a_hundred_kills_the_index_answers_and_can_be_written(data_folder):
    folder = data_folder / "killed"
    engine = EmbeddedEngine(folder, ("nl",))
    engine.rebuild(thing(number, 0) for number in range(THINGS))
    chance = random.Random(2021)
    command = [sys.executable, SCRIPT, folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as writers:
        for kill in range(KILLS):
            writers.stdin.write("another\n")
            writer = writers.stdout.readline().strip()
            assert writer.isdecimal(), f"after {kill} kills the index could not be written: {writer}"
            time.sleep(chance.uniform(0.0, 0.15))
            os.kill(int(writer), signal.SIGKILL)
            assert writers.stdout.readline() == "ended\n"
            assert engine.search(SearchRequest("overal")).total == THINGS
            assert damage_in(engine.folder.current()) == ""
        writers.stdin.close()

    engine.write([thing(0, 9999)])
    hits = engine.search(SearchRequest("ronde9999")).hits
    assert [hit.id for hit in hits] == ["page:d0"]
    assert len(hits[0].cue_hits) == 1
    engine.close()
    engine.rebuild(thing(number, 0) for number in range(THINGS))
    versions = [path for path in folder.iterdir() if path.is_dir()]
    assert len(versions) == 1, "what killed processes left behind is cleared away"
