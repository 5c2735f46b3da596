"""Creates the site itself: locales, home, index pages and name, also without the starter content."""

from django.conf import settings
from wagtail.models import Locale, Page, Revision, Site

from portal.ask.models import AskPage
from portal.core.models import SiteWords
from portal.home.models import ChangesPage, DossierIndexPage, DossierPage, HomePage
from portal.methods.models import MethodIndexPage, MethodPage
from portal.organisations.models import CityIndexPage
from portal.projects.models import ProjectIndexPage
from portal.starter.loading import load_history
from portal.starter.loading.content_files import StarterItem, digest
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
    "changes": ChangesPage,
}
IN_MENU = ("methods", "projects", "webinars")  # the others are linked from the footer
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
            page = model(
                key=name,
                slug=words["slug"],
                show_in_menus=name in IN_MENU,
                live=False,
                locale=_dutch(),
                **_words(words),
            )
            HomePage.objects.get(pk=home.pk).add_child(instance=page)
            page.save_revision().publish()
    for item in index_items(site):
        _renew_words(item)
    ensure_site_words()
    return HomePage.objects.get(pk=home.pk)


def _renew_words(item: StarterItem) -> None:
    """Give the Dutch home or index page the words of this version, unless somebody of the staff ever saved it."""
    page = HOME_AND_INDEX_PAGES[item.key].objects.get(locale__language_code="nl")
    words, source_hash = item.texts["nl"], digest(item.texts["nl"])
    if load_history.is_up_to_date(item.name, "nl", source_hash) or _staff_changed(page):
        return
    new = _words(words) | ({"slug": words["slug"]} if "slug" in words else {})
    if any(getattr(page, name) != value for name, value in new.items()):
        for name, value in new.items():
            setattr(page, name, value)
        page.save_revision(clean=False).publish()
    load_history.record_load(item.name, "nl", source_hash, page)


def choose_for_home(site: dict) -> None:
    """Choose the problems and methods that the Dutch home shows first, unless somebody of the staff ever saved it."""
    home = HomePage.objects.get(locale__language_code="nl")
    chosen, source_hash = site["start_page"], digest(site["start_page"])
    if load_history.is_up_to_date("home:choices", "nl", source_hash) or _staff_changed(home):
        return
    home.problems = _pages(DossierPage, "problem", chosen["problems"])
    home.flagships = _pages(MethodPage, "method", chosen["flagships"])
    home.save_revision(clean=False).publish()
    load_history.record_load("home:choices", "nl", source_hash, home)


def name_channels(site: dict) -> None:
    """Name on the Dutch webinars page where else webinars are, unless somebody of the staff ever saved it."""
    index = WebinarIndexPage.objects.get(locale__language_code="nl")
    channels, source_hash = site.get("channels") or [], digest(site.get("channels"))
    if load_history.is_up_to_date("webinars:channels", "nl", source_hash) or _staff_changed(index):
        return
    index.channels = [
        ("channel", {"is_confirmed": False, **channel, "named_on": str(channel.get("named_on") or "")})
        for channel in channels
    ]
    index.save_revision(clean=False).publish()
    load_history.record_load("webinars:channels", "nl", source_hash, index)


def _pages(model: type[Page], block_type: str, keys: list[str]) -> list[tuple[str, Page]]:
    pages = {page.key: page for page in model.objects.filter(key__in=keys, locale__language_code="nl")}
    return [(block_type, pages[key]) for key in keys if key in pages]


def _staff_changed(page: Page) -> bool:
    """Whether somebody saved the page in the admin: the loader saves without a user."""
    return Revision.objects.for_instance(page).filter(user__isnull=False).exists()


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
