"""What each type of page costs: `python3 run.py manage shell < bench/pages.py`, or `.venv/bin/python bench/pages.py`.

Prints for each page type and language, of the page that takes most queries: queries, milliseconds (median of five
renders without the page cache), bytes as sent (gzip) and plain; then the same page from the cache. Every page is
rendered once to find those, which takes some minutes. Uses the database of SCHAKEL_DATA.

Queries are counted twice. `cold` is the first visit after a publication: nothing is kept, neither the structure of the
site nor Wagtail's root paths; only Django's content types are known, which a process reads once in its life. `warm` is
the next visit. The budget is 20 for both (docs/design.md section 12).
"""

import gzip
import os
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from portal.core.page_cache import cached_values  # noqa: E402
from portal.organisations.models import Organisation  # noqa: E402
from portal.topics.models import Topic  # noqa: E402
from portal.webinars.models import Recording  # noqa: E402

RENDERS = 5
QUESTIONS = {"nl": "overlast", "fr": "nuisances", "en": "nuisance", "de": "Belästigung"}


def addresses(language: str) -> dict[str, list[str]]:
    """The public addresses in a language by page type."""
    found = defaultdict(list)
    for page in Page.objects.live().filter(locale__language_code=language, depth__gt=1).specific():
        found[type(page).__name__].append(page.url)
    for model in (Topic, Organisation, Recording):
        found[model.__name__] = [path for one in model.objects.filter(live=True) if (path := one.path_in(language))]
    found["search"] = [f"{reverse(f'search_{language}')}?q={QUESTIONS[language]}"]
    return {name: urls for name, urls in found.items() if urls}


def cold_queries(client: Client, url: str) -> int:
    """The queries of a first visit after a publication."""
    cached_values.clear()
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def measure(client: Client, url: str) -> tuple[int, int, int, float, int, int]:
    """(status, queries cold, queries warm, median milliseconds, gzipped bytes, plain bytes) of an address."""
    client.get(url)
    cold = cold_queries(client, url)
    times = []
    for _turn in range(RENDERS):
        with CaptureQueriesContext(connection) as warm:
            begin = time.perf_counter()
            response = client.get(url)
            times.append((time.perf_counter() - begin) * 1000)
    return (
        response.status_code,
        cold,
        len(warm),
        statistics.median(times),
        len(gzip.compress(response.content)),
        len(response.content),
    )


def costliest(language: str) -> dict[str, str]:
    """Of every page type the address that takes most queries."""
    client = Client()
    client.get(f"/{language}/")  # a new client forgets what is kept at its first request
    return {name: max(urls, key=lambda url: cold_queries(client, url)) for name, urls in addresses(language).items()}


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.PAGE_CACHE_ENABLED = False
    chosen = {language: costliest(language) for language in settings.CONTENT_LANGUAGES}
    print(f"{'page':24} {'address':58} {'status':>6} {'cold':>5} {'warm':>5} {'ms':>7} {'gzip':>7} {'bytes':>8}")
    for from_cache in (False, True):
        settings.PAGE_CACHE_ENABLED = from_cache
        print("\nfrom the page cache" if from_cache else "rendered")
        for urls in chosen.values():
            client = Client()
            for name, url in urls.items():
                status, cold, warm, ms, packed, plain = measure(client, url)
                print(f"{name:24} {url[:58]:58} {status:6} {cold:5} {warm:5} {ms:7.1f} {packed:7} {plain:8}")


main()
