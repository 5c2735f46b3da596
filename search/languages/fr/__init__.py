"""French."""

from search.languages.definition import Language, ServerAnalysis
from search.languages.fr.inflection import noun_forms, verb_forms

_LIGATURES = {"œ": "oe", "æ": "ae"}
_TRANSLATION = str.maketrans(_LIGATURES)


def respell_text(text: str) -> str:
    """Return the text without ligatures, which the stemmer does not know: "cœur" is "coeur"."""
    return text.translate(_TRANSLATION)


LANGUAGE = Language(
    code="fr",
    stemmer="french",
    stop_list="french",
    server=ServerAnalysis(
        char_filters=(("ligatures", {"type": "mapping", "mappings": ["œ=>oe", "Œ=>OE", "æ=>ae", "Æ=>AE"]}),)
    ),
    respell_text=respell_text,
    noun_forms=noun_forms,
    verb_forms=verb_forms,
    adjective_endings=("es", "e", "s"),
    hours="heures",
    results_path="recherche",
)
