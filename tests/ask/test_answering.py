"""Staff answer in the admin: the answer is mailed, and shown only where both sides agree."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.ask.answers import answer_question
from portal.ask.deletion import delete_old_questions
from portal.ask.models import Question
from portal.core.ask_links import Questions, packed_questions, public_questions
from portal.core.page_cache.invalidation import Change, affected_paths
from portal.core.page_cache.registry import ALL
from portal.starter.groups import ADMINISTRATORS, REVIEWERS, WRITERS
from tests.ask.conftest import answered, make_question
from tests.factories import make_member, make_method, make_project
from tests.home.factories import make_dossier
from tests.markup import links, soup, text_of
from tests.methods.factories import fact, items, sources

pytestmark = pytest.mark.django_db


def answers(about, language):
    return list(public_questions(about, language).answers)


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
        assert not Question.objects.get().is_published and answers("method:pim", "nl") == []

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
        assert [one.question for one in answers("method:pim", "nl")] == ["nl", "fr"]
        assert [one.question for one in answers("method:pim", "fr")] == ["fr", "nl"]
        assert answers("method:other", "nl") == []

    def test_an_answer_in_another_language_says_so(self, client, site):
        method = make_method(key="pim", title="PIM")
        answered(about="method:pim", language="fr")
        assert soup(client.get(method.get_url())).select("#answers [lang=fr] h3")

    def test_showing_changing_and_hiding_one_makes_cached_pages_old(self, site):
        question = answered(about="method:pim")
        assert affected_paths(Change(question)) is ALL and answers("method:pim", "nl")
        question.is_published = False
        assert affected_paths(Change(question)) is ALL
        question.save()
        assert answers("method:pim", "nl") == []
        assert affected_paths(Change(make_question(about="method:pim"))) == frozenset()


class TestAPageWithAnswers:
    """An answer is shown wherever a visitor could ask: under a method, a project and a guide."""

    MADE = {"method": make_method, "project": make_project, "dossier": make_dossier}

    @pytest.mark.parametrize("kind", MADE)
    def test_it_shows_them_and_leads_to_them(self, client, site, kind):
        page = self.MADE[kind](key="pim", title="PIM")
        answered(about=f"{kind}:pim")
        html = soup(client.get(page.get_url()))
        assert "Wat kost het dan?" in text_of(html.find(id="answers"))
        assert links(html.aside)["Vragen en antwoorden"] == "#answers"

    @pytest.mark.parametrize("kind", MADE)
    def test_the_form_offers_to_show_the_answer_there(self, visitor, kind):
        self.MADE[kind](key="pim", title="PIM")
        assert soup(visitor.opens(f"?about={kind}:pim")).select("[name=may_publish]")

    @pytest.mark.parametrize("kind", MADE)
    def test_it_has_no_such_part_without_them(self, client, site, kind):
        page = self.MADE[kind](key="pim", title="PIM")
        answered(about=f"{kind}:other"), make_question(about=f"{kind}:pim")
        html = soup(client.get(page.get_url()))
        assert html.find(id="answers") is None and "Vragen en antwoorden" not in text_of(html)

    def test_the_latest_comes_first(self, site):
        now = timezone.now()
        for days, question in ((3, "oud"), (0, "nieuw"), (1, "gisteren")):
            answered(about="method:pim", published_question=question, answered_at=now - timedelta(days=days))
        assert [one.question for one in answers("method:pim", "nl")] == ["nieuw", "gisteren", "oud"]
        assert answers("method:pim", "nl")[0].answered_on == timezone.localdate(now)

    def test_quotes_backslashes_and_other_scripts_stay_as_they_are(self, site):
        text = """\"Wat\" kost 'het' \\ {"a": 1}? Ελλάδα 🙂\nTweede regel"""
        answered(about="method:pim", published_question=text, answer=text)
        (one,) = answers("method:pim", "nl")
        assert (one.question, one.answer) == (text, text)


