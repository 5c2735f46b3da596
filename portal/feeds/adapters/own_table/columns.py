"""The columns of the portal's own table. They may be named in any language of the portal."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

COLUMNS = {
    "title": _("title"),
    "date": _("date"),
    "length": _("length"),
    "speakers": _("speakers"),
    "youtube": "youtube",
    "linkedin": "linkedin",
    "website": "website",
    "text": _("text"),
}


def column_of(word: str) -> str:
    """The column that a name in any of the portal's languages means; the name itself when it is none of ours."""
    word = word.strip().lower()
    if word in COLUMNS:
        return word
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for name, label in COLUMNS.items():
                if word == str(label).lower():
                    return name
    return word
