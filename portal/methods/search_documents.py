"""Methods as documents for search: one each, with the words of every public language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

from portal.core.content.references import numbers_of, without_references
from portal.core.publishing.visibility import visible
from portal.core.searchable import DocumentText, SearchDocument
from portal.methods.cards import public_methods, topics_of_pages
from portal.methods.models import MethodPage
from portal.topics.models import Topic

CHUNK_SIZE = 50
# The words of a list; its other values are facts, numbers or addresses.
WORDS_OF_A_LIST = ("title", "text", "purpose", "how", "enabling", "lessons", "value", "general")
# At least two capitals: LIVC-R, GAS, PiM, KiVa.
_ACRONYM = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[\w-]+")


def method_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """Yield the documents of the public methods, all or those of `keys`; methods are read in chunks."""
    originals = public_methods().order_by("pk")
    if keys is not None:
        originals = originals.filter(key__in=list(keys))
    chunk: list[MethodPage] = []
    for page in originals.iterator(chunk_size=CHUNK_SIZE):
        chunk.append(page)
        if len(chunk) == CHUNK_SIZE:
            yield from _documents(chunk)
            chunk = []
    yield from _documents(chunk)


def _documents(originals: list[MethodPage]) -> Iterator[SearchDocument]:
    if not originals:
        return
    versions = defaultdict(dict)
    for code in settings.CONTENT_LANGUAGES:
        for page in visible(MethodPage, code).filter(
            translation_key__in=[original.translation_key for original in originals]
        ):
            versions[page.translation_key][code] = page
    topics = _topics(originals)
    for original in originals:
        pages = versions[original.translation_key]
        numbers = numbers_of(original.sources)
        yield SearchDocument(
            kind="method",
            key=original.key,
            texts={
                code: DocumentText(page.title, page.lead, words_of(page, numbers), page.url)
                for code, page in pages.items()
            },
            filters=_filters(original, topics[original.pk]),
            date=original.position_as_of,
            words=" ".join(
                dict.fromkeys(
                    (original.key, *(word for page in pages.values() for word in _ACRONYM.findall(page.title)))
                )
            ),
            may_lack=("tier", "country"),
        )


def _topics(originals: list[MethodPage]) -> dict[int, list[str]]:
    """The keys of each method's own topics, target groups and settings."""
    topics: dict[int, dict[str, bool]] = defaultdict(dict)
    keys = dict(Topic.objects.filter(live=True).values_list("pk", "key"))
    for page, topic in topics_of_pages(methodpage__in=[page.pk for page in originals]):
        if topic in keys:
            topics[page][keys[topic]] = True
    return defaultdict(list, {page: list(own_topics) for page, own_topics in topics.items()})


def _filters(page: MethodPage, topics: list[str]) -> dict[str, tuple[str, ...]]:
    owner = page.owned_by
    country = (owner.place.country or owner.country) if owner else ""
    filters = {
        "topic": tuple(topics),
        "tier": tuple(tier.tier for tier in page.tiers.all()),
        "evidence": (str(page.evidence_level),),
        "country": (country,) if country else (),
        "cost": (page.cost_yearly,) if page.cost_yearly else (),
        "status": (page.status,),
    }
    return {name: values for name, values in filters.items() if values}


def words_of(page: MethodPage, numbers: Mapping[str, int]) -> str:
    """Return everything that a page says in its own language under its title and lead, as plain text.

    `numbers` are those of the sources of the Dutch page, whose names are left out.
    """
    parts = []
    for field in page.translatable_fields:
        if field.field_name in (
            "title",
            "slug",
            "lead",
            "seo_title",
            "search_description",
            "show_in_menus",
            "position_source",
        ):
            continue
        value = getattr(page, field.field_name)
        model_field = page._meta.get_field(field.field_name)
        if isinstance(model_field, StreamField):
            parts += [text for block in value for name in WORDS_OF_A_LIST if (text := block.value.get(name))]
        elif isinstance(model_field, RichTextField):
            parts.append(get_text_for_indexing(value or ""))
        else:
            parts.append(value)
    return "\n".join(without_references(part, numbers) for part in parts if part and part.strip())
