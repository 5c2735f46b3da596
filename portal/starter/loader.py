"""Loads the starter content: idempotent, resumable, and never over what staff changed."""

from collections.abc import Callable, Iterable

from wagtail.models import Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.starter import records
from portal.starter.content_files import Item, read_items, read_site
from portal.starter.feed_sources import load_sources
from portal.starter.groups import ensure_groups, ensure_translators
from portal.starter.pages import ensure_pages, fill_page, page_id, page_of
from portal.starter.structure import HOME_AND_INDEX_PAGES, ensure_site, index_items
from portal.starter.translations import translate_page

Progress = Callable[[str], None]


def page_items() -> list[Item]:
    """Every page of the starter content, in the order of loading."""
    return [
        *read_items("methods", "method"),
        *read_items("projects", "project"),
        *read_items("dossiers", "dossier"),
        *read_items("pages", "page"),
    ]


def load_structure() -> None:
    """The site without content: home, index pages, groups. For `--no-starter`, and the beginning of `load`."""
    ensure_site(read_site())
    ensure_groups()


def load(*, languages: Iterable[str] = ("nl",), demo: bool = False, progress: Progress = lambda sentence: None) -> None:
    """Load the starter content in these languages; Dutch always comes first, because it is the source."""
    languages = list(languages)
    load_structure()
    if "nl" in languages:
        load_dutch(demo=demo, progress=progress)
    for language in languages:
        if language != "nl":
            load_translations(language, progress=progress)


def load_dutch(*, demo: bool = False, progress: Progress = lambda sentence: None) -> None:
    """The records in every language, then the Dutch pages.

    What is used where (Wagtail's reference index) is left for the job `starter.references`: visitors need it not.
    """
    with disable_reference_index_auto_update():
        _load_dutch(demo, progress)


def _load_dutch(demo: bool, progress: Progress) -> None:
    site = read_site()
    records.note_what_was_translated()
    progress(f"{records.load_topics()} topics")
    progress(f"{records.load_organisations()} organisations")
    records.load_small_records(site)
    items = page_items()
    ensure_pages(items)
    progress(f"{sum(fill_page(item) for item in items)} Dutch pages")
    written = records.load_recordings()
    if demo:
        written += records.load_recordings("recordings-demo")
    progress(f"{written} recordings")
    progress(f"{load_sources()} feeds, switched off")


def load_translations(language: str, *, progress: Progress = lambda sentence: None) -> None:
    """The pages in one other language, the index pages first.

    Each page is one transaction, so a load that was broken off goes on where it stopped.
    """
    pairs = [(_index_page(item), item) for item in index_items(read_site())]
    pairs += [(page_of(item), item) for item in page_items()]
    for done, (original, item) in enumerate(pairs):
        if original is not None:
            translate_page(original, item, language, page_id)
        if done == 0:
            # Wagtail remembers for an hour where the languages of a site begin; here one was added.
            Site.clear_site_root_paths_cache()
            ensure_translators(language)
        progress(f"{language}: {done + 1} of {len(pairs)} pages")


def _index_page(item: Item) -> Page | None:
    return HOME_AND_INDEX_PAGES[item.key].objects.filter(locale__language_code="nl").first()
