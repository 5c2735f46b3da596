"""Topics as documents for search, with their words in every language."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from portal.core.content.records import languages_of
from portal.core.publishing.visibility import visible_records
from portal.core.searchable import DocumentText, SearchDocument
from portal.topics.models import Topic

# Understood in a question, never shown as labels: nobody checked them as a native speaker.
FURTHER_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code not in settings.CONTENT_LANGUAGES)


def topic_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """Yield the documents of the public topics, all or those of `keys`. One query."""
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
