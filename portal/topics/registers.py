"""What the thesaurus offers to search, to cards, to permanent identifiers and to the page cache."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from portal.core.cards import register_card
from portal.core.content.records import languages_of
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.publishing.visibility import visible_records
from portal.core.routing import address_ledger
from portal.core.searchable import DocumentText, SearchDocument, register_kind
from portal.topics.models import Topic, TopicIndexPage
from portal.topics.selectors import topic_cards

# Understood in a question, never shown as labels: nobody checked them as a native speaker.
FURTHER_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code not in settings.CONTENT_LANGUAGES)


def register():
    register_kind("topic", model=Topic, documents=topic_documents)
    register_card("topic", "ui/components/card.html", topic_cards)
    address_ledger.register_identifier("topic", topic_address)
    for model in (Topic, TopicIndexPage):
        register_cached_model(model, Visibility.WHEN_LIVE)


def topic_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """The search documents of the public topics, all or those of `keys`. Costs one query."""
    topics = visible_records(Topic)
    if keys is not None:
        topics = topics.filter(key__in=list(keys))
    for topic in topics:
        texts = {
            code: DocumentText(
                title=getattr(topic, f"label_{code}"),
                lead=getattr(topic, f"definition_{code}") or "",
                body=", ".join(topic.other_words(code)),
                url=url,
            )
            for code in languages_of(topic, "label")
            if (url := topic.path_in(code))
        }
        if texts:
            further = (word for code in FURTHER_LANGUAGES for word in topic.other_words(code))
            yield SearchDocument(kind="topic", key=topic.key, texts=texts, words=" ".join((topic.key, *further)))


def topic_address(key: str, language: str) -> str | None:
    """The path of a topic's page in a language; None when it is not public."""
    topic = visible_records(Topic).filter(key=key).first()
    return topic.path_in(language) if topic else None
