"""English."""

from search.languages.definition import Language, ServerAnalysis
from search.languages.en.contractions import expand_contractions
from search.languages.en.inflection import noun_forms, verb_forms
from search.languages.en.spelling import AMERICAN, respell_text, respell_word

LANGUAGE = Language(
    code="en",
    stemmer="english",
    stop_list="english",
    server=ServerAnalysis(
        stemmer="porter2",  # what the server calls "english" is the older of Porter's two
        char_filters=tuple(
            (f"american_{number}", {"type": "pattern_replace", "pattern": f"(?iu){pattern}", "replacement": american})
            for number, (pattern, american) in enumerate(AMERICAN)
        ),
    ),
    respell_text=respell_text,
    respell_word=respell_word,
    expand_contractions=expand_contractions,
    noun_forms=noun_forms,
    verb_forms=verb_forms,
    hours="hours",
    results_path="search",
)
