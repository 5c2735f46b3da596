"""What the server holds of a SearchDocument: one document, with its languages as fields and its cues nested.

The fields `title.nl`, `lead.nl`, `body.nl` and `spoken.nl` of each language are stemmed. `words` holds the same text
unstemmed and folded. `begins` and `ends` hold what the words of languages that make compounds begin and end with. The
transcript as a whole (`spoken`) is indexed and not stored: it is in the cues.
"""

import json

from elasticsearch.dsl import (
    Date,
    Document,
    Field,
    Flattened,
    Float,
    InnerDoc,
    Integer,
    Keyword,
    MetaField,
    Nested,
    Object,
    Text,
)
from elasticsearch.dsl.analysis import Analyzer

from portal.core.searchable import CueText, SearchDocument
from search.engines.elasticsearch.analysis import ANALYZERS, BEGINNINGS, ENDINGS, FOLDED
from search.indexing import documents
from search.indexing.digest import index_digest
from search.languages import LANGUAGES, rules_for
from search.question.exact_names import names_within_a_question, whole_names
from search.results import suggestions
from search.text_analysis.normalise import normalise
from search.text_analysis.spelling_variants import hyphenated_in_one

MOST_REACHED = 100_000  # the last hit that can be paged to
# A recording of three hours in ten languages has more cues than the 10,000 that a server allows by default.
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "30s",  # every write asks for its own refresh
    "max_result_window": MOST_REACHED,
    "mapping.nested_objects.limit": 200_000,
}


def _texts(under: str = "") -> Object:
    """Return a text in each language, copied to the unstemmed fields.

    A text in any other language is stored and not indexed.
    """

    def text(code: str) -> Field:
        copies = [f"{under}words", *([f"{under}begins", f"{under}ends"] if rules_for(code).makes_compounds else [])]
        return Text(analyzer=ANALYZERS[code], copy_to=copies)

    return Object(dynamic=False, properties={code: text(code) for code in LANGUAGES})


def _parts(analyzed: Analyzer) -> Text:
    return Text(analyzer=analyzed, index_options="docs", norms=False)


class Cue(InnerDoc):
    """One timed line of a transcript."""

    language = Keyword(index=False, doc_values=False)
    start_s = Float(index=False, doc_values=False)
    text = _texts("cues.")
    words = Text(analyzer=FOLDED)
    begins = _parts(BEGINNINGS)
    ends = _parts(ENDINGS)


class Thing(Document):
    """A public thing that can be found."""

    kind = Keyword()
    key = Keyword(index=False, doc_values=False)
    title = _texts()
    lead = _texts()
    body = _texts()
    spoken = _texts()
    url = Object(enabled=False)
    words = Text(analyzer=FOLDED)
    begins = _parts(BEGINNINGS)
    ends = _parts(ENDINGS)
    names = Keyword(doc_values=False)
    whole_names = Keyword(doc_values=False)
    filters = Flattened()
    date = Date(format="strict_date")
    published = Date(format="epoch_millis")
    duration_s = Integer(index=False, doc_values=False)
    by_title = Object(dynamic=False, properties={code: Keyword(index=False) for code in LANGUAGES})
    begins_with = Object(dynamic=False, properties={code: Keyword(doc_values=False) for code in LANGUAGES})
    lines = Integer(index=False, doc_values=False)
    cues = Nested(Cue)

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(
            excludes=["spoken", "words", "by_title", "begins_with", "names", "whole_names", "cues.words"]
        )

    class Index:
        settings = SETTINGS


def definition() -> dict:
    """Return the settings and mappings of an index."""
    return Thing._index.to_dict()


def digest(languages: tuple[str, ...]) -> str:
    """Return what changes with anything that makes an index unreadable or wrong: fields, analysis, what is stored."""
    whole = json.dumps(definition(), sort_keys=True)
    return index_digest(languages, whole, sources=("engines/elasticsearch/documents.py",))


def entry(document: SearchDocument, languages: tuple[str, ...]) -> dict:
    """Return the document as it is sent to the server."""
    plain = documents.stored(document)
    texts = plain.pop("texts")
    spoken = {code: normalise(text) for code, text in documents.transcripts_of(document).items()}
    sent = plain | {name: {code: text[name] for code, text in texts.items()} for name in documents.TEXTS}
    elsewhere = [
        text[name] for code, text in texts.items() if code not in LANGUAGES for name in ("title", "lead", "body")
    ]
    elsewhere += [text for code, text in spoken.items() if code not in LANGUAGES]
    return sent | {
        "spoken": spoken,
        "words": [normalise(document.words), *elsewhere, *_hyphenated(texts, spoken)],
        "by_title": {code: documents.title_sort_key(document, code) for code in languages},
        "begins_with": {code: sorted(terms) for code, terms in suggestions.beginnings(document, languages).items()},
        "published": int(document.published.timestamp() * 1000) if document.published else None,
        "names": sorted(names_within_a_question(document)),
        "whole_names": sorted(whole_names(document)),
        "lines": len(document.cues),
        "cues": [_cue(cue) for cue in document.cues],
    }


def _hyphenated(texts: dict[str, dict], spoken: dict[str, str]) -> list[str]:
    """Return what is written with hyphens, in one word."""
    every = [text[name] for text in texts.values() for name in ("title", "lead", "body")]
    return list(dict.fromkeys(word for text in (*every, *spoken.values()) for word in hyphenated_in_one(text)))


def _cue(cue: CueText) -> dict:
    text = normalise(cue.text)
    return {
        "language": cue.language,
        "start_s": cue.start_s,
        "text": {cue.language: text},
        "words": [normalise(cue.speaker), *([] if cue.language in LANGUAGES else [text])],
    }


def stored(source: dict) -> dict:
    """Return what `search.indexing.documents.stored` gave, from the fields that the server was asked for."""
    texts = {code: {name: source.get(name, {}).get(code, "") for name in documents.TEXTS} for code in source["url"]}
    return {name: source.get(name) for name in ("kind", "key", "filters", "date", "duration_s")} | {"texts": texts}
