"""Loads the starter content. Loading is idempotent, can be resumed, and never overwrites what staff have changed."""

from collections.abc import Callable, Iterable

from wagtail.models import Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.starter.groups import ensure_groups, ensure_translators
from portal.starter.loading import former_addresses, recordings, records
from portal.starter.loading.content_files import StarterItem, read_items, read_site
from portal.starter.loading.feed_sources import load_feed_sources
from portal.starter.loading.pages import ensure_pages, fill_page, find_page, find_page_id
from portal.starter.loading.structure import (
    HOME_AND_INDEX_PAGES,
    choose_for_home,
    ensure_site,
    index_items,
    name_channels,
)
from portal.starter.loading.translations import translate_page

Progress = Callable[[str], None]


def page_items() -> list[StarterItem]:
    """Return every page of the starter content, in the order of loading."""
    return [
        *read_items("methods", "method"),
        *read_items("projects", "project"),
        *read_items("dossiers", "dossier"),
        *read_items("pages", "page"),
    ]


def load_structure() -> None:
    """Create the site without content: home, index pages and groups. Used by `--no-starter`, and first by `load`."""
    ensure_site(read_site())
    ensure_groups()


def load(*, languages: Iterable[str] = ("nl",), demo: bool = False, progress: Progress = lambda sentence: None) -> None:
    """Load the starter content in these languages, Dutch first, because it is the source of the translations."""
    languages = list(languages)
    load_structure()
    if "nl" in languages:
        load_dutch(demo=demo, progress=progress)
    for language in languages:
        if language != "nl":
            load_translations(language, progress=progress)


def load_dutch(*, demo: bool = False, progress: Progress = lambda sentence: None) -> None:
    """Load the records in every language, then the Dutch pages.

    Wagtail's reference index, which visitors do not need, is left to the job `starter.references`.
    """
    with disable_reference_index_auto_update():
        _load_dutch(demo, progress)


def _load_dutch(demo: bool, progress: Progress) -> None:
    site = read_site()
    records.note_machine_translations()
    progress(f"{records.load_topics()} topics")
    progress(f"{records.load_organisations()} organisations")
    records.load_small_records(site)
    items = page_items()
    ensure_pages(items)
    progress(f"{sum(fill_page(item) for item in items)} Dutch pages")
    choose_for_home(site)
    name_channels(site)
    former_addresses.remember()
    written = recordings.load_recordings()
    if demo:
        written += recordings.load_recordings("recordings-demo")
    progress(f"{written} recordings, {recordings.load_further_sessions()} sessions of others")
    progress(f"{load_feed_sources()} feeds, switched off")


def load_translations(language: str, *, progress: Progress = lambda sentence: None) -> None:
    """Load the pages in one other language, the index pages first.

    Each page is one transaction, so an interrupted load continues where it stopped.
    """
    pairs = [(_index_page(item), item) for item in index_items(read_site())]
    pairs += [(find_page(item), item) for item in page_items()]
    for done, (original, item) in enumerate(pairs):
        if original is not None:
            translate_page(original, item, language, find_page_id)
        if done == 0:
            # Wagtail caches for an hour where the languages of a site begin; here one was added.
            Site.clear_site_root_paths_cache()
            ensure_translators(language)
        progress(f"{language}: {done + 1} of {len(pairs)} pages")


def _index_page(item: StarterItem) -> Page | None:
    return HOME_AND_INDEX_PAGES[item.key].objects.filter(locale__language_code="nl").first()
