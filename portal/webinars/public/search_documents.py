"""Search documents of recordings: one each, with its texts and transcripts in every language."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import timezone

from portal.core.content.records import text_in
from portal.core.searchable import CueText, DocumentText, SearchDocument
from portal.topics.models import Topic
from portal.webinars.consent.named_speakers import named_speakers
from portal.webinars.lists import list_of, medium_of
from portal.webinars.models import Recording
from portal.webinars.schedule import event_date
from portal.webinars.selectors import public_recordings
from portal.webinars.transcripts import selectors

CHUNK_SIZE = 20
UNKNOWN_LANGUAGE = "und"  # ISO 639-2


def recording_documents(keys: Iterable[str] | None = None) -> Iterator[SearchDocument]:
    """The search documents of the public recordings, all or those with these keys; reads a few at a time."""
    recordings = public_recordings().order_by("pk").prefetch_related("sources", "chapters", "topics")
    if keys is not None:
        recordings = recordings.filter(key__in=list(keys))
    hidden = set(Topic.objects.filter(live=False).values_list("key", flat=True))
    for recording in recordings.iterator(chunk_size=CHUNK_SIZE):
        if texts := _texts(recording):
            yield _document(recording, texts, hidden)


def _document(recording: Recording, texts: dict[str, DocumentText], hidden_topics: set[str]) -> SearchDocument:
    talks = named_speakers(recording)
    names = [talk.speaker.name for talk in talks]
    date = event_date(recording)
    day = timezone.localtime(date.at).date() if date else None
    filters = {
        "topic": tuple(topic.key for topic in recording.topics.all() if topic.key not in hidden_topics),
        "series": (recording.series.key,) if recording.series and recording.series.live else (),
        "year": (str(day.year),) if day else (),
        "language": (recording.spoken_language or UNKNOWN_LANGUAGE,),
        "speaker": tuple(talk.speaker.key for talk in talks),
        "medium": (medium,) if (medium := medium_of(recording)) else (),
        "list": (listed,) if (listed := list_of(recording)) else (),
    }
    return SearchDocument(
        kind=Recording.kind,
        key=recording.key,
        texts=texts,
        filters={name: values for name, values in filters.items() if values},
        date=day,
        words=" ".join((recording.key, *names)),
        cues=tuple(
            CueText(code, line.start_s, line.text, line.speaker)
            for code, caption in selectors.transcripts_of(recording).items()
            for line in selectors.lines_of_caption(caption, names)
        ),
        duration_s=recording.duration_s,
    )


def _texts(recording: Recording) -> dict[str, DocumentText]:
    """The texts of a recording by language: those of the staff, else those of its source."""
    texts = {}
    for code in settings.CONTENT_LANGUAGES:
        title, title_language = recording.title_in(code)
        abstract, abstract_language = recording.abstract_in(code)
        url = recording.path_in(code)
        # A title may be in the language of the session alone; what the portal says of it is in every language.
        if url and title and code in (title_language, abstract_language):
            chapters = [] if recording.taken_down else recording.chapters.all()
            chapter_titles = [text_in(chapter, "title", code) for chapter in chapters]
            texts[code] = DocumentText(
                title=title,
                lead=abstract if abstract_language == code else "",
                body="\n".join(text for text, text_language in chapter_titles if text_language == code),
                url=url,
            )
    if not texts and (url := recording.path_in(settings.LANGUAGE_CODE)) and (title := recording.title_in()[0]):
        # Its only title is that of a source, in a language that the site does not have: search lists it as Dutch.
        texts[settings.LANGUAGE_CODE] = DocumentText(title, recording.abstract_in()[0], "", url)
    return texts
