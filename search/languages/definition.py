"""The description of one language: everything in search that differs from one language to the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent

# (name, definition) of a filter of Elasticsearch; without a definition it is one that the server has by that name.
ServerFilter = tuple[str, Mapping[str, object]]


def unchanged(text: str) -> str:
    """Return the text as it is: for languages that need no rule."""
    return text


def no_forms(word: str) -> set[str]:
    """Return no forms: for languages whose inflections are not known."""
    return set()


@dataclass(frozen=True)
class ServerAnalysis:
    """What Elasticsearch needs besides the stemmer and the stop words, in its own terms."""

    stemmer: str = ""  # where the server calls it otherwise than tantivy
    char_filters: tuple[ServerFilter, ...] = ()
    token_filters: tuple[ServerFilter, ...] = ()  # between the stop words and the stemmer


@dataclass(frozen=True)
class Language:
    """How the words of a language are analysed, and the few words that search itself writes in it.

    The folder of the language holds its word lists, one word a line: `stop_words.txt`, `filler_words.txt`,
    `false_friends.txt` and `common_words.txt`. A list that is missing is empty.
    """

    code: str

    # For every language that texts may be in. The names are those of Snowball, as tantivy and Lucene know them.
    stemmer: str = ""
    stop_list: str = ""
    stem_text: Callable[[str], str] = unchanged  # where there is no stemmer
    server: ServerAnalysis = field(default_factory=ServerAnalysis)

    # One way of writing: British to American, "ae" to "ä". `respell_word` only where folding would not do the same.
    respell_text: Callable[[str], str] = unchanged
    respell_word: Callable[[str], str] | None = None
    expand_contractions: Callable[[str], str] = unchanged  # "didnt" to "did not", in a question
    makes_compounds: bool = False  # "overlastaanpak" is found by "overlast"

    # The forms by which a word of the thesaurus is recognised. Words are folded.
    noun_forms: Callable[[str], set[str]] = no_forms
    verb_forms: Callable[[str], set[str]] = no_forms
    adjective_endings: tuple[str, ...] = ()
    adjectives_take_endings: bool = False  # the label itself has none yet: "öffentlich", "öffentlichen"

    # How texts write what people abbreviate in a question.
    hours: str = ""  # "48u"
    per_hour: str = "/h"  # "30 km/u"
    horizon_2020: str = "Horizon 2020"  # "H2020"

    # Only for languages that pages are shown in.
    results_path: str = ""  # the last part of the address of the results page

    @cached_property
    def stop_words(self) -> tuple[str, ...]:
        """The words that are left out of the index, besides those of `stop_list`; also as they are respelled."""
        words = self._words("stop_words")
        return tuple(dict.fromkeys((*words, *(self.stem_text(self.respell_text(word)) for word in words))))

    @cached_property
    def filler_words(self) -> tuple[str, ...]:
        """The words of a question that only ask."""
        return self._words("filler_words")

    @cached_property
    def false_friends(self) -> tuple[str, ...]:
        """The words that look like a word of the thesaurus and mean something else."""
        return self._words("false_friends")

    @property
    def common_words_file(self) -> Path:
        """The file with the most common words (search/text_analysis/common_words.py)."""
        return FOLDER / self.code / "common_words.txt"

    def missing(self) -> list[str]:
        """Return what the language still lacks to be one that pages are shown in."""
        wanted = {
            "stemmer": self.stemmer or self.stem_text is not unchanged,
            "stop_list or stop_words.txt": self.stop_list or self.stop_words,
            "filler_words.txt": self.filler_words,
            "false_friends.txt": self.false_friends,
            "common_words.txt": self.common_words_file.exists(),
            "noun_forms": self.noun_forms is not no_forms,
            "hours": self.hours,
            "results_path": self.results_path,
        }
        return [name for name, value in wanted.items() if not value]

    def _words(self, name: str) -> tuple[str, ...]:
        path = FOLDER / self.code / f"{name}.txt"
        if not path.exists():
            return ()
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(line for line in lines if line and not line.startswith("#"))
