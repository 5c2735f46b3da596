"""Dossiers and plain pages to test with, published as staff would publish them."""

from portal.home.models import DossierPage, HomePage, PlainPage
from tests.factories import make_page


def section(number, heading, items=(), text=""):
    """A section of a dossier with a fixed id; `items` are references like "method:pim"."""
    value = {"heading": heading, "text": text, "items": "\n".join(items)}
    return {"type": "section", "id": f"00000000-0000-4000-8000-{number:012}", "value": value}


def make_dossier(*sections, **fields):
    fields.setdefault("title", "Veilig in dialoog")
    fields.setdefault("key", "veilig-in-dialoog")
    return make_page(DossierPage, sections=list(sections), **fields)


def block(number, kind, value):
    """A block of a plain page with a fixed id."""
    return {"type": kind, "id": f"00000000-0000-4000-8000-{number:012}", "value": value}


def make_plain(*blocks, **fields):
    fields.setdefault("title", "Over ons")
    fields.setdefault("key", "over")
    return make_page(PlainPage, body=list(blocks), **fields)


def choose_for_home(problems=(), flagships=()):
    """Choose what the Dutch home shows first, as staff do on that page."""
    home = HomePage.objects.get(locale__language_code="nl")
    home.problems = [("problem", page) for page in problems]
    home.flagships = [("method", page) for page in flagships]
    home.save_revision().publish()
