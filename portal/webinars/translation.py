from modeltranslation.translator import TranslationOptions, register

from portal.webinars.models import Chapter, Recording, RecordingMethod, RecordingProject, Series, Speaker


@register(Series)
class SeriesWords(TranslationOptions):
    fields = ("title", "slug", "description")
    required_languages = {"nl": ("title",)}


@register(Speaker)
class SpeakerWords(TranslationOptions):
    fields = ("role",)


@register(Recording)
class RecordingWords(TranslationOptions):
    fields = ("title", "slug", "abstract")


@register(Chapter)
class ChapterWords(TranslationOptions):
    fields = ("title",)


@register([RecordingMethod, RecordingProject])
class MomentWords(TranslationOptions):
    fields = ("note",)
