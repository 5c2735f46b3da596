"""The page of all topics and the page of one."""

import pytest

from portal.topics.models import Topic, TopicIndexPage
from portal.topics.registers import topic_documents
from portal.topics.selectors import branch_of, thesaurus_tree
from portal.topics.usage import keys_in_use
from tests.factories import make_method, make_project
from tests.home.factories import make_dossier, section
from tests.markup import links, soup, text_of
from tests.topics.factories import make_topic
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db

INDEX = "/nl/themas/"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return soup(response)


def outline(entries):
    return [(entry.title, outline(entry.narrower)) if entry.narrower else entry.title for entry in entries]


@pytest.fixture
def thesaurus(site):
    """Two broad headings; under the first a topic with two narrower ones."""
    phenomena = make_topic("phenomena", "fenomenen", label_fr="phénomènes", slug_fr="phenomenes")
    settings = make_topic("settings", "plaatsen")
    nuisance = make_topic(
        "nuisance",
        "overlast",
        broader=[phenomena],
        label_fr="nuisances",
        slug_fr="nuisances",
        label_en="nuisance",
        definition_nl="Wat het samenleven hindert.",
        alternatives_nl="hinder\nlast",
        alternatives_it="disturbo",
    )
    noise = make_topic("noise", "Éénmalig lawaai", broader=[nuisance])
    litter = make_topic("litter", "zwerfvuil", broader=[nuisance])
    hidden = make_topic("hidden", "verborgen", broader=[nuisance], live=False)
    make_topic("nothing", "niets", broader=[nuisance])
    make_method(title="Straatwerk", key="straatwerk", topics=[settings, noise, litter, hidden])
    return nuisance


def test_topics_stand_under_their_broad_heading_and_hidden_ones_nowhere(thesaurus):
    assert outline(thesaurus_tree("nl")) == [
        ("fenomenen", [("overlast", ["Éénmalig lawaai", "zwerfvuil"])]),
        "plaatsen",
    ]


def test_the_page_of_all_topics_leads_to_each(client, thesaurus):
    html = read(client, INDEX)
    for slug in ("phenomena", "nuisance", "noise", "settings"):
        assert f"{INDEX}{slug}/" in links(html).values()
    assert "verborgen" not in str(html)


def test_a_circle_in_the_thesaurus_breaks_nothing(client, thesaurus):
    top = thesaurus.broader.get()
    top.broader.add(thesaurus)
    assert read(client, INDEX)
    assert read(client, f"{INDEX}nuisance/")
    assert top.pk in branch_of(thesaurus)


def test_a_topic_says_what_it_means_and_its_other_words(client, thesaurus):
    html = read(client, f"{INDEX}nuisance/")
    assert text_of(html.h1) == "Overlast"
    assert "Wat het samenleven hindert." in text_of(html)
    assert "hinder, last" in text_of(html)
    assert text_of(html.main.select_one("span[lang=fr]")) == "nuisances"
    assert "disturbo" not in str(html)


def test_a_topic_leads_to_what_is_broader_narrower_and_related(client, thesaurus):
    quality = make_topic("quality", "leefbaarheid")
    thesaurus.related.add(quality, make_topic("other", "iets anders"))
    make_project(title="UrbSecurity", topics=[quality])
    html = read(client, f"{INDEX}nuisance/")
    for slug in ("phenomena", "noise", "litter", "quality"):
        assert f"{INDEX}{slug}/" in links(html).values()
    for slug in ("hidden", "nothing", "other"):
        assert f"{INDEX}{slug}/" not in str(html)


def test_a_topic_shows_what_is_about_it(client, thesaurus):
    page = make_method(title="Buurtwerk", topics=[thesaurus])
    assert links(read(client, f"{INDEX}nuisance/"))["Buurtwerk"] == page.url


def test_a_topic_without_anything_answers_all_the_same_and_offers_a_search(client, thesaurus):
    assert read(client, f"{INDEX}nothing/").select('a[href^="/nl/"][href$="?q=niets"]')


def test_a_topic_without_anything_is_offered_nowhere(client, thesaurus, translate):
    translate(TopicIndexPage.objects.get(), "fr", title="Thèmes", slug="themes")
    for path in (INDEX, "/fr/themes/", f"{INDEX}nuisance/", "/sitemap-topics.xml"):
        content = client.get(path).content.decode()
        assert "litter" in content and "nothing" not in content, path
    assert "litter" in keys_in_use() and "nothing" not in keys_in_use()


