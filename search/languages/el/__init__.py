"""Greek. tantivy has no list of its stop words, so they are all in the file."""

from search.languages.definition import Language, ServerAnalysis

LANGUAGE = Language(
    code="el",
    stemmer="greek",
    # The server's stemmer expects words without accents.
    server=ServerAnalysis(token_filters=(("greek_lowercase", {"type": "lowercase", "language": "greek"}),)),
)
