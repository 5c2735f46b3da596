"""Recordings in search and beside the methods, projects, topics and organisations that they belong to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.cards import cards, links_of
from portal.core.searchable import DocumentText
from portal.topics.models import Topic
from portal.webinars.models import Recording, Series
from portal.webinars.public.search_documents import recording_documents
from tests.factories import make_method, make_project
from tests.organisations.factories import make_city, make_organisation
from tests.webinars.factories import make_caption, make_recording, make_source, make_speaker, make_watchable

pytestmark = pytest.mark.django_db


def webinars_of(kind, thing, language="nl"):
    return [card for group in links_of(kind, thing, language) if group.heading == _("Webinars") for card in group.cards]


def test_a_document_has_every_language_and_every_line(site, webinars_in_french):
    topic = Topic.objects.create(key="safe-space", label_nl="veilige ruimte", live=True)
    hidden = Topic.objects.create(key="hidden", label_nl="verborgen", live=False)
    recording = make_recording(
        title_fr="Espaces sûrs",
        abstract_nl="Een gesprek.",
        slug_fr="espaces",
        topics=[topic, hidden],
        series=Series.objects.create(key="orpheus", title_nl="ORPHEUS", live=True),
        spoken_language="nl",
        duration_s=60,
        event_start=datetime(2021, 9, 13, 22, 30, tzinfo=UTC),
        chapters=[(0, "Begin")],
        speakers=[make_speaker(), make_speaker("bob", "Bob Maes", consent=False)],
    )
    make_caption(recording, "nl", [(0, 2, "Welkom.", "Ann Peeters"), (2, 4, "Dank.", "Bob Maes")])
    make_caption(recording, "en", [(0.5, 2, "Welcome.")], origin="machine")
    (document,) = recording_documents(["safe-spaces"])
    assert document.id == "recording:safe-spaces"
    assert document.texts == {
        "nl": DocumentText("Veilige ruimtes", "Een gesprek.", "Begin", "/nl/webinars/safe-spaces/"),
        "fr": DocumentText("Espaces sûrs", "", "", "/fr/webinaires/espaces/"),
    }
    assert document.filters == {
        "topic": ("safe-space",),
        "series": ("orpheus",),
        "year": ("2021",),
        "language": ("nl",),
        "speaker": ("ann",),
    }
    assert (document.date, document.duration_s) == (date(2021, 9, 14), 60)
    assert [(cue.language, cue.start_s, cue.text, cue.speaker) for cue in document.cues] == [
        ("nl", 0.0, "Welkom.", "Ann Peeters"),
        ("nl", 2.0, "Dank.", ""),
        ("en", 0.5, "Welcome.", ""),
    ]
    assert "Bob" not in document.words


def test_a_recording_that_only_a_source_names_is_found_by_that_name(site):
    recording = make_recording(title_nl="", spoken_language="pt")
    make_source(recording, title="Espaços seguros", text="Uma conversa.")
    (document,) = recording_documents(None)
    assert document.texts["nl"].title == "Espaços seguros"


def test_what_is_not_public_is_not_offered_to_search(site):
    make_recording(live=False)
    assert list(recording_documents(None)) == list(recording_documents(["safe-spaces"])) == []


def test_a_method_leads_to_the_moments_that_speak_of_it(site):
    method = make_method(key="safe", title="Online ruimtes")
    make_recording("whole", title_nl="Geheel", methods=[(method, None)])
    make_recording("moment", title_nl="Moment", methods=[(method, 754), (method, 30)])
    assert {(card.title, card.url, card.note) for card in webinars_of("method", method)} == {
        ("Geheel", "/nl/webinars/whole/", ""),
        ("Moment", "/nl/webinars/moment/?t=30#t-30", _("From %(time)s") % {"time": "0:30"}),
        ("Moment", "/nl/webinars/moment/?t=754#t-754", _("From %(time)s") % {"time": "12:34"}),
    }


def test_the_french_method_has_the_recordings_of_the_dutch_one(site, translate, webinars_in_french):
    method = make_method(key="safe", title="Online ruimtes")
    french = translate(method, "fr", title="Espaces", slug="espaces")
    make_recording(title_fr="Espaces sûrs", methods=[(method, None)])
    (card,) = webinars_of("method", french, "fr")
    assert (card.title, card.language) == ("Espaces sûrs", "fr")


def test_a_hidden_recording_belongs_to_nothing_for_a_visitor(site):
    method, project = make_method(key="safe", title="Online ruimtes"), make_project(key="orpheus", title="ORPHEUS")
    make_recording(methods=[(method, 5)], projects=[(project, 5)], live=False)
    assert webinars_of("method", method) == webinars_of("project", project) == []


def test_projects_topics_and_organisations_have_their_recordings(site):
    project = make_project(key="orpheus", title="ORPHEUS")
    topic = Topic.objects.create(key="safe-space", label_nl="veilige ruimte", live=True)
    city = make_city("leiria")
    service = make_organisation("dienst", city=city)
    speakers = [make_speaker(organisation=service), make_speaker("eva", "Eva", organisation=service)]
    make_recording(projects=[(project, 5)], topics=[topic], speakers=speakers)
    assert [card.note for card in webinars_of("project", project)] == [_("From %(time)s") % {"time": "0:05"}]
    assert [card.key for card in webinars_of("topic", topic)] == ["safe-spaces"]
    assert [card.key for card in webinars_of("organisation", service)] == ["safe-spaces"]
    assert [card.key for card in webinars_of("organisation", city)] == ["safe-spaces"]


def test_an_organisation_is_not_joined_through_a_speaker_without_consent(site):
    service = make_organisation("dienst")
    make_recording(speakers=[make_speaker(organisation=service, consent=False)])
    assert webinars_of("organisation", service) == []


def test_a_card_says_what_is_known(site):
    recording = make_recording(
        "shown", abstract_nl="Eerste zin. Tweede zin.", duration_s=2880, event_start=datetime(2021, 9, 13, tzinfo=UTC)
    )
    make_caption(recording, "fr")
    make_recording("hidden", live=False)
    make_recording("example", is_example=True)
    make_recording("lost", state="not_found")
    shown, lost = cards("recording", ["shown", "hidden", "example", "lost"], "nl")
    assert (shown.lead, shown.languages, shown.note) == ("Eerste zin.", ("fr",), "")
    assert [line.text for line in shown.lines] == ["", "13 september 2021", "48 min", ""]
    assert lost.note == _("Recording not found yet")


def test_the_first_sentence_of_a_card_says_its_language_where_the_title_has_another(site):
    make_recording("riga", title_nl="", title_en="Safe Riga", abstract_nl="Een gesprek. Met gasten.")
    (card,) = cards("recording", ["riga"], "nl")
    assert (card.language, card.lead) == ("en", '<span lang="nl">Een gesprek.</span>')


@pytest.mark.parametrize(
    ("language", "kind"), [("nl", "audio, 16 min"), ("fr", "audio, 16\u00a0min"), ("de", "Audio, 16\u00a0min")]
)
def test_the_four_lines_of_a_card_are_those_by_which_recordings_are_compared(site, webinars_in_french, language, kind):
    make_recording(
        "riga",
        medium="audio",
        duration_s=960,
        spoken_language="en",
        organiser_nl="Efus, met het project IcARUS",
        organiser_fr="Efus, avec le projet IcARUS",
        mechelen_part="none",
        event_day="2025-01",
    )
    with translation.override(language):
        (line,) = [card.lines for card in cards("recording", ["riga"], language if language != "de" else "nl")]
    assert line[2].text == kind
    assert (line[3].text, line[3].language) == ("English", "en")
    if language == "nl":
        assert [one.text for one in line[:2]] == [
            "Efus, met het project IcARUS; Mechelen nam niet deel",
            "januari 2025",
        ]


def test_what_was_not_found_leads_to_the_nearest_that_can_be_watched(site):
    topic = Topic.objects.create(key="safe-space", label_nl="veilige ruimte", live=True)
    lost = make_recording("lost", state="not_found", topics=[topic])
    make_watchable("newest", title_nl="Nieuwste", event_day="2026-01-01")
    make_watchable("near", title_nl="Dichtbij", event_day="2020-01-01", topics=[topic])
    (instead,) = links_of("recording", lost, "nl")
    assert (instead.heading, [card.title for card in instead.cards]) == (_("You can watch this instead"), ["Dichtbij"])
    assert links_of("recording", Recording.objects.get(key="near"), "nl") == []


def test_search_knows_the_medium_and_the_list_of_a_recording(site):
    make_watchable("film", medium="film")
    make_recording("took-place", state="not_found", mechelen_part="host")
    make_recording("nowhere", state="not_found")
    make_recording("example", is_example=True)
    documents = {document.key: document.filters for document in recording_documents()}
    assert {key: (one.get("list"), one.get("medium")) for key, one in documents.items()} == {
        "film": (("watch",), ("film",)),
        "took-place": (("took_place",), None),
        "nowhere": (None, None),
    }


def test_a_card_says_whether_a_session_is_to_come_at_the_hour_at_which_it_is_shown(site, monkeypatch):
    start = datetime(2030, 1, 1, 10, tzinfo=UTC)
    make_recording(state="planned", event_start=start)

    def over(hour):
        monkeypatch.setattr("django.utils.timezone.now", lambda: hour)
        return [card.over for card in cards("recording", ["safe-spaces"], "nl")]

    assert over(start - timedelta(days=1)) == [_("Upcoming session")]
    assert over(start + timedelta(days=1)) == [_("Recording")]


def test_cards_cost_the_same_however_many(site, django_assert_num_queries):
    for number in range(6):
        recording = make_recording(f"r-{number}", event_start=datetime(2020 + number, 1, 1, tzinfo=UTC))
        make_caption(recording)
    cards("recording", ["r-0"], "nl")
    with django_assert_num_queries(2):
        assert len(cards("recording", [f"r-{number}" for number in range(6)], "nl")) == 6