@pytest.mark.parametrize("what", [make_method, make_project, make_dossier, "recording", "guide that names it"])
def test_a_topic_is_offered_as_soon_as_something_is_published_on_it(client, thesaurus, what):
    topic = Topic.objects.get(key="nothing")
    if what == "recording":
        recording = make_recording()
        recording.topics.add(topic)
        recording.save()
    elif what == "guide that names it":
        make_dossier(section(1, "Deel", ["topic:nothing"]))
    else:
        what(title="Eerste", key="eerste", topics=[topic])
    assert f"{INDEX}nothing/" in links(read(client, INDEX)).values()


def test_a_topic_is_offered_no_more_when_the_last_thing_on_it_goes(client, thesaurus):
    page = make_method(title="Eerste", key="eerste", topics=[Topic.objects.get(key="nothing")])
    assert f"{INDEX}nothing/" in links(read(client, INDEX)).values()
    page.unpublish()
    assert f"{INDEX}nothing/" not in links(read(client, INDEX)).values()


def test_a_hidden_topic_has_no_page(client, thesaurus):
    assert client.get(f"{INDEX}hidden/").status_code == 404
    assert client.get("/id/topic/hidden").status_code == 404


def test_a_topic_answers_in_each_language_under_its_own_address(client, thesaurus, translate):
    index = translate(TopicIndexPage.objects.get(), "fr", title="Thèmes", slug="themes")
    html = read(client, f"{index.url}nuisances/")
    assert text_of(html.h1) == "Nuisances" and not html.h1.has_attr("lang")
    assert "Wat het samenleven hindert." in [text_of(words) for words in html.main.select("[lang=nl]")]
    assert html.select_one("link[hreflang=nl]")["href"] == "http://127.0.0.1:8000/nl/themas/nuisance/"
    assert client.get("/id/topic/nuisance?language=fr").url == f"{index.url}nuisances/"
    assert client.get("/id/topic/nuisance").url == "/nl/themas/nuisance/"


def test_a_topic_is_offered_to_search_under_all_its_words(thesaurus):
    (found,) = topic_documents(["nuisance"])
    assert set(found.texts) == {"nl"}  # the only language with a page of all topics here
    assert found.texts["nl"].title == "overlast"
    assert found.texts["nl"].lead == "Wat het samenleven hindert."
    assert found.texts["nl"].body == "hinder, last"
    assert "disturbo" in found.words
    assert list(topic_documents(["hidden"])) == []


def test_the_pages_cost_the_same_however_many_topics(thesaurus, cost_of):
    def costs():
        return [cost_of(address) for address in (INDEX, f"{INDEX}nuisance/")]

    make_method(title="Eerste", key="eerste", topics=[thesaurus])
    make_method(title="Tweede", key="tweede", topics=[make_topic("smoke", "rook", broader=[thesaurus])])
    few = costs()
    for number in range(12):
        narrower = make_topic(f"thema-{number}", broader=[thesaurus], related=[thesaurus])
        make_method(title=f"Over {number}", key=f"over-{number}", topics=[narrower])
    assert costs() == few


def test_staff_keep_the_thesaurus_in_the_admin(admin_client, thesaurus):
    assert "overlast" in admin_client.get("/admin/snippets/topics/topic/").content.decode()
    form = soup(admin_client.get(f"/admin/snippets/topics/topic/edit/{thesaurus.pk}/"))
    assert form.select("[name=label_fr]")
    assert not form.select("[name=label]")


def test_what_is_about_a_topic_is_shown_a_page_at_a_time(client, thesaurus, cost_of):
    narrower = make_topic("smoke", "rook", broader=[thesaurus])
    for number in range(25):
        topics = [thesaurus] if number < 22 else [narrower]
        make_method(title=f"Methode {number:02}", key=f"methode-{number}", topics=topics)
    make_project(title="Project", key="project", topics=[thesaurus])

    def shown(address):
        page = soup(client.get(address))
        return [link.get_text(strip=True) for link in page.select(".sheaf__body h3 a")], page

    first, page = shown(f"{INDEX}nuisance/")
    assert first == [*(f"Methode {number:02}" for number in range(20)), "Project"]
    assert page.select_one("nav.pages a[rel=next]")["href"] == "?page=2"
    second, page = shown(f"{INDEX}nuisance/?page=2")
    assert second == [*(f"Methode {number:02}" for number in range(20, 25)), "Straatwerk"]
    assert [heading.get_text() for heading in page.select(".sheaf__body h2")] == ["Methodieken"]
    assert page.select_one("nav.pages [aria-current]").get_text(strip=True).endswith("2")
    assert shown(f"{INDEX}nuisance/?page=99")[0] == second
    for nonsense in ("0", "-3", "x", "", "1" * 5000):
        assert shown(f"{INDEX}nuisance/?page={nonsense}")[0] in (first, second)
    cost_of(f"{INDEX}nuisance/?page=2")
