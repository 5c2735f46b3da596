"""Words as search sees them: normalised, split, folded, stemmed; the same for what is indexed and what is asked.

The stemmers and stop words are tantivy's (`tantivy` is a library here: no index is needed to use them). Slovak has
no stemmer anywhere, Greek and Slovak have no stop list: both are given below (short, of the most usual words).
"""

import re
import unicodedata
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from search.text_analysis.spelling_variants import one_form, respelled_text

STEMMERS = {
    "nl": "dutch",
    "fr": "french",
    "en": "english",
    "de": "german",
    "pt": "portuguese",
    "es": "spanish",
    "it": "italian",
    "el": "greek",
    "hu": "hungarian",
}
STOP_LISTS = {language: name for language, name in STEMMERS.items() if language != "el"}
MORE_STOP_WORDS = {
    # What is left of elided words: l'école, qu'elle, jusqu'ici.
    "fr": ["l", "d", "j", "t", "m", "n", "s", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "est", "a"],
    "it": ["l", "d", "c", "s", "un", "dell", "all", "dall", "nell", "sull", "quest", "quell"],
    "en": (
        "about been can could do does for from had has have he her his how i me my our s she should than them "
        "us we what when where which who why would you your"
    ).split(),
    "nl": ["hoe", "wat", "welke", "wie", "s", "t", "n"],
    # The last ones as they are respelled: für and fuer are fur.
    "de": ["wie", "was", "welche", "fur", "uber", "konnen", "konnte", "wahrend", "wurde", "wurden", "hatte", "ware"],
    "el": (
        "ο η το οι τα του της των τον την και κι ή να με σε για από στο στη στην στον "
        "στα στις στους είναι που δεν ένα μια ως"
    ).split(),
    "sk": (
        "a aj alebo ako ale by bol bola bolo do ich je ich k ku na nad o od po pod pre pri s sa so "
        "sú to u v vo z za zo že"
    ).split(),
}
# Words that ask, not what is asked about. They are searched, but nothing has to contain them.
FILLERS = {
    "nl": (
        "aan aub ander andere anders beste bij doen doet deed een ene enkel er erg even gaan gaat gebruiken "
        "geven goed graag hebben heeft help helpen hele hoeveel iemand iets ik kan krijgen kreeg krijgt "
        "kunnen laten maken mag manier meer meest mensen met moet moeten mogen nodig nu nieuw onze ons over "
        "per samen staan staat steeds tegen tijdens vanaf veel vinden voor voorkomen waar waarom wanneer "
        "waarover welk werken werkt weten wil willen wordt worden zelf zijn zoals zonder zou zoeken uitleg "
        "voorbeeld voorbeelden informatie bestaat vragen jullie"
    ).split(),
    "fr": (
        "aide aider aimerais aller améliorer après aussi autre autres avant avoir beaucoup besoin bien bon "
        "chez combien comment contre donner dire doit doivent échanger entre est éviter exemple exemples "
        "existe façon faire fait faut gens grand grande information informations manière mettre meilleur "
        "moins mon notre nos nouveau parler peut peuvent personne personnes plus plutôt pour pourquoi pouvoir "
        "prendre quand quel quelle quelles quels quelqu quelque quoi sans savoir seul seulement sont sous sur "
        "tout tous toute toutes travailler trop trouver très vers vite voudrais votre vos y"
    ).split(),
    "en": (
        "after again against all allowed also am another any anyone anything around because before being best better "
        "big every example examples find first get gets getting give go going good got help helping "
        "information into just keep keeping let like look looking lot lots made make making many may more "
        "most much must need new now one only or other others out over part people person put run running "
        "same see so some someone something stop stopping take taking tell then thing things too took turn up "
        "use used using very want way ways well while whole without work working works worried"
    ).split(),
    "de": (
        "alle andere anderen aufgrund beispiel beispiele bekommen besser beste bitte brauchen bringen darf "
        "dürfen einfach erst etwas finden für geben gegen gehen gibt gut haben hat helfen hilfe ich "
        "information informationen jede jeder jemand jemanden kann kein keine können lassen leute machen "
        "macht man mehr mensch menschen mit mitten möchte muss müssen nach neu neue nur ohne oder schnell "
        "schon sehr sich sollen soll sollte tun über um viel viele vom von vor wann warum wenn werden wieviel "
        "will wir wird wissen wollen zu zum zur zwischen"
    ).split(),
    "it": (
        "altro altri come cosa dare deve devono dopo fare ha hanno mi molti molto persone più posso prima può "
        "puoi quale quali quanto quanti senza si sono tutti tutto"
    ).split(),
    "es": (
        "algo alguien cómo cuánto cuántos dar debe después gente hacer hay más mi mucho muchos otra otro para "
        "personas podemos por puede pueden puedo qué quién quiero sin son tiene tienen todo todos"
    ).split(),
    "pt": (
        "algo alguém como dar deve depois em fazer há mais mas muito muitos outra outro para pessoas pode "
        "podem por posso qual quais quanto quantos quero são sem tem têm todo todos uma"
    ).split(),
}
# Words that look like a word of the thesaurus in another language, or like an inflection of one in their own, and mean
# something else. Found by reading tests/search/thesaurus/words_and_concepts.tsv.
FALSE_FRIENDS = {
    "nl": (
        "afvallen auteur auteurs banden bewees boet boeten college concerto dd deal deals dependance division "
        "droegen drogen drukt drukten egg fair fine fines fiscal gas gelde gelden gene gerust keet ketenen kinds "
        "kippen lager less lite manuel maw partner paso penalty pest plas plots racket reden rina rommelen scala "
        "schelde slate social stage sus tags tour trial"
    ).split(),
    "fr": (
        "abusive amt bang bom born cass cel concerte concerto consent diagnostique diagnostiques effective europ "
        "fine fines fiscal gare gas gene guidee habits hate kind kinder lite manuelle manuelles massa "
        "materielle materielles partner paso penalty plein polices racket raser regroupement rina sac scala social "
        "tour trial vif"
    ).split(),
    "en": (
        "amt argent arranger bang bom born calmer cans cel concerto deal dealings deals derangement diagnostic "
        "excuses fair fiscal gas gene hinder interdiction intimidation kind kinder lager lite manifestation "
        "manuel massa materiel maw mull partner paso pester plots polices rina rommel scala social sorties stage "
        "tags tater troubles twenty vols"
    ).split(),
    "de": (
        "agenten anmachen arg arge aufnahm ban band bande bekannt bekannten bekannter bekanntes bewies cel "
        "concerto deal ergebniss feste festen festes fine fiscal gas gene hansel herstellen kipp kost koste "
        "krachen kracher lag lage lauten lautern lite manifestation manuel massa parken partner paso penalty "
        "platze platzen racket rommel scala schlicht social spritz stage stor store streifen studi suchte suchten "
        "tags tour trial wacht zeug"
    ).split(),
}
LANGUAGES = (*STEMMERS, "sk")
LONGEST_WORD = 60

