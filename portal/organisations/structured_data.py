"""Structured data of cities, services and other organisations (portal/core/content/structured_data.py)."""

from portal.core.content.structured_data import Description, Node, absolute, permanent, plain_text, without_unknown
from portal.organisations.choices import OrganisationType
from portal.organisations.models import Organisation
from portal.organisations.organisation_page import OrganisationContext
from portal.organisations.selectors import NamedLink

TYPES = {
    OrganisationType.CITY: "GovernmentOrganization",
    OrganisationType.REGION: "GovernmentOrganization",
    OrganisationType.MINISTRY: "GovernmentOrganization",
    OrganisationType.UNIVERSITY: "ResearchOrganization",
    OrganisationType.NGO: "NGO",
}


def organisation_node(link: NamedLink) -> Node:
    """Return an organisation that a page names."""
    return without_unknown(
        {
            "@type": "Organization",
            "@id": permanent(Organisation.kind, link.key) if link.key and link.url else None,
            "name": link.title,
            "url": absolute(link.url),
        }
    )


def describe_organisation(organisation: Organisation, page: OrganisationContext, language: str) -> Description:
    place = without_unknown(
        {"addressLocality": page.city.title if page.city else "", "addressCountry": organisation.country}
    )
    contacts = [
        without_unknown(
            {
                "@type": "ContactPoint",
                "contactType": contact.title,
                "url": contact.form_url,
                "email": "" if contact.form_url else contact.email,
            }
        )
        for contact in page.contacts
    ]
    return Description(
        main=without_unknown(
            {
                "@type": TYPES.get(OrganisationType(organisation.type), "Organization"),
                "@id": permanent(Organisation.kind, organisation.key),
                "name": page.name.title,
                "alternateName": organisation.short_name if organisation.short_name != page.name.title else "",
                "description": plain_text(page.description.title),
                "url": absolute(page.name.url),
                "sameAs": organisation.website,
                "address": {"@type": "PostalAddress", **place} if place else None,
                "contactPoint": contacts,
            }
        )
    )
