from modeltranslation.translator import TranslationOptions, register

from portal.webinars.models import (
    Chapter,
    FurtherSession,
    Recording,
    RecordingMethod,
    RecordingProject,
    Series,
    Speaker,
)


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("title", "slug", "description")
    required_languages = {"nl": ("title",)}


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ("role",)


@register(Recording)
class RecordingTranslation(TranslationOptions):
    fields = ("title", "slug", "abstract", "organiser")


@register(Chapter)
class ChapterTranslation(TranslationOptions):
    fields = ("title",)


@register([RecordingMethod, RecordingProject])
class LinkTranslation(TranslationOptions):
    fields = ("note",)


@register(FurtherSession)
class FurtherSessionTranslation(TranslationOptions):
    fields = ("note",)
