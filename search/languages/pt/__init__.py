"""Portuguese."""

from search.languages.definition import Language

LANGUAGE = Language(code="pt", stemmer="portuguese", stop_list="portuguese")
