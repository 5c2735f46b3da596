"""Connecting a source with LinkedIn: administrators are sent there and come back, and tokens are seen by nobody."""

import json
import logging
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import serializers
from django.urls import reverse
from django.utils import timezone, translation

from portal.feeds.admin.linkedin_connection_views import PENDING_REQUEST
from portal.feeds.choices import Outcome
from portal.feeds.encryption import DecryptionError, decrypt, encrypt
from portal.feeds.models import Connection, FetchLog, Source
from portal.feeds.permissions import CONNECT
from portal.feeds.pulling.pull import pull
from portal.starter.groups import ADMINISTRATORS, REVIEWERS, WRITERS
from tests.feeds.linkedin_server import DAY_S, number_of, post

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
POSTED = number_of(1_631_527_033_381)
SECRETS = ("token-1", "token-2", "refresh-1", "app-geheim", "code-1")


def person(name, *codenames):
    user = get_user_model().objects.create_user(name, password="x")
    codenames = ("access_admin", "view_source", *codenames)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def administrator(client):
    user = person("beheerder", "connect_source")
    client.force_login(user)
    return user


def ask(client, page):
    """Press the button; gives what LinkedIn is asked, and where."""
    response = client.post(reverse("feeds:connect", args=[page.pk]))
    parts = urlsplit(response["Location"])
    return dict(parse_qsl(parts.query)), parts


def answer(client, **fields):
    return client.get(reverse("feeds:linkedin_answer"), fields, follow=True)


class TestConnecting:
    def test_the_button_leads_to_linkedin_with_a_question_of_this_session(self, client, administrator, linkedin, page):
        asked, parts = ask(client, page)
        assert parts.path == "/oauth/v2/authorization"
        assert asked["response_type"] == "code"
        assert asked["client_id"] == "app-id"
        assert asked["redirect_uri"] == "http://127.0.0.1:8000/admin/feeds/linkedin/"
        assert asked["scope"] == "r_organization_social"
        assert asked["state"] == client.session[PENDING_REQUEST]["state"]
        assert len(asked["state"]) > 40
        assert "app-geheim" not in parts.geturl()

    def test_the_scope_is_that_of_the_product(self, client, administrator, linkedin, page, settings):
        settings.LINKEDIN_PRODUCT = "pages"
        assert ask(client, page)[0]["scope"] == "r_dma_admin_pages_content"

    def test_the_code_is_exchanged_and_the_panel_says_until_when(self, client, administrator, linkedin, page):
        Source.objects.update(next_run_at=NOW + DAY, consecutive_failures=3, last_error="x")
        asked, _parts = ask(client, page)
        shown = answer(client, code="code-1", state=asked["state"]).content.decode()
        assert linkedin.forms == [
            {
                "grant_type": "authorization_code",
                "code": "code-1",
                "redirect_uri": asked["redirect_uri"],
                "client_id": "app-id",
                "client_secret": "app-geheim",
            }
        ]
        assert "verloopt over 60 dagen" in shown
        page.refresh_from_db()
        assert (page.next_run_at, page.consecutive_failures, page.last_error) == (None, 0, "")
        assert page.connection.connected_by == administrator
        linkedin.posts = [post(POSTED)]
        assert pull(page, NOW).outcome == Outcome.OK

    def test_connecting_again_replaces_the_tokens(self, client, administrator, linkedin, connected):
        page = connected()
        Connection.objects.update(refused=True)
        linkedin.grant = 200, {"access_token": "token-2", "expires_in": 60 * DAY_S}
        answer(client, code="code-1", state=ask(client, page)[0]["state"])
        connection = Connection.objects.get()
        assert (decrypt(connection.access_token), connection.refused) == ("token-2", False)

    @pytest.mark.parametrize("state", ["", "geraden", None])
    def test_an_answer_that_this_session_did_not_ask_for_is_not_taken(
        self, client, administrator, linkedin, page, state
    ):
        if state is not None:
            ask(client, page)
        shown = answer(client, code="code-1", state=state or "").content.decode()
        assert "hoort niet bij een aanvraag van u" in shown
        assert linkedin.forms == []
        assert not Connection.objects.exists()

    def test_an_answer_counts_once(self, client, administrator, linkedin, page):
        asked, _parts = ask(client, page)
        for _time in range(2):
            answer(client, code="code-1", state=asked["state"])
        assert len(linkedin.forms) == 1

    def test_an_answer_to_somebody_elses_question_is_not_taken(self, client, administrator, linkedin, page):
        state = ask(client, page)[0]["state"]
        client.force_login(person("ander", "connect_source"))
        answer(client, code="code-1", state=state)
        assert not Connection.objects.exists()

    def test_an_answer_that_comes_too_late_is_not_taken(self, client, administrator, linkedin, page):
        state = ask(client, page)[0]["state"]
        session = client.session
        session[PENDING_REQUEST] = session[PENDING_REQUEST] | {"until": (NOW - DAY).isoformat()}
        session.save()
        answer(client, code="code-1", state=state)
        assert not Connection.objects.exists()

    @pytest.mark.parametrize(
        ("error", "says"),
        [("user_cancelled_authorize", "Er veranderde niets"), ("unauthorized_scope_error", "Community Management API")],
    )
    def test_a_permission_that_is_not_given_is_said_and_changes_nothing(
        self, client, administrator, linkedin, connected, error, says
    ):
        page = connected()
        state = ask(client, page)[0]["state"]
        shown = answer(client, error=error, error_description="<b>app-geheim</b>", state=state).content.decode()
        assert says in shown
        assert "app-geheim" not in shown
        assert decrypt(Connection.objects.get().access_token) == "token-1"

    @pytest.mark.parametrize(
        "grant",
        [
            (400, {"error": "invalid_request", "error_description": "code-1 is bad"}),
            (401, {"error": "invalid_client"}),
            (500, b"<html>"),
            (200, b"<html>"),
            (200, {"access_token": "", "expires_in": 5}),
            (200, {"access_token": "token-1"}),
            (200, {"access_token": "token-1", "expires_in": "morgen"}),
            (200, []),
        ],
    )
    def test_a_code_that_is_not_exchanged_connects_nothing(self, client, administrator, linkedin, page, grant):
        linkedin.grant = grant
        shown = answer(client, code="code-1", state=ask(client, page)[0]["state"]).content.decode()
        assert "LinkedIn" in shown[shown.index('class="messages"') :]
        assert "code-1" not in shown
        assert not Connection.objects.exists()

    def test_without_an_app_nobody_is_sent_anywhere(self, client, administrator, linkedin, page, settings):
        settings.LINKEDIN_CLIENT_SECRET = ""
        response = client.post(reverse("feeds:connect", args=[page.pk]), follow=True)
        assert response.redirect_chain[-1][0] == reverse("feeds:connection", args=[page.pk])
        assert "SCHAKEL_LINKEDIN_CLIENT_SECRET" in response.content.decode()

    def test_the_form_may_lead_on_to_linkedin_and_to_no_other_place(self, client, administrator, linkedin, page):
        policy = client.get(reverse("feeds:connection", args=[page.pk]))["Content-Security-Policy"]
        assert "form-action 'self' https://www.linkedin.com;" in policy + ";"

    def test_disconnecting_forgets_the_tokens_and_keeps_what_was_found(
        self, client, administrator, linkedin, connected
    ):
        page = connected()
        linkedin.posts = [post(POSTED)]
        pull(page, NOW)
        client.post(reverse("feeds:disconnect", args=[page.pk]))
        assert not Connection.objects.exists()
        assert page.items.count() == 1
        page.refresh_from_db()
        assert pull(page, NOW + DAY).error_class == "not_connected"


