import pytest
from django.urls import reverse
from django.utils import translation

from portal.core.content.countries import country_name
from portal.organisations.models import Contact, Organisation
from tests.markup import soup
from tests.organisations.factories import make_city, make_contact, make_organisation

pytestmark = pytest.mark.django_db


def address(model, name, *args):
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def test_staff_find_an_organisation_by_its_french_name(admin_client, site):
    make_city("rijsel", "Rijsel", name_fr="Lille")
    make_city("leiria", "Leiria")
    html = admin_client.get(address(Organisation, "list"), {"q": "Lille"}).content.decode()
    assert "Rijsel" in html
    assert "Leiria" not in html


def test_the_list_can_be_narrowed_to_cities_whose_place_is_not_confirmed(admin_client, site):
    make_city("leiria", "Leiria", place_confirmed=True)
    make_organisation("ugent", "Universiteit Gent")
    html = admin_client.get(address(Organisation, "list"), {"place_confirmed": "true", "type": "city"}).content.decode()
    assert "Leiria" in html
    assert "Universiteit Gent" not in html


@pytest.mark.parametrize("model", [Organisation, Contact])
def test_the_form_has_a_field_for_the_words_of_each_language(admin_client, site, settings, model):
    record = make_city("leiria", "Leiria") if model is Organisation else make_contact("preventie", "Preventie")
    html = soup(admin_client.get(address(model, "edit", record.pk)))
    field = record.title_field
    assert all(html.select(f"[name={field}_{code}]") for code in settings.CONTENT_LANGUAGES)
    assert not html.select(f"[name={field}]")


def test_an_organisation_is_chosen_by_a_part_of_its_name_in_any_language(admin_client, site):
    make_city("rijsel", "Rijsel", name_fr="Lille")
    make_city("leiria", "Leiria")
    viewset = Organisation.snippet_viewset.chooser_viewset
    for view in ("choose", "choose_results"):
        html = admin_client.get(reverse(viewset.get_url_name(view)), {"q": "lill"}).content.decode()
        assert "Rijsel" in html
        assert "Leiria" not in html


def test_the_permanent_key_is_made_from_the_name(admin_client, site):
    form = {"name_nl": "Stad Proefgem", "type": "city", "country": "BE", "action-publish": "1"}
    assert admin_client.post(address(Organisation, "add"), form).status_code == 302
    assert Organisation.objects.get(name_nl="Stad Proefgem").key == "stad-proefgem"


@pytest.mark.parametrize(
    ("country", "refused"), [("BE", False), ("XK", False), ("", False), ("ZZ", True), ("be", True)]
)
def test_a_country_is_one_of_the_list_with_kosovo(admin_client, site, country, refused):
    form = {"name_nl": "Stad Proefgem", "type": "city", "country": country, "action-publish": "1"}
    answer = admin_client.post(address(Organisation, "add"), form)
    assert Organisation.objects.filter(name_nl="Stad Proefgem").exists() is not refused
    if refused:
        assert "country" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nl", ["België", "Griekenland", "Verenigde Staten", "Kosovo"]),
        ("fr", ["Belgique", "Grèce", "États-Unis", "Kosovo"]),
        ("en", ["Belgium", "Greece", "United States", "Kosovo"]),
        ("de", ["Belgien", "Griechenland", "Vereinigte Staaten", "Kosovo"]),
    ],
)
def test_countries_have_their_names_in_each_language(language, names):
    with translation.override(language):
        assert [country_name(code) for code in ("BE", "GR", "US", "XK")] == names
        assert country_name("ZZ") == "ZZ"
