"""Cities and organisations to test with."""

from portal.organisations.models import Contact, Organisation


def make_organisation(key, name="", **fields):
    """A published organisation; `name` is the Dutch one, others are given as `name_fr` and so on."""
    fields.setdefault("country", "BE")
    return Organisation.objects.create(key=key, name_nl=name or key.capitalize(), live=True, **fields)


def make_city(key, name="", **fields):
    """A published city on the map, in Portugal unless said otherwise."""
    place = {"country": "PT", "lat": 39.744, "lon": -8.807, "type": "city"}
    return make_organisation(key, name, **(place | fields))


def make_home_city():
    """Mechelen, the centre of the map."""
    return make_city("mechelen", "Mechelen", name_fr="Malines", country="BE", lat=51.026, lon=4.478)


def make_contact(key, role, **fields):
    return Contact.objects.create(key=key, role_nl=role, live=True, **fields)