class TestWhoMay:
    def test_only_administrators_connect(self, site):
        may = {
            name: Group.objects.get(name=name).permissions.filter(codename=CONNECT.split(".")[1]).exists()
            for name in (WRITERS, REVIEWERS, ADMINISTRATORS)
        }
        assert may == {WRITERS: False, REVIEWERS: False, ADMINISTRATORS: True}

    def test_others_see_no_way_to_it_and_are_refused(self, client, linkedin, connected):
        page = connected()
        client.force_login(person("nalezer", "pull_source", "change_source"))
        panel = reverse("feeds:connection", args=[page.pk])
        inspect = client.get(reverse("wagtailsnippets_feeds_source:inspect", args=[page.pk])).content.decode()
        assert panel not in inspect
        assert "geldig tot" in inspect
        assert client.get(panel).status_code in (302, 403)
        for name in ("connect", "disconnect"):
            assert client.post(reverse(f"feeds:{name}", args=[page.pk])).status_code in (302, 403)
        assert client.get(reverse("feeds:linkedin_answer"), {"code": "code-1", "state": ""}).status_code in (302, 403)
        assert linkedin.forms == []
        assert Connection.objects.exists()

    def test_connecting_is_asked_by_a_button_only(self, client, administrator, linkedin, page):
        for name in ("connect", "disconnect"):
            assert client.get(reverse(f"feeds:{name}", args=[page.pk])).status_code == 405

    def test_a_source_of_another_kind_has_no_panel(self, client, administrator, source):
        assert client.get(reverse("feeds:connection", args=[source.pk])).status_code == 404


