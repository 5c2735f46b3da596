"""The languages that search can analyse: a folder for each, named by its code, with an entry in `LANGUAGES`.

To add one: make the folder, describe the language in its `__init__.py` (search/languages/definition.py lists what there
is to say), and add it here. The system check search.E004 names what a language that pages are shown in still lacks.
"""

from search.languages import de, el, en, es, fr, hu, it, nl, pt, sk
from search.languages.definition import Language

LANGUAGES: dict[str, Language] = {
    module.LANGUAGE.code: module.LANGUAGE for module in (nl, fr, en, de, pt, es, it, el, hu, sk)
}


def rules_for(code: str) -> Language:
    """Return the description of a language; one without any rule when the code has no entry.

    Transcripts may be in any language. Of one without an entry the words are folded and nothing more.
    """
    return LANGUAGES.get(code) or Language(code)
