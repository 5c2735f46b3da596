"""Slovak. No engine has a stemmer or stop words for it."""

from search.languages.definition import Language, ServerAnalysis
from search.languages.sk.stemming import ENDINGS, strip_endings

LANGUAGE = Language(
    code="sk",
    stem_text=strip_endings,
    server=ServerAnalysis(
        char_filters=(
            (
                "slovak_stems",
                {
                    "type": "pattern_replace",
                    "pattern": rf"(?iu)(?<=[\p{{L}}\p{{N}}]{{4}})(?:{ENDINGS})(?![\p{{L}}\p{{N}}])",
                    "replacement": "",
                },
            ),
        )
    ),
)
