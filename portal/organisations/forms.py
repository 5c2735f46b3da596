"""The forms of organisations and contacts: their permanent key is made from what they are called."""

from portal.core.forms import KeyedForm


class OrganisationForm(KeyedForm):
    named_by = "name_nl"


class ContactForm(KeyedForm):
    named_by = "role_nl"
