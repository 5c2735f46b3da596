"""A visitor asks, and the question arrives: stored first, then mailed; whatever is wrong, her text stays."""

import pytest
from django.core.signing import dumps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.ask.forms import AskForm
from portal.ask.models import MOST_CHARACTERS, Question
from portal.core.ask_links import ask_url
from portal.core.page_cache.generation import generation
from tests.factories import make_method, make_project
from tests.home.factories import block, make_plain
from tests.markup import soup, text_of
from tests.organisations.factories import make_contact, make_home_city

pytestmark = pytest.mark.django_db

NOT_SENT = "Uw vraag is nog niet verstuurd"


def problems(response):
    """The sentences of the summary above the form."""
    return text_of(soup(response).main.select_one(".errors") or soup(""))


class TestAsking:
    def test_a_question_is_stored_and_mailed_and_the_visitor_is_thanked(self, visitor, mails):
        answer = visitor.sends(text="Wat kost het in Mechelen?", name="Ann", organisation="Porto")
        assert answer.status_code == 303
        question = Question.objects.get()
        assert (question.text, question.email, question.name) == ("Wat kost het in Mechelen?", "ann@porto.test", "Ann")
        assert (question.language, question.state, question.kind) == ("nl", "new", "question")
        thanks = soup(visitor.client.get(answer["Location"])).main
        assert "Uw vraag is aangekomen" in text_of(thanks) and thanks.form is None
        (mail,) = mails()
        assert mail["to"] == ["preventie@stad.test"] and "Wat kost het in Mechelen?" in mail["body"]
        assert f"/admin/question/edit/{question.pk}/" in mail["body"]

    def test_the_mailbox_of_the_department_does_not_learn_who_asked(self, visitor, mails):
        visitor.sends(name="Ann Peeters", organisation="Gaia", email="ann@porto.test")
        assert not [word for word in ("Ann", "Gaia", "porto") if word in str(mails())]

    @pytest.mark.parametrize("kind", ["visit", "correction", "session"])
    def test_every_kind_of_question_has_its_address(self, visitor, kind):
        visitor.sends(visitor.opens(f"?kind={kind}"), text="Ja?", email="ann@porto.test")
        assert Question.objects.get().kind == kind

    def test_what_it_is_about_is_filled_in(self, visitor, mails):
        make_method(key="pim", title="PIM")
        shown = visitor.client.get(ask_url("nl", "method:pim", "money"))
        about = soup(shown).main.select_one(".asked-about")
        assert text_of(about) == "Over: PIM · geld" and about.a["href"] == "/nl/methodieken/pim/"
        visitor.sends(shown, text="Wat kost het?", email="ann@porto.test")
        question = Question.objects.get()
        assert (question.about, question.row, question.about_label) == ("method:pim", "money", "PIM · geld")
        assert "PIM · geld" in mails()[0]["subject"]

    def test_a_project_can_be_asked_about_as_a_whole(self, visitor):
        make_project(key="orpheus", title="ORPHEUS")
        visitor.sends(visitor.opens("?about=project:orpheus&row=money"), text="Wie?", email="ann@porto.test")
        assert (Question.objects.get().about, Question.objects.get().row) == ("project:orpheus", "")

    @pytest.mark.parametrize(
        "query",
        [
            "?about=method:niet&row=money",
            "?about=method:",
            "?about=page:home",
            "?about=method:pim%00",
            "?about=method:pim%0d%0aBcc:x",
            "?about=" + "x" * 5000,
            "?about=<script>&row=<b>&kind=<i>&sent=<u>",
            "?about=method:p%E2%80%AEim",
            "?row=money&sent=%00",
            "?about=method:pim&about=method:niet",
            "?sent=" + "0" * 32,
        ],
    )
    def test_what_nobody_knows_is_ignored(self, visitor, query):
        make_method(key="pim", title="PIM")
        shown = visitor.opens(query)
        main = soup(shown).main
        assert shown.status_code == 200 and main.form and not main.select(".asked-about")
        assert "<script>" not in str(main) and "<b>" not in str(main)
        assert visitor.sends(shown, text="Wat kost het?", email="a@b.test").status_code == 303

    def test_a_draft_is_not_named(self, visitor):
        make_method(key="pim", title="Nog geheim", publish=False)
        assert "geheim" not in visitor.opens("?about=method:pim").content.decode()

    def test_the_contact_of_the_page_receives_it_if_it_has_an_address(self, visitor, mails):
        contact = make_contact("sociaal-huis", "Sociaal Huis", email="go@huis.test")
        make_method(key="go", title="GO-team", contact=contact)
        shown = visitor.opens("?about=method:go")
        assert "Sociaal Huis" in text_of(soup(shown).main)
        visitor.sends(shown, text="Mogen wij komen kijken?", email="ann@porto.test")
        assert mails()[0]["to"] == ["go@huis.test"] and Question.objects.get().sent_to == "Sociaal Huis"

    def test_a_contact_that_is_no_longer_public_receives_nothing(self, visitor, mails):
        contact = make_contact("weg", "Weg", email="weg@huis.test")
        make_method(key="go", title="GO-team", contact=contact)
        type(contact).objects.update(live=False)
        visitor.sends(visitor.opens("?about=method:go"), text="Wie?", email="ann@porto.test")
        assert mails()[0]["to"] == ["preventie@stad.test"]

    def test_the_address_in_the_thanks_says_later_that_it_was_answered(self, visitor):
        address = visitor.sends()["Location"]
        assert "nog niet beantwoord" in text_of(soup(visitor.client.get(address)).main)
        question = Question.objects.get()
        Question.objects.update(state="answered", answered_at=question.received_at, answer="Niets.")
        shown = text_of(soup(visitor.client.get(address)).main)
        assert "Beantwoord op" in shown and "ann@porto.test" not in shown and "Wat kost het" not in shown


