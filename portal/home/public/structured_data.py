"""Structured data of guides to problems and of plain pages (portal/core/content/structured_data.py)."""

from portal.core.content.structured_data import (
    Description,
    absolute,
    citations,
    dates_of,
    permanent,
    plain_text,
    without_unknown,
)
from portal.home.models import DossierPage, HomePage, PlainPage
from portal.home.public.dossier_page import DossierContext
from portal.home.public.home_page import ABOUT, HomeContext
from portal.home.public.plain_page import PlainContext
from portal.topics.structured_data import defined_terms


def describe_home(page: HomePage, context: HomeContext, language: str) -> Description:
    """The start page has pages under it, but is not a list of them."""
    return Description()


def describe_dossier(page: DossierPage, context: DossierContext, language: str) -> Description:
    facts = page.original
    return Description(
        main=without_unknown(
            {
                "@type": "Article",
                "headline": page.title,
                "description": plain_text(page.lead),
                "identifier": permanent(DossierPage.kind, facts.key),
                "url": absolute(page.get_url() or ""),
                "inLanguage": language,
                "about": defined_terms(context.topics),
                "citation": citations(context.sources),
                **dates_of(facts),
            }
        )
    )


def describe_plain_page(page: PlainPage, context: PlainContext, language: str) -> Description:
    facts = page.original
    return Description(page_type="AboutPage" if facts.key == ABOUT else "WebPage", page=dates_of(facts))
