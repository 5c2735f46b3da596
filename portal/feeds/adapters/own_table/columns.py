"""The columns of the portal's own table, named in any language of the portal."""

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


def column_for(word: str) -> str:
    """Return the key of the column with this name in any language; the name itself if it is no column of ours."""
    word = word.strip().lower()
    if word in COLUMNS:
        return word
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for name, label in COLUMNS.items():
                if word == str(label).lower():
                    return name
    return word
