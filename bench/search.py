"""How long a search takes: `python bench/search.py [--copies 1] [--rounds 5]`.

Indexes what is public in the database of SCHAKEL_DATA into a folder of its own, each document as often as `--copies`
says (with another key), and asks the questions below as the results page asks them: with moments and four facets.
Prints milliseconds; nothing of the portal is changed.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
QUESTIONS = [
    ("word of a topic", "overlast", "nl"),
    ("word of a topic", "incivilités", "fr"),
    ("word of a topic", "nuisance", "en"),
    ("word of a topic", "Belästigung", "de"),
    ("word of a topic", "degrado urbano", "en"),
    ("plain word", "parken", "nl"),
    ("plain word", "Mechelen", "en"),
    ("name", "ORPHEUS", "de"),
    ("two topics", "polarisatie jongeren", "nl"),
    ("question", "how do we help young people who are radicalising", "en"),
    ("question", "wat kan een stad doen tegen overlast in het park", "nl"),
    ("phrase", '"safe spaces"', "en"),
    ("misspelt", "polarisatei", "nl"),
    ("beginning", "straathoek", "nl"),
    ("nothing", "xqzwvkj", "fr"),
    ("everything", "", "nl"),
]


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, round(part * (len(values) - 1)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=1, help="how often each document is indexed")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked, after one warm-up")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from django.conf import settings

    from portal.core.searchable import SearchRequest, searchable_kinds
    from search.engines.embedded.engine import EmbeddedEngine
    from search.results.forms import FILTERS
    from search.thesaurus.current_thesaurus import current_thesaurus

    documents = [document for kind in searchable_kinds().values() for document in kind.documents(None)]
    thesaurus = current_thesaurus()
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder), tuple(settings.CONTENT_LANGUAGES), lambda: thesaurus)
        started = time.perf_counter()
        engine.rebuild(
            replace(document, key=f"{document.key}-{number}" if number else document.key)
            for number in range(arguments.copies)
            for document in documents
        )
        seconds = time.perf_counter() - started
        status = engine.status()
        size = f"{status.documents} documents, {status.cues} moments, {status.size / 1e6:.1f} MB"
        print(f"{size}, built in {seconds:.1f} s. Elapsed time, and that of the processor:")
        every: list[tuple[float, float]] = []
        sorts: dict[str, list[tuple[float, float]]] = {}
        for round_ in range(arguments.rounds + 1):
            for sort, text, language in QUESTIONS:
                request = SearchRequest(text, language, facets=FILTERS)
                started = time.perf_counter(), time.process_time()
                engine.search(request)
                took = (time.perf_counter() - started[0]) * 1000, (time.process_time() - started[1]) * 1000
                if round_:
                    every.append(took)
                    sorts.setdefault(sort, []).append(took)
        for sort, times in {**sorts, "all": every}.items():
            columns = (
                f"p50 {statistics.median(column):6.1f}  p95 {percentile(column, 0.95):6.1f} ms"
                for column in (list(column) for column in zip(*times, strict=True))
            )
            print(f"{sort:18} " + "   |   ".join(columns))


if __name__ == "__main__":
    main()
