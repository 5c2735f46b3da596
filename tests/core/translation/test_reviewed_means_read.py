"""A translation is called reviewed when a person compared exactly what stands there with exactly this Dutch text."""

import importlib
import json
import pkgutil
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageLogEntry
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from portal.core.models import ReviewedPassage
from portal.core.translation import reviews
from portal.core.translation.state import missing_passages, state_of, translation_of
from portal.home import migrations
from portal.methods.models import MethodPage
from tests.factories import make_method
from tests.markup import soup, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def method(site):
    return make_method(title="Burenbemiddeling", lead="Buren praten weer.", summary="Vrijwilligers bemiddelen.")


@pytest.fixture
def french(method, translate):
    return translate(method, "fr", translation_type="machine")


def now(page):
    """The state of a page as its visitors read it now."""
    return state_of(type(page).objects.get(pk=page.pk))


def write_dutch(method, **words):
    for field, text in words.items():
        setattr(method, field, text)
    method.save_revision().publish()


def type_french(french, path, text, how="manual"):
    """What the translation editor stores when somebody types a passage."""
    translation = translation_of(french)
    for segment in StringSegment.objects.filter(source=translation.source, context__path=path):
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=french.locale,
            defaults={"data": text, "translation_type": how},
        )


def publish_french(french):
    source = translation_of(french).source
    source.create_or_update_translation(french.locale, publish=False)
    type(french).objects.get(pk=french.pk).get_latest_revision().publish()


def review(client, french):
    """What a reviewer does: look at the passages, and confirm."""
    url = reverse("translation_reviewed", args=[french.pk])
    page = client.get(url)
    return client.post(url, {"seal": page.context["seal"]}, follow=True)


def test_a_sentence_that_was_typed_after_the_review_is_not_reviewed(admin_client, method, french):
    review(admin_client, french)
    assert now(french).origin == "reviewed"
    write_dutch(method, summary="Getrainde vrijwilligers bemiddelen.")
    assert (now(french).origin, now(french).outdated) == ("machine", 1)
    type_french(french, "summary", "N’importe quoi.")
    assert now(french).outdated == 1, "what visitors read is still the translation of the former Dutch"
    publish_french(french)
    state = now(french)
    assert (state.origin, state.outdated, state.is_partly_reviewed) == ("translated", 0, True)
    review(admin_client, french)
    assert now(french).origin == "reviewed"


def test_a_page_is_reviewed_again_when_both_texts_are_what_was_read(admin_client, method, french):
    review(admin_client, french)
    read = french.get_latest_revision()
    write_dutch(method, summary="Getrainde vrijwilligers bemiddelen.")
    type_french(french, "summary", "Des bénévoles formés.")
    publish_french(french)
    assert now(french).origin != "reviewed"
    write_dutch(method, summary="Vrijwilligers bemiddelen.")
    assert now(french).origin != "reviewed"
    read.publish()
    assert now(french).origin == "reviewed"


def test_an_old_version_that_is_put_back_is_not_reviewed(admin_client, method, french):
    old = french.get_latest_revision()
    type_french(french, "summary", "Des bénévoles font la médiation.")
    publish_french(french)
    review(admin_client, french)
    assert now(french).origin == "reviewed"
    old.publish()
    assert now(french).origin != "reviewed"


def test_what_is_reviewed_as_a_draft_is_not_said_of_what_visitors_still_read(admin_client, method, french):
    type_french(french, "summary", "Des bénévoles font la médiation.")
    answer = review(admin_client, french)
    assert "wanneer de vertaling gepubliceerd is" in " ".join(str(one) for one in answer.context["messages"])
    assert now(french).origin != "reviewed"
    publish_french(french)
    assert now(french).origin == "reviewed"


def test_a_text_that_changed_while_it_was_read_is_not_marked(admin_client, method, french):
    url = reverse("translation_reviewed", args=[french.pk])
    seal = admin_client.get(url).context["seal"]
    type_french(french, "summary", "Autre chose.")
    answer = admin_client.post(url, {"seal": seal})
    assert "Niet gemarkeerd" in " ".join(str(one) for one in answer.context["messages"])
    assert not ReviewedPassage.objects.exists()


def test_a_copy_of_a_reviewed_page_is_not_reviewed(admin_client, method, french):
    review(admin_client, french)
    copy = french.copy(update_attrs={"slug": "copie", "title": "Copie", "key": "copie"})
    assert state_of(MethodPage.objects.get(pk=copy.pk)).origin != "reviewed"


def test_a_translation_that_is_written_by_hand_after_it_was_stopped_is_not_reviewed(admin_client, method, french):
    review(admin_client, french)
    Translation.objects.update(enabled=False)
    assert now(french).origin == "reviewed"
    french.summary = "À la main."
    french.save_revision().publish()
    assert now(french).origin == "translated"
    review(admin_client, french)
    assert now(french).origin == "reviewed"


def test_visitors_are_told_of_a_translation_that_a_person_typed(client, method, translate):
    html = client.get(translate(method, "fr").url).content.decode()
    assert "Traduit pour les villes partenaires, pas encore relu." in html


DUTCH, FRENCH = {"lead": ("A.", "B."), "summary": ("C.", "D.")}, {"lead": ("a.", "b."), "summary": ("c.", "d.")}
field = st.sampled_from(sorted(DUTCH))
which = st.integers(0, 1)
steps = st.one_of(
    st.tuples(st.just("write"), field, which),
    st.tuples(st.sampled_from(["type", "import"]), field, which),
    st.tuples(st.sampled_from(["publish", "review", "restore French", "restore Dutch"]), st.none(), st.integers(0, 4)),
)


