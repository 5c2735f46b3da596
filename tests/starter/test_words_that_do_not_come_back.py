"""Words that were mended and do not come back: riddles for headings, false friends, claims that nothing carries.

The terms that are right are in docs/words.md. A word here may still be one that search understands
(`alternatives` of the thesaurus, search/thesaurus/everyday_synonyms.yaml): people go on asking by it.
"""

import gettext
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from portal.starter.loading.content_files import CONTENT, LANGUAGES

FORBIDDEN = {
    "nl": (
        "Om mee te nemen",
        "Wat het vraagt",
        "Wat bij elkaar hoort",
        "Aan wie u het vraagt",
        "Wie het helpt",
        "kan niet zonder",
        "Volgorde:",
        "recentste stand van zaken",
        "Europees aandeel",
        "Aandeel van de Europese Unie",
        "klaar om over te nemen",
        "een beurs",
        "veilige ruimten",
        "publieke ruimte",
        "Delen over Europa",
        "De Nederlandse tekst beslist",
        "dingen om te lezen",
        "niemand spreekt",
        "doen: wachten,",
    ),
    "fr": (
        "Ce que cela demande",
        "Ce qui va ensemble",
        "À qui s’adresser",
        "peine d’apprentissage",
        "peines d’apprentissage",
        "agent communal de constatation",
        "agents communaux de constatation",
        "prêtes à être reprises",
        "auprès de tiers",
        "(« ensemble »)",
        "ligne d’aide 1712",
        "personne ne parle",
        "Part de l’Union européenne",
    ),
    "en": (
        "What it asks",
        "What it made",
        "What belongs together",
        "Belongs together",
        "Whom to ask",
        "To take along",
        "cannot do without",
        "take over: what it asks",
        "things to read",
        "most recent state of affairs",
        "nobody speaks",
        "Share of the European Union",
        "European share",
        "Number in the programme",
        "teenage pimps",
        "city surveillance",
        "street corner work",
        "justice house",
        "learning sanction",
        "learning sanctions",
        "(“together”)",
        "case table",
        "case tables",
        "two stools",
        "Mind the term",
        "risk events and",
        "The Dutch text decides",
        "self-evaluation",
        "small scale action",
        "last seen alive",
        "ready to take over",
    ),
    "de": (
        "Was es erfordert",
        "Was zusammengehört",
        "Wen Sie fragen können",
        "Belästigung",
        "Gemeindeordnungshüter",
        "Vollzug",
        "verwaltungsrechtlicher Vollzug",
        "Gefühl der Kontrolle",
        "Kleinprojektmaßnahme",
        "Begriffsliste",
        "(„gemeinsam“)",
        "niemand spricht",
        "bereit zum Übernehmen",
        "Anteil der Europäischen Union",
    ),
}
# A harassment that is meant, and the name of a method that stays until the department confirms another.
ALLOWED = re.compile(
    r"sexuelle[nr]? Belästigung|Belästigung auf der Straße|öffentlichen? Belästigungen|high-risk events"
    r"|Abgestuftes Vorgehen kommunaler Vollzugsbediensteter \(boa\)|agent communal de constatation \(boa\)$",
    re.MULTILINE,
)


def catalogue(language):
    """The messages of the portal as somebody reads them."""
    if language == "en":
        source = Path(settings.BASE_DIR) / "locale" / "nl" / "LC_MESSAGES"
        messages = gettext.GNUTranslations((source / "django.mo").open("rb"))._catalog
        return [key[0] if isinstance(key, tuple) else key for key in messages]
    folder = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES"
    return list(gettext.GNUTranslations((folder / "django.mo").open("rb"))._catalog.values())


def content(language):
    """The starter content in a language; of records the words that are shown."""
    for path in sorted(CONTENT.glob(f"**/{language}.yaml")):
        yield re.sub(r"(?m)^slug:.*$", "", path.read_text(encoding="utf-8"))
    for name in ("topics.yaml", "organisations.yaml"):
        for entry in yaml.load((CONTENT / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            for field in ("label", "name", "definition", "description"):
                yield (entry.get(field) or {}).get(language) or ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_forbidden_word_is_read(language):
    # German nouns and French headings are told from other words by their capitals.
    flags = re.IGNORECASE if language in ("nl", "en") else 0
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, FORBIDDEN[language]))})(?!\w)", flags)
    read = (re.sub(r"\s+", " ", ALLOWED.sub("", text)) for text in [*catalogue(language), *content(language)])
    found = [f"{match[0]}: {text[:120]}" for text in read if (match := words.search(text))]
    assert not found, "\n".join(found)
