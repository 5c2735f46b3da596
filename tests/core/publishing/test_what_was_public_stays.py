"""What was public is never deleted, takes its translations along when it goes off line, and offers them back after."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from portal.core.models import SchakelImage
from portal.core.publishing.withdrawal import republish_translation, translations_to_republish
from portal.core.translation.state import state_of
from portal.methods.models import MethodPage
from portal.starter.groups import REVIEWERS, WRITERS, ensure_translators, translator_group_name
from portal.topics.models import Topic, TopicIndexPage
from tests.factories import make_method
from tests.markup import soup, text_of
from tests.topics.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def method(site):
    return make_method(title="Burenbemiddeling", lead="Buren praten weer.", summary="Vrijwilligers bemiddelen.")


def said(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def bulk(client, action, *things, kind=("wagtailcore", "page")):
    url = reverse("wagtail_bulk_action", args=[*kind, action])
    ids = "&".join(f"id={thing.pk}" for thing in things)
    return client.post(f"{url}?{ids}&next=/admin/methods/", follow=True)


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def publish(client, page):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)


def as_translator(client, language="fr"):
    ensure_translators(language)
    user = get_user_model().objects.create_user("vertaler", email="v@example.org", password="x")
    user.groups.add(Group.objects.get(name=translator_group_name(language)))
    client.force_login(get_user_model().objects.get(pk=user.pk))
    return client


# -- deleting


@pytest.mark.parametrize("is_live", [True, False])
def test_a_page_that_was_public_is_not_deleted_by_anybody(admin_client, method, is_live):
    if not is_live:
        method.unpublish()
    answer = delete(admin_client, method)
    assert MethodPage.objects.filter(pk=method.pk).exists()
    assert "Niet verwijderd" in said(answer)
    assert (reverse("wagtailadmin_pages:unpublish", args=[method.pk]) in said(answer)) is is_live


def test_nor_from_a_list(admin_client, method):
    draft = make_method(title="Ontwerp", publish=False)
    answer = bulk(admin_client, "delete", draft, method)
    assert "Niet verwijderd" in said(answer)
    assert MethodPage.objects.filter(pk__in=[draft.pk, method.pk]).count() == 2


def test_nor_with_the_page_above_it(admin_client, method):
    delete(admin_client, method.get_parent())
    assert MethodPage.objects.filter(pk=method.pk).exists()


def test_nor_in_another_language_by_its_translator(client, method, translate):
    french = translate(method, "fr")
    translator = as_translator(client)
    delete(translator, french)
    bulk(translator, "delete", french)
    assert MethodPage.objects.filter(pk=french.pk).exists()


def test_nor_a_draft_whose_translation_was_public(admin_client, method, translate):
    translate(method, "fr")
    MethodPage.objects.filter(pk=method.pk).update(live=False, first_published_at=None)
    delete(admin_client, method)
    assert MethodPage.objects.filter(pk=method.pk).exists()


@pytest.mark.parametrize("in_a_list", [False, True])
def test_a_draft_goes_with_the_drafts_of_its_translations_and_says_so(admin_client, site, translate, in_a_list):
    draft = make_method(title="Ontwerp", publish=False)
    french = translate(draft, "fr", publish=False)
    if in_a_list:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={draft.pk}"
    else:
        url = reverse("wagtailadmin_pages:delete", args=[draft.pk])
    assert "Deze vertalingen worden mee verwijderd" in admin_client.get(url).content.decode()
    bulk(admin_client, "delete", draft) if in_a_list else delete(admin_client, draft)
    assert not Page.objects.filter(pk__in=[draft.pk, french.pk]).exists()


def test_a_record_with_an_address_is_not_deleted(admin_client, site):
    topic = make_topic("buren", "buren")
    answer = admin_client.post(reverse("wagtailsnippets_topics_topic:delete", args=[topic.pk]), follow=True)
    assert "Niet verwijderd" in said(answer)
    assert reverse("wagtailsnippets_topics_topic:unpublish", args=[topic.pk]) in said(answer)
    bulk(admin_client, "delete", topic, kind=("topics", "topic"))
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_a_record_that_was_never_public_is_deleted(admin_client, site):
    topic = Topic.objects.create(key="nieuw", live=False)
    admin_client.post(reverse("wagtailsnippets_topics_topic:delete", args=[topic.pk]))
    assert not Topic.objects.filter(pk=topic.pk).exists()


def shown_on(method, kind):
    if kind == "image":
        thing = SchakelImage.objects.create(title="Foto", file=get_test_image_file())
        method.social_image = thing
        url = reverse("wagtailimages:delete", args=[thing.pk])
    else:
        thing = get_document_model().objects.create(title="Gids", file=ContentFile(b"gids", name="gids.txt"))
        method.mechanism = f'<p><a linktype="document" id="{thing.pk}">de gids</a></p>'
        url = reverse("wagtaildocs:delete", args=[thing.pk])
    method.save_revision().publish()
    return thing, url


@pytest.mark.parametrize(
    ("kind", "app"), [("image", ("core", "schakelimage")), ("document", ("core", "schakeldocument"))]
)
def test_a_file_on_a_public_page_is_not_deleted_until_it_is_taken_away_there(admin_client, method, kind, app):
    thing, url = shown_on(method, kind)
    answer = admin_client.post(url, follow=True)
    assert "Niet verwijderd" in said(answer)
    assert "Burenbemiddeling" in said(answer)
    bulk(admin_client, "delete", thing, kind=app)
    assert type(thing).objects.filter(pk=thing.pk).exists()
    method.unpublish()
    admin_client.post(url)
    assert not type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize(
    ("kind", "url_name"), [("image", "wagtailimages:delete_multiple"), ("document", "wagtaildocs:delete_multiple")]
)
def test_nor_is_it_deleted_from_the_page_for_uploading_many(admin_client, method, kind, url_name):
    thing, _ = shown_on(method, kind)
    url = reverse(url_name, args=[thing.pk])
    answer = admin_client.post(url).json()
    assert answer["success"] is False
    assert "Burenbemiddeling" in answer["error"]
    assert type(thing).objects.filter(pk=thing.pk).exists()
    method.unpublish()
    assert admin_client.post(url).json()["success"] is True
    assert not type(thing).objects.filter(pk=thing.pk).exists()


# -- off line, and back


def test_the_dialogs_say_which_translations_go_along(admin_client, method, translate):
    translate(method, "fr", title="Médiation")
    for url in (
        reverse("wagtailadmin_pages:unpublish", args=[method.pk]),
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={method.pk}",
    ):
        html = soup(admin_client.get(url))
        assert "Deze vertalingen gaan mee offline:" in text_of(html)
        assert "Français: Médiation" in [text_of(line) for line in html.select("li:has(> span[lang=fr])")]


def test_the_dialog_of_a_record_says_in_which_languages_it_goes(admin_client, method, translate):
    translate(method, "fr")
    topics = TopicIndexPage.objects.get(locale__language_code="nl")
    translate(topics, "fr")
    topic = make_topic("buren", "buren", label_fr="voisins")
    html = admin_client.get(reverse("wagtailsnippets_topics_topic:unpublish", args=[topic.pk])).content.decode()
    assert "Het gaat in elke taal offline: Nederlands en Frans." in html


def test_the_dialog_to_move_says_that_translations_stay(admin_client, method, translate):
    translate(method, "fr", title="Médiation")
    url = reverse("wagtailadmin_pages:move_confirm", args=[method.pk, method.get_parent().pk])
    assert "Deze vertalingen blijven staan" in admin_client.get(url).content.decode()


def test_published_again_the_dutch_page_offers_its_translations_back(admin_client, client, method, translate):
    french, german = translate(method, "fr"), translate(method, "de")
    german.unpublish()  # before, and for its own reason
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[method.pk]))
    answer = bulk(admin_client, "publish", method)
    assert "Een vertaling van “Burenbemiddeling” ging mee offline en is dat nog: Français." in said(answer)
    back = reverse("translations_back", args=[method.pk])
    assert back in said(answer)
    edit = reverse("wagtailadmin_pages:edit", args=[method.pk])
    assert back in admin_client.get(edit).content.decode()

    answer = admin_client.post(back, {"translation": [french.pk, german.pk]}, follow=True)
    assert "Opnieuw gepubliceerd: Français." in said(answer)
    assert MethodPage.objects.get(pk=french.pk).live
    assert not MethodPage.objects.get(pk=german.pk).live
    assert back not in admin_client.get(edit).content.decode()


def test_a_translation_comes_back_as_it_was_and_says_that_dutch_changed(admin_client, method, translate):
    french = translate(method, "fr")
    method.unpublish()
    method.summary = "Getrainde vrijwilligers bemiddelen."
    method.save_revision().publish()
    draft = MethodPage.objects.get(pk=french.pk)
    draft.summary = "Getrainde vrijwilligers bemiddelen."  # Dutch in the middle, as in a draft of a new translation
    draft.save_revision()
    admin_client.post(reverse("translations_back", args=[method.pk]), {"translation": [french.pk]})
    french = MethodPage.objects.get(pk=french.pk)
    assert (french.live, french.summary) == (True, "Vrijwilligers bemiddelen. fr")
    assert state_of(french).outdated == 1


def test_a_translation_comes_back_as_it_was_published_at_a_set_time(method, translate):
    french = translate(method, "fr")
    french.summary = "Des volontaires font la médiation."
    french.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    method.unpublish()
    republish_translation(MethodPage.objects.get(pk=french.pk), None)
    assert MethodPage.objects.get(pk=french.pk).summary == "Des volontaires font la médiation."


def test_what_went_off_line_at_its_own_set_time_is_not_offered_back(method, translate):
    french = translate(method, "fr")
    method.unpublish()
    method.get_latest_revision().publish()
    french = MethodPage.objects.get(pk=french.pk)
    french.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    MethodPage.objects.filter(pk=french.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not MethodPage.objects.get(pk=french.pk).live
    assert translations_to_republish(MethodPage.objects.get(pk=method.pk)) == []


def test_a_translator_brings_back_her_own_language_only(client, method, translate):
    french, german = translate(method, "fr"), translate(method, "de")
    method.unpublish()
    method.get_latest_revision().publish()
    translator = as_translator(client)
    translator.post(reverse("translations_back", args=[method.pk]), {"translation": [french.pk, german.pk]})
    assert MethodPage.objects.get(pk=french.pk).live
    assert not MethodPage.objects.get(pk=german.pk).live


def test_who_publishes_the_dutch_page_brings_them_all_back(client, method, translate):
    french = translate(method, "fr")
    method.unpublish()
    client.force_login(member(REVIEWERS))
    assert reverse("translations_back", args=[method.pk]) in said(bulk(client, "publish", method))
    client.post(reverse("translations_back", args=[method.pk]), {"translation": [french.pk]})
    assert MethodPage.objects.get(pk=french.pk).live


def test_what_was_to_go_public_later_waits_with_its_dutch_page(method, translate):
    french = translate(method, "fr", publish=False)
    french.revisions.update(approved_go_live_at="2050-01-01T00:00Z")
    method.unpublish()
    assert not french.revisions.filter(approved_go_live_at__isnull=False).exists()


# -- no translation without its Dutch page


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_translation_without_its_dutch_page_is_not_published(admin_client, method, translate, is_gone):
    french = translate(method, "fr")
    if is_gone:
        french.unpublish()
        method.delete()
    else:
        method.unpublish()
    assert "Publiceer eerst die." in said(publish(admin_client, french))
    assert "Publiceer eerst die." in said(bulk(admin_client, "publish", french))
    assert not MethodPage.objects.get(pk=french.pk).live


def test_a_translation_is_not_turned_into_a_copy_of_the_dutch_page(admin_client, method, translate):
    french = translate(method, "fr")
    answer = admin_client.post(reverse("wagtail_localize:convert_to_alias", args=[french.pk]), follow=True)
    assert "werd geen kopie van de Nederlandse pagina" in said(answer)
    french = MethodPage.objects.get(pk=french.pk)
    assert (french.alias_of, french.summary) == (None, "Vrijwilligers bemiddelen. fr")


# -- an approval is a review


def approved_by(user, method, writer):
    method.save_revision(user=writer)
    state = Workflow.objects.get(name="Nalezing").start(method, writer)
    state.current_task_state.approve(user=user)
    return MethodPage.objects.get(pk=method.pk)


def member(group):
    user = get_user_model().objects.create_user(group.lower(), email=f"{group}@example.org", password="x")
    user.groups.add(Group.objects.get(name=group))
    return user


def test_after_an_approval_the_page_shows_the_day_and_the_role_of_the_review(client, site):
    method = make_method(title="Ontwerp", publish=False)
    page = approved_by(member(REVIEWERS), method, member(WRITERS))
    assert page.live
    html = client.get(page.url).content.decode()
    assert "nalezer van het portaal" in html
    assert soup(html).select(f'time[datetime="{page.reviewed_on:%Y-%m-%d}"]')
    assert "nog niet" not in html.partition("Nagelezen")[2][:120]
    assert page.get_latest_revision_as_object().reviewed_on == page.reviewed_on


def test_a_role_that_was_written_for_this_review_stays(site):
    method = make_method(title="Ontwerp", publish=False, reviewer_role="coördinator straathoekwerk")
    assert approved_by(member(REVIEWERS), method, member(WRITERS)).reviewer_role == "coördinator straathoekwerk"


def test_the_role_of_an_earlier_review_does_not_stay_beside_the_new_day(site):
    method = make_method(title="Buurttafel", reviewer_role="coördinator straathoekwerk")
    assert approved_by(member(REVIEWERS), method, member(WRITERS)).reviewer_role == "nalezer van het portaal"


def test_who_approves_her_own_page_has_reviewed_nothing(site):
    reviewer = member(REVIEWERS)
    page = approved_by(reviewer, make_method(title="Ontwerp", publish=False), reviewer)
    assert (page.live, page.reviewed_on) == (True, None)


def test_publishing_is_no_review(method):
    method.get_latest_revision().publish(user=member(REVIEWERS))
    assert MethodPage.objects.get(pk=method.pk).reviewed_on is None


# -- the API of the admin


@pytest.mark.parametrize("who", ["superuser", "translator"])
def test_the_api_of_the_admin_changes_no_page(admin_client, client, method, translate, who):
    french = translate(method, "fr")
    french.unpublish()
    method.unpublish()
    caller = admin_client if who == "superuser" else as_translator(client)
    pages = list(Page.objects.order_by("pk").values("pk", "live", "path", "alias_of"))
    for action in PagesAdminAPIViewSet.actions:
        for page in (method, french):
            answer = caller.post(f"/admin/api/main/pages/{page.pk}/action/{action}/", {"recursive": False})
            assert (answer.status_code, list(answer.json())) == (403, ["detail"])
    assert list(Page.objects.order_by("pk").values("pk", "live", "path", "alias_of")) == pages
    assert admin_client.get("/admin/api/main/pages/").status_code == 200
