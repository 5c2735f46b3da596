"""The guides to problems of the starter content: what they must say, and that their former addresses lead on."""

from urllib.parse import urlsplit

import pytest
import yaml

from portal.core.models import Address
from portal.home.models import DossierPage, HomePage
from portal.methods.models import MethodPage
from portal.starter.content_check import NEVER_LINKED
from portal.starter.loading import former_addresses, structure
from portal.starter.loading.content_files import CONTENT, LANGUAGES, read_items, read_list, read_site
from portal.starter.loading.loader import load_structure
from portal.starter.loading.pages import ensure_pages, fill_page
from tests.factories import make_method
from tests.home.factories import make_dossier

GUIDES = read_items("dossiers", "dossier")
# Topics of the thesaurus that are violence, exploitation or addiction, or begin with them.
SENSITIVE = {
    *("intra-family-violence", "partner-violence", "honour-related-violence", "teenage-pimps", "violent-extremism"),
    *("addiction", "dual-diagnosis", "drug-related-nuisance"),
}


def topics_of(guide):
    sections = (guide.facts.get("sections") or {}).values()
    named = [reference for section in sections for reference in section.get("items") or []]
    return {*guide.facts["topics"], *(name.removeprefix("topic:") for name in named if name.startswith("topic:"))}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.key)
def test_a_guide_on_violence_exploitation_or_addiction_is_marked_as_one_for_professionals(guide):
    assert bool(guide.facts.get("for_professionals")) is bool(topics_of(guide) & SENSITIVE)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.key)
def test_a_helpline_has_a_source_and_is_there_in_every_language(guide):
    sources = {source["id"] for source in guide.facts["sources"]}
    for line in (guide.facts.get("help_lines") or {}).values():
        assert line["source"] in sources
    lines = {code: [line["id"] for line in guide.texts[code].get("help_lines") or []] for code in LANGUAGES}
    assert set(map(tuple, lines.values())) == {tuple(guide.facts.get("help_lines") or {})}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.key)
def test_no_source_is_a_copy_site_or_that_of_a_party(guide):
    hosts = {
        (urlsplit(source.get("url") or "").hostname or "").removeprefix("www.") for source in guide.facts["sources"]
    }
    assert not hosts & NEVER_LINKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_and_lead_of_a_guide_fit_a_door(language):
    for guide in GUIDES:
        text = guide.texts[language]
        assert len(text["title"]) <= 45 and len(text["lead"]) <= 160, guide.key


def test_the_start_page_begins_with_eight_problems_and_three_methods_that_exist():
    chosen = read_site()["start_page"]
    assert (len(chosen["problems"]), len(chosen["flagships"])) == (8, 3)
    assert set(chosen["problems"]) <= {guide.key for guide in GUIDES}
    public = {item.key for item in read_items("methods", "method") if item.facts.get("live", True)}
    assert set(chosen["flagships"]) <= public


def test_the_word_for_problems_is_in_the_language_of_the_address():
    words = {code: read_site()["dossiers"][code]["slug"] for code in LANGUAGES}
    assert words == {"nl": "problemen", "fr": "problemes", "en": "problems", "de": "probleme"}


@pytest.mark.django_db
def test_the_addresses_of_earlier_versions_lead_on(client, site):
    (guide,) = (item for item in GUIDES if item.key == "handhaving-in-dialoog")
    ensure_pages([guide])
    page = DossierPage.objects.get(key=guide.key)
    page.save_revision().publish()
    former_addresses.remember()
    former_addresses.remember()
    assert client.get("/nl/dossiers/handhaving-in-dialoog/").url == "/nl/problemen/overlast-in-parken-en-op-pleinen/"
    assert client.get("/nl/dossiers/").url == "/nl/problemen/"
    # There is no French page yet: the Dutch one is better than none.
    assert client.get("/fr/dossiers/faire-respecter-les-regles-par-le-dialogue/").url == page.url


@pytest.mark.django_db
def test_what_the_ledger_knows_already_stays(site):
    path = read_list("former_addresses.yaml")[0]["path"]
    Address.objects.update_or_create(path=path, defaults={"kind": "method", "key": "pim", "language": "nl"})
    former_addresses.remember()
    assert Address.objects.get(path=path).kind == "method"


def test_a_former_address_is_of_something_that_exists():
    entries = yaml.safe_load((CONTENT / "former_addresses.yaml").read_text(encoding="utf-8"))
    keys = {("page", "dossiers"), *(("dossier", guide.key) for guide in GUIDES)}
    assert {(entry["kind"], entry["key"]) for entry in entries} <= keys
    assert len({entry["path"] for entry in entries}) == len(entries)


# What staff chose or wrote on home and index pages stays.


@pytest.fixture
def chosen(site):
    return {"start_page": {"problems": ["a", "nobody-knows"], "flagships": ["m"]}}


@pytest.mark.django_db
def test_the_choice_of_the_files_is_made_once_and_again_when_the_files_change(chosen):
    guide, method = make_dossier(key="a", title="A"), make_method(key="m", title="M")
    other = make_method(key="n", title="N")
    structure.choose_for_home(chosen)
    home = HomePage.objects.get()
    assert [block.value.pk for block in (*home.problems, *home.flagships)] == [guide.pk, method.pk]
    revision = home.latest_revision_id
    structure.choose_for_home(chosen)
    assert HomePage.objects.get().latest_revision_id == revision
    structure.choose_for_home({"start_page": {"problems": [], "flagships": ["n"]}})
    assert [block.value.pk for block in HomePage.objects.get().flagships] == [other.pk]


@pytest.mark.django_db
def test_a_choice_of_staff_stays(chosen, admin_user):
    make_method(key="m", title="M")
    home = HomePage.objects.get()
    home.flagships = [("method", make_method(key="n", title="N"))]
    home.save_revision(user=admin_user).publish()
    structure.choose_for_home(chosen)
    assert [block.value.key for block in HomePage.objects.get().flagships] == ["n"]


@pytest.mark.django_db
def test_an_index_page_gets_the_words_of_this_version_unless_staff_wrote_others(site, admin_user, client):
    from portal.home.models import DossierIndexPage
    from portal.projects.models import ProjectIndexPage
    from portal.starter.models import StarterEntry

    problems, projects = DossierIndexPage.objects.get(), ProjectIndexPage.objects.get()
    StarterEntry.objects.filter(item__startswith="index:").delete()  # as in a data folder of an earlier version
    problems.title, problems.slug, projects.title = "Dossiers", "dossiers", "Onze projecten"
    problems.save_revision().publish()
    projects.save_revision(user=admin_user).publish()
    load_structure()
    assert (DossierIndexPage.objects.get().title, DossierIndexPage.objects.get().slug) == ("Problemen", "problemen")
    assert ProjectIndexPage.objects.get().title == "Onze projecten"
    assert client.get("/nl/dossiers/").url == "/nl/problemen/"


@pytest.mark.django_db
def test_the_note_for_professionals_is_loaded(site):
    from tests.topics.factories import make_topic

    (guide,) = (item for item in GUIDES if item.key == "regionale-dienstverlening")
    for key in guide.facts["topics"]:
        make_topic(key)
    ensure_pages([guide])
    fill_page(guide)
    page = DossierPage.objects.get(key=guide.key)
    assert page.for_professionals
    assert [(block.value["name"], block.value["source"]) for block in page.help_lines] == [("Hulplijn 1712", "common")]
    assert MethodPage.objects.count() == 0
