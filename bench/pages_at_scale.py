"""Pages with much content: `SCHAKEL_DATA=… .venv/bin/python bench/pages_at_scale.py [--many 5000] [--renders 20]`.

Adds 50 methods, 50 recordings and 50 sessions of others, so that every list fills a page, asks each address, does the
same with thousands of each, all on one topic and of one city, and prints the queries, the 95th percentile of the
processor time and the bytes of both. A line is marked where a page takes more than 20 queries, or more than twice the
time. No page cache. All is made in a copy of the data folder, with an index of its own; bench/search_at_scale.py
measures search alone. SQLite only.
"""

import argparse
import gc
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path[0] = str(Path(__file__).resolve().parents[1])  # beside this file is a `search.py`, which is not the room
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
DATA = Path(os.environ.get("SCHAKEL_DATA", "data")).resolve()
COPY = tempfile.TemporaryDirectory()
with sqlite3.connect(DATA / "db.sqlite3") as own, sqlite3.connect(Path(COPY.name) / "db.sqlite3") as copy:
    own.backup(copy)
for folder in ("media", "private", "static"):
    (Path(COPY.name) / folder).symlink_to(DATA / folder)
os.environ |= {"SCHAKEL_DATA": COPY.name, "DATABASE_URL": ""}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Page  # noqa: E402

from bench.search import percentile  # noqa: E402
from portal.core.models import SchakelImage  # noqa: E402
from portal.core.page_cache.generation import advance_generation  # noqa: E402
from portal.core.searchable import searchable_kinds  # noqa: E402
from portal.methods.models import MethodIndexPage, MethodPage, MethodTier  # noqa: E402
from portal.organisations.models import CityIndexPage, Organisation  # noqa: E402
from portal.projects.models import ProjectIndexPage  # noqa: E402
from portal.topics.models import Topic, TopicIndexPage  # noqa: E402
from portal.ui.tiers_and_evidence import Evidence, Tier  # noqa: E402
from portal.webinars.choices import MechelenPart, Medium, RecordingState  # noqa: E402
from portal.webinars.models import (  # noqa: E402
    Caption,
    FurtherSession,
    FurtherSessionMethod,
    Recording,
    RecordingSource,
    RecordingSpeaker,
    Series,
    Speaker,
    WebinarIndexPage,
)
from search.engines import current_engine  # noqa: E402

BATCH = 300
FEW = 50
MOST_QUERIES = 20
MOST_TIMES_SLOWER = 2
FIRST_DAY = datetime(2012, 1, 9, 10, tzinfo=UTC)


class Content:
    """What is made: everything on `topic` and of `owner`, the rest by lot, the same each time."""

    def __init__(self, topic: Topic, owner: Organisation):
        self.topic, self.owner = topic, owner
        self.chance = random.Random(2021)
        self.made = 0
        self.topics = list(Topic.objects.filter(live=True).exclude(pk=topic.pk)[:60])
        self.method = MethodPage.objects.filter(locale__language_code="nl", live=True).first()
        self.poster = SchakelImage.objects.first()
        self.series = [
            Series.objects.create(key=f"series-{number}", title_nl=f"Reeks {number}", live=True) for number in range(12)
        ]
        self.speakers = [
            Speaker.objects.create(key=f"speaker-{number}", name=f"Spreker {number}", consent=True, live=True)
            for number in range(30)
        ]

    def fill(self, number: int) -> None:
        """Add methods, recordings and sessions of others until so many of each were made."""
        added, self.made = number - self.made, number
        add_methods(added, self)
        add_recordings(added, self)
        add_further_sessions(added, self)
        current_engine().rebuild(document for kind in searchable_kinds().values() for document in kind.documents(None))
        advance_generation()

    def topics_of(self, through: Any, column: str, ids: Iterable[int]) -> None:
        """Put each on the topic, and on two by lot."""
        through.objects.bulk_create(
            through(**{column: pk, "topic_id": topic.pk})
            for pk in ids
            for topic in (self.topic, *self.chance.sample(self.topics, k=2))
        )


