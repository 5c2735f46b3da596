"""Structured data of topics: terms of the thesaurus (portal/core/content/structured_data.py)."""

from collections.abc import Iterable

from django.utils.text import capfirst

from portal.core.content.structured_data import Description, Node, absolute, permanent, plain_text, without_unknown
from portal.topics.models import Topic, TopicIndexPage
from portal.topics.selectors import TopicContext, TopicIndexContext, TopicLink


def defined_terms(topics: Iterable[TopicLink]) -> list[Node]:
    """Return topics as what a page or a thing is about."""
    return [
        {
            "@type": "DefinedTerm",
            "@id": permanent(Topic.kind, topic.key),
            "name": capfirst(topic.title),
            "url": absolute(topic.url),
        }
        for topic in topics
    ]


def describe_topic(topic: Topic, page: TopicContext, language: str) -> Description:
    index = TopicIndexPage.path_of_index(language)
    return Description(
        main=without_unknown(
            {
                "@type": "DefinedTerm",
                "@id": permanent(Topic.kind, topic.key),
                "name": page.page_title,
                "alternateName": [*page.other_words, *(entry.label for entry in page.other_labels)],
                "description": plain_text(page.entry.definition),
                "url": absolute(page.entry.url),
                "inDefinedTermSet": {"@id": _terms(index)} if index else None,
            }
        )
    )


def describe_topics(page: TopicIndexPage, context: TopicIndexContext, language: str) -> Description:
    index = page.path_of_index(language) or ""
    return Description(
        main={"@type": "DefinedTermSet", "@id": _terms(index), "name": page.title, "url": absolute(index)},
        page_type="CollectionPage",
    )


def _terms(index: str) -> str:
    return f"{absolute(index)}#main"
