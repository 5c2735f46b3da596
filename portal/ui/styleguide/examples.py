"""Example data for the components: plain dictionaries, nothing from the database."""

from typing import Any

from django.templatetags.static import static
from django.utils.functional import lazy

LONG_WORD = "Kriminalpräventionskoordinierungsstelle"
LIKE_MARKUP = "<script>alert(\"x\")</script> & 'quotes'"
SENTENCE = "Een plek waar jongeren terechtkunnen, ook wanneer niemand anders tijd heeft."

FRAME: dict[str, Any] = {
    "site_name": "Schakel",
    "site_tagline": "Preventie en veiligheid in Mechelen",
    "words_language": {"publisher": "nl", "tagline": "nl"},
    "language": "nl",
    "home_url": "/nl/",
    "search_url": "/nl/zoeken/",
    "nav": [{"title": "Methodieken", "url": "/nl/methodieken/", "current": "true"}],
    "footer_groups": [
        {"name": "find", "title": "Vinden", "links": [{"title": "Problemen", "url": "/nl/problemen/"}]},
        {"name": "about", "title": "Over", "links": [{"title": "Privacy", "url": "/nl/privacy/", "current": False}]},
    ],
    "languages": [
        {"code": "nl", "name": "Nederlands", "url": "/nl/x/", "current": True, "exists": True},
        {"code": "fr", "name": "Français", "url": "/fr/y/", "current": False, "exists": True},
        {"code": "de", "name": "Deutsch", "url": "/de/", "current": False, "exists": False},
    ],
    "alternates": [
        {"code": "nl", "url": "https://example.org/nl/x/"},
        {"code": "x-default", "url": "https://example.org/nl/x/"},
    ],
    "canonical_url": "https://example.org/nl/x/",
    "base_url": "https://example.org",
}
GERMAN_FRAME = FRAME | {
    "language": "de",
    "site_tagline": LONG_WORD,
    "nav": [
        {"title": LONG_WORD, "url": "/de/a/"},
        {"title": "Europäische Projekte", "short_title": "Projekte", "url": "/de/b/", "current": "page"},
        {"title": "Fragen Sie uns", "url": "/de/c/"},
    ],
    "publisher": "Stad Mechelen",
    "words_language": {"publisher": "nl", "tagline": "de"},
}

PICTURE = {"url": lazy(static, str)("ui/icon.svg"), "width": 640, "height": 360}

CARD = {
    "title": "Plek in de buurt",
    "url": "/nl/methodieken/plek/",
    "lead": SENTENCE,
    "language": "nl",
    "over": "Methodiek",
    "tiers": ("proactive", "preventive"),
    "lines": tuple(
        {"label": label, "text": text, "language": "", "evidence": degree}
        for label, text, degree in (
            ("Voor wie", "Jongeren in risicosituaties, 12 tot 25 jaar", None),
            ("Stad", "Mechelen (BE)", None),
            ("Kosten", "", None),
            ("Bewijs", "gemonitord", 2),
        )
    ),
    "says_what_failed": True,
    "languages": ("nl", "fr"),
}
RECORDING_CARD = CARD | {"lines": (), "says_what_failed": False, "tiers": (), "foot": ("14 september 2021", "48 min")}
FEW_WORDS = {"title": "Plek in de buurt", "url": "/nl/methodieken/plek/"}
GERMAN_CARD = CARD | {"title": LONG_WORD, "lead": f"{LONG_WORD}: {LONG_WORD}.", "language": "de", "over": LONG_WORD}
NASTY_CARD = FEW_WORDS | {"title": LIKE_MARKUP, "lead": LIKE_MARKUP, "foot": (LIKE_MARKUP,), "note": LIKE_MARKUP}