def add_methods(number: int, content: Content) -> None:
    """Add copies of a method without signals, revisions and search."""
    example = content.method
    parent = Page.objects.get(pk=example.get_parent().pk)
    first = parent.numchild
    inherited = {field.attname: getattr(example, field.attname) for field in Page._meta.concrete_fields}
    inherited |= {"latest_revision_id": None, "live_revision_id": None, "numchild": 0, "id": None}
    own = {field.attname: getattr(example, field.attname) for field in MethodPage._meta.local_concrete_fields}
    last_path = parent.get_last_child().path
    for start in range(0, number, BATCH):
        pages = []
        for position in range(start, min(start + BATCH, number)):
            last_path = next_path(last_path)
            slug = f"made-{first + position}"
            place = {"path": last_path, "slug": slug, "url_path": f"{parent.url_path}{slug}/"}
            names = {"title": f"Made {position}", "draft_title": f"Made {position}", "translation_key": uuid4()}
            pages.append(Page(**(inherited | place | names)))
        pages = Page.objects.bulk_create(pages)
        methods = [
            MethodPage(
                **own
                | {"page_ptr_id": page.pk, "key": page.slug, "owned_by_id": content.owner.pk}
                | {"evidence_level": content.chance.choice(Evidence.values)}
            )
            for page in pages
        ]
        MethodPage._base_manager._insert(methods, fields=MethodPage._meta.local_concrete_fields, using="default")
        MethodTier.objects.bulk_create(
            MethodTier(page_id=page.pk, tier=content.chance.choice(Tier.values)) for page in pages
        )
        content.topics_of(MethodPage.topics.through, "methodpage_id", [page.pk for page in pages])
    Page.objects.filter(pk=parent.pk).update(numchild=first + max(number, 0))


def add_recordings(number: int, content: Content) -> None:
    """Add recordings with a video, half of them with a transcript, a third with a speaker."""
    chance = content.chance
    first = Recording.objects.count()
    for start in range(first, first + number, BATCH):
        recordings = Recording.objects.bulk_create(
            Recording(
                key=f"made-{position}",
                slug_nl=f"made-{position}",
                title_nl=f"Opname {position}",
                abstract_nl="Wat er gezegd wordt. En nog een zin.",
                live=True,
                state=RecordingState.RECORDED if position % 20 else RecordingState.NOT_FOUND,
                medium=chance.choice(Medium.values),
                mechelen_part=chance.choice(MechelenPart.values),
                organiser_nl=f"Organisator {position % 40}",
                spoken_language=chance.choice(("nl", "fr", "en", "de")),
                series=chance.choice(content.series),
                event_start=FIRST_DAY + timedelta(days=chance.randint(0, 5000)),
                duration_s=chance.randint(300, 9000),
                poster=content.poster,
            )
            for position in range(start, min(start + BATCH, first + number))
        )
        RecordingSource.objects.bulk_create(
            RecordingSource(recording=one, external_id=f"yt:{one.pk:011}", platform="youtube") for one in recordings
        )
        Caption.objects.bulk_create(Caption(recording=one, language="nl", origin="human") for one in recordings[::2])
        RecordingSpeaker.objects.bulk_create(
            RecordingSpeaker(recording=one, speaker=chance.choice(content.speakers)) for one in recordings[::3]
        )
        content.topics_of(Recording.topics.through, "recording_id", [one.pk for one in recordings])


def add_further_sessions(number: int, content: Content) -> None:
    """Add sessions of others, twenty on the method whose page is asked, the rest on the others in turn."""
    methods = list(MethodPage.objects.filter(locale__language_code="nl").values_list("pk", flat=True))
    first = FurtherSession.objects.count()
    sessions = FurtherSession.objects.bulk_create(
        FurtherSession(
            key=f"further-{position}",
            title=f"Sessie {position}",
            organiser="Efus",
            event_day=f"{2012 + position % 14}",
            url=f"https://example.org/{position}",
            live=True,
        )
        for position in range(first, first + number)
    )
    FurtherSessionMethod.objects.bulk_create(
        FurtherSessionMethod(
            session=one, method_id=content.method.pk if position < 20 else methods[position % len(methods)]
        )
        for position, one in enumerate(sessions)
    )


def next_path(path: str) -> str:
    """The path of the next sibling."""
    step = Page.steplen
    return path[:-step] + Page._int2str(Page._str2int(path[-step:]) + 1).rjust(step, "0")


