"""Sources whose feed or API is on a server of the suite."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.feeds.adapters.linkedin_api.connection import store_grant
from portal.feeds.adapters.linkedin_api.oauth import Grant
from portal.feeds.adapters.youtube_api import client as youtube_client
from portal.feeds.models import Connection, Source
from tests.captured import samples  # noqa: F401
from tests.feeds.atom import CHANNEL
from tests.feeds.linkedin_server import ORGANIZATION, FakeLinkedin
from tests.feeds.youtube_server import KEY, FakeYoutube
from tests.local_server import local_server  # noqa: F401

FEED_PATH = "/feeds/videos.xml"


@pytest.fixture
def source(db, local_server):  # noqa: F811
    one = Source(name="Proefkanaal", config=f"{local_server.url(FEED_PATH)}?channel_id={CHANNEL}", enabled=True)
    one.full_clean()
    one.save()
    return one


@pytest.fixture
def answers(local_server):  # noqa: F811
    """Tell the server what the source's feed answers: `answers(Answer(…), …)`."""

    def set_answers(*given):
        return local_server.answer(FEED_PATH, *given)

    return set_answers


@pytest.fixture
def linkedin(settings, monkeypatch):
    """A server like LinkedIn's, with an app that the portal knows."""
    fake = FakeLinkedin()
    settings.LINKEDIN_CLIENT_ID, settings.LINKEDIN_CLIENT_SECRET = "app-id", "app-geheim"
    settings.LINKEDIN_PRODUCT, settings.LINKEDIN_VERSION = "community", "202609"
    settings.GUARDED_CLIENT_ALLOW = [*settings.GUARDED_CLIENT_ALLOW, fake.netloc]
    monkeypatch.setattr("portal.feeds.adapters.linkedin_api.client.API", f"http://{fake.netloc}/rest")
    monkeypatch.setattr("portal.feeds.adapters.linkedin_api.oauth.SITE", f"http://{fake.netloc}/oauth/v2")
    yield fake
    fake.close()


@pytest.fixture
def youtube(settings, monkeypatch):
    """YouTube's Data API, on a server of the suite."""
    fake = FakeYoutube()
    settings.YOUTUBE_API_KEY = KEY
    settings.GUARDED_CLIENT_ALLOW = [*settings.GUARDED_CLIENT_ALLOW, fake.netloc]
    monkeypatch.setattr(youtube_client, "API", f"http://{fake.netloc}/youtube/v3")
    yield fake
    fake.close()


@pytest.fixture
def page(db):
    """A source that is a LinkedIn page."""
    return Source.objects.create(name="Pagina", kind="linkedin_api", config=ORGANIZATION, enabled=True)


@pytest.fixture
def connected(page):
    """Give the page a permission: `connected(days=60)`, and a refresh token when `refresh_days` is given."""

    def connect(days=60, refresh_days=None):
        now = timezone.now()
        again = {}
        if refresh_days:
            again = {"refresh_token": "refresh-1", "refresh_expires_at": now + timedelta(days=refresh_days)}
        grant = Grant("token-1", now + timedelta(days=days), **again)
        store_grant(Connection(source=page), grant)
        page.refresh_from_db()
        return page

    return connect


@pytest.fixture
def channel(db):
    """A source that asks it."""
    return Source.objects.create(name="Proef", kind="youtube_api", config=CHANNEL, enabled=True, interval_s=86400)
