"""Dutch."""

from search.languages.definition import Language
from search.languages.nl.inflection import noun_forms, verb_forms

LANGUAGE = Language(
    code="nl",
    stemmer="dutch",
    stop_list="dutch",
    makes_compounds=True,
    noun_forms=noun_forms,
    verb_forms=verb_forms,
    adjective_endings=("e",),
    hours="uur",
    per_hour="/u",
    results_path="zoeken",
)