class TestARowThatSomebodyAskedAbout:
    """An open question is a mark at its row: a visitor reads that it was asked, and nothing of who asked or what."""

    ASKED = "Gevraagd, nog geen antwoord"

    def row(self, client, page, row="row-money"):
        return text_of(soup(client.get(page.get_url())).find(id=row))

    def test_it_says_that_it_was_asked_and_nothing_more(self, client, site):
        page = make_method(key="pim", title="PIM")
        make_question(about="method:pim", row="evidence_elsewhere", answer="Een ontwerp")
        make_question(about="method:pim", row="what", published_question="Ann vraagt")
        answer = client.get(page.get_url()).content.decode()
        assert self.row(client, page, "row-what").count(self.ASKED) == 1
        assert "gevraagd, nog geen antwoord" in self.row(client, page, "row-evidence-elsewhere")
        for word in ("Wat kost het", "Ann", "porto", "Porto", "Een ontwerp", "Ann vraagt"):
            assert word not in answer

    def test_a_row_that_is_known_says_it_too(self, client, site):
        rows = items("fact", fact("what"))
        page = make_method(key="pim", title="PIM", rows=rows, sources=sources("stad"))
        assert "wacht op antwoord" not in self.row(client, page, "row-what")
        make_question(about="method:pim", row="what")
        assert "Een vraag hierover wacht op antwoord" in self.row(client, page, "row-what")

    def test_a_part_of_a_project_says_it(self, client, site):
        page = make_project(key="emma", title="EMMA", results="<p>Dit kwam ervan.</p>")
        make_question(about="project:emma", row="what_was_done")
        make_question(about="project:emma", row="results")
        assert self.ASKED in self.row(client, page, "what-was-done")
        assert "Een vraag hierover wacht op antwoord" in self.row(client, page, "results")
        assert "Nog niet bekend" in self.row(client, page, "what-still-runs")

    def test_the_row_of_a_project_is_filled_in_at_ask(self, visitor):
        page = make_project(key="emma", title="EMMA")
        section = soup(visitor.client.get(page.get_url())).find(id="what-still-runs")
        assert section.a["href"].endswith("?about=project:emma&row=what_still_runs")
        assert "Wat nog loopt" in text_of(soup(visitor.client.get(section.a["href"])).main)

    @pytest.mark.parametrize(
        "fields",
        [
            {"state": "closed"},
            {"state": "answered", "answered_at": timezone.now(), "answer": "Niets."},
            {"row": ""},
            {"about": "method:other"},
            {"about": "project:pim"},
            {"kind": "correction"},
            {"kind": "visit"},
        ],
    )
    def test_only_an_open_question_about_that_row_counts(self, client, site, fields):
        page = make_method(key="pim", title="PIM")
        make_question(**{"about": "method:pim", "row": "what"} | fields)
        assert self.ASKED not in self.row(client, page, "row-what")

    def test_many_questions_about_one_row_are_one_mark_and_one_line_from_the_database(self, site):
        for _number in range(30):
            make_question(about="method:pim", row="money")
        assert len(packed_questions("method:pim").values_list("packed", flat=True)) == 1
        assert public_questions("method:pim", "nl") == Questions(open_rows=frozenset({"money"}))

    @pytest.mark.parametrize("ends", ["answer", "close", "delete", "too old"])
    def test_the_cached_page_follows_from_the_question_to_its_end(self, client, site, ends, mails):
        page = make_method(key="pim", title="PIM")
        client.get(page.get_url())  # kept in memory
        question = make_question(about="method:pim", row="what")
        assert self.ASKED in self.row(client, page, "row-what")
        if ends == "answer":
            question.answer = "Niets."
            answer_question(question, make_member(REVIEWERS))
        elif ends == "close":
            question.state = "closed"
            question.save()
        elif ends == "delete":
            question.delete()
        else:
            delete_old_questions(timezone.now() + timedelta(days=500))
        assert self.ASKED not in self.row(client, page, "row-what")

    def test_only_the_page_that_has_the_row_is_dropped_from_the_cache(self, site, translate):
        page = make_method(key="pim", title="PIM")
        translate(page, "fr", slug="pim-fr")
        asked = make_question(about="method:pim", row="what")
        assert affected_paths(Change(asked)) == {"/nl/methodieken/pim/", "/fr/methodieken-fr/pim-fr/"}
        assert affected_paths(Change(make_question(about="method:gone", row="what"))) == frozenset()
        assert affected_paths(Change(make_question(about="method:pim", row="what", kind="visit"))) == frozenset()

    def test_a_preview_shows_no_marks(self, site, rf):
        page = make_method(key="pim", title="PIM")
        make_question(about="method:pim", row="what")
        assert self.ASKED not in page.make_preview_request().content.decode()


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
