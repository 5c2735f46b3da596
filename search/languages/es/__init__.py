"""Spanish."""

from search.languages.definition import Language

LANGUAGE = Language(code="es", stemmer="spanish", stop_list="spanish")
