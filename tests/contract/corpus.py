"""Documents for the contract of search: hand-made, about what the council presentation of 2021 names.

Built from plain data, no database. Texts are short and say only what the tests need.
"""

from datetime import date

from portal.core.searchable import CueText, DocumentText, SearchDocument
from search.thesaurus.concepts import Concept
from search.thesaurus.thesaurus import Thesaurus

LANGUAGES = ("nl", "fr", "en", "de")


def text(language: str, title: str, lead: str, body: str, path: str) -> tuple[str, DocumentText]:
    return language, DocumentText(title, lead, body, f"/{language}/{path}/")


def document(kind: str, key: str, *texts, **facts) -> SearchDocument:
    return SearchDocument(kind, key, dict(texts), **facts)


DUAL_DIAGNOSIS = document(
    "method",
    "dubbele-diagnose",
    text(
        "nl",
        "Dubbele diagnose",
        "Extra zorg voor extra kwetsbare mensen.",
        "Contact, motiveren of er gewoon zijn. Er komt methodiekontwikkeling en er zijn beleidsvoorstellen.",
        "methodieken/dubbele-diagnose",
    ),
    text(
        "fr",
        "Double diagnostic",
        "Des soins supplémentaires pour des personnes très vulnérables.",
        "Le contact, la motivation ou simplement être là. À l'école de la rue, on développe la méthode.",
        "methodes/double-diagnostic",
    ),
    text(
        "en",
        "Dual diagnosis",
        "Extra care for extra vulnerable people.",
        "Contact, motivation, or simply being there.",
        "methods/dual-diagnosis",
    ),
    text(
        "de",
        "Doppeldiagnose",
        "Zusätzliche Hilfe für besonders verletzliche Menschen.",
        "Kontakt, Motivation oder einfach da sein. Straßensozialarbeit in der Nachbarschaft.",
        "methoden/doppeldiagnose",
    ),
    filters={"topic": ("dual-diagnosis",), "tier": ("proactive",), "evidence": ("0",), "country": ("BE",)},
    date=date(2021, 9, 14),
    words="Mechelen",
)
GEARED_ACTION = document(
    "method",
    "geschakeld-optreden",
    text(
        "nl",
        "Geschakeld optreden",
        "In dialoog, streng wanneer nodig.",
        "Buitengewone opsporingsambtenaren pakken overlast, innames van het openbaar domein en foutparkeren aan.",
        "methodieken/geschakeld-optreden",
    ),
    text(
        "fr",
        "Intervention graduée",
        "En dialogue, sévère quand il le faut.",
        "Les agents agissent contre les nuisances, l'occupation de l'espace public et le stationnement gênant.",
        "methodes/intervention-graduee",
    ),
    text(
        "en",
        "Geared action",
        "In dialogue, strict when needed.",
        "Officers act on nuisance, occupation of public space and illegal parking.",
        "methods/geared-action",
    ),
    text(
        "de",
        "Abgestuftes Vorgehen",
        "Im Dialog, streng wenn nötig.",
        "Die Beamten gehen gegen Belästigung, Nutzung des öffentlichen Raums und Falschparken vor.",
        "methoden/abgestuftes-vorgehen",
    ),
    filters={
        "topic": ("nuisance", "illegal-parking"),
        "tier": ("enforcement", "preventive"),
        "evidence": ("1",),
        "country": ("BE",),
    },
    date=date(2021, 9, 14),
)
NUISANCE_DIRECTION = document(
    "method",
    "regie-overlast",
    text(
        "nl",
        "Regie openbaar domein",
        "Eén aanspreekpunt voor wat buren hindert.",
        "Stadstoezicht stuurt de overlastaanpak in de wijken. Meldingen van drugsoverlast gaan naar de politie.",
        "methodieken/regie-overlast",
    ),
    filters={"topic": ("liveability",), "tier": ("preventive",), "evidence": ("0",), "country": ("BE",)},
    date=date(2020, 1, 1),
)
MEDIATION = document(
    "method",
    "burenbemiddeling",
    text(
        "nl",
        "Burenbemiddeling",
        "Buren komen zelf tot een oplossing.",
        "Vrijwilligers helpen buren om te praten. Wie overlast ervaart, kan zich aanmelden.",
        "methodieken/burenbemiddeling",
    ),
    text(
        "fr",
        "Médiation de voisinage",
        "Les voisins trouvent eux-mêmes une solution.",
        "Des bénévoles aident les voisins à se parler.",
        "methodes/mediation-de-voisinage",
    ),
    filters={"topic": ("neighbourhood-mediation",), "tier": ("preventive",), "evidence": ("0",), "country": ("BE",)},
    date=date(2021, 9, 14),
)
FRENCH_ONLY = document(
    "project",
    "nice-proximite",
    text(
        "fr",
        "Police de proximité",
        "Une ville partenaire parle de ses quartiers.",
        "Les nuisances nocturnes ont diminué après la médiation.",
        "projets/nice-proximite",
    ),
    filters={"topic": ("nightlife",), "country": ("FR",)},
    date=date(2019, 5, 1),
)
ORPHEUS = document(
    "project",
    "orpheus",
    text(
        "nl",
        "ORPHEUS",
        "Weerbaarheid van jongeren tegen polarisatie.",
        "Safe spaces: veilig in dialoog, online en offline.",
        "projecten/orpheus",
    ),
    text(
        "en",
        "ORPHEUS",
        "Resilience of young people against polarisation.",
        "Safe spaces: a safe dialogue, online and offline.",
        "projects/orpheus",
    ),
    filters={"topic": ("polarisation", "safe-space"), "country": ("BE", "FR")},
    date=date(2019, 10, 16),
    words="Interreg 2 Seas",
)
URBSECURITY = document(
    "project",
    "urbsecurity",
    text(
        "nl",
        "UrbSecurity",
        "Steden plannen veilige openbare ruimte.",
        "Een netwerk van steden over veiligheid in het ontwerp van parken.",
        "projecten/urbsecurity",
    ),
    text(
        "en",
        "UrbSecurity",
        "Cities plan safe public space.",
        "A network of cities on security by design in parks.",
        "projects/urbsecurity",
    ),
    filters={"topic": ("public-space",), "country": ("BE", "PT")},
    date=date(2020, 3, 1),
    words="URBACT",
)
WEBINAR = document(
    "recording",
    "online-safe-spaces",
    text(
        "nl",
        "Online safe spaces",
        "Een webinar over veilige ruimte op het internet.",
        "",
        "webinars/online-safe-spaces",
    ),
    text("en", "Online safe spaces", "A webinar about safe space on the internet.", "", "webinars/online-safe-spaces"),
    filters={"topic": ("online-safe-space",), "series": ("orpheus",), "year": ("2021",)},
    date=date(2021, 9, 28),
    duration_s=2880,
    cues=(
        CueText("en", 12.0, "Welcome to this webinar.", "Moderator"),
        CueText("en", 754.0, "What people call nuisance is often a lack of places to be.", "Speaker"),
        CueText("en", 760.5, "So we opened a room for young people,"),
        CueText("en", 764.0, "moderated by two youth workers."),
        CueText("en", 2110.0, "Nuisance complaints went down when neighbours talked."),
        CueText("nl", 755.0, "Wat mensen overlast noemen, is vaak een gebrek aan plekken."),
    ),
)
PAGE = document(
    "page",
    "over-de-afdeling",
    text(
        "nl",
        "Over de afdeling",
        "De afdeling Preventie en Veiligheid van de stad Mechelen.",
        "Tachtig medewerkers werken aan sociale preventie, stadstoezicht en bestuurlijke handhaving.",
        "over-de-afdeling",
    ),
    filters={},
)

