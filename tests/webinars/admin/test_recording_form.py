"""The form of a recording in the admin: it fills in what can be known and says what to do."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from portal.webinars.models import Recording
from portal.webinars.wagtail_hooks import RecordingViewSet
from tests.factories import make_method
from tests.markup import soup, text_of
from tests.webinars.factories import make_caption, make_recording

pytestmark = pytest.mark.django_db


def form_data(**changes):
    data = {
        "title_nl": "Online veilige ruimtes",
        "state": "recorded",
        "chapters": inline_formset([]),
        "speakers": inline_formset([]),
        "method_links": inline_formset([]),
        "project_links": inline_formset([]),
        "action-publish": "yes",
    }
    return nested_form_data(data | changes)


def add(admin_client, **changes):
    return admin_client.post(reverse(Recording.snippet_viewset.get_url_name("add")), form_data(**changes))


def test_key_and_slugs_are_made_from_the_titles(admin_client, site):
    response = add(admin_client, title_fr="Espaces sûrs")
    assert response.status_code == 302
    recording = Recording.objects.get()
    assert (recording.key, recording.slug_nl, recording.slug_fr, recording.live) == (
        "online-veilige-ruimtes", "online-veilige-ruimtes", "espaces-surs", True,
    )  # fmt: skip
    add(admin_client, slug_nl="een-ander")
    assert Recording.objects.filter(key="online-veilige-ruimtes-2").exists()


def test_a_key_stays_as_it_is(admin_client, site):
    recording = make_recording(slug_nl="ruimtes")
    url = reverse(Recording.snippet_viewset.get_url_name("edit"), args=[recording.pk])
    assert admin_client.post(url, form_data(key="another", slug_nl="ruimtes")).status_code == 302
    recording.refresh_from_db()
    assert (recording.key, recording.title_nl) == ("safe-spaces", "Online veilige ruimtes")


def test_times_are_written_as_a_player_shows_them(admin_client, site):
    method = make_method(key="safe", title="Online ruimtes")
    add(
        admin_client,
        duration_s="48:00",
        chapters=inline_formset([{"start_s": "12:34", "title_nl": "Vervolg"}]),
        method_links=inline_formset([{"method": str(method.pk), "at_s": "1:02:03"}]),
    )
    recording = Recording.objects.get()
    assert recording.duration_s == 2880
    assert recording.chapters.get().start_s == 754
    assert recording.method_links.get().at_s == 3723


def test_a_link_to_a_translation_points_at_the_dutch_page(admin_client, site, translate):
    method = make_method(key="safe", title="Online ruimtes")
    french = translate(method, "fr", title="Espaces", slug="espaces")
    add(admin_client, method_links=inline_formset([{"method": str(french.pk), "at_s": ""}]))
    assert Recording.objects.get().method_links.get().method_id == method.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event_end": "2027-03-01 14:00"}, "event_start"),
        ({"event_start": "2027-03-01 14:00", "event_end": "2027-03-01 13:00"}, "event_end"),
        ({"title_nl": ""}, "key"),
        ({"slug_nl": "ruimtes"}, "slug_nl"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(admin_client, site, changes, field):
    make_recording(slug_nl="ruimtes")
    response = add(admin_client, **changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert Recording.objects.count() == 1


def test_the_form_has_a_tab_for_each_language_and_one_for_what_is_shared(admin_client, site):
    html = admin_client.get(reverse(Recording.snippet_viewset.get_url_name("add"))).content.decode()
    for name in ("title_nl", "abstract_fr", "slug_de", "state", "chapters-TOTAL_FORMS", "method_links-TOTAL_FORMS"):
        assert soup(html).select(f"[name={name}]")
    assert not soup(html).select("[name=title]")


def test_the_list_shows_the_state_and_is_narrowed_by_it(admin_client, site):
    make_recording("found", title_nl="Gevonden")
    make_recording("lost", title_nl="Niet gevonden opname", state="not_found")
    url = reverse(Recording.snippet_viewset.get_url_name("list"))
    html = admin_client.get(url, {"state": "not_found"}).content.decode()
    titles = [text_of(link) for link in soup(html).main.select("a")]
    assert "Niet gevonden opname" in titles
    assert "Gevonden" not in titles
    assert RecordingViewSet.list_filter[0] == "state"


def test_a_preview_is_the_page_as_visitors_meet_it(site, rf):
    recording = make_recording(abstract_nl="Een gesprek.", chapters=[(0, "Begin")])
    make_caption(recording)
    recording.title_nl = "Nog niet bewaard"
    html = recording.make_preview_request().content.decode()
    assert text_of(soup(html).h1) == "Nog niet bewaard"
    assert "Welkom." in html


def test_a_recording_can_be_previewed_before_it_is_saved(site):
    html = Recording(title_nl="Nieuw", state="planned").make_preview_request().content.decode()
    assert text_of(soup(html).h1) == "Nieuw"


def edit_form(admin_client, recording) -> str:
    url = reverse(Recording.snippet_viewset.get_url_name("edit"), args=[recording.pk])
    return admin_client.get(url).content.decode()


def test_what_the_source_says_stands_in_the_fields_that_it_fills(admin_client, site):
    recording = make_recording(title_nl="")
    recording.sources.create(
        platform="youtube", external_id="yt:vidwebinar1", title="Veilig online", text="Een gesprek."
    )
    html = edit_form(admin_client, recording)
    assert soup(html).select_one("[name=title_nl]")["placeholder"] == "Veilig online"
    assert soup(html).select_one("[name=abstract_nl]")["placeholder"] == "Een gesprek."


def test_the_form_shows_the_transcripts_and_where_to_bring_one_in(admin_client, site):
    recording = make_recording()
    make_caption(recording, lines=((0, 4, "Goedemorgen."), (4, 8, "Welkom.")))
    html = edit_form(admin_client, recording)
    assert reverse("recording_captions", args=[recording.pk]) in html
    assert "2 regels" in html


def test_a_field_in_a_tab_of_a_language_is_called_without_the_language(admin_client, site):
    french = soup(edit_form(admin_client, make_recording())).select_one("#tab-francais")
    assert french.select("[name=title_fr]")
    assert "Titel [fr]" not in text_of(french)
