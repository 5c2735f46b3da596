"""The list of changes: what was published for the first time, and what staff wrote of a publication."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from portal.home.models import ChangesPage, HomePage, TranslatedNote
from portal.home.news import all_news, latest_news
from portal.methods.models import MethodPage
from portal.starter.groups import WRITERS, ensure_translators, translator_group_name
from portal.webinars.models import Recording
from tests.factories import make_member, make_method, make_project
from tests.home.factories import make_dossier, make_plain
from tests.markup import links, soup, text_of
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db

PATH = "/nl/wijzigingen/"


def read(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return soup(response).main


def lines(html):
    return [text_of(line) for line in html.select(".changes li")]


def publish(page, note):
    page = MethodPage.objects.get(pk=page.pk)
    page.change_note = note
    page.save_revision().publish()


def on(model, key, days_ago):
    """Give something another day of its first publication."""
    noon = timezone.localtime().replace(hour=12)
    model.objects.filter(key=key).update(first_published_at=noon - timedelta(days=days_ago))


def test_what_is_new_stands_under_its_day_with_what_it_is(client, site):
    make_method(title="Buurtwerk", key="buurtwerk")
    make_project(title="ORPHEUS", key="orpheus")
    on(MethodPage, "buurtwerk", 40)
    html = read(client)
    assert [text_of(line).split(" · ")[0] for line in html.select(".changes li")] == [
        "Project ORPHEUS",
        "Methodiek Buurtwerk",
    ]
    days = [time["datetime"] for time in html.select("h2 time")]
    assert days == [f"{timezone.localdate() - timedelta(days=ago)}" for ago in (0, 40)]
    assert all(line.endswith(_("new on this portal")) for line in lines(html))
    assert links(html)["ORPHEUS"] == "/nl/projecten/orpheus/"


def test_a_note_is_listed_once_on_the_day_of_the_first_publication_with_it(client, site):
    method = make_method(title="Buurtwerk", key="buurtwerk")
    on(MethodPage, "buurtwerk", 40)
    publish(method, "Kosten van 2026 toegevoegd.")
    publish(method, "Kosten van 2026 toegevoegd.")  # the note stays in the form until somebody writes another
    publish(method, "")
    publish(method, "Partners nagekeken.")
    found = [(change.note, change.day == timezone.localdate()) for change in all_news("nl")]
    assert found == [("Partners nagekeken.", True), ("Kosten van 2026 toegevoegd.", True), ("", False)]


def test_a_note_of_a_draft_is_no_change(client, site):
    method = make_method(title="Buurtwerk", key="buurtwerk")
    method.change_note = "Nog niet klaar."
    method.save_revision()
    assert [change.note for change in all_news("nl")] == [""]


def test_what_is_not_public_is_not_in_it(client, site):
    make_method(title="Ontwerp", key="ontwerp", publish=False)
    make_method(title="Weg", key="weg").unpublish()
    make_recording("hidden", title_nl="Verborgen", live=False, first_published_at=timezone.now())
    make_recording("example", title_nl="Voorbeeld", is_example=True, first_published_at=timezone.now())
    make_recording("lost", title_nl="Kwijt", state="not_found", first_published_at=timezone.now())
    assert all_news("nl") == []
    assert _("Nothing has been published yet") in text_of(read(client))


def test_a_plain_page_is_in_it_only_with_a_note(client, site):
    page = make_plain(title="Over", key="over")
    assert all_news("nl") == []
    page.change_note = "De vijf pijlers bijgewerkt."
    page.save_revision().publish()
    assert [(change.title, change.note) for change in all_news("nl")] == [("Over", "De vijf pijlers bijgewerkt.")]


def test_the_french_list_has_french_titles_and_says_that_a_note_is_dutch(client, site, translate):
    path = translate(ChangesPage.objects.get(), "fr", title="Changements", slug="changements").url
    method = make_method(title="Buurtwerk", key="buurtwerk")
    translate(method, "fr", title="Travail de quartier", slug="travail")
    publish(method, "Partners nagekeken.")
    make_project(title="Alleen Nederlands", key="nl")
    html = read(client, path)
    assert links(html)["Travail de quartier"] == "/fr/methodieken-fr/travail/"
    assert text_of(html.select_one("span[lang=nl]")) == "Partners nagekeken."
    assert text_of(html.select_one("a[lang=nl]")) == "Alleen Nederlands"


def test_a_long_list_has_pages(client, site):
    for number in range(25):
        make_method(title=f"Methodiek {number}", key=f"m-{number}")
    first, second = read(client), read(client, f"{PATH}?page=2")
    assert (len(lines(first)), len(lines(second))) == (20, 5)
    assert "?page=2" in links(first).values()
    assert not set(lines(first)) & set(lines(second))


def test_the_start_page_and_the_footer_lead_to_it(client, site):
    make_method(title="Buurtwerk")
    html = soup(client.get("/nl/"))
    assert links(html.main)[_("All changes")] == PATH
    assert PATH in links(html.select_one("footer")).values()


def test_the_start_page_has_what_one_day_brought_of_one_kind_in_one_line(client, site):
    for number in range(3):
        make_method(title=f"Methodiek {number}", key=f"m-{number}")
    guide = make_dossier(title="Pesten", key="pesten")
    make_recording("rondleiding", title_nl="Rondleiding", first_published_at=timezone.now())
    on(Recording, "rondleiding", 3)
    words = ngettext("%(number)d method published", "%(number)d methods published", 3) % {"number": 3}
    news = latest_news("nl", 4)
    assert {(line.summary or line.item.title, line.url) for line in news} == {
        (words, "/nl/methodieken/"),
        ("Pesten", guide.url),
        ("Rondleiding", "/nl/webinars/rondleiding/"),
    }
    assert news[-1].item.title == "Rondleiding"


@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_line_is_in_the_language_of_the_page(client, site, translate, language):
    from portal.methods.models import MethodIndexPage

    translate(HomePage.objects.get(), language, slug=language)
    translate(MethodIndexPage.objects.get(), language)
    for number in range(3):
        make_method(title=f"Methodiek {number}", key=f"m-{number}")
    with override(language):
        words = ngettext("%(number)d method published", "%(number)d methods published", 3) % {"number": 3}
    assert words in text_of(soup(client.get(f"/{language}/")).main)


def test_the_page_costs_the_same_however_much_changed(site, cost_of):
    make_method(title="Methodiek", key="m")
    few = cost_of(PATH)
    for number in range(9):
        publish(make_method(title=f"Methodiek {number}", key=f"m-{number}"), "Nagekeken.")
    assert cost_of(PATH) == few


class TestANoteInOtherLanguages:
    """Staff write what changed in Dutch; another language has their translation, or says that it has none."""

    LIST = "/admin/reports/changes/"

    @pytest.fixture
    def noted(self, site, translate):
        method = make_method(title="Buurtwerk", key="buurtwerk")
        translate(method, "fr", title="Travail de quartier", slug="travail")
        on(MethodPage, "buurtwerk", 40)
        publish(method, "Partners & prijzen nagekeken.")
        return method

    def form_of(self, client):
        (address,) = [url for url in links(soup(client.get(self.LIST)).find("main")).values() if url[-2:-1].isdigit()]
        return address

    def line(self, language):
        return next(change for change in all_news(language) if change.note)

    def test_without_a_translation_it_is_dutch_and_says_so(self, client, noted, translate):
        path = translate(ChangesPage.objects.get(), "fr", slug="changements").url
        (line,) = [line for line in read(client, path).select(".changes li") if line.select("[lang=nl]")]
        assert text_of(line).endswith("Partners & prijzen nagekeken. (pas encore traduit)")

    def test_staff_translate_it_and_visitors_read_that(self, admin_client, client, noted, translate):
        path = translate(ChangesPage.objects.get(), "fr", slug="changements").url
        values = {"text_fr": " Partenaires  vérifiés. ", "text_en": "", "text_de": "Geprüft.", "by_machine_de": "on"}
        assert admin_client.post(self.form_of(admin_client), values).url == self.LIST
        html = read(client, path)
        assert "Partenaires vérifiés." in html.text and "pas encore traduit" not in html.text
        assert not html.select(".changes [lang=nl]")
        found = {code: self.line(code) for code in ("nl", "fr", "en", "de")}
        assert {code: (one.note_language, one.note_by_machine) for code, one in found.items()} == {
            "nl": ("nl", False),
            "fr": ("fr", False),
            "en": ("nl", False),
            "de": ("de", True),
        }

    def test_a_translation_by_machine_says_so(self, client, noted, translate):
        path = translate(ChangesPage.objects.get(), "fr", slug="changements").url
        TranslatedNote.objects.create(
            page_key=noted.translation_key,
            note="Partners & prijzen nagekeken.",
            language="fr",
            text="X",
            by_machine=True,
        )
        assert "X (traduction automatique)" in text_of(read(client, path))

    def test_an_empty_translation_takes_it_away(self, admin_client, noted):
        form = self.form_of(admin_client)
        for text in ("Vérifié.", ""):
            admin_client.post(form, {"text_fr": text})
        assert self.line("fr").note_language == "nl" and not TranslatedNote.objects.exists()

    def test_the_next_note_of_the_page_waits_for_its_own_translation(self, admin_client, noted):
        admin_client.post(self.form_of(admin_client), {"text_fr": "Vérifié."})
        publish(noted, "Kosten toegevoegd.")
        assert [change.note for change in all_news("fr") if change.note] == ["Kosten toegevoegd.", "Vérifié."]

    def test_a_note_that_is_too_long_stays_in_the_form(self, admin_client, noted):
        answer = admin_client.post(self.form_of(admin_client), {"text_fr": "x" * 301})
        assert answer.status_code == 200 and "x" * 301 in answer.content.decode()
        assert not TranslatedNote.objects.exists()

    def test_the_report_names_the_languages_that_wait(self, admin_client, noted):
        admin_client.post(self.form_of(admin_client), {"text_fr": "Vérifié.", "by_machine_fr": "on"})
        cells = [text_of(cell) for cell in soup(admin_client.get(self.LIST)).select("tbody td")]
        assert cells[0] == "Partners & prijzen nagekeken." and cells[3:] == ["Engels, Duits", "Frans"]

    def test_a_translator_writes_only_her_own_language_and_a_writer_none(self, client, admin_client, noted):
        form = self.form_of(admin_client)
        ensure_translators("fr")
        client.force_login(make_member(translator_group_name("fr")))
        fields = [field["name"] for field in soup(client.get(form)).select("input[name^=text_]")]
        assert fields == ["text_fr"]
        client.post(form, {"text_fr": "Vérifié.", "text_de": "Geprüft."})
        assert [note.language for note in TranslatedNote.objects.all()] == ["fr"]
        client.force_login(make_member(WRITERS))
        assert client.post(form, {"text_fr": "Autre."}).status_code in (302, 403)
        assert TranslatedNote.objects.get().text == "Vérifié."
