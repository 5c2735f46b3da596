"""Structured data of a method: an article, with the steps where sources say each (core/content/structured_data.py)."""

from portal.core.content.references import names_a_source, numbers_of, without_references
from portal.core.content.structured_data import (
    Description,
    Node,
    absolute,
    citations,
    dates_of,
    permanent,
    plain_text,
    without_unknown,
)
from portal.core.routing.structure import index_crumbs
from portal.methods.method_page import MethodContext
from portal.methods.models import MethodIndexPage, MethodPage
from portal.topics.structured_data import defined_terms


def describe_method(page: MethodPage, context: MethodContext, language: str) -> Description:
    facts = page.original
    reviewed_on = facts.reviewed_on.isoformat() if facts.reviewed_on else ""
    return Description(
        main=without_unknown(
            {
                "@type": "TechArticle",
                "headline": page.title,
                "description": plain_text(page.lead),
                "identifier": permanent(MethodPage.kind, facts.key),
                "url": absolute(page.get_url() or ""),
                "inLanguage": language,
                "about": defined_terms(context.topics),
                "mainEntity": _how_to(page, facts),
                "citation": citations(context.sources),
                "license": {"@type": "CreativeWork", "name": facts.licence} if facts.licence else None,
                **dates_of(facts),
            }
        ),
        page=without_unknown({"lastReviewed": reviewed_on}),
        crumbs=tuple(index_crumbs(MethodIndexPage, language)),
    )


def _how_to(page: MethodPage, facts: MethodPage) -> Node | None:
    """The steps; None unless a source says each of them. What the field knows in general is no step of a method."""
    numbers = numbers_of(facts.sources)
    steps = [block.value for block in page.steps]
    if not steps or not all(names_a_source(step["text"], numbers) for step in steps):
        return None
    return {
        "@type": "HowTo",
        "name": page.title,
        "inLanguage": page.language,
        "step": [
            {
                "@type": "HowToStep",
                "position": position,
                "name": step["title"],
                "text": plain_text(without_references(step["text"], numbers)),
            }
            for position, step in enumerate(steps, 1)
        ],
    }