LINKED = [
    {"title": "UrbSecurity", "url": "/nl/projecten/urbsecurity/", "note": "Partner", "language": "nl"},
    {"title": LONG_WORD, "url": "/de/x/", "text": LONG_WORD, "language": "de"},
    {"title": LIKE_MARKUP, "url": "/nl/x/"},
]
TOPICS = [
    {"title": "Parken", "url": "/nl/themas/parken/", "count": 12},
    {"title": "Zonder adres"},
    {"title": LONG_WORD, "url": "/de/x/", "lang": "de"},
    {"title": LIKE_MARKUP, "url": "/nl/x/", "count": 0},
]
CRUMBS = [{"title": "Methodieken", "url": "/nl/methodieken/"}, {"title": "Plek in de buurt"}]
GERMAN_CRUMBS = [{"title": LONG_WORD, "url": "/de/x/", "lang": "de"}, {"title": LIKE_MARKUP, "lang": "nl"}]
SECTIONS = [{"id": "nood", "title": "De nood"}, None, {"id": "x", "title": LONG_WORD, "lang": "de"}]
DOWNLOADS = [
    {"title": "Draaiboek", "url": "/documents/1/x.pdf", "kind": "PDF", "size": 1_234_567, "language": "nl"},
    {"title": LONG_WORD, "url": "/documents/2/x.pdf", "language": "de", "note": LIKE_MARKUP},
]
SOURCES = [
    {"id": 1, "title": "Jaarverslag", "url": "https://example.org/verslag", "as_of": "maart 2024", "language": "nl"},
    {"id": 2, "title": LONG_WORD, "language": "de"},
    {"title": LIKE_MARKUP, "url": "https://example.org/" + "a" * 90},
]
STEPS = [{"title": "Luister", "text": SENTENCE}, {"text": LIKE_MARKUP}, {"title": LONG_WORD}]
ACKNOWLEDGEMENT = {
    "union": "Europese Unie",
    "fund": "Europees Fonds voor Regionale Ontwikkeling",
    "sentence": "Medegefinancierd door de Europese Unie.",
    "disclaimer": SENTENCE,
}
NAMES = [{"title": "Stadt Köln", "url": "/de/koeln/", "language": "de"}, {"title": "Gent", "language": "nl"}]

GROUPS = [
    {
        "name": "tier",
        "label": "Trede",
        "options": [
            {"value": "proactive", "label": "Proactief", "count": 6, "selected": False, "tier": "proactive"},
            {"value": "preventive", "label": "Preventief", "count": 9, "selected": True, "tier": "preventive"},
            {"value": "curative", "label": "Curatief", "count": 0, "selected": False, "tier": "curative"},
        ],
    }
]
MANY_GROUPS = [
    *GROUPS,
    {
        "name": "city",
        "label": "Stad",
        "options": [{"value": f"stad-{number}", "label": f"Stad {number}", "count": number} for number in range(9)]
        + [{"value": "x", "label": LONG_WORD, "lang": "de", "selected": True}, {"value": "y", "label": LIKE_MARKUP}],
    },
    {
        "name": "year",
        "label": "Jaar",
        "type": "select",
        "options": [{"value": "", "label": "Alle jaren"}, {"value": "2024", "label": "2024", "count": 3}],
    },
]

