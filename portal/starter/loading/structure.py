"""Creates the site itself: locales, home, index pages and name, also without the starter content."""

from django.conf import settings
from wagtail.models import Locale, Page, Site

from portal.ask.models import AskPage
from portal.core.models import SiteWords
from portal.home.models import DossierIndexPage, HomePage
from portal.methods.models import MethodIndexPage
from portal.organisations.models import CityIndexPage
from portal.projects.models import ProjectIndexPage
from portal.starter.loading.content_files import StarterItem
from portal.topics.models import TopicIndexPage
from portal.webinars.models import WebinarIndexPage

INDEX_PAGES = {
    "methods": MethodIndexPage,
    "projects": ProjectIndexPage,
    "webinars": WebinarIndexPage,
    "dossiers": DossierIndexPage,
    "topics": TopicIndexPage,
    "cities": CityIndexPage,
    "ask": AskPage,
}
HOME_AND_INDEX_PAGES = {"home": HomePage} | INDEX_PAGES
TAGLINE = {
    "nl": "Kennisportaal preventie en veiligheid · stad Mechelen",
    "fr": "Portail de connaissances prévention et sécurité · ville de Malines",
    "en": "Knowledge portal on prevention and safety · City of Mechelen",
    "de": "Wissensportal Prävention und Sicherheit · Stadt Mecheln",
}
PUBLISHER = {
    "nl": "Afdeling Preventie en Veiligheid, stad Mechelen",
    "fr": "Département Prévention et Sécurité, ville de Malines",
    "en": "Prevention and Safety Department, City of Mechelen",
    "de": "Abteilung Prävention und Sicherheit, Stadt Mecheln",
}


def index_items(site: dict) -> list[StarterItem]:
    """Return the home and the index pages as items, the home first."""
    return [StarterItem("index", name, {"key": name}, site[name]) for name in ("home", *INDEX_PAGES)]


def ensure_site(site: dict) -> HomePage:
    """Create the locales, the Dutch home with its index pages, and the site, if they are missing. Returns the home."""
    for code in settings.CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    home = HomePage.objects.filter(locale__language_code="nl").first()
    if home is None:
        root = Page.get_first_root_node()
        for welcome in root.get_children().filter(depth=2).exclude(content_type__model="homepage"):
            welcome.delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(key="home", slug="nl", live=False, locale=_dutch(), **_words(site["home"]["nl"]))
        )
        home.save_revision().publish()
        Site.objects.exclude(is_default_site=True).delete()
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "port": 80, "site_name": settings.WAGTAIL_SITE_NAME, "root_page": home},
        )
    for name, model in INDEX_PAGES.items():
        if not model.objects.filter(locale__language_code="nl").exists():
            words = site[name]["nl"]
            page = model(key=name, slug=words["slug"], show_in_menus=True, live=False, locale=_dutch(), **_words(words))
            HomePage.objects.get(pk=home.pk).add_child(instance=page)
            page.save_revision().publish()
    ensure_site_words()
    return HomePage.objects.get(pk=home.pk)


def ensure_site_words() -> None:
    """Write the name of the site and its tagline, unless staff have written them."""
    words = SiteWords.for_site(Site.objects.get(is_default_site=True))
    if not words.tagline_nl:
        for code in settings.CONTENT_LANGUAGES:
            setattr(words, f"tagline_{code}", TAGLINE[code])
            setattr(words, f"publisher_{code}", PUBLISHER[code])
        words.save()


def _dutch() -> Locale:
    return Locale.objects.get(language_code="nl")


def _words(text: dict) -> dict:
    return {"title": text["title"], "lead": text.get("lead", ""), "search_description": text.get("lead", "")[:250]}