class TestSecrets:
    def test_tokens_are_in_no_page_log_message_or_table(self, client, administrator, linkedin, page, caplog):
        caplog.set_level(logging.DEBUG)
        linkedin.grant = (
            200,
            {
                "access_token": "token-1",
                "expires_in": DAY_S,
                "refresh_token": "refresh-1",
                "refresh_token_expires_in": 365 * DAY_S,
            },
        )
        state = ask(client, page)[0]["state"]
        pages = answer(client, code="code-1", state=state).content.decode()
        page.refresh_from_db()
        linkedin.fail = lambda resource, call: (403, {"message": "token-1 refresh-1 app-geheim"})
        pull(page, NOW)
        pages += client.get(reverse("wagtailsnippets_feeds_source:inspect", args=[page.pk])).content.decode()
        pages += client.get(reverse("feeds:connection", args=[page.pk])).content.decode()
        stored = "".join(serializers.serialize("json", model.objects.all()) for model in (Source, Connection, FetchLog))
        for secret in SECRETS:
            assert secret not in caplog.text + pages + stored + json.dumps(dict(client.session))

    def test_what_is_sealed_opens_with_the_same_key_only(self, settings):
        sealed = encrypt("geheim é")
        assert "geheim" not in sealed
        assert decrypt(sealed) == "geheim é"
        for changed in (sealed[:-4] + "AAAA", "x"):
            with pytest.raises(DecryptionError):
                decrypt(changed)
        settings.SECRET_KEY = "een andere sleutel"
        with pytest.raises(DecryptionError):
            decrypt(sealed)

    def test_what_an_earlier_version_encrypted_can_be_decrypted(self, settings):
        settings.SECRET_KEY = "a secret key of a test"
        stored = (
            "gAAAAABrDcDB6gyn8OX83Jc5kjzIY5uYyfjAPJdCxlrEtbzLdjZ6pzDTlOHExu8HCn2wqoXZgoabM2q91gudOpR0Sj1z5oiwkIMjrwbux9EZ"
            "1F0TOe50n58="
        )
        assert decrypt(stored) == "token of LinkedIn"

    def test_with_another_secret_key_staff_are_told_to_connect_again(self, linkedin, connected, settings):
        page = connected()
        settings.SECRET_KEY = "een andere sleutel"
        log = pull(page, NOW)
        assert (log.outcome, log.error_class) == (Outcome.REFUSED, "unreadable")
        assert linkedin.calls == []


class TestItsEnd:
    @pytest.mark.parametrize(("days", "warned"), [(60, False), (15, False), (12, True), (1, True)])
    def test_a_fortnight_before_the_end_the_list_and_the_log_say_so(self, linkedin, connected, days, warned):
        page = connected(days=days)
        linkedin.posts = [post(POSTED)]
        log = pull(page, NOW)
        assert log.outcome == Outcome.OK
        page.refresh_from_db()
        assert page.current_problem == log.message
        assert (f"over {days} dag" in log.message) is warned

    def test_the_warning_is_in_the_language_of_who_looks(self, linkedin, connected):
        page = connected(days=1)
        with translation.override("en"):
            assert "ends in 1 day, on" in page.current_problem
        with translation.override("fr"):
            assert "dans 1 jour, le" in page.current_problem

    def test_with_a_refresh_token_a_new_token_is_fetched_in_time(self, linkedin, connected):
        page = connected(days=6, refresh_days=200)
        linkedin.posts = [post(POSTED)]
        linkedin.grant = 200, {"access_token": "token-2", "expires_in": 60 * DAY_S}
        log = pull(page, NOW)
        assert (log.outcome, log.message) == (Outcome.OK, "")
        assert linkedin.forms[0]["grant_type"] == "refresh_token"
        assert linkedin.headers[0]["Authorization"] == "Bearer token-2"
        connection = Connection.objects.get()
        assert decrypt(connection.refresh_token) == "refresh-1"
        assert connection.ends_at < NOW + 201 * DAY, "its own end does not move"
        pull(page, NOW + DAY)
        assert len(linkedin.forms) == 1

    def test_a_refresh_that_fails_does_not_stop_what_still_works(self, linkedin, connected):
        page = connected(days=6, refresh_days=200)
        linkedin.posts = [post(POSTED)]
        linkedin.grant = 503, b""
        assert pull(page, NOW).outcome == Outcome.OK
        assert Connection.objects.get().refresh_token

    def test_a_refresh_token_that_is_refused_is_not_sent_again_and_staff_are_warned(self, linkedin, connected):
        page = connected(days=6, refresh_days=200)
        linkedin.posts = [post(POSTED)]
        linkedin.grant = 400, {"error": "invalid_grant"}
        assert "over 6 dagen" in pull(page, NOW).message
        pull(page, NOW + DAY)
        assert len(linkedin.forms) == 1

    def test_an_expired_token_is_renewed_when_linkedin_gave_a_refresh_token(self, linkedin, connected):
        page = connected(days=-1, refresh_days=200)
        linkedin.posts = [post(POSTED)]
        linkedin.grant = 503, b""
        assert pull(page, NOW).outcome == Outcome.FAILED
        linkedin.grant = 200, {"access_token": "token-2", "expires_in": 60 * DAY_S}
        assert pull(page, NOW + DAY).outcome == Outcome.OK