POSTER = PICTURE
ON_YOUTUBE = {
    "platform": "youtube",
    "platform_label": "YouTube",
    "url": "https://www.youtube.com/watch?v=abcdefghijk",
    "embed_url": "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1",
    "title": "Veilige plekken",
    "language": "nl",
    "poster": POSTER,
}
ON_LINKEDIN = {
    "platform": "linkedin",
    "platform_label": "LinkedIn",
    "url": "https://www.linkedin.com/x",
    "title": LONG_WORD,
    "language": "de",
}
OWN_FILE = {
    "platform": "file",
    "title": "Rondleiding",
    "file_url": "/media/tour.webm",
    "captions": [{"language": "nl", "label": "Nederlands", "url": "/x.vtt", "default": True}],
}
MOMENTS = [{"start_s": 754, "label": LIKE_MARKUP}, {"start_s": 1500, "label": "later"}]
CHAPTERS = [{"start_s": 600, "title": LIKE_MARKUP}]
NAMED_CHAPTERS = [
    {"start_s": 0, "title": "Begin", "language": "nl"},
    {"start_s": 600, "title": LIKE_MARKUP, "language": "nl"},
    {"start_s": 1500, "title": LONG_WORD, "language": "de"},
]
MENTIONS = [
    {
        "start_s": 13,
        "word": "Methodiek in deze passage",
        "title": LIKE_MARKUP,
        "url": "/nl/x/",
        "language": "nl",
        "note": SENTENCE,
    }
]
TRANSCRIPT = [
    {
        "title": "Begin",
        "start_s": 0,
        "paragraphs": [
            {
                "start_s": 12.2,
                "speaker": LIKE_MARKUP,
                "cues": [
                    {"start_s": 12.2, "text": LIKE_MARKUP},
                    {"start_s": 12.8, "text": "In dezelfde seconde."},
                    {"start_s": 19, "text": "Een ogenblik verder.", "seconds": (21, 22)},
                ],
            }
        ],
    }
]
HIT = {
    "kind": "recording",
    "title_html": "Online safe spaces",
    "extract_html": "",
    "url": "/nl/webinars/safe-spaces/",
    "language": "en",
    "languages": ("en", "nl"),
    "duration_s": 2880,
    "filters": {"tier": ("preventive",)},
    "cue_hits": [
        {"start_s": 754.2, "language": "en", "html": "a word"},
        {"start_s": 1754.2, "language": "nl", "html": "een woord"},
    ],
}
METHOD_HIT = {
    "kind": "method",
    "title_html": "Plek in de buurt",
    "extract_html": SENTENCE,
    "url": "/nl/methodieken/plek/",
    "language": "nl",
    "filters": {"tier": ("proactive",), "evidence": (2,)},
}

RUNGS = [
    {"title": "Aanwezig zijn", "text": "Zichtbaar op straat.", "tier": "enforcement", "confirmed": False},
    {"title": "In dialoog", "text": LIKE_MARKUP, "tier": "enforcement"},
    {"title": LIKE_MARKUP, "items": [{"title": LIKE_MARKUP, "url": '/x"y'}]},
]
GERMAN_RUNGS = [{"title": LONG_WORD, "text": LONG_WORD, "tier": tier} for tier in ("proactive", "curative")]
EVENTS = [
    {"date": "2019-10-16", "when": "16 oktober 2019", "text": LIKE_MARKUP},
    {"date": "2021-02", "when": "februari 2021", "text": "x", "unconfirmed": True},
    {"date": "2022", "when": "2022", "text": "y"},
]
MECHELEN = {
    "key": "mechelen",
    "name": "Mechelen",
    "country": "BE",
    "lat": 51.026,
    "lon": 4.478,
    "url": "/nl/steden/mechelen/",
}
CITIES = [
    MECHELEN,
    {"key": "leiria", "name": "Leiria", "country": "PT", "lat": 39.744, "lon": -8.807, "url": "/nl/steden/leiria/"},
    {"key": "nasty", "name": LIKE_MARKUP, "country": "IT", "lat": 44.8, "lon": 10.3, "url": '/x"y'},
    {
        "key": "san-diego",
        "name": "San Diego",
        "country": "US",
        "lat": 32.772,
        "lon": -117.188,
        "url": "/nl/steden/san-diego/",
    },
    {"key": "nowhere", "name": "Zonder plaats", "country": "BE", "lat": None, "lon": None},
]
NEIGHBOURS = [
    MECHELEN,
    {"key": "antwerpen", "name": "Antwerpen", "country": "BE", "lat": 51.22, "lon": 4.4},
    {"key": "brussel", "name": "Brussel", "country": "BE", "lat": 50.847, "lon": 4.352},
    {"key": "gent", "name": "Gent", "country": "BE", "lat": 51.054, "lon": 3.725},
    {"key": "dordrecht", "name": "Dordrecht", "country": "NL", "lat": 51.813, "lon": 4.69},
    {"key": "rotterdam", "name": "Rotterdam", "country": "NL", "lat": 51.924, "lon": 4.478},
    {"key": "helsinki", "name": "Helsinki", "country": "FI", "lat": 60.17, "lon": 24.938},
    {"key": "lissabon", "name": "Lissabon", "country": "PT", "lat": 38.722, "lon": -9.139},
]
LINES = [
    {"city": "leiria", "title": "UrbSecurity", "url": "/nl/projecten/urbsecurity/"},
    {"city": "leiria", "title": LIKE_MARKUP, "url": "/nl/projecten/x/"},
]
