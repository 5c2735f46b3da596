"""What the thesaurus offers: its pages, search, cards of other rooms, permanent identifiers, page cache."""

from functools import partial

from portal.core.cards import register_card
from portal.core.content.structured_data import register_structured_data
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_record_context
from portal.core.routing.address_ledger import register_identifier
from portal.core.routing.paths import path_of_record
from portal.core.searchable import register_kind
from portal.topics.models import Topic, TopicIndexPage
from portal.topics.search_documents import topic_documents
from portal.topics.selectors import topic_cards, topic_index, topic_page
from portal.topics.structured_data import describe_topic, describe_topics


def register() -> None:
    register_page_context(TopicIndexPage, topic_index)
    register_record_context(Topic, topic_page)
    register_structured_data(TopicIndexPage, describe_topics)
    register_structured_data(Topic, describe_topic)
    register_kind(Topic.kind, model=Topic, documents=topic_documents)
    register_card(Topic.kind, topic_cards)
    register_identifier(Topic.kind, partial(path_of_record, Topic))
    for model in (Topic, TopicIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)
