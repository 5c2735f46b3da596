from modeltranslation.translator import TranslationOptions, register

from portal.core.models import SchakelImage, SiteWords


@register(SchakelImage)
class ImageTranslationOptions(TranslationOptions):
    fields = ("alternative",)


@register(SiteWords)
class SiteWordsTranslationOptions(TranslationOptions):
    fields = ("tagline", "publisher")
