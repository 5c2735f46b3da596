"""Staff answer in the admin: the answer is mailed, and shown only where both sides agree."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from portal.ask.models import Question
from portal.core.ask_links import published_answers
from portal.core.page_cache.invalidation import Change, affected_paths
from portal.core.page_cache.registry import ALL
from portal.starter.groups import ADMINISTRATORS, REVIEWERS, WRITERS
from tests.ask.conftest import answered, make_question
from tests.factories import make_member, make_method
from tests.markup import links, soup, text_of

pytestmark = pytest.mark.django_db

LIST, REPORT = "/admin/question/", "/admin/reports/asked-about/"


def form_of(question):
    return f"/admin/question/edit/{question.pk}/"


@pytest.fixture
def staff(client, site):
    client.force_login(make_member(REVIEWERS))
    return client


class TestAnswering:
    def test_the_answer_is_mailed_in_the_language_of_the_question(self, staff, mails, city):
        question = make_question(language="fr", text="Combien ?\nEt qui ?")
        staff.post(form_of(question), {"answer": "Rien.", "action-answer": "answer"})
        (mail,) = mails()
        assert mail["to"] == ["ann@porto.test"] and mail["reply_to"] == ["preventie@stad.test"]
        assert mail["subject"] == "Schakel : la réponse à votre question"
        assert "Rien." in mail["body"] and "> Combien ?\n> Et qui ?" in mail["body"]
        question.refresh_from_db()
        assert question.state == "answered" and question.answered_at and question.answered_by.username == "nalezers"

    def test_an_answer_is_sent_once(self, staff, mails):
        question = make_question()
        for _click in range(2):
            answer = staff.post(form_of(question), {"answer": "Niets.", "action-answer": "answer"}, follow=True)
        assert len(mails()) == 1 and "Een collega heeft deze vraag al beantwoord" in answer.content.decode()

    def test_nothing_is_sent_without_an_answer(self, staff, mails):
        question = make_question()
        answer = staff.post(form_of(question), {"answer": " \n", "action-answer": "answer"})
        assert "Schrijf eerst het antwoord" in answer.content.decode() and mails() == []
        assert Question.objects.get().state == "new"

    def test_a_draft_of_an_answer_is_kept_and_not_sent(self, staff, mails):
        question = make_question()
        staff.post(form_of(question), {"answer": "Misschien", "action-edit": "edit"})
        question.refresh_from_db()
        assert (question.answer, question.state, mails()) == ("Misschien", "new", [])

    def test_what_needs_no_answer_is_closed(self, staff, mails):
        question = make_question()
        staff.post(form_of(question), {"answer": "", "action-close": "close"})
        assert Question.objects.get().state == "closed" and mails() == []

    def test_without_an_address_the_answer_is_only_stored(self, staff, mails):
        question = make_question(email="")
        answer = staff.post(form_of(question), {"answer": "Niets.", "action-answer": "answer"}, follow=True)
        assert "niet gemaild" in answer.content.decode() and mails() == []

    def test_without_a_mail_server_staff_are_told_to_send_it(self, staff, settings):
        settings.EMAIL_HOST = ""
        question = make_question()
        assert "Er is geen mailserver" in staff.get(form_of(question)).content.decode()
        answer = staff.post(form_of(question), {"answer": "Niets.", "action-answer": "answer"}, follow=True)
        assert "stuur het zelf naar ann@porto.test" in answer.content.decode()

    def test_what_the_visitor_wrote_cannot_be_changed(self, staff):
        question = make_question()
        staff.post(form_of(question), {"answer": "x", "text": "anders", "email": "x@y.test", "may_publish": "on"})
        question.refresh_from_db()
        assert (question.text, question.email, question.may_publish) == ("Wat kost het?", "ann@porto.test", False)

    def test_the_log_of_what_staff_did_has_no_words_of_the_visitor(self, staff):
        question = make_question()
        for action in ("edit", "answer"):
            staff.post(form_of(question), {"answer": "Misschien", f"action-{action}": action})
        entries = ModelLogEntry.objects.filter(content_type__model="question")
        assert sorted(entries.values_list("action", flat=True)) == ["ask.answer", "wagtail.edit"]
        assert not [word for word in ("Wat kost", "Ann", "porto") if word in str(list(entries.values()))]


class TestConsent:
    def test_an_answer_is_shown_when_both_agree_and_says_nothing_of_who_asked(self, staff, mails, client):
        method = make_method(key="pim", title="PIM")
        question = make_question(about="method:pim", may_publish=True)
        values = {"answer": "Niets & <b>niemand</b>.", "is_published": "on", "published_question": "Wat kost PIM?"}
        staff.post(form_of(question), values | {"action-answer": "answer"})
        client.logout()
        shown = soup(client.get(method.get_url())).find(id="answers")
        assert "Wat kost PIM?" in text_of(shown) and "Niets & <b>niemand</b>." in text_of(shown)
        assert not [word for word in ("Ann", "porto", "Porto", "Wat kost het") if word in str(shown)]

    def test_without_consent_staff_are_not_even_offered_to_show_it(self, staff, mails):
        make_method(key="pim", title="PIM")
        question = make_question(about="method:pim")
        assert not soup(staff.get(form_of(question))).select("[name=is_published]")
        values = {"answer": "Niets.", "is_published": "on", "published_question": "Wat?", "action-answer": "answer"}
        staff.post(form_of(question), values)
        assert not Question.objects.get().is_published and published_answers("method:pim", "nl") == []

    def test_no_way_leads_around_the_consent(self, site):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_question(about="method:pim", is_published=True)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"published_question": ""}, "Schrijf wat bezoekers boven het antwoord lezen"),
            ({"action-answer": ""}, "Beantwoord eerst de vraag"),
        ],
    )
    def test_half_an_answer_is_not_shown(self, staff, mails, values, sentence):
        question = make_question(about="method:pim", may_publish=True)
        complete = {"answer": "Niets.", "is_published": "on", "published_question": "Wat?", "action-answer": "answer"}
        assert sentence in staff.post(form_of(question), complete | values).content.decode()
        assert not Question.objects.get().is_published

    def test_the_answers_in_the_language_of_the_visitor_come_first(self, site):
        for language in ("nl", "fr"):
            answered(about="method:pim", language=language, published_question=language)
        assert [one.question for one in published_answers("method:pim", "nl")] == ["nl", "fr"]
        assert [one.question for one in published_answers("method:pim", "fr")] == ["fr", "nl"]
        assert published_answers("method:other", "nl") == []

    def test_an_answer_in_another_language_says_so(self, client, site):
        method = make_method(key="pim", title="PIM")
        answered(about="method:pim", language="fr")
        assert soup(client.get(method.get_url())).select("#answers [lang=fr] h3")

    def test_showing_changing_and_hiding_one_makes_cached_pages_old(self, site):
        question = answered(about="method:pim")
        assert affected_paths(Change(question)) is ALL and published_answers("method:pim", "nl")
        question.is_published = False
        assert affected_paths(Change(question)) is ALL
        question.save()
        assert published_answers("method:pim", "nl") == []
        assert affected_paths(Change(make_question(about="method:pim"))) == frozenset()


class TestTheList:
    def test_it_begins_with_what_waits_and_filters_by_state(self, staff):
        make_question(about_label="Wacht")
        answered(about_label="Klaar")
        assert "Wacht" in staff.get(LIST).content.decode() and "Klaar" not in staff.get(LIST).content.decode()
        listed = staff.get(f"{LIST}?state=answered").content.decode()
        assert "Klaar" in listed and ">Wacht<" not in listed

    def test_the_first_screen_says_how_many_wait(self, staff):
        assert "wachten op antwoord" not in staff.get("/admin/").content.decode()
        make_question(), make_question()
        assert links(soup(staff.get("/admin/")))["2 vragen wachten op antwoord"] == LIST

    def test_nobody_adds_a_question(self, admin_client, site):
        assert admin_client.get("/admin/question/new/").status_code in (302, 403, 404)
        assert not [address for address in links(soup(admin_client.get(LIST))).values() if address.endswith("/new/")]

    @pytest.mark.parametrize(
        ("group", "may_answer", "may_delete"),
        [(WRITERS, False, False), (REVIEWERS, True, False), (ADMINISTRATORS, True, True), (None, False, False)],
    )
    def test_who_may_do_what(self, client, site, group, may_answer, may_delete):
        question = make_question()
        user = make_member(*([group] if group else []))
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        for address in (LIST, form_of(question), REPORT):
            assert (client.get(address).status_code == 200) is may_answer, address
        answer = client.post(form_of(question), {"answer": "x", "action-edit": "edit"})
        assert (Question.objects.get().answer == "x") is may_answer and answer.status_code == 302
        client.post(f"/admin/question/delete/{question.pk}/")
        assert Question.objects.exists() is not may_delete
        assert ("Waar bezoekers naar vragen" in client.get("/admin/").content.decode()) is may_answer


class TestTheReport:
    def test_it_says_what_is_asked_for_most(self, staff):
        for row in ("money", "money", "people", ""):
            make_question(about="method:pim", row=row, about_label="PIM · oud woord" if row else "PIM")
        make_question()
        rows = [text_of(row) for row in soup(staff.get(REPORT)).select("tbody tr")]
        assert len(rows) == 3 and "geld" in rows[0] and " 2 " in rows[0]

    def test_it_is_a_table_to_take_along(self, staff):
        make_question(about="method:pim", row="money", about_label="PIM · geld")
        response = staff.get(f"{REPORT}?export=csv")
        text = b"".join(response.streaming_content if response.streaming else [response.content]).decode()
        assert "method:pim" in text and "money" in text


class TestAnOlderPortal:
    def test_its_groups_get_the_permissions_of_a_new_one(self, site):
        wanted = {group: permissions_of(group) for group in (WRITERS, REVIEWERS, ADMINISTRATORS)}
        assert [len(names) for names in wanted.values()] == [0, 2, 3]
        Permission.objects.filter(content_type__app_label="ask", content_type__model="question").delete()
        for _time in range(2):
            import_module("portal.ask.migrations.0002_who_answers_questions").give_permissions(apps, None)
        assert {group: permissions_of(group) for group in wanted} == wanted


def permissions_of(group):
    permissions = Permission.objects.filter(group__name=group, content_type__model="question")
    return sorted(permissions.values_list("codename", flat=True))
