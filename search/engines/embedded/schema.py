"""The fields of the two indexes: things, and the timed lines of transcripts (cues) under them.

Per language the fields `title_nl`, `lead_nl`, `body_nl`, `spoken_nl` are stemmed; `words` holds the same text unstemmed
and folded, for accent-free and misspelt questions, quoted phrases and prefixes. `long_words` are the words of the
compounding languages, forwards and backwards, in which a compound is found by its first or last part; `begins_nl` has
the beginnings of what a thing is called, for suggestions.
"""

import hashlib
import inspect
from dataclasses import dataclass

from tantivy import Schema, SchemaBuilder

from search.indexing import documents as indexing_documents
from search.question import exact_names
from search.results import suggestions
from search.text_analysis import normalise, spelling_variants

TEXT_FIELDS = ("title", "lead", "body", "spoken")
FOLDED = "folded"
TERMS = "terms"  # ready-made, with blanks between them


@dataclass(frozen=True)
class Schemas:
    """Both schemas for a set of content languages, and the hash that names the folder of an index made with them."""

    languages: tuple[str, ...]
    things: Schema
    cues: Schema
    digest: str


def schemas_for(languages: tuple[str, ...]) -> Schemas:
    """The schemas whose texts are in `languages`; cues may be in any language that can be analysed."""
    return Schemas(languages, _things(languages), _cues(), _digest(languages))


def _things(languages: tuple[str, ...]) -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_json_field("filters", fast=True, tokenizer_name="raw", index_option="basic")
    for language in languages:
        for field in TEXT_FIELDS:
            builder.add_text_field(f"{field}_{language}", tokenizer_name=language)
        builder.add_text_field(f"begins_{language}", tokenizer_name=TERMS, index_option="basic")
        builder.add_text_field(f"by_title_{language}", fast=True, tokenizer_name="raw", index_option="basic")
    for order in ("newest_first", "last_published_first"):
        builder.add_text_field(order, fast=True, tokenizer_name="raw", index_option="basic")
    for field in ("names", "whole_names"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("tie", fast=True)
    builder.add_text_field("words", tokenizer_name=FOLDED)
    builder.add_text_field("long_words", tokenizer_name=FOLDED, index_option="basic")
    builder.add_text_field("long_words_backwards", tokenizer_name=FOLDED, index_option="basic")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _cues() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("parent", tokenizer_name="raw", index_option="basic")
    for language in normalise.LANGUAGES:
        builder.add_text_field(f"text_{language}", tokenizer_name=language)
    builder.add_text_field("words", tokenizer_name=FOLDED)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _digest(languages: tuple[str, ...]) -> str:
    """Changes with anything that makes an index unreadable or wrong: fields, analysis, what is stored."""
    from search.engines.embedded import documents

    source = (
        "".join(
            inspect.getsource(module)
            for module in (normalise, spelling_variants, indexing_documents, exact_names, suggestions, documents)
        )
        + inspect.getsource(_things)
        + inspect.getsource(_cues)
    )
    return hashlib.sha256(f"{languages}{source}".encode()).hexdigest()[:12]
