"""Italian."""

from search.languages.definition import Language

LANGUAGE = Language(code="it", stemmer="italian", stop_list="italian")
