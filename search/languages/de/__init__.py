"""German."""

from search.languages.de.inflection import noun_forms, verb_forms
from search.languages.de.spelling import respell
from search.languages.definition import Language, ServerAnalysis

LANGUAGE = Language(
    code="de",
    stemmer="german",
    stop_list="german",
    server=ServerAnalysis(
        # "Belaestigung" is "Belästigung". The server's own rule leaves "Videoueberwachung" as it is.
        char_filters=(
            ("ueber", {"type": "pattern_replace", "pattern": "(?iu)(?<=[aeiouyq])ue(?=ber)", "replacement": "u"}),
        ),
        token_filters=(("german_normalization", {}),),
    ),
    respell_text=respell,
    respell_word=respell,
    makes_compounds=True,
    noun_forms=noun_forms,
    verb_forms=verb_forms,
    adjective_endings=("en", "er", "es", "em", "e"),
    adjectives_take_endings=True,
    hours="Stunden",
    horizon_2020="Horizont 2020",
    results_path="suche",
)
