"""Processor time of a page that no copy answers, beside a bare Wagtail page: `.venv/bin/python bench/page_cost.py`.

The bare page is Wagtail's own `Page`, three levels deep, with a template of one line and no middleware. The ratio says
what the portal adds and depends little on the machine. Warm: every page is rendered a few times first. Uses the
database of SCHAKEL_DATA and leaves nothing in it. Milliseconds of processor time (median), not of the clock.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.utils import translation  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from portal.core.page_cache import cached_values  # noqa: E402
from portal.home.models import DossierPage, HomePage  # noqa: E402
from portal.methods.models import MethodIndexPage, MethodPage  # noqa: E402
from portal.projects.models import ProjectIndexPage, ProjectPage  # noqa: E402
from portal.topics.models import Topic  # noqa: E402
from portal.webinars.models import Recording, WebinarIndexPage  # noqa: E402

BARE = Engine().from_string("<!doctype html><title>{{ page.title }}</title><h1>{{ page.title }}</h1>")


def bare_page(path: str) -> HttpResponse:
    """Answer as Wagtail's view does with its simplest page: find the site, route, render."""
    request = RequestFactory().get(path)
    page, _args, _kwargs = Page.route_for_request(request, path.removeprefix("/nl/"))
    return HttpResponse(BARE.render(Context(page.get_context(request))))


def forget() -> None:
    """Drop what this process keeps until something is published."""
    cached_values.clear()
    Site.clear_site_root_paths_cache()


def cpu_ms(render, renders: int, before=lambda: None) -> float:
    """The median processor time of a render, in milliseconds; without that of `before`, which is called each time."""
    for _turn in range(3):
        render()
    times = []
    for _turn in range(renders):
        before()
        begin = time.process_time()
        render()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def addresses(language: str) -> dict[str, str]:
    """One address of each kind of page: the longest of its kind, where there are several."""
    found = {}
    for model in (HomePage, MethodIndexPage, MethodPage, ProjectIndexPage, ProjectPage, WebinarIndexPage, DossierPage):
        pages = list(model.objects.live().filter(locale__language_code=language))
        if pages:
            found[model.__name__] = max(pages, key=lambda page: len(Client().get(page.url).content)).url
    for model in (Topic, Recording):
        paths = [path for one in model.objects.filter(live=True)[:40] if (path := one.path_in(language))]
        found[model.__name__] = max(paths, key=lambda path: len(Client().get(path).content))
    found["search"] = {"nl": "/nl/zoeken/?q=overlast", "en": "/en/search/?q=nuisance"}.get(language, "")
    return {name: path for name, path in found.items() if path}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renders", type=int, default=30)
    parser.add_argument("--languages", default="nl,en")
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["*"]
    settings.PAGE_CACHE_ENABLED = False
    client = Client()
    client.get("/nl/")  # a new client forgets what is kept at its first request
    with transaction.atomic():
        parent = MethodIndexPage.objects.filter(locale__language_code="nl").first()
        plain = parent.add_child(instance=Page(title="Bare page", slug="bare-page", locale=parent.locale))
        with translation.override("nl"):
            bare = cpu_ms(lambda: bare_page(plain.url), options.renders * 3)
        transaction.set_rollback(True)
    print(f"{'page':20} {'address':52} {'warm ms':>8} {'bare pages':>10} {'cold ms':>8} {'bare pages':>10}")
    print(f"{'bare Wagtail page':20} {'':52} {bare:8.2f} {1:10.1f}")
    for language in options.languages.split(","):
        for name, path in addresses(language).items():

            def render(path: str = path) -> None:
                client.get(path)

            warm, cold = cpu_ms(render, options.renders), cpu_ms(render, options.renders, before=forget)
            print(f"{name:20} {path[:52]:52} {warm:8.1f} {warm / bare:10.1f} {cold:8.1f} {cold / bare:10.1f}")


main()