class TestWhatMayBeWrong:
    def test_a_wrong_field_keeps_the_text_and_says_it_twice(self, visitor):
        answer = visitor.sends(text="Een lange vraag\nop twee lijnen", email="ann@porto")
        main = soup(answer).main
        assert main.textarea.get_text().strip() == "Een lange vraag\nop twee lijnen"
        summary = main.select_one(".errors")
        assert summary.has_attr("autofocus") and summary["tabindex"] == "-1"
        field = main.select_one(summary.a["href"])
        assert field["value"] == "ann@porto" and field["aria-invalid"] == "true"
        described = [main.find(id=name) for name in field["aria-describedby"].split()]
        assert "naam@voorbeeld.be" in text_of(described[-1])
        assert main.form.select(".field__error")[0].find_next("input") == field
        assert not Question.objects.exists()

    def test_what_was_mended_can_be_sent_at_once(self, visitor):
        answer = visitor.sends(email="ann@porto")
        assert visitor.sends(answer, after=1, email="ann@porto.test").status_code == 303

    @pytest.mark.parametrize("text", ["", "   \n\t ", "\u202e", "\x00"])
    def test_an_empty_question_is_not_sent(self, visitor, text):
        assert "Schrijf uw vraag" in problems(visitor.sends(text=text))

    def test_a_text_is_never_cut_off(self, visitor):
        text = "é" * (MOST_CHARACTERS + 1)
        answer = visitor.sends(text=text)
        assert "5001 tekens" in problems(answer)
        assert soup(answer).main.textarea.get_text().strip() == text
        assert not soup(answer).main.textarea.has_attr("maxlength")
        assert visitor.sends(answer, text=text[1:]).status_code == 303
        assert Question.objects.get().text == text[1:]

    def test_a_megabyte_of_text_comes_back_whole(self, visitor):
        answer = visitor.sends(text="x" * 1_000_000)
        assert len(soup(answer).main.textarea.get_text().strip()) == 1_000_000
        assert not Question.objects.exists()

    def test_what_is_too_large_to_read_gets_a_sentence_and_a_form(self, visitor):
        for fields in ({"text": "x" * 3_000_000}, {f"field{number}": "x" for number in range(10_001)}):
            answer = visitor.posts(fields)
            assert answer.status_code == 413 and "te lang" in problems(answer) and soup(answer).main.form

    def test_only_the_form_of_a_page_is_read(self, visitor):
        for content_type, content in (("application/json", "{}"), ("multipart/form-data; boundary=x", "--x"), ("", "")):
            answer = visitor.client.post(visitor.path, content, content_type=content_type)
            assert answer.status_code == 400 and "niet volledig" in problems(answer)

    @pytest.mark.parametrize("kind", ["", "x", "question\n", "<b>"])
    def test_a_kind_that_nobody_knows_is_asked_again(self, visitor, kind):
        answer = visitor.sends(kind=kind)
        assert problems(answer).startswith(NOT_SENT) and not Question.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "consent", "needed"),
        [("question", False, True), ("question", True, False), ("visit", True, True), ("correction", False, False)],
    )
    def test_an_address_is_needed_for_an_answer(self, visitor, kind, consent, needed):
        make_method(key="pim", title="PIM")
        values = {"kind": kind, "text": "Ja?"} | ({"may_publish": "on"} if consent else {})
        answer = visitor.sends(visitor.opens("?about=method:pim"), **values)
        assert answer.status_code == (200 if needed else 303)
        assert not needed or "zonder kan niemand u antwoorden" in problems(answer)

    def test_consent_is_only_asked_where_a_page_can_show_the_answer(self, visitor):
        make_home_city()
        make_project(key="orpheus", title="ORPHEUS")
        for query in ("", "?about=organisation:mechelen"):
            assert not soup(visitor.opens(query)).main.select("[name=may_publish]")
        visitor.sends(may_publish="on")
        assert not Question.objects.get().may_publish


