from modeltranslation.translator import TranslationOptions, register

from portal.topics.models import Topic


@register(Topic)
class TopicWords(TranslationOptions):
    fields = ("label", "slug", "alternatives", "definition")
    required_languages = {"nl": ("label",)}
