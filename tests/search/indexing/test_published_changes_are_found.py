import pytest
from wagtail.models import PageViewRestriction

from portal.core.searchable import SearchRequest, search
from portal.methods.models import MethodPage
from portal.organisations.models import Organisation
from portal.topics.models import Topic
from tests.factories import make_method, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def method(index, committed):
    with committed():
        page = make_method(key="zwaluw", title="Zwaluwwerking", lead="Een lead over hangplekken.")
    return page


def test_a_published_method_is_found(method, found):
    assert found("zwaluwwerking") == ["method:zwaluw"]
    assert found("hangplekken") == ["method:zwaluw"]


def test_a_draft_is_not_found(index, committed, found):
    with committed():
        make_method(key="uil", title="Uilenwerking", publish=False)
    assert found("uilenwerking") == []


def test_a_change_that_is_not_published_is_not_found(method, committed, found):
    with committed():
        method.title = "Meeuwenwerking"
        method.save_revision()
    assert (found("meeuwenwerking"), found("zwaluwwerking")) == ([], ["method:zwaluw"])


def test_a_published_change_replaces_what_was_found(method, committed, found):
    with committed():
        method.title = "Meeuwenwerking"
        method.save_revision().publish()
    assert (found("meeuwenwerking"), found("zwaluwwerking")) == (["method:zwaluw"], [])


def test_an_unpublished_method_is_gone(method, committed, found):
    with committed():
        method.unpublish()
    assert found("zwaluwwerking") == []


def test_a_deleted_method_is_gone(method, committed, found):
    with committed():
        method.delete()
    assert found("zwaluwwerking") == []


def test_a_restricted_method_is_gone(method, committed, found):
    with committed():
        PageViewRestriction.objects.create(page=method.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    assert found("zwaluwwerking") == []


def test_a_translation_is_found_when_it_is_published(method, translate, committed, found):
    with committed():
        translate(method, "fr", title="Projet hirondelle")
    hit = search(SearchRequest("hirondelle", "fr")).hits[0]
    assert (hit.id, hit.language, hit.languages) == ("method:zwaluw", "fr", ("nl", "fr"))
    assert hit.url.startswith("/fr/")


def test_the_address_follows_the_page_when_its_parent_gets_another_slug(method, committed, found):
    parent = method.get_parent().specific
    with committed():
        parent.slug = "werkwijzen"
        parent.save_revision().publish()
    assert search(SearchRequest("zwaluwwerking")).hits[0].url == "/nl/werkwijzen/zwaluw/"


def test_a_project_is_found(index, committed, found):
    with committed():
        make_project(key="orpheus", title="ORPHEUS")
    assert found("orpheus") == ["project:orpheus"]


def test_the_words_of_a_topic_find_its_methods_and_a_changed_topic_at_once(index, committed, found):
    with committed():
        topic = Topic(key="hinder", label_nl="overlast", slug_nl="overlast", label_fr="nuisances")
        topic.save()
        make_method(key="zwaluw", title="Zwaluwwerking", topics=[topic])
    assert "method:zwaluw" in found("nuisances", "fr")
    assert "method:zwaluw" not in found("incivilités", "fr")
    with committed():
        topic.alternatives_fr = "incivilités"
        topic.save()
    assert "method:zwaluw" in found("incivilités", "fr")


def test_a_topic_that_is_no_longer_live_is_not_understood(index, committed):
    with committed():
        topic = Topic(key="nuisance", label_nl="overlast", slug_nl="overlast")
        topic.save()
    assert search(SearchRequest("overlast")).concepts
    with committed():
        topic.unpublish()
    assert not search(SearchRequest("overlast")).concepts


def test_an_organisation_is_found_and_renaming_it_reaches_its_methods(index, committed, found):
    with committed():
        owner = Organisation(key="parma", name_nl="Parma", slug_nl="parma", type="city", country="IT")
        owner.save()
        make_method(key="zwaluw", title="Zwaluwwerking", owned_by=owner)
    assert search(SearchRequest("zwaluwwerking", facets=("country",))).facets["country"] == (("IT", 1),)
    with committed():
        owner.country = "ES"
        owner.save()
    assert search(SearchRequest("zwaluwwerking", facets=("country",))).facets["country"] == (("ES", 1),)


def test_the_index_holds_what_a_new_one_would_hold(method, index, committed):
    from search.indexing.outbox import rebuild

    with committed():
        make_method(key="uil", title="Uilenwerking", publish=False)
        MethodPage.objects.get(key="zwaluw").unpublish()
        make_method(key="merel", title="Merelwerking")
    written = index.identifiers()
    rebuild(index)
    assert index.identifiers() == written
