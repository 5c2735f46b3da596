"""The sections of a method's page: words of the page in the visitor's language, facts of the Dutch one."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField

from portal.core.content.partial_dates import partial_date_sentence
from portal.core.content.references import numbers_of, with_references
from portal.core.content.rich_text import as_markup
from portal.methods.choices import ConditionKind
from portal.methods.models import MethodPage

RICH_TEXTS = tuple(field.name for field in MethodPage._meta.local_fields if isinstance(field, RichTextField))
LISTS = ("steps", "building_blocks", "figure", "roles", "figures", "conditions", "first_steps")
# The values of a list that are facts: the same in every language, so read from the Dutch page.
FACTS_OF_A_LIST = ("tier", "confirmed", "kind", "essential", "year", "source", "voice")
# The texts of a list in which an editor may name a source.
TEXTS_OF_A_LIST = ("text", "purpose", "how", "enabling", "lessons", "general")


@dataclass(frozen=True)
class Section:
    """A part of the page under its own heading; `known` is False for one that only staff see, still to be written."""

    id: str
    title: str
    known: bool


def rich_texts(page: MethodPage) -> dict[str, SafeString]:
    """Return the texts of a page as markup under their field names, "" where nothing is said."""
    shown = as_markup(getattr(page, name) for name in RICH_TEXTS)
    numbers = numbers_of(page.original.sources)
    return {name: with_references(text, numbers) for name, text in zip(RICH_TEXTS, shown, strict=True)}


def lists_of(page: MethodPage, facts: MethodPage) -> dict[str, list[dict]]:
    """Return every list of a method under its field name, as plain values."""
    lists = {name: _list(page, facts, name) for name in LISTS}
    for condition in lists["conditions"]:
        condition["kind_word"] = dict(ConditionKind.choices).get(condition["kind"], "")
    for figure in lists["figures"]:
        figure["year_words"] = partial_date_sentence(figure["year"] or "")
    return lists


def _list(page: MethodPage, facts: MethodPage, name: str) -> list[dict]:
    """A list with the words of `page` and the facts of the same items of the Dutch page."""
    originals = {block.id: block.value for block in getattr(facts, name)}
    numbers = numbers_of(facts.sources)
    items = []
    for block in getattr(page, name):
        original = originals.get(block.id, block.value)
        texts = {text: with_references(block.value[text], numbers) for text in TEXTS_OF_A_LIST if block.value.get(text)}
        items.append(dict(block.value) | texts | {fact: original[fact] for fact in FACTS_OF_A_LIST if fact in original})
    return items


def sections_of(
    texts: dict[str, SafeString],
    lists: dict[str, list[dict]],
    *,
    has_requirements: bool,
    has_related: bool,
    for_staff: bool,
) -> dict[str, Section]:
    """Return the sections about which something is known, in their order; for staff also the others.

    Their ids are anchors that other sites may point at.
    """

    def says(*names: str) -> bool:
        return any(texts.get(name) or lists.get(name) for name in names)

    how = ("mechanism", "safeguards", "legal_basis", "differs_abroad", "steps", "building_blocks", "figure", "roles")
    adoption = ("conditions", "first_steps", "must_stay", "may_change", "common_mistakes")
    sections = {
        "need": Section("need", _("The need"), says("challenge", "whom_it_helps", "objectives")),
        "how": Section("how", _("How it works"), says(*how)),
        "requirements": Section("asks", _("What you need"), has_requirements),
        "results": Section("results", _("Results"), says("figures", "results", "users_opinion", "evaluation")),
        "what_did_not_work": Section("not-worked", _("What did not work"), says("what_did_not_work", "debate")),
        "adoption": Section("take-over", _("Adopting this method"), says(*adoption)),
        "related": Section("joined", _("Related"), has_related),
        "sources": Section("sources", _("Sources and citation"), True),
    }
    return {name: section for name, section in sections.items() if section.known or for_staff}
