"""The structure of the site is read once, and a transaction never shows it to others as it may not become."""

import pytest
from django.db import transaction

from portal.core.page_cache import cached_values
from portal.core.routing.structure import index_place
from portal.methods.models import MethodIndexPage

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
