"""The digest: asked for, confirmed, received by a real mail server, changed and left; and what strangers try."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.follow.digest import subscription_views
from portal.follow.digest.sending import send_digests
from portal.follow.digest.subscriptions import delete_unconfirmed
from portal.follow.models import FollowPage, Subscription
from portal.jobs.models import Job
from portal.methods.models import MethodPage
from portal.topics.models import Topic
from tests.factories import make_method
from tests.follow.conftest import link_in
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    topic = Topic.objects.create(key="nuisance", label_nl="overlast", label_fr="nuisances", live=True)
    make_method(title="Oud", key="oud", topics=[topic])
    MethodPage.objects.filter(key="oud").update(first_published_at=timezone.now() - timedelta(days=90))
    return topic


@pytest.fixture
def follower(visitor, mailbox, topic):
    """Somebody who confirmed; the messages until then are taken."""
    return confirmed(visitor, mailbox)


def confirmed(visitor, mailbox, email="ann@porto.test", **values):
    visitor.asks(email, **values)
    message = next(one for one in mailbox() if one["To"] == email)
    visitor.client.post(link_in(message), {"action": "confirm"})
    return Subscription.objects.get(email=email)


def digests(**later):
    return list(send_digests(timezone.now() + timedelta(**later)))


def publish(title, key, **fields):
    make_method(title=title, key=key, **fields)


class TestAskedFor:
    def test_nothing_begins_before_a_button_is_pressed(self, visitor, mailbox, topic):
        answer = visitor.asks(topics="nuisance")
        assert (answer.status_code, answer["Location"]) == (303, "/nl/volgen/?sent=1")
        assert "binnen 48 uur" in text_of(soup(visitor.client.get(answer["Location"])).main)
        (message,) = mailbox()
        assert message["To"] == "ann@porto.test" and "bevestig" in message["Subject"]
        assert message["List-Unsubscribe"] is None
        for _scanner in range(3):
            page = visitor.client.get(link_in(message))
            assert page.status_code == 200 and not page.cookies
        assert Subscription.objects.get().state == "unconfirmed"
        assert digests(days=40) == []
        visitor.client.post(link_in(message), {"action": "confirm"})
        subscription = Subscription.objects.get()
        assert (subscription.state, subscription.rhythm) == ("active", "weekly")
        assert [one.key for one in subscription.topics.all()] == ["nuisance"]

    def test_a_topic_page_leads_to_a_form_with_that_topic(self, visitor, topic):
        narrow = Topic.objects.create(key="noise", label_nl="lawaai", live=True)
        narrow.broader.add(topic)
        publish("Stil", "stil", topics=[narrow])
        many = "&".join(f"topic=t-{number}" for number in range(200))
        main = soup(visitor.opens(f"?topic=noise&{many}&topic=noise")).main
        boxes = {box["value"]: box.has_attr("checked") for box in main.select("[name=topics]")}
        assert boxes == {"noise": True, "nuisance": False}

    def test_the_answer_is_the_same_whether_known_or_not_and_an_address_gets_one_mail(self, visitor, mailbox, topic):
        answers = []
        for email in ("ann@porto.test", "ANN@porto.test", "ann@porto.test"):
            answer = visitor.asks(email)
            mailbox()
            answers.append((answer.status_code, answer["Location"], answer.content, dict(answer.headers)))
        assert answers[0] == answers[1] == answers[2]
        assert (len(mailbox()), Subscription.objects.count()) == (1, 1)
        visitor.client.post(link_in(mailbox()[0]), {"action": "confirm"})
        visitor.asks("ann@porto.test", rhythm="monthly")
        assert len(mailbox()) == 1

    def test_who_gets_it_already_is_told_so_by_mail_once_a_day_and_nothing_changes(self, visitor, mailbox, follower):
        Subscription.objects.update(mailed_at=timezone.now() - timedelta(days=2))
        for _time in range(3):
            visitor.asks("ann@porto.test", rhythm="monthly")
            messages = mailbox()
        assert len(messages) == 2 and "al" in messages[1]["Subject"]
        assert link_in(messages[1]) == link_in(messages[0])
        assert Subscription.objects.get().rhythm == "weekly"

    def test_unconfirmed_addresses_are_deleted_after_two_days(self, visitor, mailbox, topic):
        visitor.asks()
        path = link_in(mailbox()[0])
        assert delete_unconfirmed(timezone.now() + timedelta(hours=47)) == 0
        assert delete_unconfirmed(timezone.now() + timedelta(hours=49)) == 1
        answer = visitor.client.post(path, {"action": "confirm"})
        assert answer.status_code == 410 and "geen adres meer" in text_of(soup(answer).main)
        assert "ann@porto.test" not in str([*Subscription.objects.values(), *Job.objects.values()])

    @pytest.mark.parametrize("email", ["", "fout", "a@b", "ann@porto.test\nBcc: x@y.test", "x" * 300 + "@porto.test"])
    def test_a_wrong_address_comes_back_with_a_sentence(self, visitor, topic, email):
        answer = visitor.asks(email)
        main = soup(answer).main
        assert answer.status_code == 200 and main.select_one(".errors[role=alert]")
        assert main.select_one(main.select_one(".errors a")["href"])["name"] == "email"
        assert not Job.objects.filter(name="follow.request").exists()

    def test_it_is_protected_like_every_form_of_visitors(self, visitor, topic):
        assert visitor.asks(origin="https://elsewhere.test").status_code == 403
        assert visitor.asks(website="https://spam.test").status_code == 200
        assert visitor.asks(token="x").status_code == 200  # noqa: S106
        assert visitor.asks(rhythm="always").status_code == 200
        assert visitor.asks(topics="niets").status_code == 200
        assert visitor.client.post(visitor.path, "{}", content_type="application/json").status_code == 400
        assert not Job.objects.filter(name="follow.request").exists()

    def test_posted_a_thousand_times_it_stays_bounded_and_keeps_what_was_typed(self, visitor, topic, monkeypatch):
        from portal.core.accounts.attempt_limits import AttemptLimit
        from portal.core.models import Attempts

        monkeypatch.setattr(subscription_views, "LIMIT_OF_ALL", AttemptLimit(free=12, longest_s=60))
        fields = visitor.fields(visitor.opens()) | {"rhythm": "weekly"}
        visitor.clock.now += 20
        statuses = []
        for number in range(60):
            answer = visitor.posts(fields | {"email": f"a{number}@porto.test"}, address=f"192.0.2.{number % 3}")
            statuses.append(answer.status_code)
        assert (statuses.count(303), statuses.count(429)) == (12, 48)
        assert soup(answer).main.select_one("[name=email]")["value"] == "a59@porto.test"
        assert int(answer["Retry-After"]) <= 60
        assert Job.objects.filter(name="follow.request").count() == 12
        assert "192.0.2" not in str([*Attempts.objects.values(), *Job.objects.values()])

    def test_without_a_mail_server_the_page_says_which_ways_remain(self, visitor, topic, settings):
        settings.EMAIL_HOST = ""
        main = soup(visitor.opens()).main
        assert main.form is None and "geen berichten" in text_of(main)
        assert main.select('[type="application/atom+xml"]')
        assert visitor.posts({"email": "ann@porto.test"}).status_code == 503


class TestReceived:
    def test_it_arrives_in_text_and_html_with_what_is_new(self, visitor, mailbox, follower):
        publish("Nieuw & <vers>", "nieuw")
        assert digests(days=8) == [True]
        message = mailbox()[-1]
        assert (message["To"], message["Subject"]) == ("ann@porto.test", "Schakel: Nieuw & <vers>")
        text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert "- Methodiek: Nieuw & <vers>" in text and "/nl/methodieken/nieuw/" in text and "Oud" not in text
        assert "Nieuw &amp; &lt;vers&gt;" in html and 'lang="nl"' in html
        assert "<img" not in html and "<style" not in html and "<script" not in html and "?" not in html
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["List-Unsubscribe"].endswith(f"{link_in(message)}>")

    def test_it_is_in_the_language_of_the_page_where_it_was_asked_for(self, visitor, mailbox, topic, page, translate):
        from portal.home.models import HomePage

        path = translate(page, "fr", title="Suivre", slug="suivre").get_url()
        translate(HomePage.objects.get(locale__language_code="nl"), "fr", slug="fr")
        subscription = confirmed(visitor, mailbox, path=path)
        assert path == "/fr/suivre/" and subscription.language == "fr"
        assert "confirmez" in mailbox()[0]["Subject"] and link_in(mailbox()[0]).startswith("/fr/_follow/")
        shown = visitor.client.get(link_in(mailbox()[0]))
        assert soup(shown).html["lang"] == "fr" and "Ce que vous recevez" in text_of(soup(shown).main)
        publish("Alleen Nederlands", "alleen")
        digests(days=8)
        html = mailbox()[-1].get_body(("html",)).get_content()
        assert '<html lang="fr">' in html and 'lang="nl"' in html and "nouveau" in html

    def test_nothing_comes_when_nothing_changed_and_nothing_twice(self, visitor, mailbox, follower):
        assert digests(days=8) == [False]
        publish("Nieuw", "nieuw")
        MethodPage.objects.filter(key="nieuw").update(first_published_at=timezone.now() + timedelta(days=9))
        assert digests(days=9) == []
        assert digests(days=16) == [True]
        assert digests(days=16) == digests(days=17) == []
        assert digests(days=25) == [False]
        assert len(mailbox()) == 2

    @pytest.mark.parametrize(("rhythm", "days"), [("weekly", 7), ("monthly", 30)])
    def test_it_comes_every_week_or_month(self, visitor, mailbox, topic, rhythm, days):
        confirmed(visitor, mailbox, rhythm=rhythm)
        publish("Nieuw", "nieuw")
        assert digests(days=days - 1) == []
        assert digests(days=days) == [True]

    def test_it_has_only_the_topics_that_were_chosen(self, visitor, mailbox, topic):
        confirmed(visitor, mailbox, topics="nuisance")
        publish("Ander thema", "ander")
        assert digests(days=8) == [False]
        publish("Zelfde thema", "zelfde", topics=[topic])
        MethodPage.objects.filter(key="zelfde").update(first_published_at=timezone.now() + timedelta(days=9))
        assert digests(days=16) == [True]
        assert mailbox()[-1]["Subject"] == "Schakel: Zelfde thema"

    def test_a_long_list_is_cut_and_says_so(self, visitor, mailbox, follower, monkeypatch):
        monkeypatch.setattr("portal.follow.digest.sending.MOST_NEWS", 2)
        for number in range(4):
            publish(f"Nieuw {number}", f"nieuw-{number}")
        digests(days=8)
        message = mailbox()[-1]
        assert message["Subject"].endswith("en nog 3")
        assert "En nog 2 wijzigingen" in message.get_body(("plain",)).get_content()


class TestLeft:
    def test_one_click_of_a_mail_program_needs_no_cookie_and_no_page(self, client, visitor, mailbox, follower):
        publish("Nieuw", "nieuw")
        digests(days=8)
        FollowPage.objects.get(locale__language_code="nl").unpublish()
        path = link_in(mailbox()[-1])
        answer = client.post(path, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.test"})
        assert answer.status_code == 200 and not answer.cookies
        assert not Subscription.objects.exists()
        again = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert again.status_code == 200
        assert "geen adres meer" in text_of(soup(client.get(path)).main)

    def test_a_visit_alone_changes_nothing(self, visitor, mailbox, follower):
        path = link_in(mailbox()[0])
        for query in ("", "?action=leave", "?List-Unsubscribe=One-Click", "?done=left"):
            assert visitor.client.get(f"{path}{query}").status_code == 200
        assert Subscription.objects.filter(state="active").count() == 1

    def test_leaving_deletes_the_address_and_what_was_not_sent(self, visitor, mailbox, follower):
        path = link_in(mailbox()[0])
        publish("Nieuw", "nieuw")
        digests(days=8)
        answer = visitor.client.post(path, {"action": "leave"})
        assert "Uw adres is verwijderd" in text_of(soup(answer).main)
        assert len(mailbox()) == 1
        assert "ann@porto.test" not in str([*Subscription.objects.values(), *Job.objects.values()])

    def test_choices_are_changed_by_the_link(self, visitor, mailbox, follower):
        path = link_in(mailbox()[0])
        answer = visitor.client.post(path, {"action": "change", "rhythm": "monthly", "topics": ["nuisance"]})
        assert answer.status_code == 303
        shown = soup(visitor.client.get(answer["Location"])).main
        assert "Uw keuzes zijn bewaard" in text_of(shown)
        assert shown.select_one("[value=monthly]").has_attr("checked")
        assert shown.select_one("[value=nuisance]").has_attr("checked")
        wrong = visitor.client.post(path, {"action": "change", "rhythm": "always"})
        assert soup(wrong).main.select_one(".errors") and Subscription.objects.get().rhythm == "monthly"

    @pytest.mark.parametrize("token", ["x", "x:y", "0" * 32, "%00", "a" * 5000, "é", "0" * 32 + ":AAAA"])
    def test_a_link_that_is_not_ours_gets_a_calm_sentence(self, client, site, token):
        for answer in (client.get(f"/nl/_follow/{token}/"), client.post(f"/nl/_follow/{token}/", {"action": "change"})):
            assert answer.status_code in (200, 410) and "Deze link werkt niet meer" in text_of(soup(answer).main)
            assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"

    def test_a_new_subscription_is_not_reached_by_an_old_link(self, visitor, mailbox, follower):
        old = link_in(mailbox()[0])
        visitor.client.post(old, {"action": "leave"})
        confirmed(visitor, mailbox, "piet@porto.test")
        assert "geen adres meer" in text_of(soup(visitor.client.get(old)).main)

    def test_confirming_again_begins_nothing_again(self, visitor, mailbox, follower):
        before = Subscription.objects.get().told_until
        assert visitor.client.post(link_in(mailbox()[0]), {"action": "confirm"}).status_code == 303
        assert Subscription.objects.get().told_until == before


class TestRefused:
    def test_after_three_refusals_in_a_row_it_ends(self, visitor, mailbox, mail_server, follower):
        for number, code in enumerate((550, 250, 550, 550, 550)):
            mail_server.refused = {"ann@": code} if code != 250 else {}
            publish(f"Nieuw {number}", f"nieuw-{number}")
            day = timezone.now() + timedelta(days=8 * number + 7)
            MethodPage.objects.filter(key=f"nieuw-{number}").update(first_published_at=day)
            digests(days=8 * number + 8)
            mailbox()
            assert Subscription.objects.exists() is (number < 4), number

    @pytest.mark.parametrize("code", [450, 550])
    def test_no_address_is_in_the_log_or_the_list_of_work(self, visitor, mailbox, mail_server, caplog, topic, code):
        caplog.set_level(logging.DEBUG)
        mail_server.refused = {"ann@": f"{code} <Ann@porto.test> mailbox"}
        visitor.asks("ann@porto.test")
        mailbox()
        delete_unconfirmed(timezone.now() + timedelta(days=3))
        kept = str([*Job.objects.values("key", "last_error", "progress")]) + caplog.text
        assert str(code) in kept and "ann@porto" not in kept.lower()


class TestStaff:
    def test_who_has_the_right_sees_exports_and_deletes(self, admin_client, follower):
        page = admin_client.get("/admin/subscription/").content.decode()
        assert "ann@porto.test" in page and "/admin/subscription/new/" not in page
        table = b"".join(admin_client.get("/admin/subscription/?export=csv").streaming_content).decode()
        assert "ann@porto.test" in table
        assert admin_client.get("/admin/subscription/new/").status_code == 302
        admin_client.post(f"/admin/subscription/delete/{follower.pk}/")
        assert not Subscription.objects.exists()

    @pytest.mark.parametrize(("group", "allowed"), [("Beheerders", True), ("Nalezers", False), ("Schrijvers", False)])
    def test_only_administrators_see_addresses(self, client, follower, group, allowed):
        from tests.factories import make_member

        client.force_login(make_member(group))
        assert (client.get("/admin/subscription/").status_code == 200) is allowed
