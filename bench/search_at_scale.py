"""The search budgets at scale: `python bench/search_at_scale.py [--documents 100000] [--cues 600000] [--rounds 3]`.

Makes documents and cues from the words of the thesaurus and of the starter content (the same ones each time), indexes
them in a folder of its own and prints, with the budget beside each figure:

  rebuild     documents a second from documents that are ready, and what each costs the processor
  search      p95 of a whole `search()` (understanding, expansion, four facets, extracts, moments), and the ratio to the
              same calls made on the bare engine in the same run: at most 1.5
  suggestion  p95 in the process
  update      how long until a change is seen while a new index is being made beside it: p99 under 1000 ms
  memory      the largest resident size of this process

Uses the database of SCHAKEL_DATA for the words and the thesaurus; changes nothing of it.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT)  # beside this file is a `search.py`, which is not the room

from bench.search import QUESTIONS, percentile  # noqa: E402

RECORDINGS_SHARE = 0.02
SENTENCE = (8, 18)  # words
LANGUAGE_SHARE = {"nl": 0.4, "fr": 0.25, "en": 0.2, "de": 0.15}


class Recorded:
    """A searcher that remembers its calls, so that they can be made again without anything around them."""

    def __init__(self, searcher, calls: list):
        self._searcher, self._calls = searcher, calls

    def __getattr__(self, name):
        found = getattr(self._searcher, name)
        if not callable(found):
            return found

        def call(*args, **kwargs):
            self._calls.append((found, args, kwargs))
            return found(*args, **kwargs)

        return call


def words_by_language(documents) -> dict[str, list[str]]:
    """Words of the portal in each language as often as they stand there, so that common ones stay common."""
    found: dict[str, list[str]] = {code: [] for code in LANGUAGE_SHARE}
    for document in documents:
        for code, text in document.texts.items():
            if code in found:
                found[code] += f"{text.title} {text.lead} {text.body}".split()
    return found


def made(number: int, cues: int, words: dict, topics: list[str]) -> Iterator:
    """`number` documents, of which the recordings share `cues` lines; the same ones for the same arguments."""
    from portal.core.searchable import CueText, DocumentText, SearchDocument

    chance = random.Random(2021)
    recordings = max(1, int(number * RECORDINGS_SHARE))

    def sentence(code: str) -> str:
        return " ".join(chance.choices(words[code], k=chance.randint(*SENTENCE)))

    for position in range(number):
        code = chance.choices(list(LANGUAGE_SHARE), LANGUAGE_SHARE.values())[0]
        is_recording = position < recordings
        body = " ".join(sentence(code) for _part in range(chance.randint(3, 12)))
        key = f"made-{position}"
        yield SearchDocument(
            kind="recording" if is_recording else chance.choice(("method", "project", "dossier", "organisation")),
            key=key,
            texts={code: DocumentText(sentence(code)[:80], sentence(code), body, f"/{code}/{key}/")},
            filters={
                "topic": tuple(chance.sample(topics, k=3)),
                "tier": (chance.choice(("proactive", "preventive", "curative", "enforcement")),),
                "evidence": (str(chance.randint(0, 4)),),
                "country": (chance.choice(("BE", "FR", "DE", "IT", "PT", "NL")),),
            },
            date=date(2010, 1, 1) + timedelta(days=chance.randint(0, 5800)),
            cues=tuple(CueText(code, 6.0 * line, sentence(code)) for line in range(cues // recordings))
            if is_recording
            else (),
            duration_s=6 * (cues // recordings) if is_recording else None,
        )


def asked(engine, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each search, and of the calls that it made, when they are made again on the bare engine."""
    from portal.core.searchable import SearchRequest
    from search.engines.embedded.reader import OpenIndexes
    from search.results.forms import FILTERS

    whole, bare = [], []
    opened = engine.reader.open_indexes()
    for round_ in range(rounds + 1):
        for _sort, text, language in QUESTIONS:
            request = SearchRequest(text, language, facets=FILTERS)
            started = time.perf_counter()
            engine.search(request)
            took = time.perf_counter() - started
            calls: list = []
            recorded = OpenIndexes(Recorded(opened.things, calls), Recorded(opened.cues, calls), opened.stamp)
            engine.reader.opened = lambda: recorded  # noqa: B023
            engine.search(request)
            del engine.reader.opened
            started = time.perf_counter()
            for function, args, kwargs in calls:
                function(*args, **kwargs)
            again = time.perf_counter() - started
            if round_:
                whole.append(took * 1000)
                bare.append(again * 1000)
    return whole, bare


