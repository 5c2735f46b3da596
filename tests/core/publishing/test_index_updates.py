"""What is saved several times in one load is indexed once, and the indexes hold what they would have held."""

import pytest
from modelsearch import index
from wagtail.models import ReferenceIndex
from wagtail.signals import page_published

from portal.core.publishing.index_updates import index_updates_once
from portal.methods.models import MethodPage, MethodPartner
from portal.organisations.models import Organisation
from tests.factories import make_method

pytestmark = pytest.mark.django_db


@pytest.fixture
def updates(monkeypatch):
    """The rows of which an index was updated, in their order."""
    found = {"search": [], "references": []}
    searched, referred = index.insert_or_update_object, ReferenceIndex.create_or_update_for_object
    monkeypatch.setattr(
        index, "insert_or_update_object", lambda row: (found["search"].append(row.pk), searched(row))[1]
    )
    monkeypatch.setattr(
        ReferenceIndex,
        "create_or_update_for_object",
        lambda row: (found["references"].append((type(row), row.pk)), referred(row))[1],
    )
    return found


@pytest.fixture
def method(site):
    return make_method(title="PIM")


@pytest.fixture
def partner(db):
    return Organisation.objects.create(key="leiria", name_nl="Leiria")


def write_twice(method, partner):
    """What a load does with a page: save it, the rows that belong to it, and it again when it is published."""
    method.title = "Een andere naam"
    method.partners.set([MethodPartner(organisation=partner, role="partner")])
    method.save()
    method.save_revision().publish()


def references_of(method):
    return set(ReferenceIndex.objects.filter(object_id=str(method.pk)).values_list("to_object_id", "model_path"))


def test_each_row_is_indexed_once_at_the_end(method, partner, updates):
    with index_updates_once():
        write_twice(method, partner)
        assert method.pk not in updates["search"]
        assert (MethodPage, method.pk) not in updates["references"]
    assert updates["search"].count(method.pk) == 1
    assert updates["references"].count((MethodPage, method.pk)) == 1


def test_one_load_inside_another_ends_with_it(method, partner, updates):
    with index_updates_once():
        with index_updates_once():
            write_twice(method, partner)
        assert method.pk not in updates["search"]
    assert updates["search"].count(method.pk) == 1


def test_outside_every_save_is_indexed_at_once(method, updates):
    with index_updates_once():
        pass
    method.save()
    assert updates["search"] == [method.pk]
    assert updates["references"] == [(MethodPage, method.pk)]


def test_the_indexes_hold_what_they_hold_without_it(method, partner, updates):
    write_twice(method, partner)
    otherwise = references_of(method)
    assert (str(partner.pk), "partners.item.organisation") in otherwise
    ReferenceIndex.objects.all().delete()
    with index_updates_once():
        write_twice(method, partner)
    assert references_of(method) == otherwise
    assert [page.pk for page in MethodPage.objects.all().search("andere")] == [method.pk]


def test_a_row_that_is_gone_by_then_is_left_out(method, partner):
    with index_updates_once():
        write_twice(method, partner)
        number = method.pk
        method.delete()
    assert not ReferenceIndex.objects.filter(object_id=str(number)).exists()


def test_what_fails_updates_nothing_and_leaves_the_next_save_as_it_was(method, partner, updates):
    def refuse(**_published):
        raise ValueError

    page_published.connect(refuse)
    try:
        with pytest.raises(ValueError), index_updates_once():
            write_twice(method, partner)
    finally:
        page_published.disconnect(refuse)
    assert updates == {"search": [], "references": []}
    MethodPage.objects.get(pk=method.pk).save()
    assert updates["search"] == [method.pk]
