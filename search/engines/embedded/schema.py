"""The fields of the two indexes: things, and the timed lines of transcripts (cues) below them.

The fields `title_nl`, `lead_nl`, `body_nl` and `spoken_nl` of each language are stemmed. `words` holds the same text
unstemmed and folded, for questions without accents, typing errors, quoted phrases and prefixes. `long_words` are the
words of languages that make compounds, forwards and backwards, to find a compound by its first or last part.
`begins_nl` has the beginnings of what a thing is called, for suggestions.
"""

from dataclasses import dataclass

from tantivy import Schema, SchemaBuilder

from search.indexing.digest import index_digest
from search.languages import LANGUAGES

TEXT_FIELDS = ("title", "lead", "body", "spoken")
FOLDED = "folded"
TERMS = "terms"  # ready-made, with blanks between them


@dataclass(frozen=True)
class Schemas:
    """Both schemas for a set of content languages, and the digest that names the folder of an index made with them."""

    languages: tuple[str, ...]
    things: Schema
    cues: Schema
    digest: str


def schemas_for(languages: tuple[str, ...]) -> Schemas:
    """Return the schemas whose texts are in `languages`; cues may be in any language that can be analysed."""
    digest = index_digest(languages, sources=("engines/embedded/schema.py", "engines/embedded/documents.py"))
    return Schemas(languages, _things(languages), _cues(), digest)


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
    for ordering in ("newest_first", "last_published_first"):
        builder.add_text_field(ordering, fast=True, tokenizer_name="raw", index_option="basic")
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
    for language in sorted(LANGUAGES):  # an index is only opened with its fields in the order that it was made with
        builder.add_text_field(f"text_{language}", tokenizer_name=language)
    builder.add_text_field("words", tokenizer_name=FOLDED)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()
