"""The structure of the site is read once, and a transaction never shows it to others as it may not become."""

import pytest
from django.db import transaction

from portal.core.page_cache import cached_values
from portal.core.page_cache.cached_values import MOST_KEPT, cached_each
from portal.core.routing.structure import index_place
from portal.methods.models import MethodIndexPage
from portal.organisations.models import Organisation
from portal.organisations.selectors import organisations_by_id
from tests.organisations.factories import make_city, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_when_serving(site, settings):
    settings.TESTING = False
    cached_values.clear()


def rename(title):
    page = MethodIndexPage.objects.get()
    page.title = title
    page.save()


def title():
    return index_place(MethodIndexPage, "nl").title


def test_a_transaction_asks_once(django_assert_num_queries):
    title()
    with django_assert_num_queries(0):
        assert title()


def test_a_transaction_sees_its_own_change():
    title()
    rename("Wat werkt")
    assert title() == "Wat werkt"


def test_what_is_rolled_back_is_dropped():
    before = title()
    with pytest.raises(ValueError, match="rolled back"), transaction.atomic():
        rename("Wat werkt")
        assert title() == "Wat werkt"
        raise ValueError("rolled back")
    assert title() == before


def test_nobody_else_gets_what_a_transaction_read(settings):
    rename("Wat werkt")
    assert title() == "Wat werkt"
    assert cached_values._values == {}


class Source:
    """Gives each key its words, and remembers which keys it was asked for. A negative key has none."""

    def __init__(self):
        self.asked = []

    def read(self, keys):
        self.asked.append(keys)
        return {key: f"words {key}" for key in keys if key >= 0}

    def cached(self, *keys):
        return cached_each(("words",), keys, self.read)


@pytest.fixture(params=[True, False], ids=["between transactions", "in a transaction"])
def source(request, settings):
    settings.TESTING = request.param
    cached_values.clear()
    return Source()


def test_only_those_that_are_not_kept_are_read(source):
    assert source.cached(1, -1) == {1: "words 1"}
    assert source.cached(2, -1, 1, 2) == {2: "words 2", 1: "words 1"}
    assert source.asked == [[1, -1], [2]]


def test_the_values_that_were_used_last_are_kept(source):
    source.cached(*range(MOST_KEPT))
    source.cached(0)
    source.cached(MOST_KEPT)
    source.asked.clear()
    source.cached(0, 2, MOST_KEPT)
    assert source.asked == []
    source.cached(1)
    assert source.asked == [[1]]


def test_more_values_than_are_kept_are_all_given(source):
    assert len(source.cached(*range(MOST_KEPT + 3))) == MOST_KEPT + 3
    source.asked.clear()
    source.cached(*range(3, MOST_KEPT + 3))
    assert source.asked == []
    source.cached(0, 1, 2)
    assert source.asked == [[0, 1, 2]]


def test_values_are_read_again_after_a_publication(source):
    source.cached(1)
    cached_values.clear()
    source.cached(1)
    assert source.asked == [[1], [1]]


def test_of_each_name_other_values_are_kept(source):
    source.cached(1)
    assert cached_each(("numbers",), [1], lambda keys: {1: "I"}) == {1: "I"}
    assert source.cached(1) == {1: "words 1"}


@pytest.fixture
def service():
    return make_organisation("dienst", "Dienst", city=make_city("gent", "Gent"))


def name_of(organisation):
    return organisations_by_id([organisation.pk])[organisation.pk].name_nl


def test_of_some_values_too_what_is_rolled_back_is_dropped(service):
    assert name_of(service) == "Dienst"
    with pytest.raises(ValueError, match="rolled back"), transaction.atomic():
        Organisation.objects.filter(pk=service.pk).update(name_nl="Anders")
        assert name_of(service) == "Anders"
        raise ValueError("rolled back")
    assert name_of(service) == "Dienst"


def test_of_some_values_too_nobody_else_gets_what_a_transaction_read(service):
    assert name_of(service) == "Dienst"
    assert cached_values._values == {}


def test_a_change_to_an_instance_changes_none_that_is_kept(service, django_assert_num_queries):
    shown = organisations_by_id([service.pk])[service.pk]
    shown.name_nl = shown.city.name_nl = "Anders"
    shown.city = None
    with django_assert_num_queries(0):
        again = organisations_by_id([service.pk])[service.pk]
        assert (again.name_nl, again.city.name_nl) == ("Dienst", "Gent")


def test_a_change_to_a_prefetched_instance_changes_none_that_is_kept(service, django_assert_num_queries):
    def gent():
        cities = Organisation.objects.prefetch_related("organisations")
        return cached_each(("cities",), [service.city_id], cities.in_bulk)[service.city_id]

    city = gent()
    (member,) = city.organisations.all()
    assert member.city is city
    member.name_nl = city.name_nl = "Anders"
    with django_assert_num_queries(0):
        (member,) = gent().organisations.all()
        assert (member.name_nl, member.city.name_nl) == ("Dienst", "Gent")