DOCUMENTS = (
    DUAL_DIAGNOSIS,
    GEARED_ACTION,
    NUISANCE_DIRECTION,
    MEDIATION,
    FRENCH_ONLY,
    ORPHEUS,
    URBSECURITY,
    WEBINAR,
    PAGE,
)


def concept(
    key: str, nl: str, fr: str, en: str, de: str, *, others: dict | None = None, broader: tuple[str, ...] = ()
) -> Concept:
    return Concept(
        key,
        {"nl": nl, "fr": fr, "en": en, "de": de},
        {code: tuple(words) for code, words in (others or {}).items()},
        broader,
    )


THESAURUS = Thesaurus(
    [
        concept(
            "phenomena",
            "veiligheids- en leefbaarheidsfenomenen",
            "phénomènes de sécurité et de qualité de vie",
            "safety and liveability phenomena",
            "Sicherheits- und Lebensqualitätsphänomene",
        ),
        concept(
            "nuisance",
            "overlast",
            "nuisances",
            "nuisance",
            "Belästigung",
            broader=("phenomena",),
            others={
                "nl": ["openbare overlast"],
                "fr": ["dérangement public", "incivilités"],
                "en": ["public nuisance", "anti-social behaviour"],
                "it": ["degrado urbano", "inciviltà"],
                "es": ["incivismo"],
                "sk": ["výtržníctvo"],
                "el": ["όχληση", "οχλήσεις"],
                "hu": ["rendbontás"],
                "pt": ["incivilidades"],
            },
        ),
        concept(
            "illegal-parking",
            "foutparkeren",
            "stationnement illicite",
            "illegal parking",
            "Falschparken",
            broader=("nuisance",),
        ),
        concept(
            "drug-related-nuisance",
            "drugsoverlast",
            "nuisances liées aux drogues",
            "drug-related nuisance",
            "drogenbedingte Belästigung",
            broader=("nuisance",),
        ),
        concept(
            "dual-diagnosis",
            "dubbeldiagnose",
            "double diagnostic",
            "dual diagnosis",
            "Doppeldiagnose",
            others={"nl": ["dubbele diagnose"], "it": ["doppia diagnosi"]},
        ),
        concept(
            "polarisation",
            "polarisatie",
            "polarisation",
            "polarisation",
            "Polarisierung",
            others={"it": ["polarizzazione"]},
        ),
        concept(
            "safe-space",
            "veilige ruimte",
            "espace sûr",
            "safe space",
            "geschützter Raum",
            others={"nl": ["safe space"]},
        ),
        concept(
            "online-safe-space",
            "online veilige ruimte",
            "espace sûr en ligne",
            "online safe space",
            "geschützter Online-Raum",
            broader=("safe-space",),
        ),
        concept(
            "neighbourhood-mediation",
            "burenbemiddeling",
            "médiation de voisinage",
            "neighbourhood mediation",
            "Nachbarschaftsmediation",
        ),
        concept(
            "public-space",
            "openbare ruimte",
            "espace public",
            "public space",
            "öffentlicher Raum",
            others={"nl": ["openbaar domein"]},
        ),
        concept("liveability", "leefbaarheid", "qualité de vie", "liveability", "Lebensqualität"),
        concept(
            "lesson-learned",
            "geleerde les",
            "enseignement tiré",
            "lesson learned",
            "gewonnene Erkenntnis",
            others={"nl": ["les"]},
        ),
        concept("nightlife", "uitgaansleven", "vie nocturne", "nightlife", "Nachtleben"),
        concept("prevention", "preventie", "prévention", "prevention", "Prävention"),
    ]
)
