"""A public page asks at most 20 queries, the same number however much content there is (docs/design.md section 12)."""

import pytest

from portal.core.routing.structure import structure
from tests.home.everything import Everything

pytestmark = pytest.mark.django_db


@pytest.mark.no_database  # how many questions are asked is the same on all
def test_every_page_costs_the_same_however_much_is_joined_to_it(site, translate, cost_of):
    everything = Everything()
    everything.add()
    everything.translate(translate, "fr")
    paths = [
        path
        for language in ("nl", "fr")
        for path in (
            f"/{language}/",
            *(place.url for place in structure().public_sections(language)),
            *everything.paths(language),
        )
    ]
    few = {path: cost_of(path) for path in paths}
    for _turn in range(3):
        everything.add()
    assert {path: cost_of(path) for path in paths} == few
