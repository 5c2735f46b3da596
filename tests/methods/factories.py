"""Methods to test with; `tests.factories.make_method` publishes them."""

import json
import uuid

from django.utils.text import slugify

from portal.methods.models import Adoption, MethodRelation, MethodTier
from tests.factories import make_method


def items(kind, *values):
    """A list of a method, with ids that are the same at every call."""
    return json.dumps(
        [
            {"type": kind, "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}{number}")), "value": value}
            for number, value in enumerate(values)
        ]
    )


def fact(part, text="Drie medewerkers.", source="stad", as_of="2025"):
    """A fact of a row."""
    return {"part": part, "text": text, "source": source, "as_of": as_of}


def sources(*keys):
    """Sources with these short names."""
    return items("source", *({"key": key, "title": f"Bron {key}", "url": "", "as_of": "2025"} for key in keys))


def method(title, *, tiers=(), related=(), **fields):
    """A published method with tiers given as codes and related methods as pages; its key comes from the title."""
    fields.setdefault("key", slugify(title))
    return make_method(
        title=title,
        tiers=[MethodTier(tier=tier, judged_by="department", sort_order=number) for number, tier in enumerate(tiers)],
        related=[MethodRelation(method=page, sort_order=number) for number, page in enumerate(related)],
        **fields,
    )


def adoption(page, organisation, **fields):
    fields.setdefault("key", f"{organisation.key}-{page.key}")
    return Adoption.objects.create(method=page, organisation=organisation, **({"live": True} | fields))
