"""Processes that write to an index for ever, one for each line of input: `python writer_to_kill.py <folder>`.

Each says its number when its first change is written. The test kills it. They are forked, because starting Python anew
a hundred times would take the longest.
"""

import itertools
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from portal.core.searchable import CueText, DocumentText, SearchDocument  # noqa: E402
from search.engines.embedded.engine import EmbeddedEngine  # noqa: E402

THINGS = 20


def thing(number: int, round_: int) -> SearchDocument:
    text = DocumentText(f"Ding {number}", f"ronde{round_}", "overal " * 50, f"/nl/{number}/")
    return SearchDocument("page", f"d{number}", {"nl": text}, cues=(CueText("nl", 1.0, f"ronde{round_}"),))


def write_for_ever(folder: str) -> None:
    engine = EmbeddedEngine(Path(folder), ("nl",))
    for round_ in itertools.count(1):
        engine.write([thing(number, round_) for number in range(round_ % 3, THINGS, 3)])
        if round_ == 1:
            print(os.getpid(), flush=True)  # noqa: T201
        if round_ % 7 == 0:
            engine.rebuild(thing(number, round_) for number in range(THINGS))


def main(folder: str) -> None:
    for _line in sys.stdin:
        writer = os.fork()
        if not writer:
            write_for_ever(folder)
        os.waitpid(writer, 0)
        print("ended", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
