"""Pages with many methods: `SCHAKEL_DATA=… .venv/bin/python bench/pages_at_scale.py [--methods 5000] [--renders 5]`.

Asks each address with the methods that are there and again with thousands more, all on one topic and of one city, and
prints the processor time (median), the queries and the bytes of both. No page cache. The methods are made in a
transaction that is rolled back, so the search index does not know them: bench/search_at_scale.py measures search.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Page  # noqa: E402

from portal.core.cards import PER_PAGE  # noqa: E402
from portal.core.page_cache import cached_values  # noqa: E402
from portal.methods.models import MethodIndexPage, MethodPage  # noqa: E402
from portal.organisations.models import CityIndexPage, Organisation  # noqa: E402
from portal.projects.models import ProjectIndexPage  # noqa: E402
from portal.topics.models import Topic  # noqa: E402

BATCH = 300


def add_methods(number: int, topic: Topic, owner: Organisation) -> None:
    """Add copies of a method without signals, revisions and search."""
    example = MethodPage.objects.filter(locale__language_code="nl", live=True).first()
    parent = example.get_parent()
    first = parent.numchild
    inherited = {field.attname: getattr(example, field.attname) for field in Page._meta.concrete_fields}
    own = {field.attname: getattr(example, field.attname) for field in MethodPage._meta.local_concrete_fields}
    last_path = parent.get_last_child().path
    for start in range(0, number, BATCH):
        pages = []
        for position in range(start, min(start + BATCH, number)):
            last_path = next_path(last_path)
            slug = f"made-{first + position}"
            own_words = {"path": last_path, "slug": slug, "url_path": f"{parent.url_path}{slug}/", "id": None}
            names = {"title": f"Made {position}", "draft_title": f"Made {position}", "translation_key": uuid4()}
            pages.append(
                Page(
                    **(
                        inherited
                        | own_words
                        | names
                        | {"latest_revision_id": None, "live_revision_id": None, "numchild": 0}
                    )
                )
            )
        pages = Page.objects.bulk_create(pages)
        methods = [
            MethodPage(**(own | {"page_ptr_id": page.pk, "key": page.slug, "owned_by_id": owner.pk})) for page in pages
        ]
        MethodPage._base_manager._insert(methods, fields=MethodPage._meta.local_concrete_fields, using="default")
        through = MethodPage.topics.through
        through.objects.bulk_create(through(methodpage_id=page.pk, topic_id=topic.pk) for page in pages)
    Page.objects.filter(pk=parent.pk).update(numchild=first + number)


def next_path(path: str) -> str:
    """The path of the next sibling."""
    step = Page.steplen
    return path[:-step] + Page._int2str(Page._str2int(path[-step:]) + 1).rjust(step, "0")


def addresses(topic: Topic, owner: Organisation) -> list[str]:
    """The public lists, then those of the staff."""
    parent = MethodIndexPage.objects.get(locale__language_code="nl")
    return [
        "/nl/",
        parent.url,
        MethodPage.objects.filter(locale__language_code="nl", live=True).first().url,
        ProjectIndexPage.objects.get(locale__language_code="nl").url,
        CityIndexPage.path_of_index("nl") or "",
        topic.path_in("nl") or "",
        f"{topic.path_in('nl')}?page=2",
        owner.path_in("nl") or "",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/feeds/nl/webinars.xml",
        "/nl/zoeken/results.atom?q=overlast",
        "/nl/zoeken/results.csv?q=overlast",
        "/api/v1/methods",
        "/admin/",
        f"/admin/pages/{parent.pk}/",
        "/admin/snippets/topics/topic/",
        f"/admin/snippets/topics/topic/edit/{topic.pk}/",
        "/admin/reports/site-history/",
    ]


def cost(client: Client, address: str, renders: int) -> tuple[int, float, int, int]:
    """Return the status, milliseconds of processor time, queries and bytes of an address."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    number = len(queries)  # before the next request forgets them
    size = len(b"".join(response)) if response.streaming else len(response.content)
    return response.status_code, cpu_ms(lambda: client.get(address), renders), number, size


def cpu_ms(render: Callable[[], object], renders: int) -> float:
    times = []
    for _turn in range(renders):
        begin = time.process_time()
        render()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--methods", type=int, default=5000)
    parser.add_argument("--renders", type=int, default=5)
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["*"]
    settings.PAGE_CACHE_ENABLED = False
    topic = Topic.objects.filter(live=True, methods__live=True).first()
    owner = Organisation.objects.get(key="mechelen")
    paths = addresses(topic, owner)
    with transaction.atomic():
        clients = {False: Client(), True: Client()}
        clients[True].force_login(get_user_model().objects.filter(is_superuser=True).first())
        add_methods(2 * PER_PAGE, topic, owner)  # so that the lists are full in both
        few = [cost(clients[path.startswith("/admin")], path, options.renders) for path in paths]
        before = MethodPage.objects.count()
        add_methods(options.methods, topic, owner)
        cached_values.clear()
        many = [cost(clients[path.startswith("/admin")], path, options.renders) for path in paths]
        after = MethodPage.objects.count()
        transaction.set_rollback(True)
    print(f"{'':50} {f'{before} methods':>28} {f'{after} methods':>28}")
    print(f"{'address':50} {'status':>6} {'ms':>6} {'queries':>7} {'bytes':>7} {'ms':>10} {'queries':>8} {'bytes':>8}")
    for path, (status, *was), (_status, *now) in zip(paths, few, many, strict=True):
        print(f"{path[:50]:50} {status:6} {was[0]:6.1f} {was[1]:7} {was[2]:7} {now[0]:10.1f} {now[1]:8} {now[2]:8}")


main()
