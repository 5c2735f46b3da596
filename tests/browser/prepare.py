"""Completes the data folder for the browser tests and prints the paths of its pages, as JSON on the last line.

Run as a program, in the environment of the portal that is to be served.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402

from portal.ask.models import AskPage  # noqa: E402
from portal.core.models import Address  # noqa: E402
from portal.core.routing import address_ledger  # noqa: E402
from portal.feeds.models import Source  # noqa: E402
from portal.home.models import ChangesPage, DossierIndexPage, PlainPage  # noqa: E402
from portal.jobs.models import Job  # noqa: E402
from portal.methods.models import MethodIndexPage, MethodPage  # noqa: E402
from portal.organisations.models import CityIndexPage, Contact  # noqa: E402
from portal.projects.models import ProjectIndexPage  # noqa: E402
from portal.starter.loading.loader import load_translations  # noqa: E402
from portal.topics.models import TopicIndexPage  # noqa: E402
from portal.webinars.models import Consent, Recording, RecordingSource, Speaker, WebinarIndexPage  # noqa: E402
from portal.webinars.transcripts.storage import import_captions  # noqa: E402
from search.results.addresses import search_url  # noqa: E402

LANGUAGES = ("nl", "fr")
GONE = "kiva"
ONLY_DUTCH = "quick-response"
WITH_RECEIVER = "dubbele-diagnose"
ON_YOUTUBE = "voorbeeld-zin-terugvinden"
DRAFT = "ontwerp"
CAPTIONS = """WEBVTT

00:00.000 --> 00:04.000
<v Speaker 1>Welkom in Mechelen.

00:04.000 --> 00:08.000
<v Speaker 1>We praten over overlast.

00:08.000 --> 00:12.000
<v Speaker 2>Dank u wel.
"""


def complete() -> None:
    """French beside Dutch; a method gone, one in Dutch only, an example on YouTube; no long job left for the tests."""
    load_translations("fr")
    Job.objects.filter(name__startswith="starter.").delete()
    for page in MethodPage.objects.filter(key=GONE, live=True):
        page.unpublish()
    for page in MethodPage.objects.filter(key=ONLY_DUTCH, live=True).exclude(locale__language_code="nl"):
        page.unpublish()
    receiver, _new = Contact.objects.get_or_create(
        key="vragen", defaults={"role_nl": "Wie vragen krijgt", "email": "vragen@example.org", "live": True}
    )
    MethodPage.objects.filter(key=WITH_RECEIVER).update(contact=receiver)
    RecordingSource.objects.get_or_create(
        external_id="yt:aaaaaaaaaaa",
        defaults={"recording": Recording.objects.get(key=ON_YOUTUBE), "platform": "youtube"},
    )
    call_command("search", "rebuild", verbosity=0)


def for_the_staff() -> dict[str, str]:
    """A draft whose speaker withdrew and a source that needs a connection; the paths of their pages in the admin.

    No visitor sees either, so that what a test does with them changes no other.
    """
    draft, new = Recording.objects.get_or_create(key=DRAFT, defaults={"title_nl": "Een ontwerp", "live": False})
    if new:
        speaker = Speaker.objects.create(name="An Proef")
        Consent.objects.create(recording=draft, speaker=speaker, state="withdrawn")
    draft.captions.all().delete()
    captions = import_captions(draft, "nl", "machine", CAPTIONS)
    source, _new = Source.objects.get_or_create(name="Een pagina", kind="linkedin_api", config="12345678")
    return {
        "form of a recording": reverse("wagtailsnippets_webinars_recording:edit", args=[draft.pk]),
        "transcripts": reverse("recording_captions", args=[draft.pk]),
        "caption files": reverse("captions_by_name"),
        "transcript editor": reverse("correct_caption", args=[draft.pk, captions.pk]),
        "consent": reverse("recording_consent", args=[draft.pk]),
        "consent report": reverse("consent_report"),
        "take-down": reverse("take_down_recording", args=[draft.pk]),
        "LinkedIn panel": reverse("feeds:connection", args=[source.pk]),
    }


def paths(language: str) -> dict[str, str]:
    """One path of every type of page in a language."""

    def index(model) -> str:
        return model.objects.get(locale__language_code=language).url

    def thing(kind: str, key: str) -> str:
        return address_ledger.current_url(kind, key, language)

    def plain(key: str) -> str:
        return PlainPage.objects.get(key=key, locale__language_code=language).url

    search = search_url(language)
    return {
        "home": f"/{language}/",
        "methods with a filter": index(MethodIndexPage) + "?tier=preventive",
        "method": thing("method", WITH_RECEIVER),
        "projects": index(ProjectIndexPage),
        "project": thing("project", "orpheus"),
        "webinars": index(WebinarIndexPage),
        "recording with transcript": thing("recording", "rondleiding"),
        "recording on YouTube": thing("recording", ON_YOUTUBE),
        "recording not found": thing("recording", "online-safe-spaces-webinar"),
        "topics": index(TopicIndexPage),
        "topic": thing("topic", "dual-diagnosis"),
        "cities": index(CityIndexPage),
        "organisation": thing("organisation", "leiria"),
        "dossiers": index(DossierIndexPage),
        "dossier": thing("dossier", "jongeren-op-drie-niveaus"),
        "changes": index(ChangesPage),
        "form for questions": f"{index(AskPage)}?about=method:{WITH_RECEIVER}&row=money",
        "how to reach the city": index(AskPage),
        "about": plain("over"),
        "accessibility": plain("toegankelijkheid"),
        "privacy": plain("privacy"),
        "search with results": f"{search}?q=overlast",
        "search without results": f"{search}?q=xqzwvkj",
        "empty search": search,
        "not found": f"/{language}/niemand-schreef-dit/",
        "only Dutch": thing("method", ONLY_DUTCH),
        "gone": Address.objects.get(kind="method", key=GONE, language=language).path,
    }


if __name__ == "__main__":
    complete()
    by_language = {language: paths(language) for language in LANGUAGES}
    found = {name: {code: by_language[code][name] for code in LANGUAGES} for name in by_language["nl"]}
    words = {"only Dutch": MethodPage.objects.get(key=ONLY_DUTCH, locale__language_code="nl").title}
    sys.stdout.write(json.dumps({"paths": found, "words": words, "admin": for_the_staff()}) + "\n")
