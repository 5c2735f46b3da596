"""What webinars offer to search, to cards of other rooms and to permanent identifiers."""

from functools import partial

from portal.core.cards import register_card, register_links
from portal.core.page_context import register_page_context, register_record_context
from portal.core.routing.address_ledger import register_identifier
from portal.core.routing.paths import path_of_record
from portal.core.searchable import register_kind
from portal.webinars.models import Recording, WebinarIndexPage
from portal.webinars.public import cards
from portal.webinars.public.archive import archive_page
from portal.webinars.public.recording_page import recording_page
from portal.webinars.public.search_documents import recording_documents


def register():
    register_page_context(WebinarIndexPage, lambda page, request: archive_page(page.language, request.GET))
    register_record_context(
        Recording, lambda recording, language, request: recording_page(recording, language, request.GET)
    )
    register_kind(Recording.kind, model=Recording, documents=recording_documents)
    register_card(Recording.kind, "ui/components/card.html", cards.recording_cards)
    register_links("method", cards.recordings_of_method)
    register_links("project", cards.recordings_of_project)
    register_links("topic", cards.recordings_of_topic)
    register_links("organisation", cards.recordings_of_organisation)
    register_identifier(Recording.kind, partial(path_of_record, Recording))
