"""Every example of docs/api.md is asked, and answers what is written there; “…” stands for anything."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

from portal.methods.models import MethodTier
from portal.topics.models import Topic
from tests.factories import make_method
from tests.webinars.factories import make_caption, make_recording, make_source

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r'```sh\ncurl "([^"]+)"\n```\n\n```json\n(.*?)```', TEXT, re.S)


@pytest.fixture
def content(index, committed, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://kennis.example.org"
    with committed():
        phenomena = Topic.objects.create(
            key="phenomena", label_nl="fenomenen", slug_nl="fenomenen", label_en="phenomena", live=True
        )
        nuisance = Topic.objects.create(
            key="nuisance", label_nl="overlast", label_fr="nuisances", label_en="nuisance", label_de="Belästigung",
            alternatives_fr="incivilités", slug_nl="overlast", slug_en="nuisance", live=True,
        )  # fmt: skip
        nuisance.broader.add(phenomena)
        make_method(
            key="boa-geschakeld-optreden", slug="geschakeld-optreden-boa", title="Geschakeld optreden van de boa",
            lead="In dialoog, en streng wanneer nodig, bij overlast, innames van openbaar domein en foutparkeren.",
            topics=[nuisance], tiers=[MethodTier(tier="enforcement")], status="running", position_as_of="2021-09-14",
        )  # fmt: skip
        tour = make_recording(
            key="rondleiding", title_nl="Rondleiding door Schakel", slug_nl="rondleiding", duration_s=132,
            abstract_nl="In iets meer dan twee minuten ziet u wat u op dit portaal kunt doen.", medium="film",
        )  # fmt: skip
        make_source(tour)
        make_caption(tour, "nl", [(88.5, 92, "Zo vindt u een zin terug.")])


def fits(answer, written) -> bool:
    """Whether an answer is what is written; “…” fits anything."""
    if written == "…":
        return True
    if isinstance(written, dict):
        return (
            isinstance(answer, dict)
            and answer.keys() == written.keys()
            and all(fits(answer[name], value) for name, value in written.items())
        )
    if isinstance(written, list) and isinstance(answer, list):
        return len(answer) == len(written) and all(map(fits, answer, written))
    return answer == written


def test_there_are_examples():
    assert len(EXAMPLES) == TEXT.count("```sh") == 4


@pytest.mark.parametrize(
    ("address", "written"), EXAMPLES, ids=[address.partition("/v1/")[2] for address, _ in EXAMPLES]
)
def test_an_example_answers_what_is_written(content, address, written):
    path, query = urlsplit(address).path, urlsplit(address).query
    answer = Client(HTTP_HOST="localhost").get(f"{path}?{query}").json()
    assert fits(answer, json.loads(written)), json.dumps(answer, ensure_ascii=False, indent=2)
