"""A page to follow the portal, a visitor who fills in its form, and a mail server that takes what she is sent."""

import email.policy
from email import message_from_string
from urllib.parse import urlsplit

import pytest

from portal.core.http import form_token
from portal.follow.digest.subscriptions import REQUEST_JOB
from portal.follow.models import FollowPage
from portal.jobs import mail, queue, registry
from portal.jobs.models import Job
from tests.ask.conftest import Clock, Visitor
from tests.mail_server import mail_server  # noqa: F401  (a fixture)


@pytest.fixture
def page(site):
    return FollowPage.objects.get(locale__language_code="nl")


@pytest.fixture
def visitor(client, page, mail_server, monkeypatch):  # noqa: F811
    clock = Clock()
    monkeypatch.setattr(form_token, "time", clock)
    return Follower(client, page.get_url(), clock)


class Follower(Visitor):
    """A visitor who asks for the digest."""

    def asks(self, email="ann@porto.test", *, rhythm="weekly", path="", **values):
        fields = self.fields(self.opens(path=path)) | {"email": email, "rhythm": rhythm}
        self.clock.now += 20
        options = {name: values.pop(name) for name in ("origin", "address") if name in values}
        return self.posts(fields | values, path=path, **options)


@pytest.fixture
def mailbox(mail_server, settings):  # noqa: F811
    """Do the work that waits, and return the messages that have arrived: `mailbox()`."""
    settings.DEFAULT_FROM_EMAIL = "schakel@stad.test"
    registry.load()

    def read():
        for name in (REQUEST_JOB, mail.NAME):
            for job in Job.objects.filter(name=name, done_at=None):
                queue.execute(job)
        return [message_from_string(text, policy=email.policy.default) for text in mail_server.taken]

    return read


def link_in(message):
    """The path of the link of a subscription, as the text of a message has it."""
    text = message.get_body(("plain",)).get_content()
    return next(urlsplit(word).path for word in text.split() if "/_follow/" in word)