@settings(derandomize=True, max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=3, max_size=10))
def test_reviewed_is_said_of_what_somebody_read_and_of_nothing_else(admin_user, method, french, sequence):
    with transaction.atomic():
        seen = set()
        dutch, texts = MethodPage.objects.get(pk=method.pk), MethodPage.objects.get(pk=french.pk)
        for step, name, number in [("review", None, 0), *sequence]:
            translation = translation_of(texts)
            if step == "write":
                write_dutch(dutch, **{name: DUTCH[name][number]})
            elif step in ("type", "import"):
                type_french(texts, name, FRENCH[name][number], "manual" if step == "type" else "machine")
            elif step == "publish" and not missing_passages(translation):
                publish_french(texts)
            elif step == "review" and not missing_passages(translation):
                passages = reviews.passages_to_review(texts, translation)
                reviews.mark_as_reviewed(texts, passages, admin_user)
                seen |= {(passage.dutch, passage.translation) for passage in passages}
            elif step.startswith("restore"):
                page = texts if "French" in step else dutch
                revisions = list(page.revisions.order_by("pk"))
                revisions[number % len(revisions)].publish()
            dutch, texts = MethodPage.objects.get(pk=method.pk), MethodPage.objects.get(pk=french.pk)
            fields = ("title", "slug", "lead", "summary")
            read = {(getattr(dutch, name), getattr(texts, name)) for name in fields} <= seen
            assert (state_of(texts).origin == "reviewed") is read, sequence
        transaction.set_rollback(True)


def test_starter_content_that_is_loaded_again_is_not_reviewed(admin_client, method, french):
    from portal.starter.loading.translations import store_segments

    review(admin_client, french)
    source = translation_of(french).source
    store_segments(source, french.locale, MethodPage(title="T", slug="s", lead="L.", summary="S."), "method:x")
    publish_french(french)
    assert now(french).origin == "machine"


def test_what_was_translated_before_stays_in_its_box_with_what_changed_in_dutch(admin_client, method, french):
    write_dutch(method, summary="Getrainde vrijwilligers bemiddelen.")
    html = soup(admin_client.get(reverse("wagtailadmin_pages:edit", args=[french.pk])))
    known = json.loads(html.select_one("[data-props]")["data-props"])
    segment = next(one["id"] for one in known["segments"] if one["contentPath"] == "summary")
    box = next(one for one in known["initialStringTranslations"] if one["segment_id"] == segment)
    assert box["data"] == "Vrijwilligers bemiddelen. fr"
    assert "vroegere Nederlandse tekst" in box["error"]
    assert "Vrijwilligers" in [text_of(words) for words in html.select(".deletion")]
    assert "Getrainde vrijwilligers" in [text_of(words) for words in html.select(".addition")]
    assert missing_passages(translation_of(french)) == 1, "it counts as missing until somebody saves it"


def test_each_changed_paragraph_finds_the_translation_of_the_one_it_was(admin_client, site, translate):
    method = make_method(title="Buren", mechanism="<p>Buren bellen aan.</p><p>Een vrijwilliger luistert.</p>")
    french = translate(method, "fr")
    write_dutch(method, mechanism="<p>Een vrijwilliger luistert altijd.</p><p>Buren bellen later aan.</p>")
    former = reviews.former_translations(translation_of(french))
    assert [one.translation for one in former] == ["Een vrijwilliger luistert. fr", "Buren bellen aan. fr"]


def test_a_passage_that_keeps_changing_keeps_its_last_translation(method, french):
    write_dutch(method, summary="Tweede.")
    type_french(french, "summary", "Deuxième.")
    write_dutch(method, summary="Derde.")
    write_dutch(method, summary="Vierde.")
    assert [one.translation for one in reviews.former_translations(translation_of(french))] == ["Deuxième."]


def test_earlier_marks_are_carried_over_where_the_text_has_not_changed_since(admin_user, method, french):
    (name,) = (found.name for found in pkgutil.iter_modules(migrations.__path__) if "reviews_as_pairs" in found.name)
    migration = importlib.import_module(f"{migrations.__name__}.{name}")
    MethodPage.objects.filter(pk=french.pk).update(translation_origin="reviewed", reviewed_on=date(2026, 10, 1))
    entry = PageLogEntry.objects.log_action(instance=french, action="schakel.reviewed", user=admin_user)
    PageLogEntry.objects.filter(pk=entry.pk).update(timestamp=datetime(2026, 10, 1, 12, tzinfo=UTC))
    rows = StringTranslation.objects.filter(locale=french.locale)
    rows.update(updated_at=datetime(2026, 9, 1, tzinfo=UTC))
    changed = rows.filter(context__path="summary", context__object_id=french.translation_key)
    changed.update(updated_at=datetime(2026, 10, 1, 13, tzinfo=UTC))
    for _twice in range(2):
        migration.keep_reviews(apps, None)
    state = now(french)
    assert (state.origin, state.reviewed_on) == ("machine", date(2026, 10, 1))
    changed.update(updated_at=datetime(2026, 9, 1, tzinfo=UTC))
    migration.keep_reviews(apps, None)
    assert now(french).origin == "reviewed"
    assert {stamp.dutch for stamp in ReviewedPassage.objects.all()} >= {
        reviews.fingerprint("Vrijwilligers bemiddelen.")
    }
