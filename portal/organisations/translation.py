from modeltranslation.translator import TranslationOptions, register

from portal.organisations.models import Contact, Organisation


@register(Organisation)
class OrganisationWords(TranslationOptions):
    fields = ("name", "slug", "description")
    required_languages = {"nl": ("name",)}


@register(Contact)
class ContactWords(TranslationOptions):
    fields = ("role",)
    required_languages = {"nl": ("role",)}
