from modeltranslation.translator import TranslationOptions, register

from portal.core.models import SchakelImage, SiteWords


@register(SchakelImage)
class ImageWords(TranslationOptions):
    fields = ("alternative",)


@register(SiteWords)
class SiteWordsWords(TranslationOptions):
    fields = ("tagline", "publisher")