_WORD = re.compile(r"[^\W\d_]+|\d+")  # letters or digits: "48u" and "48 u" are the same
_MARKS = re.compile(r"[\u0300-\u036f]+")
_JOINING = re.compile("[\u00ad\u200c\u200d\u2060\ufeff]")  # soft hyphens and the like: inside a word
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SPECIAL = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ς": "σ", "ı": "i"}
)
SLOVAK_ENDINGS = "ovania|ovanie|ami|ách|och|ého|ému|ých|ými|iam|ách|ov|ej|ou|om|ím|ým|á|é|í|ý|ú|a|e|i|o|u|y"
_SLOVAK_ENDINGS = re.compile(rf"(?<=....)(?:{SLOVAK_ENDINGS})$")


def normalise(text: str) -> str:
    """The text in NFC, without control and invisible characters (NUL, zero width, lone surrogates)."""
    if not text.replace("\n", " ").isprintable():  # most texts are, and a rebuild normalises every one of them
        text = _CONTROL.sub(" ", _JOINING.sub("", text))
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case and without accents, ß as ss: how the unstemmed `words` are kept in every language."""
    lower = text.lower()
    return lower if lower.isascii() else " ".join(map(folded_word, lower.split(" ")))


@lru_cache(maxsize=100_000)
def folded_word(word: str) -> str:
    """The same as `fold` for a single word, remembered: a large archive has few words that are new."""
    lower = word.lower()
    if lower.isascii():
        return lower
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", lower.translate(_SPECIAL)))
    return unicodedata.normalize("NFC", plain)


def split(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with the place of each in characters: [("L", 0, 1), ("école", 2, 7)]."""
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def words_of(text: str) -> list[str]:
    """The words of a text as `split` gives them, without their places."""
    return _WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """The words of a text, folded: "L'École" -> ["l", "ecole"]."""
    return [folded_word(word) for word in _WORD.findall(one_form(normalise(text)))]


@cache
def analyzer(language: str, *, keep_stop_words: bool = False) -> TextAnalyzer:
    """The analysis of one language: lower case, no stop words, stemmed, folded. Other codes are only folded.

    Accents are folded after stemming: the stemmers need them.
    """
    builder = (
        TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())
    )
    if not keep_stop_words:
        if language in STOP_LISTS:
            builder = builder.filter(Filter.stopword(STOP_LISTS[language]))
        if language in MORE_STOP_WORDS:
            builder = builder.filter(Filter.custom_stopword(MORE_STOP_WORDS[language]))
    if language in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[language]))
    return builder.filter(Filter.ascii_fold()).build()


def prepared(text: str, language: str) -> str:
    """The text as it is given to `analyzer`: normalised, in one spelling; Slovak words without their endings."""
    return in_one_spelling(one_form(normalise(text)), language)


def in_one_spelling(text: str, language: str) -> str:
    """What `prepared` does last: for a text that is normalised and in one form already. Slovak has no stemmer."""
    if language != "sk":
        return respelled_text(text, language)
    return _WORD.sub(lambda match: _SLOVAK_ENDINGS.sub("", match.group().lower()), text)


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The one stem of a word in a language, stop word or not; "" when the analysis drops it (too long)."""
    tokens = analyzer(language, keep_stop_words=True).analyze(prepared(word, language))
    return tokens[0] if tokens else ""


@lru_cache(maxsize=20_000)
def analysed(text: str, language: str) -> tuple[tuple[int, str], ...]:
    """The words of an expression as the language's field holds them, with their positions (stop words leave a gap)."""
    return tuple(
        (token.position, token.text) for token in analyzer(language).pre_tokenize(prepared(text, language)).tokens
    )


@lru_cache(maxsize=50_000)
def is_stop_word(word: str, language: str) -> bool:
    """Whether the analysis of the language leaves this word out."""
    return not analyzer(language).analyze(prepared(word, language))


@cache
def _fillers(language: str) -> frozenset[str]:
    return frozenset(map(fold, FILLERS.get(language, ())))


def is_filler(word: str, language: str) -> bool:
    """Whether a word of a question only asks ("how much", "help"), in the language of who asks."""
    return folded_word(word) in _fillers(language)


@cache
def _false_friends(language: str) -> frozenset[str]:
    return frozenset(map(fold, FALSE_FRIENDS.get(language, ())))


def is_false_friend(word: str, language: str) -> bool:
    """Whether a word means something else in this language than the word of the thesaurus that it looks like."""
    return folded_word(word) in _false_friends(language)
