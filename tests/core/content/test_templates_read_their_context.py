"""A page's context has what its templates read, and nothing else (portal/core/page_context.py)."""

from dataclasses import fields, is_dataclass
from typing import get_type_hints

import pytest

from portal.core import page_context
from portal.core.content.records import Record
from portal.home.models import HomePage
from portal.home.public.home_page import HomeContext
from portal.webinars.models import Recording
from tests.core.content.template_names import names_read

# Read by ui/base.html of whatever page there is.
OF_THE_FRAME = {"page_title", "page_description", "page_image", "hide_header_search"}

# Fields that are not for the template: structured_data.py makes the linked data of a recording of them.
NOT_FOR_THE_TEMPLATE = {Recording: {"playback", "poster"}}


def template_of(model) -> str:
    if not issubclass(model, Record):
        return model.template
    index_pages = [page for page in page_context._pages if getattr(page, "record_model", None) is model]
    return index_pages[0].record_template


SELECTORS = {**page_context._pages, **page_context._records}
MODELS = sorted(SELECTORS, key=lambda model: model.__name__)


def fields_of(model) -> set[str]:
    context = get_type_hints(SELECTORS[model])["return"]
    assert is_dataclass(context)
    assert context.__dataclass_params__.frozen
    return {field.name for field in fields(context)}


@pytest.fixture
def common(client, site) -> set[str]:
    """The variables that every page has: Wagtail's, those of `BasePage`, of the context processors and of Python."""
    context = client.get(HomePage.objects.get().url).context
    return set(context.keys()) - {field.name for field in fields(HomeContext)}


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_read_by_the_template(model):
    read = set().union(*names_read(template_of(model)).values())
    assert fields_of(model) - read == NOT_FOR_THE_TEMPLATE.get(model, set()), (
        "take the field out of the context, or show it"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_every_name_that_the_template_reads_is_in_its_context(model, common):
    in_rooms = {
        template: names for template, names in names_read(template_of(model)).items() if not template.startswith("ui/")
    }
    for template, names in in_rooms.items():
        assert names - fields_of(model) - common - OF_THE_FRAME == set(), template


def test_what_a_template_reads_is_found():
    read = names_read("methods/method_page.html")
    assert {"index_url", "page", "tiers", "sections", "decision"} <= read["methods/method_page.html"]
    assert "one" not in read["methods/method_page.html"], "set by a loop"
    assert {"section", "decision"} & read["methods/parts/decision.html"] == {"decision"}
    assert "site_name" in read["ui/base.html"]
