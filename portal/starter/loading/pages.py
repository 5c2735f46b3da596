"""Loads the Dutch pages of the starter content in two passes: first creates the pages, then fills them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from portal.core.publishing.index_updates import index_updates_once
from portal.home.models import DossierIndexPage, DossierPage, HomePage, PlainPage
from portal.methods.models import MethodIndexPage, MethodPage, MethodPartner, MethodRelation, MethodTier
from portal.organisations.models import Contact, Organisation
from portal.projects.models import ProjectIndexPage, ProjectMethod, ProjectPage, ProjectPartner
from portal.starter.loading import load_history
from portal.starter.loading.content_files import StarterContentError, StarterItem
from portal.starter.loading.page_fields import parse_date, reference_blocks, translatable_fields
from portal.topics.models import Topic

MODELS = {"method": MethodPage, "project": ProjectPage, "dossier": DossierPage, "page": PlainPage}
PARENTS = {"method": MethodIndexPage, "project": ProjectIndexPage, "dossier": DossierIndexPage, "page": HomePage}
# The files keep the names that they were written with: a file that changes is loaded and published again.
FIELD_OF = {
    "mechelen_role": "home_city_role",
    "mechelen_budget_eur": "home_city_budget_eur",
    "mechelen_eu_eur": "home_city_eu_eur",
}
METHOD_FACTS = (
    "status since until mechelen_role evidence_level effect figure_kind staff_fte cost_once cost_yearly "
    "months_to_start licence author_role assessed_by"
).split()
PROJECT_FACTS = "acronym full_name period fund mechelen_role status website".split()
PROJECT_AMOUNTS = "total_budget_eur eu_contribution_eur mechelen_budget_eur mechelen_eu_eur".split()


def find_page(item: StarterItem, language: str = "nl") -> Any:
    """Return the page of an item in a language, or None."""
    return MODELS[item.kind].objects.filter(key=item.key, locale__language_code=language).first()


def find_page_id(reference: str) -> int | None:
    """Return the id of the Dutch page that a reference like "method:pim" points to; None if there is none."""
    kind, _colon, key = reference.partition(":")
    model = MODELS.get(kind)
    return model and model.objects.filter(key=key, locale__language_code="nl").values_list("pk", flat=True).first()


def ensure_pages(items: list[StarterItem]) -> int:
    """First pass: create the missing pages as drafts with a title. Returns how many."""
    created = 0
    dutch = Locale.objects.get(language_code="nl")
    for item in items:
        if find_page(item) or not load_history.may_overwrite(item.name, "nl", None):
            continue
        parent = PARENTS[item.kind].objects.get(locale=dutch)
        text = item.texts["nl"]
        page = MODELS[item.kind](
            title=text["title"], slug=text.get("slug") or item.key, key=item.key, live=False, locale=dutch
        )
        parent.add_child(instance=page)
        created += 1
    return created


@transaction.atomic
@index_updates_once()
def fill_page(item: StarterItem) -> bool:
    """Second pass: write the content of a page and publish it, unless it is up to date or staff have changed it."""
    page = find_page(item)
    source_hash = item.hash_of("nl")
    if page is None or not load_history.needs_loading(item.name, "nl", source_hash, page):
        return False
    for field, value in translatable_fields(item, "nl", find_page_id).items():
        setattr(page, field, value)
    page.position_as_of = parse_date(item.facts.get("position_as_of"))
    if hasattr(page, "sources"):
        page.sources = reference_blocks(item)
    if item.facts.get("open_questions"):
        page.open_questions = item.facts["open_questions"].strip()
    _FILLERS[item.kind](page, item.facts)
    revision = page.save_revision(clean=False)
    if item.facts.get("live", True):
        revision.publish()
    load_history.record_load(item.name, "nl", source_hash, Page.objects.get(pk=page.pk))
    return True


def _method(page: MethodPage, facts: dict) -> None:
    for field in METHOD_FACTS:
        if facts.get(field) is not None:
            setattr(page, FIELD_OF.get(field, field), facts[field])
    page.owned_by = _organisation(facts.get("owner"))
    page.contact = Contact.objects.filter(key=facts.get("contact") or "afdeling-preventie-en-veiligheid").first()
    ages = facts.get("ages") or {}
    page.age_from, page.age_to = ages.get("from"), ages.get("to")
    for field in ("topics", "target_groups", "settings"):
        getattr(page, field).set(_topics(facts.get(field)))
    page.tiers.set(MethodTier(sort_order=i, **tier) for i, tier in enumerate(facts.get("tiers") or []))
    page.partners.set(
        MethodPartner(
            sort_order=i, organisation=_organisation(partner["organisation"]), role=partner.get("role", "partner")
        )
        for i, partner in enumerate(facts.get("partners") or [])
    )
    related = [(key, find_page_id(f"method:{key}")) for key in facts.get("related") or []]
    page.related.set(
        MethodRelation(sort_order=i, method_id=number) for i, (_key, number) in enumerate(related) if number
    )


def _project(page: ProjectPage, facts: dict) -> None:
    for field in PROJECT_FACTS:
        if facts.get(field) is not None:
            setattr(page, FIELD_OF.get(field, field), facts[field])
    for field in PROJECT_AMOUNTS:
        if facts.get(field) is not None:
            setattr(page, FIELD_OF.get(field, field), Decimal(str(facts[field])))
    if facts.get("unconfirmed") is not None:
        page.unconfirmed = [FIELD_OF.get(field, field) for field in facts["unconfirmed"]]
    page.start, page.end = str(facts.get("start") or ""), str(facts.get("end") or "")
    page.grant_number = str(facts.get("grant_number") or "")
    page.type = facts.get("kind_of") or facts.get("kind") or "project"
    page.website_seen_on = parse_date(facts.get("website_seen_on"))
    page.contact = Contact.objects.filter(key="afdeling-preventie-en-veiligheid").first()
    page.topics.set(_topics(facts.get("topics")))
    page.partners.set(
        ProjectPartner(
            sort_order=i, organisation=_organisation(partner["organisation"]), role=partner.get("role", "partner")
        )
        for i, partner in enumerate(facts.get("partners") or [])
    )
    links = [(link, find_page_id(f"method:{link['method']}")) for link in facts.get("methods") or []]
    page.method_links.set(
        ProjectMethod(sort_order=i, method_id=number, relation=link.get("relation", "born_in"))
        for i, (link, number) in enumerate(links)
        if number
    )
    if facts.get("successor"):
        page.successor_id = find_page_id(f"project:{facts['successor']}")


def _dossier(page: DossierPage, facts: dict) -> None:
    page.for_professionals = bool(facts.get("for_professionals"))
    page.topics.set(_topics(facts.get("topics")))


def _plain(page: PlainPage, facts: dict) -> None:
    page.show_in_menus = False


_FILLERS = {"method": _method, "project": _project, "dossier": _dossier, "page": _plain}


def _topics(keys: Iterable[str] | None) -> list[Topic]:
    keys = list(keys or [])
    by_key = {topic.key: topic for topic in Topic.objects.filter(key__in=keys)}
    if missing := [key for key in keys if key not in by_key]:
        raise StarterContentError(f"There is no topic {', '.join(missing)} in topics.yaml.")
    return [by_key[key] for key in keys]


def _organisation(key: str | None) -> Organisation | None:
    if not key:
        return None
    organisation = Organisation.objects.filter(key=key).first()
    if organisation is None:
        raise StarterContentError(f"There is no organisation {key} in organisations.yaml.")
    return organisation
