"""The API gives what is public, with its own filters, pages and languages, and says itself what it gives."""

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from portal.methods.models import MethodTier
from portal.topics.models import Topic
from search.api.parameters import COLLECTIONS
from tests.factories import make_method, make_project
from tests.webinars.factories import make_caption, make_recording, make_speaker

pytestmark = pytest.mark.django_db

BASE = "https://kennis.example.org"
# What is found stands in the index; that each database fills it is in indexing/test_published_changes_are_found.py.
SAME_ON_ALL = pytest.mark.no_database


@pytest.fixture
def content(index, committed, settings):
    settings.WAGTAILADMIN_BASE_URL = BASE
    with committed():
        topic = Topic.objects.create(key="nuisance", label_nl="overlast", slug_nl="overlast", live=True)
        for number, tier in enumerate(("preventive", "curative", "enforcement")):
            make_method(
                key=f"m{number}", title=f"Werkwijze {number}", lead="Tegen <b>overlast</b> & zwerfvuil.",
                topics=[topic], tiers=[MethodTier(tier=tier)],
            )  # fmt: skip
        make_project(key="orpheus", title="ORPHEUS", start="2019-10", end="2022-09", topics=[topic])
        spoken = make_recording(
            key="lezing", title_nl="Een lezing over overlast", slug_nl="lezing", duration_s=900, spoken_language="nl",
            speakers=[make_speaker(), make_speaker("bea", "Bea Smits", consent=False)],
        )  # fmt: skip
        make_caption(spoken, "nl", [(12, 15, "Wat is overlast?")])
        make_recording(key="stil", title_nl="Een stille film", slug_nl="stil", spoken_language="")


@pytest.fixture
def get(content):
    client = Client(HTTP_HOST="localhost")

    def ask(path, **query):
        response = client.get(f"/api/v1/{path}", query)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


def keys(answer):
    return [one["key"] for one in answer["results"]]


@SAME_ON_ALL
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("methods", ["m0", "m1", "m2"]),
        ("projects", ["orpheus"]),
        ("recordings", ["lezing", "stil"]),
        ("topics", ["nuisance"]),
    ],
)
def test_without_a_question_everything_of_a_kind_is_listed_by_title(get, name, expected):
    assert keys(get(name)) == expected


def test_a_question_finds_things_of_every_kind(get):
    found = get("search", q="overlast")
    assert {one["kind"] for one in found["results"]} == {"method", "project", "recording", "topic"}
    assert keys(get("search", q="overlast", kind=["project", "recording"], sort="title")) == ["lezing", "orpheus"]


@SAME_ON_ALL
@pytest.mark.parametrize(
    ("name", "filters", "expected"),
    [
        ("methods", {"tier": ["curative", "enforcement"]}, ["m1", "m2"]),
        ("methods", {"tier": "curative", "topic": "nuisance", "evidence": "0"}, ["m1"]),
        ("projects", {"year": "2021"}, ["orpheus"]),
        ("projects", {"year": "2018"}, []),
        ("recordings", {"spoken": "nl"}, ["lezing"]),
        ("recordings", {"spoken": "und"}, ["stil"]),
    ],
)
def test_filters_narrow_a_list(get, name, filters, expected):
    assert keys(get(name, **filters)) == expected


def test_pages_lead_to_each_other_and_keep_the_question(get):
    first = get("methods", q="werkwijze", per_page=2, sort="title")
    assert (first["total"], first["pages"], first["previous"]) == (3, 2, None)
    assert first["next"] == f"{BASE}/api/v1/methods?q=werkwijze&per_page=2&sort=title&page=2"
    second = get("methods", q="werkwijze", per_page=2, sort="title", page=2)
    assert keys(first) + keys(second) == ["m0", "m1", "m2"]
    assert (second["next"], second["previous"]) == (
        None,
        f"{BASE}/api/v1/methods?q=werkwijze&per_page=2&sort=title&page=1",
    )


def test_texts_are_plain_beside_the_marked_one(get):
    one = get("methods", q="overlast", tier="curative")["results"][0]
    assert one["extract"] == "Tegen <b>overlast</b> & zwerfvuil."
    assert one["extract_html"] == "Tegen &lt;b&gt;<mark>overlast</mark>&lt;/b&gt; &amp; zwerfvuil."


def test_a_recording_has_its_moments_and_the_speakers_who_agreed(get):
    one = get("recordings", q="overlast")["results"][0]
    assert one["speakers"] == ["Ann Peeters"]
    assert [(moment["start_s"], moment["text"]) for moment in one["moments"]] == [(12.0, "Wat is overlast?")]
    assert one["moments"][0]["url"] == f"{BASE}/nl/webinars/lezing/?t=12#t-12"


def test_the_permanent_address_of_a_result_leads_to_its_page(get):
    one = get("projects")["results"][0]
    response = Client(HTTP_HOST="localhost").get(one["permalink"].removeprefix(BASE))
    assert response.headers["Location"] == one["url"].removeprefix(BASE)


def strict(schema):
    """The schema without room for a field that it does not describe."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {name: strict(part) for name, part in schema.items()} | closed


def validator(document, schema) -> Draft202012Validator:
    """A validator of a schema of the description, whose references lead into the description."""
    whole = {"components": strict(document["components"])} | strict(schema)
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)


@SAME_ON_ALL
@pytest.mark.parametrize("name", COLLECTIONS)
def test_an_answer_is_what_the_description_says(get, name):
    document = get("openapi.json")
    described = document["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    for query in ({}, {"q": "overlast"}, {"q": "overlst"}):
        errors = validator(document, described).iter_errors(get(name, **query))
        assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_an_error_is_what_the_description_says(get):
    problem = Client(HTTP_HOST="localhost").get("/api/v1/methods", {"tier": "none", "colour": "red"}).json()
    errors = validator(get("openapi.json"), {"$ref": "#/components/schemas/Problem"}).iter_errors(problem)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@SAME_ON_ALL
@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_described_parameter_is_understood(get, name):
    described = get("openapi.json")["paths"][f"/{name}"]["get"]["parameters"]
    for parameter in described:
        schema = parameter["schema"].get("items", parameter["schema"])
        example = {"topic": "nuisance", "series": "x", "year": "2021", "spoken": "nl", "q": "overlast"}
        value = example.get(parameter["name"], schema.get("enum", [schema.get("default")])[0])
        get(name, **{parameter["name"]: str(value).lower() if isinstance(value, bool) else value})
