"""Methods on the pages of other rooms, in search and in the admin."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from portal.core.cards import cards
from portal.methods.cards import methods_of_organisation, methods_of_topic
from portal.methods.choices import AdoptionKind, PartnerRole
from portal.methods.models import MethodPartner
from portal.methods.search_documents import method_documents
from tests.factories import make_method
from tests.methods.factories import adoption, items, method
from tests.organisations.factories import make_city, make_home_city, make_organisation
from tests.topics.factories import make_topic

pytestmark = pytest.mark.django_db


def notes(links):
    return {card.key: card.note for card in links.cards}


def test_a_topic_shows_its_methods_first_and_then_those_of_narrower_topics_by_name(site):
    nuisance = make_topic("nuisance", "overlast")
    parking = make_topic("parking", "foutparkeren", broader=[nuisance])
    method("Boa", topics=[parking])
    method("Wachten", topics=[nuisance, parking])
    method("Voor bewoners", target_groups=[nuisance])
    method("Op straat", settings=[nuisance])
    method("Iets anders", topics=[make_topic("other")])
    assert list(notes(methods_of_topic(nuisance, "nl")).items()) == [
        ("op-straat", ""),
        ("voor-bewoners", ""),
        ("wachten", ""),
        ("boa", "foutparkeren"),
    ]


def test_an_organisation_shows_what_it_owns_takes_part_in_and_adopted(site):
    home = make_home_city()
    service = make_organisation("dienst", "Dienst", city=home)
    leiria = make_city("leiria", "Leiria")
    owned = method("Buurtwerk", owned_by=service)
    method("Keten", owned_by=leiria, partners=[MethodPartner(organisation=service, role="funder")])
    adoption(owned, leiria, how="tried")
    make_method(title="Ontwerp", key="ontwerp", owned_by=service, publish=False)
    as_owner, as_funder = gettext("owner"), str(PartnerRole.FUNDER.label)
    of_the_service = {"buurtwerk": as_owner, "keten": as_funder}
    assert notes(methods_of_organisation(service, "nl")) == of_the_service
    assert notes(methods_of_organisation(home, "nl")) == of_the_service
    tried = str(AdoptionKind.TRIED.label)
    assert notes(methods_of_organisation(leiria, "nl")) == {"buurtwerk": tried, "keten": as_owner}


def test_an_adoption_that_is_a_draft_is_not_told(site):
    leiria = make_city("leiria")
    adoption(method("Buurtwerk"), leiria, live=False)
    assert methods_of_organisation(leiria, "nl").cards == ()


def test_cards_come_in_the_visitors_language_in_the_order_asked_and_never_for_drafts(site, translate):
    first, second = method("Eerste"), method("Tweede")
    translate(first, "fr", title="Premier", lead="En français.")
    make_method(title="Ontwerp", key="ontwerp", publish=False)
    with translation.override("fr"):
        found = cards("method", ["tweede", "ontwerp", "eerste"], "fr")
    assert [(card.title, card.language, card.languages) for card in found] == [
        ("Tweede", "nl", ("nl",)),
        ("Premier", "fr", ("nl", "fr")),
    ]
    assert found[1].url.startswith("/fr/")
    assert second.url == found[0].url


def test_a_method_is_offered_to_search_with_its_words_in_each_language_and_its_filters(site, translate):
    owner = make_organisation("stad", "Stad", city=make_home_city())
    page = method(
        "Positieve Identiteit (PiM)",
        key="pim",
        lead="Jongeren en een coach.",
        challenge="<p>Eerste zin.</p><p>Tweede <b>zin</b>.</p>",
        steps=items("step", {"title": "Kennismaken", "text": "Aan tafel."}),
        conditions=items("condition", {"text": "Een kader.", "kind": "legal", "essential": True}),
        sources=items("source", {"title": "Een krant", "url": "", "as_of": ""}),
        open_questions="Klopt dit?",
        tiers=["proactive"],
        topics=[make_topic("coaching")],
        target_groups=[make_topic("youth")],
        owned_by=owner,
        evidence_level=1,
        cost_yearly="lt10k",
        status="running",
        position_as_of="2021-09-14",
    )
    french = translate(page, "fr", title="Identité positive (PiM)")
    (found,) = method_documents(["pim"])
    assert found.id == "method:pim"
    assert set(found.texts) == {"nl", "fr"}
    dutch = found.texts["nl"]
    assert (dutch.title, dutch.lead, dutch.url) == (page.title, "Jongeren en een coach.", page.url)
    for words in ("Eerste zin. Tweede zin.", "Kennismaken", "Aan tafel.", "Een kader."):
        assert words in dutch.body
    for words in ("legal", "Klopt dit?", "<p>", "Een krant"):
        assert words not in dutch.body
    assert found.texts["fr"].url == french.url
    assert {name: set(values) for name, values in found.filters.items()} == {
        "topic": {"coaching", "youth"},
        "tier": {"proactive"},
        "evidence": {"1"},
        "country": {"BE"},
        "cost": {"lt10k"},
        "status": {"running"},
    }
    assert found.date.isoformat() == "2021-09-14"
    assert found.words.split() == ["pim", "PiM"]


def test_a_draft_is_not_offered_to_search(site):
    make_method(title="Ontwerp", key="ontwerp", publish=False)
    gone = method("Buurtwerk")
    gone.unpublish()
    assert list(method_documents()) == []


def test_a_form_counts_words_and_narrows_the_list_of_topics(admin_client, site):
    html = admin_client.get(f"/admin/pages/{method('Buurtwerk').pk}/edit/").content.decode()
    assert 'data-word-limit="100"' in html
    assert "core/admin/words.js" in html
    assert "data-topic-list" in html
    assert "core/admin/topics.js" in html


def test_staff_find_and_write_adoptions_in_the_admin(admin_client, site):
    leiria = make_city("leiria", "Leiria")
    page = method("Buurtwerk")
    form = {"method": page.pk, "organisation": leiria.pk, "how": "uses", "key": "leiria", "action-publish": "1"}
    assert admin_client.post("/admin/snippets/methods/adoption/add/", form).status_code == 302
    assert page.adoptions.get().live
    del form["key"]
    assert admin_client.post("/admin/snippets/methods/adoption/add/", form).status_code == 302
    assert page.adoptions.filter(key="leiria-buurtwerk").exists()
    assert "Leiria" in admin_client.get("/admin/snippets/methods/adoption/?q=Leiria").content.decode()


def test_search_reads_a_method_without_the_names_of_its_sources_and_with_every_other_bracket(site, translate):
    sources = items("source", {"key": "stad", "title": "Stad"})
    with_sources = method("Een", sources=sources, mechanism="<p>Wij praten. [stad] En dan [sic] verder.</p>")
    method("Twee", mechanism="<p>De wet [sic] zegt het.</p>")
    translate(with_sources, "fr")
    found = {document.key: document.texts for document in method_documents()}
    assert "praten. En dan [sic] verder." in found["een"]["nl"].body
    assert "[stad]" not in found["een"]["fr"].body
    assert "[sic]" in found["twee"]["nl"].body