def addresses(content: Content) -> list[str]:
    """The public lists, then the other pages, then the lists of the staff."""
    topic, owner = content.topic, content.owner
    methods, webinars = MethodIndexPage.objects.get(locale__language_code="nl"), WebinarIndexPage.path_of_index("nl")
    many_topics = "&".join(f"topic={one.key}" for one in content.topics)
    recording = Recording.objects.filter(key__startswith="made-", state=RecordingState.RECORDED).order_by("pk")[1]
    return [
        methods.url,
        f"{methods.url}?sort=newest",
        f"{methods.url}?topic={topic.key}&tier=preventive",
        f"{methods.url}?{many_topics}",
        f"{methods.url}?page=2",
        webinars,
        f"{webinars}?topic={topic.key}",
        f"{webinars}?year=2020&language=nl",
        f"{webinars}?speaker=speaker-1",
        f"{webinars}?{many_topics}",
        f"{webinars}?page=2",
        ProjectIndexPage.objects.get(locale__language_code="nl").url,
        "/nl/problemen/",
        TopicIndexPage.path_of_index("nl"),
        CityIndexPage.path_of_index("nl"),
        "/nl/wijzigingen/",
        "/nl/",
        content.method.url,
        recording.path_in("nl"),
        topic.path_in("nl"),
        f"{topic.path_in('nl')}?page=2",
        owner.path_in("nl"),
        "/nl/zoeken/?q=opname",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/feeds/nl/webinars.xml",
        f"/feeds/nl/webinars.xml?topic={topic.key}",
        "/calendar/nl.ics",
        "/nl/zoeken/results.atom?q=overlast",
        "/nl/zoeken/results.csv?q=overlast",
        "/api/v1/methods",
        "/admin/",
        f"/admin/pages/{methods.pk}/",
        "/admin/snippets/topics/topic/",
        f"/admin/snippets/topics/topic/edit/{topic.pk}/",
        "/admin/reports/site-history/",
    ]


def cost(client: Client, address: str, renders: int) -> tuple[int, int, float, int]:
    """Return the status, queries, milliseconds of processor time (p95) and bytes of an address."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    number = len(queries)  # before the next request forgets them
    size = len(b"".join(response)) if response.streaming else len(response.content)
    return response.status_code, number, cpu_ms(lambda: client.get(address), renders), size


def cpu_ms(render: Callable[[], object], renders: int) -> float:
    times = []
    for _turn in range(renders):
        begin = time.process_time()
        render()
        times.append((time.process_time() - begin) * 1000)
    return percentile(times, 0.95)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=5000)
    parser.add_argument("--renders", type=int, default=20)
    parser.add_argument("--only", default="", help="addresses with this in them")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["*"]
    settings.PAGE_CACHE_ENABLED = False
    clients = {False: Client(), True: Client()}
    clients[True].force_login(get_user_model().objects.filter(is_superuser=True).first())
    topic = Topic.objects.filter(live=True, methods__live=True).first()
    content = Content(topic, Organisation.objects.get(key="mechelen"))
    measured = []
    for number in (FEW, options.many):
        content.fill(number)
        gc.collect()
        gc.freeze()  # as the server does at its start (portal/wsgi.py)
        paths = [path for path in addresses(content) if options.only in path]
        measured.append([cost(clients[path.startswith("/admin")], path, options.renders) for path in paths])
    current_engine().close()
    columns = f"{'queries':>8} {'p95 ms':>7} {'bytes':>8}"
    print(f"{'':52} {f'{FEW} of each':>25} {f'{options.many} of each':>25}")
    print(f"{'address':45} {'status':>6} {columns} {columns}")
    for path, (status, *few), (_status, *many) in zip(paths, *measured, strict=True):
        figures = " ".join(f"{queries:8} {ms:7.1f} {size:8}" for queries, ms, size in (few, many))
        slow = many[1] > MOST_TIMES_SLOWER * few[1]
        marks = [f"{many[1] / few[1]:.1f} times"] * slow + ["too many queries"] * (many[0] > MOST_QUERIES)
        print(f"{path[:45]:45} {status:6} {figures}  {', '.join(marks)}")


main()
