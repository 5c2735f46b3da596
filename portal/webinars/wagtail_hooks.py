"""Recordings, series and speakers in the admin: lists, forms and menu."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, LiveStatusTagColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from portal.core.admin.choosers import text_search_chooser
from portal.core.admin.panels import TopicsPanel, language_tabs
from portal.webinars.admin.forms import FurtherSessionForm, RecordingForm, SeriesForm, SpeakerForm, TimestampInput
from portal.webinars.admin.panels import TranscriptsPanel
from portal.webinars.consent import admin_hooks as consent_hooks  # noqa: F401  (registers pages of a recording)
from portal.webinars.models import FurtherSession, Recording, Series, Speaker
from portal.webinars.transcripts import admin_hooks as transcript_hooks  # noqa: F401  (registers pages of a recording)
from portal.webinars.transcripts.admin_views import BulkImportView

SHARED_TAB = _("The same in every language")
AT_HELP_TEXT = _("As the player shows it: 12:34. Empty: the recording as a whole.")


def _translated_fields(field: str) -> list[str]:
    return [f"{field}_{code}" for code in settings.CONTENT_LANGUAGES]


def _columns(field: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(name) for name in _translated_fields(field)])


class RecordingIndexView(IndexView):
    """The list of recordings, with a button to import caption files of many of them."""

    @cached_property
    def header_more_buttons(self):
        import_button = Button(
            BulkImportView.page_title,
            url=reverse("captions_by_name"),
            icon_name=BulkImportView.header_icon,
            priority=90,
        )
        return [*super().header_more_buttons, import_button]


class RecordingViewSet(SnippetViewSet):
    model = Recording
    index_view_class = RecordingIndexView
    icon = "media"
    list_display = ["__str__", "state", "event_start", "announced_at", "series", LiveStatusTagColumn(label=_("Status"))]
    list_filter = ["state", "medium", "mechelen_part", "series", "spoken_language", "is_example", "live"]
    search_fields = [*_translated_fields("title"), "key"]
    search_backend_name = None
    list_per_page = 50
    edit_handler = language_tabs(
        ["title", "abstract", "organiser", "slug"],
        [
            FieldPanel("state", help_text=_("To come before the session; recorded once it can be watched.")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("event_start"), FieldPanel("event_end")]),
                    FieldRowPanel([FieldPanel("event_day"), FieldPanel("event_last_day")]),
                    FieldRowPanel(
                        [
                            FieldPanel("announced_at"),
                            FieldPanel(
                                "duration_s",
                                heading=_("Length"),
                                widget=TimestampInput,
                                help_text=_("As the player shows it: 48:00."),
                            ),
                        ]
                    ),
                ],
                heading=_("When"),
                help_text=_("Belgian time. Leave out what is not known; nothing is guessed."),
            ),
            FieldRowPanel([FieldPanel("mechelen_part"), FieldPanel("medium")]),
            FieldRowPanel([FieldPanel("spoken_language"), FieldPanel("series")]),
            TopicsPanel("topics", help_text=_("What it is about, in the words of the thesaurus.")),
            InlinePanel(
                "chapters",
                label=_("Chapter"),
                heading=_("Chapters"),
                panels=[
                    FieldPanel("start_s", widget=TimestampInput, help_text=_("As the player shows it: 12:34.")),
                    _columns("title"),
                ],
                help_text=_("The headings of the transcript, and the fields of the strip under the player."),
            ),
            InlinePanel(
                "speakers",
                label=_("Speaker"),
                heading=_("Speakers"),
                help_text=_("Only who agreed to publication is shown."),
            ),
            InlinePanel(
                "method_links",
                label=_("Method"),
                heading=_("Methods"),
                panels=[
                    FieldPanel("method"),
                    FieldPanel("at_s", widget=TimestampInput, help_text=AT_HELP_TEXT),
                    _columns("note"),
                ],
                help_text=_("The methods it speaks of; each method then leads to this moment."),
            ),
            InlinePanel(
                "project_links",
                label=_("Project"),
                heading=_("Projects"),
                panels=[
                    FieldPanel("project"),
                    FieldPanel("at_s", widget=TimestampInput, help_text=AT_HELP_TEXT),
                    _columns("note"),
                ],
                help_text=_("The projects it speaks of; each project then leads to this moment."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("poster", help_text=_("Shown before it plays. Who is on it has to agree.")),
                    FieldPanel("slides", help_text=_("A PDF that can be read aloud, if you have one.")),
                    FieldPanel("licence"),
                ],
                heading=_("Poster and slides"),
            ),
            FieldPanel("key"),
            FieldPanel("is_example"),
            FieldPanel("is_about_portal"),
        ],
        SHARED_TAB,
        form=RecordingForm,
        more=[ObjectList([TranscriptsPanel()], heading=_("Transcripts and places"))],
    )


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "list-ul"
    list_display = ["__str__", "key", LiveStatusTagColumn(label=_("Status"))]
    list_filter = ["live"]
    search_fields = [*_translated_fields("title"), "key"]
    search_backend_name = None
    chooser_viewset_class = text_search_chooser(*search_fields)
    edit_handler = language_tabs(["title", "description", "slug"], [FieldPanel("key")], SHARED_TAB, form=SeriesForm)


class SpeakerViewSet(SnippetViewSet):
    model = Speaker
    icon = "user"
    list_display = [
        "name",
        "organisation",
        BooleanColumn("consent", label=_("Agreed to publication")),
        LiveStatusTagColumn(label=_("Status")),
    ]
    list_filter = ["consent", "organisation", "live"]
    search_fields = ["name", "key"]
    chooser_viewset_class = text_search_chooser(*search_fields)
    search_backend_name = None
    edit_handler = language_tabs(
        ["role"],
        [FieldPanel("name"), FieldPanel("organisation"), FieldPanel("consent"), FieldPanel("key")],
        SHARED_TAB,
        form=SpeakerForm,
    )


class FurtherSessionViewSet(SnippetViewSet):
    """Sessions of others: visitors find them on the methods and projects that they belong to, and nowhere else."""

    model = FurtherSession
    icon = "link-external"
    list_display = ["title", "organiser", "event_day", LiveStatusTagColumn(label=_("Status"))]
    list_filter = ["medium", "spoken_language", "live"]
    search_fields = ["title", "organiser", "key"]
    search_backend_name = None
    edit_handler = language_tabs(
        ["note"],
        [
            FieldRowPanel([FieldPanel("title"), FieldPanel("title_language")]),
            FieldPanel("organiser"),
            FieldRowPanel([FieldPanel("event_day"), FieldPanel("medium"), FieldPanel("spoken_language")]),
            FieldRowPanel([FieldPanel("url"), FieldPanel("read_on")]),
            InlinePanel("method_links", label=_("Method"), heading=_("Methods"), panels=[FieldPanel("method")]),
            InlinePanel("project_links", label=_("Project"), heading=_("Projects"), panels=[FieldPanel("project")]),
            FieldPanel("key"),
        ],
        SHARED_TAB,
        form=FurtherSessionForm,
    )


class WebinarsGroup(SnippetViewSetGroup):
    items = (RecordingViewSet, SeriesViewSet, SpeakerViewSet, FurtherSessionViewSet)
    menu_icon = "media"
    menu_label = _("Webinars")
    menu_name = "webinars"
    menu_order = 120


register_snippet(WebinarsGroup)
