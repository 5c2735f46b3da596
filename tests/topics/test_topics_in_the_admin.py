"""The thesaurus in the admin."""

import pytest
from bs4 import BeautifulSoup

from portal.methods.models import MethodIndexPage
from tests.topics.factories import make_topic

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/topics/topic/"


def labels(client, **query) -> list[str]:
    return [topic.label_nl for topic in client.get(LIST, query).context["object_list"]]


def test_the_list_is_in_the_order_of_a_dictionary(admin_client, site):
    for key, label in (("b", "Veilig Huis"), ("a", "straat"), ("c", "aanpak")):
        make_topic(key, label)
    assert labels(admin_client) == ["aanpak", "straat", "Veilig Huis"]


def test_a_topic_is_found_by_another_word_in_another_language(admin_client, site):
    make_topic("street", "straat", label_fr="rue", alternatives_fr="voirie")
    make_topic("approach", "aanpak")
    assert labels(admin_client, q="voirie") == ["straat"]


def test_the_list_of_topics_in_a_form_knows_the_other_words_of_each_language(site, admin_client):
    make_topic(
        "nuisance",
        "overlast",
        label_fr="incivilités",
        alternatives_nl="hinder\nstoornis",
        alternatives_en="antisocial behaviour",
    )
    index = MethodIndexPage.objects.get()
    page = admin_client.get(f"/admin/pages/add/methods/methodpage/{index.pk}/")
    option = BeautifulSoup(page.content, "html.parser").select_one("select#id_topics option")
    assert option.text.strip() == "overlast"
    assert set(option["data-words"].split(", ")) >= {
        "overlast",
        "incivilités",
        "hinder",
        "stoornis",
        "antisocial behaviour",
    }