class TestHostileTexts:
    def test_markup_stays_text_everywhere(self, visitor, mails, admin_client):
        answer = visitor.sends(text="<script>alert(1)</script>", name="<b>Ann</b>", email="fout")
        assert "<script>alert" not in str(soup(answer).main)
        visitor.sends(answer, email="ann@porto.test")
        shown = admin_client.get(f"/admin/question/edit/{Question.objects.get().pk}/").content.decode()
        assert "<script>alert(1)" not in shown and "&lt;script&gt;alert(1)" in shown
        assert "<b>Ann" not in shown
        assert mails()[0]["alternatives"] == []

    @pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x00", "\u2028", "%0a"])
    def test_nothing_is_added_to_the_head_of_a_message(self, visitor, mails, end):
        hostile = f"Ann{end}Bcc: everybody@porto.test"
        answer = visitor.sends(name=hostile, organisation=hostile)
        assert answer.status_code == 303 and "\n" not in Question.objects.get().name
        assert "Bcc" not in str(mails()[0]["headers"]) + mails()[0]["subject"]
        assert visitor.sends(email=f"ann@porto.test{end}Bcc:x@y.test").status_code == 200

    def test_marks_that_turn_the_text_are_taken_out(self, visitor):
        visitor.sends(text="veilig\u202egnp.exe\u2066 en \u0627\u0644", name="\u202eAnn\u2069")
        question = Question.objects.get()
        assert (question.text, question.name) == ("veiliggnp.exe en \u0627\u0644", "Ann")

    def test_lines_and_letters_of_every_language_stay(self, visitor):
        text = "Één\n\n  – ingesprongen\nΕλληνικά, עברית, 中文 👩‍👩‍👧"
        visitor.sends(text=text.replace("\n", "\r\n"))
        assert Question.objects.get().text == text

    @given(text=st.text(max_size=60), name=st.text(max_size=60), email=st.text(max_size=60))
    @settings(
        max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_whatever_is_typed_is_kept_clean_or_refused_with_a_sentence(self, text, name, email):
        form = AskForm({"kind": "question", "text": text, "name": name, "email": email}, can_be_published=False)
        if form.is_valid():
            kept = form.cleaned_data
            assert "\n" not in kept["name"] and "\x00" not in kept["text"] + kept["name"] + kept["email"]
        else:
            assert all(str(sentence) for errors in form.errors.values() for sentence in errors)


class TestTheFormCountsOnce:
    def test_a_form_that_is_sent_twice_is_one_question(self, visitor, mails):
        fields = visitor.fields(visitor.opens()) | {"text": "Wat?", "email": "ann@porto.test"}
        visitor.clock.now += 20
        first, second = visitor.posts(fields), visitor.posts(fields)
        assert first["Location"] == second["Location"] and second.status_code == 303
        assert Question.objects.count() == len(mails()) == 1

    def test_another_text_in_a_form_that_was_sent_is_not_lost(self, visitor):
        fields = visitor.fields(visitor.opens()) | {"text": "Wat?", "email": "ann@porto.test"}
        visitor.clock.now += 20
        visitor.posts(fields)
        answer = visitor.posts(fields | {"text": "En hoe?"})
        assert "al een andere vraag" in problems(answer)
        assert visitor.sends(answer).status_code == 303
        assert sorted(Question.objects.values_list("text", flat=True)) == ["En hoe?", "Wat?"]

    @pytest.mark.parametrize(
        ("after", "sentence"), [(1, "binnen enkele seconden"), (24 * 3600 + 1, "langer dan een dag")]
    )
    def test_too_soon_and_too_late_say_so_and_can_be_sent_again(self, visitor, after, sentence):
        answer = visitor.sends(after=after, text="Blijft staan")
        assert sentence in problems(answer) and not Question.objects.exists()
        assert visitor.sends(answer, after=5).status_code == 303
        assert Question.objects.get().text == "Blijft staan"

    @pytest.mark.parametrize("token", ["", "x", "x:y", "\x00", "a" * 100_000, "WyJhIiwgMV0:AAAA"])
    def test_a_token_that_is_not_ours_is_refused(self, visitor, token):
        answer = visitor.sends(token=token)
        assert "niet volledig" in problems(answer) and not Question.objects.exists()
        assert visitor.sends(answer).status_code == 303

    def test_a_token_of_another_form_is_not_ours(self, visitor):
        assert "niet volledig" in problems(visitor.sends(token=dumps(["0" * 32, 1_800_000_000])))

    @pytest.mark.parametrize(
        "origin", ["https://elsewhere.test", "null", "http://testserver.elsewhere.test", "https://testserver"]
    )
    def test_a_form_on_another_website_is_refused(self, visitor, origin):
        answer = visitor.sends(origin=origin)
        assert answer.status_code == 403 and "een andere website" in problems(answer)
        assert not Question.objects.exists()
        assert visitor.sends(answer).status_code == 303

    def test_behind_a_proxy_the_public_address_is_ours(self, visitor, settings):
        settings.CSRF_TRUSTED_ORIGINS = ["https://schakel.test"]
        assert visitor.sends(origin="https://schakel.test").status_code == 303

    def test_a_program_that_fills_in_every_field_is_stopped_and_a_person_is_not(self, visitor):
        answer = visitor.sends(website="https://spam.test", text="Echt")
        assert "dat mensen niet zien" in problems(answer)
        assert not Question.objects.exists()
        assert visitor.sends(answer).status_code == 303

    def test_people_do_not_meet_the_trap(self, visitor):
        trap = soup(visitor.opens()).main.select_one("[name=website]")
        assert trap["tabindex"] == "-1" and trap["autocomplete"] == "off"
        assert trap.find_parent(attrs={"aria-hidden": "true"})


class TestManyQuestions:
    def test_after_ten_in_a_row_a_network_waits_and_keeps_its_text(self, visitor):
        for number in range(10):
            assert visitor.sends(text=f"Vraag {number}").status_code == 303
        answers = [visitor.sends(text=f"Nog {number}") for number in range(5)]
        assert {answer.status_code for answer in answers} == {429}
        assert int(answers[0]["Retry-After"]) <= 60 and "over 1 minuut opnieuw" in problems(answers[0])
        assert soup(answers[0]).main.textarea.get_text().strip() == "Nog 0"
        assert Question.objects.count() == 10
        assert visitor.sends(answers[0], address="192.0.2.2").status_code == 303

    def test_many_networks_together_fill_neither_table_nor_mailbox(self, visitor, monkeypatch):
        from portal.ask import views
        from portal.core.accounts.attempt_limits import AttemptLimit

        monkeypatch.setattr(views, "LIMIT_OF_ALL", AttemptLimit(free=3, longest_s=60))
        statuses = [visitor.sends(address=f"192.0.2.{number}").status_code for number in range(5)]
        assert statuses == [303, 303, 303, 429, 429]

    def test_what_was_wrong_does_not_count(self, visitor):
        for _number in range(12):
            visitor.sends(email="fout")
        assert visitor.sends().status_code == 303

    def test_no_address_is_stored(self, visitor):
        from portal.core.models import Attempts

        visitor.sends(address="203.0.113.77")
        assert "203.0.113" not in str([*Attempts.objects.values(), *Question.objects.values()])


class TestNobodyReceives:
    @pytest.fixture
    def nobody(self, page, client, clock):
        from tests.ask.conftest import Visitor

        return Visitor(client, page.get_url(), clock)

    def test_the_page_says_how_to_reach_the_city_instead(self, nobody, site):
        make_contact("preventie", "Dienst preventie", url="https://www.mechelen.be")
        main = soup(nobody.opens()).main
        assert main.form is None
        assert main.select_one("a[href='https://www.mechelen.be']").get_text() == "Dienst preventie"

    def test_the_contact_of_the_page_comes_first(self, nobody):
        make_contact("aa", "Aaa", url="https://aaa.test")
        contact = make_contact("zz", "Zzz", url="https://zzz.test")
        make_method(key="pim", title="PIM", contact=contact)
        main = soup(nobody.opens("?about=method:pim&row=money")).main
        assert [link["href"] for link in main.select("li a")] == ["https://zzz.test"]
        assert "PIM · geld" in text_of(main)

    def test_it_never_leads_in_a_circle(self, nobody, settings):
        settings.WAGTAILADMIN_BASE_URL = "https://schakel.test"
        contact = make_contact("hier", "Hier", url="https://schakel.test/nl/vraag/")
        make_method(key="pim", title="PIM", contact=contact)
        main = soup(nobody.opens("?about=method:pim")).main
        assert "Op deze pagina krijgt nog niemand vragen" in text_of(main)
        assert [link["href"] for link in main.select("a")] == ["/nl/methodieken/pim/"]

    def test_post_and_telephone_are_said(self, nobody):
        from portal.core.models import SiteWords

        words = SiteWords.objects.get()
        words.postal_address, words.phone = "Grote Markt 21, Mechelen", "+32 15 00 00 00"
        words.save()
        assert "Grote Markt 21" in text_of(soup(nobody.opens()).main)
        assert "+32 15 00 00 00" in text_of(soup(nobody.opens()).main)

    def test_a_form_that_was_open_meanwhile_gives_the_text_back(self, visitor, city):
        shown = visitor.opens()
        city.email = ""
        city.save()
        answer = visitor.sends(shown, text="Mijn tekst", email="ann@porto.test")
        assert answer.status_code == 503 and soup(answer).main.textarea.get_text().strip() == "Mijn tekst"
        assert not Question.objects.exists()


class TestThePage:
    def test_no_cookie_and_no_cache_keeps_it(self, visitor):
        for response in (visitor.opens(), visitor.sends(), visitor.sends(email="fout")):
            assert not response.cookies
            assert {"private", "no-cache"} <= set(response["Cache-Control"].replace(" ", "").split(","))

    def test_the_page_cache_never_gives_out_an_old_token(self, visitor, settings):
        settings.PAGE_CACHE_ENABLED = True
        tokens = {visitor.fields(visitor.opens())["token"] for _visit in range(3)}
        assert len(tokens) == 3

    def test_a_question_makes_no_cached_page_old(self, visitor):
        before = generation()
        visitor.sends()
        assert generation() == before

    def test_search_engines_read_the_page_and_not_its_variants(self, visitor):
        make_method(key="pim", title="PIM")
        assert "X-Robots-Tag" not in visitor.opens()
        for response in (visitor.opens("?about=method:pim"), visitor.sends(email="fout")):
            assert response["X-Robots-Tag"] == "noindex"
            assert soup(response).select_one("[rel=canonical]")["href"].endswith("/nl/vraag/")

    def test_it_stays_within_its_budget(self, site, city, cost_of):
        make_method(key="pim", title="PIM", contact=make_contact("a", "A", url="https://a.test"))
        make_plain(block(1, "text", "<p>Privacy.</p>"), key="privacy", title="Privacy")
        cost_of("/nl/vraag/?about=method:pim&row=money")

    def test_no_other_page_takes_a_form(self, client, site):
        make_method(key="pim", title="PIM")
        for path in ("/nl/", "/nl/methodieken/", "/nl/methodieken/pim/"):
            assert client.post(path, {"text": "x"}).status_code == 405
            assert client.put(path).status_code == 405

    def test_it_asks_and_thanks_in_the_language_of_the_page(self, visitor, page, translate, mails):
        method = make_method(key="pim", title="PIM")
        translate(method, "fr", title="PIM fr")
        path = translate(page, "fr", slug="demander").get_url()
        assert path == "/fr/demander/" and ask_url("fr", "method:pim", "money").startswith(path)
        shown = visitor.client.get(ask_url("fr", "method:pim", "money"))
        assert "PIM fr · argent" in text_of(soup(shown).main)
        wrong = visitor.sends(shown, path=path, text="Combien ?", email="x")
        assert "nom@exemple.be" in problems(wrong)
        answer = visitor.sends(wrong, path=path, email="ann@porto.test")
        assert answer["Location"].startswith("/fr/demander/?sent=")
        assert "Votre question est bien arrivée" in text_of(soup(visitor.client.get(answer["Location"])).main)
        assert Question.objects.get().language == "fr"
        assert "een vraag over" in mails()[0]["subject"]  # the department reads Dutch

    def test_without_a_page_there_is_no_address(self, page, site):
        page.unpublish()
        assert ask_url("nl", "method:pim", "money") == ""
