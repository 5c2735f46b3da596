"""A search to take along: as an Atom feed that tells what is new in it, and as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import feedgenerator, timezone
from django.utils.translation import gettext as _

from portal.core import searchable
from portal.core.content.characters import printable
from portal.core.searchable import LAST_PUBLISHED, Hit, SearchRequest, SearchResult, search
from portal.ui import vocabulary
from portal.ui.components.values import language_name
from portal.ui.times import duration
from search.indexing.last_published import last_published
from search.question.thesaurus import Thesaurus
from search.results.facet_labels import facet_words
from search.results.marks import plain
from search.results.speakers import names_of_speakers

MOST_ROWS = 500
MOST_ENTRIES = 100
# What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def rows_of(asked: SearchRequest, a_page: int = 100) -> Iterator[SearchResult]:
    """The answer to a question in pages, up to `MOST_ROWS` results; one that is not available is the last."""
    for page in range(1, MOST_ROWS // a_page + 1):
        result = search(replace(asked, page=page, per_page=a_page, facets=(), moments=0))
        yield result
        if not result.available or page * a_page >= result.total:
            return


def for_a_feed(asked: SearchRequest) -> SearchRequest:
    """The question as a feed asks it: what was published last, without what only a page shows."""
    return replace(asked, sort=LAST_PUBLISHED, page=1, per_page=MOST_ENTRIES, facets=(), moments=0)


def table(hits: Iterable[Hit], thesaurus: Thesaurus, language: str) -> str:
    """Hits as CSV with a heading, in the active language.

    With a byte order mark, and semicolons where a spreadsheet of that language expects them: else Excel shows one
    column of broken letters. No cell can be a formula.
    """
    hits = list(hits)
    words, names = facet_words(thesaurus, language), names_of_speakers(hits)

    def told(hit: Hit, name: str) -> str:
        return ", ".join(str(words[name](value)[0]) for value in hit.filters.get(name, ()))

    columns = {
        _("Kind"): lambda hit: str(vocabulary.KINDS.get(hit.kind, hit.kind)),
        _("Title"): lambda hit: plain(hit.title_html),
        _("Language"): lambda hit: language_name(hit.language),
        _("Also in"): lambda hit: ", ".join(language_name(code) for code in hit.languages if code != hit.language),
        _("Address"): lambda hit: settings.WAGTAILADMIN_BASE_URL + hit.url,
        _("Date"): lambda hit: hit.date.isoformat() if hit.date else "",
        _("Length"): lambda hit: duration(hit.duration_s) if hit.duration_s else "",
        _("Speakers"): lambda hit: ", ".join(names[key] for key in hit.filters.get("speaker", ()) if key in names),
        _("Topics"): lambda hit: told(hit, "topic"),
        _("Level"): lambda hit: told(hit, "tier"),
        _("Evidence"): lambda hit: told(hit, "evidence"),
        _("Country"): lambda hit: told(hit, "country"),
        _("Extract"): lambda hit: plain(hit.extract_html),
        _("Permanent key"): lambda hit: hit.id,
    }
    written = io.StringIO()
    writer = csv.writer(written, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerow([safe(name) for name in columns])
    writer.writerows([safe(column(hit)) for column in columns.values()] for hit in hits)
    return "\ufeff" + written.getvalue()


def safe(text: str) -> str:
    """A cell in one line that no spreadsheet takes for a formula."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text


class _Feed(feedgenerator.Atom1Feed):
    """An Atom feed whose entries say which language they are in."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}


def feed(hits: Iterable[Hit], *, title: str, address: str, here: str, language: str) -> str:
    """Hits as an Atom feed (RFC 4287), newest publication first; `address` is the results page, `here` the feed."""
    hits = list(hits)
    published = _published(hits)
    made = _Feed(
        title=printable(title),
        link=settings.WAGTAILADMIN_BASE_URL + address,
        description=None,
        language=language,
        feed_url=settings.WAGTAILADMIN_BASE_URL + here,
        feed_guid=settings.WAGTAILADMIN_BASE_URL + here,
    )
    never = datetime(1970, 1, 1, tzinfo=timezone.get_default_timezone())
    for hit in sorted(hits, key=lambda hit: published.get(hit.id, never), reverse=True):
        made.add_item(
            title=printable(plain(hit.title_html)),
            link=settings.WAGTAILADMIN_BASE_URL + hit.url,
            description=printable(hit.extract_html),
            unique_id=f"{settings.WAGTAILADMIN_BASE_URL}/id/{hit.kind}/{hit.key}",
            updateddate=published.get(hit.id, never),
            categories=[str(vocabulary.KINDS.get(hit.kind, hit.kind))],
            language=hit.language,
        )
    return made.writeString("utf-8")


def _published(hits: Iterable[Hit]) -> dict[str, datetime]:
    """When each of these things was last published, by id. One query for each kind."""
    keys: dict[str, list[str]] = {}
    for hit in hits:
        keys.setdefault(hit.kind, []).append(hit.key)
    return {
        f"{kind}:{key}": moment
        for kind, registered in searchable.kinds().items()
        if kind in keys
        for key, moment in last_published(registered, keys[kind]).items()
    }
