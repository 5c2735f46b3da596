import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import Translation

from portal.core.translation.state import missing_passages, state_of, translation_of
from portal.methods.models import MethodPage
from portal.starter.groups import ensure_translators, translator_group_name
from tests.factories import make_method

pytestmark = pytest.mark.django_db


@pytest.fixture
def method(site):
    return make_method(
        title="Burenbemiddeling", key="burenbemiddeling", lead="Buren praten weer.", summary="Vrijwilligers bemiddelen."
    )


def test_a_dutch_publication_leaves_the_translation_as_it_is(client, method, translate):
    translate(method, "fr", title="Médiation de voisinage", summary="Des bénévoles font la médiation.")
    method.summary = "Getrainde vrijwilligers bemiddelen."
    method.save_revision().publish()
    french = MethodPage.objects.get(locale__language_code="fr")
    assert french.summary == "Des bénévoles font la médiation."


def test_exactly_the_changed_passage_is_outdated(method, translate):
    french = translate(method, "fr")
    assert state_of(french).outdated == 0
    method.summary = "Getrainde vrijwilligers bemiddelen."
    method.save_revision().publish()
    translation = Translation.objects.get(target_locale__language_code="fr", source__object_id=method.translation_key)
    assert missing_passages(translation) == 1
    assert state_of(MethodPage.objects.get(pk=french.pk)).outdated == 1


def test_the_visitor_is_told_and_finds_the_original_with_one_click(client, method, translate):
    french = translate(method, "fr", title="Médiation", translation_type="machine")
    html = client.get(french.url).content.decode()
    assert method.url in html
    assert state_of(french).is_machine


def test_unpublishing_the_dutch_page_takes_its_translations_off_line(client, method, translate):
    french = translate(method, "fr")
    assert client.get(french.url).status_code == 200
    method.unpublish()
    assert client.get(french.url).status_code in (404, 410)


# The button of the translation editor sends the one, Wagtail's own form the other.
@pytest.mark.parametrize("button", [{"action": "publish"}, {"action-publish": ""}])
def test_a_translation_with_missing_passages_is_not_published(admin_client, method, translate, button):
    french = translate(method, "fr")
    method.summary = "Getrainde vrijwilligers bemiddelen."
    method.save_revision().publish()
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[french.pk]), button, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert MethodPage.objects.get(pk=french.pk).summary == "Vrijwilligers bemiddelen. fr"


def test_a_translation_with_missing_passages_is_not_published_from_a_list_either(admin_client, method, translate):
    french = translate(method, "fr")
    french.unpublish()
    method.summary = "Getrainde vrijwilligers bemiddelen."
    method.save_revision().publish()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin_client.post(f"{url}?id={french.pk}&next=/admin/methods/", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not MethodPage.objects.get(pk=french.pk).live


def test_bringing_dutch_changes_to_the_translations_does_not_publish_them(admin_client, method, translate):
    french = translate(method, "fr")
    method.summary = "Getrainde vrijwilligers bemiddelen."
    method.save_revision()
    source = translation_of(french).source
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert 'type="checkbox"' not in admin_client.get(url).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert admin_client.post(url, {"publish_translations": "on"}).status_code == 302
    assert MethodPage.objects.get(pk=french.pk).summary == "Vrijwilligers bemiddelen. fr"


def test_facts_are_read_from_the_dutch_page_at_once(method, translate):
    french = translate(method, "fr")
    method.evidence_level = 3
    method.save_revision().publish()
    assert MethodPage.objects.get(pk=french.pk).original.evidence_level == 3


def test_a_review_by_a_person_is_logged_and_shown(admin_client, method, translate):
    french = translate(method, "fr", translation_type="machine")
    url = reverse("translation_reviewed", args=[french.pk])
    page = admin_client.get(url)
    assert "Vrijwilligers bemiddelen. fr" in page.content.decode()
    admin_client.post(url, {"seal": page.context["seal"]})
    french = MethodPage.objects.get(pk=french.pk)
    assert state_of(french).origin == "reviewed"
    assert PageLogEntry.objects.filter(page=french.pk, action="schakel.reviewed").exists()
    assert translation_of(french) is not None


def as_translator(client, language="fr"):
    """Somebody who translates into one language."""
    ensure_translators(language)
    user = get_user_model().objects.create_user("vertaler", password="x")
    user.groups.add(Group.objects.get(name=translator_group_name(language)))
    client.force_login(get_user_model().objects.get(pk=user.pk))
    return client


def edit(client, page):
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True)


def test_a_translator_reads_how_much_is_missing_before_she_begins(client, method, translate):
    french = translate(method, "fr")
    method.summary = "Getrainde vrijwilligers bemiddelen."
    method.save_revision().publish()
    html = edit(as_translator(client), french).content.decode()
    assert "1 passage heeft nog geen vertaling" in html
    assert "Markeren als nagelezen" not in html


def test_a_whole_machine_translation_says_so_and_can_be_marked_as_reviewed(client, method, translate):
    french = translate(method, "fr", translation_type="machine")
    html = edit(as_translator(client), french).content.decode()
    assert "Door een machine gemaakt" in html
    assert reverse("translation_reviewed", args=[french.pk]) in html


def test_a_translator_changes_the_pages_of_her_own_language_only(client, method, translate):
    german = translate(method, "de")
    translate(method, "fr")
    translator = as_translator(client)
    for page in (method, german):
        answer = edit(translator, page)
        assert answer.redirect_chain[0][0] == reverse("wagtailadmin_home")
        assert "toegang" in " ".join(str(message) for message in answer.context["messages"])


def test_the_words_of_the_translation_editor_do_not_run_together(admin_client, site):
    catalogue = admin_client.get(reverse("wagtail_localize:javascript_catalog")).content.decode()
    assert '"Publish in ": "Publiceren in het "' in catalogue


def test_a_page_that_is_sent_to_translation_opens_passage_by_passage(admin_client, method, translate):
    translate(make_method(title="Straatkoken"), "fr")  # the French tree is there
    french_locale = Locale.objects.get(language_code="fr")
    url = reverse("wagtail_localize:submit_page_translation", args=[method.pk])
    admin_client.post(url, {"locales": [french_locale.pk]})
    french = MethodPage.objects.get(translation_key=method.translation_key, locale=french_locale)
    html = edit(admin_client, french).content.decode()
    assert "js-translation-editor" in html
    assert "passages hebben nog geen vertaling" in html
