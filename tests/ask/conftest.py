"""The page for questions, a city that receives them, and a visitor who fills in the form."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone

from portal.ask.models import AskPage, Question
from portal.core.http import form_token
from portal.core.models import SiteWords
from portal.jobs.models import Job
from tests.markup import soup

HERE = "http://testserver"


@pytest.fixture
def city(site):
    """The city receives questions."""
    words = SiteWords.objects.get()
    words.email = "preventie@stad.test"
    words.save()
    return words


@pytest.fixture
def page(site):
    return AskPage.objects.get(locale__language_code="nl")


class Clock:
    """The time by which forms count."""

    now = 1_800_000_000.0

    def time(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(form_token, "time", clock)
    return clock


@pytest.fixture
def mails(settings):
    """The messages that are stored for the job runner: `mails()`."""
    settings.EMAIL_BACKEND = "portal.jobs.mail.QueuedEmailBackend"
    settings.EMAIL_HOST = "mail.test"
    return lambda: [job.payload for job in Job.objects.filter(name="mail.send").order_by("pk")]


@pytest.fixture
def visitor(client, page, city, clock):
    return Visitor(client, page.get_url(), clock)


class Visitor:
    """Opens the form, waits as long as a person needs, and sends it."""

    def __init__(self, client, path, clock):
        self.client, self.path, self.clock = client, path, clock

    def opens(self, query="", path=""):
        return self.client.get(f"{path or self.path}{query}")

    def fields(self, response):
        """What the form would send as it is shown."""
        fields = {}
        for field in soup(response).main.form.select("input[name], textarea[name]"):
            if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
                continue
            value = field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
            fields[field["name"]] = value
        return fields

    def sends(self, response=None, *, after=20, origin=HERE, path="", address="192.0.2.1", **values):
        """Send the form of a response, or of one that is opened now, filled in with these values."""
        path = path or self.path
        if response is None:
            fields = self.fields(self.opens(path=path)) | {"text": "Wat kost het?", "email": "ann@porto.test"}
        else:
            fields = self.fields(response)
        self.clock.now += after
        return self.posts(fields | values, origin=origin, path=path, address=address)

    def posts(self, fields, *, origin=HERE, path="", address="192.0.2.1"):
        return self.client.post(
            path or self.path,
            urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            headers={"Origin": origin} if origin else {},
            REMOTE_ADDR=address,
        )


def make_question(**fields):
    """A question of a visitor who wants an answer."""
    values = {
        "nonce": f"{Question.objects.count():032x}",
        "text": "Wat kost het?",
        "name": "Ann",
        "organisation": "Porto",
        "email": "ann@porto.test",
        "language": "nl",
    }
    return Question.objects.create(**values | fields)


def answered(**fields):
    """A question that was answered and is shown."""
    values = {"state": "answered", "answered_at": timezone.now(), "answer": "Niets.", "may_publish": True}
    return make_question(**values | {"is_published": True, "published_question": "Wat kost het dan?"} | fields)