def suggested(engine, rounds: int) -> list[float]:
    """Milliseconds of a suggestion after each letter of some words."""
    times = []
    for round_ in range(rounds + 1):
        for word, language in (("overlast", "nl"), ("nuisance", "en"), ("dubbele diagnose", "nl"), ("jeune", "fr")):
            for end in range(2, len(word) + 1):
                started = time.perf_counter()
                engine.suggest(word[:end], language, 8)
                if round_:
                    times.append((time.perf_counter() - started) * 1000)
    return times


def seen_while_rebuilding(engine, documents: list) -> list[float]:
    """Milliseconds from a change to its being found, while another thread makes a new index of `documents`."""
    from dataclasses import replace

    from portal.core.searchable import SearchRequest

    begun = threading.Event()

    def build() -> None:
        with engine.rebuilding():  # as the runner does: else the writer takes the new version for a leftover
            begun.set()
            engine.rebuild(iter(documents))

    building = threading.Thread(target=build)
    building.start()
    begun.wait()
    times, number = [], 0
    while building.is_alive() and number < 40:
        number += 1
        changed = replace(documents[0], key=f"changed-{number}", words=f"zwaluwstaart{number}")
        started = time.perf_counter()
        engine.write([changed])
        while not engine.search(SearchRequest(f"zwaluwstaart{number}", "nl", expand=False)).total:
            if not building.is_alive():  # the new index is in use, and what was written meanwhile is the outbox's work
                return times
            time.sleep(0.005)
        times.append((time.perf_counter() - started) * 1000)
        time.sleep(0.25)
    building.join()
    return times


def read_arguments(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The arguments of a measurement, with how much is made and how often it is asked."""
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--cues", type=int, default=600_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is asked, after one warm-up")
    return parser.parse_args()


def prepared(number: int, cues: int) -> tuple[list, object, tuple[str, ...]]:
    """The made documents, the thesaurus and the languages of the portal of SCHAKEL_DATA; sets Django up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from django.conf import settings

    from portal.core.searchable import searchable_kinds
    from search.thesaurus.current_thesaurus import current_thesaurus

    own = [document for kind in searchable_kinds().values() for document in kind.documents(None)]
    topics = sorted({document.key for document in own if document.kind == "topic"})
    documents = list(made(number, cues, words_by_language(own), topics))
    return documents, current_thesaurus(), tuple(settings.CONTENT_LANGUAGES)


def line(name: str, value: str, budget: str = "") -> None:
    print(f"{name:34} {value:>22}   {budget}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments = read_arguments(parser)
    documents, thesaurus, languages = prepared(arguments.documents, arguments.cues)
    from search.engines.embedded.engine import EmbeddedEngine

    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder), languages, lambda: thesaurus)
        started, used = time.perf_counter(), time.process_time()
        engine.rebuild(iter(documents))
        seconds, used = time.perf_counter() - started, time.process_time() - used
        status = engine.status()
        line("documents, moments", f"{status.documents:,}, {status.cues:,}", f"{status.size / 1e6:,.0f} MB")
        processor = f"{used / len(documents) * 1000:.2f} ms of processor each"
        line("rebuild", f"{len(documents) / seconds:,.0f} documents/s", f"at least 2,000; {processor}")
        whole, bare = asked(engine, arguments.rounds)
        for part, name in ((0.5, "p50"), (0.95, "p95")):
            one, other = percentile(whole, part), percentile(bare, part)
            line(f"search {name}", f"{one:.1f} ms", f"bare {other:.1f} ms, ratio {one / other:.2f}, at most 1.5 at p95")
        times = suggested(engine, arguments.rounds)
        line("suggestion p95", f"{percentile(times, 0.95):.1f} ms", "20 ms, through HTTP")
        times = seen_while_rebuilding(engine, documents)
        if times:
            line("update while rebuilding, p50", f"{percentile(times, 0.5):.0f} ms")
            line("update while rebuilding, p99", f"{percentile(times, 0.99):.0f} ms", f"under 1,000, of {len(times)}")
        engine.close()
    line("memory of this process, largest", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
