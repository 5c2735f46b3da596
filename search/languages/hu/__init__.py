"""Hungarian."""

from search.languages.definition import Language

LANGUAGE = Language(code="hu", stemmer="hungarian", stop_list="hungarian")
