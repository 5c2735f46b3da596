"""The page for questions, with a city that receives them, and a visitor who fills in the form."""

import pytest

from portal.ask import form_token
from portal.ask.models import AskPage
from portal.core.models import SiteWords
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


@pytest.fixture
def clock(monkeypatch):
    """The time by which forms count; `clock.later(seconds)` lets it pass."""

    class Clock:
        now = 1_800_000_000.0

        def later(self, seconds):
            self.now += seconds

    clock = Clock()
    monkeypatch.setattr(form_token.time, "time", lambda: clock.now)
    return clock


@pytest.fixture
def mails(settings):
    """Messages as they are stored for the job runner."""
    settings.EMAIL_BACKEND = "portal.jobs.mail.QueuedEmailBackend"
    settings.EMAIL_HOST = "mail.test"

    from portal.jobs.models import Job

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
        """What the form would send as it is shown: hidden fields, the radio that is chosen, texts."""
        form = soup(response).main.form
        fields = {}
        for field in form.select("input[name], textarea[name]"):
            if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
                continue
            text = field.get_text() if field.name == "textarea" else field.get("value", "")
            fields[field["name"]] = text.removeprefix("\n")
        return fields

    def sends(self, response=None, *, after=20, headers=None, path="", **values):
        """Send the form of a response, or of one that is opened now, filled in with these values."""
        fields = self.fields(response or self.opens(path=path))
        self.clock.later(after)
        fields |= {"text": "Wat kost het?", "email": "ann@porto.test"} | values
        fields = {name: value for name, value in fields.items() if value is not None}
        return self.client.post(
            path or self.path,
            data=_encoded(fields),
            content_type="application/x-www-form-urlencoded",
            headers={"Origin": HERE} | (headers or {}),
        )


def _encoded(fields):
    from urllib.parse import urlencode

    return urlencode(fields)
