from modeltranslation.translator import TranslationOptions, register

from portal.methods.models import Adoption


@register(Adoption)
class AdoptionWords(TranslationOptions):
    fields = ("note",)
