"""Panels and widgets that several apps use in their admin forms."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import TextField
from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.widgets import AdminAutoHeightTextInput

from portal.core.content.sorting import without_accents

_rendered = lazy(render_to_string, SafeString)

# The class of a tab whose fields have their help beside them where there is room (core/admin/forms.css).
HELP_BESIDE = "help-beside"


def with_example(help_text, example):
    """The help of a field: what to write, and a good example of it, both translated when they are shown."""
    return _rendered("core/admin/help_with_example.html", {"help_text": help_text, "example": example})


class TopicSelect(forms.SelectMultiple):
    """A select of topics, sorted without regard to capitals and accents.

    Each topic carries its other words in every language, so that the box above the list finds it by them.
    """

    def __init__(self, attrs=None):
        super().__init__({"size": 8, "data-topic-list": ""} | (attrs or {}))

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if topic := getattr(value, "instance", None):
            option["attrs"]["data-words"] = ", ".join(topic.all_words)
        return option

    def optgroups(self, name, value, attrs=None):
        return sorted(
            super().optgroups(name, value, attrs), key=lambda group: without_accents(str(group[1][0]["label"]))
        )


class TopicsPanel(FieldPanel):
    """Chooses topics from the whole thesaurus by typing part of a word; a plain list without JavaScript."""

    def __init__(self, field_name, **kwargs):
        kwargs.setdefault("widget", TopicSelect)
        super().__init__(field_name, **kwargs)


class TranslatedFieldPanel(FieldPanel):
    """The column of one language, labelled like the translated field: the tab names the language."""

    heading: Any  # those of Wagtail, which is not typed
    widget: Any

    def on_model_bound(self):
        super().on_model_bound()
        name = self.field_name.rpartition("_")[0]
        field = self.model._meta.get_field(name)
        if not self.heading:
            self.heading = _("Last part of the address") if name == "slug" else capfirst(field.verbose_name)
        if isinstance(field, TextField) and not self.widget:
            self.widget = AdminAutoHeightTextInput(attrs={"rows": 3})


def address_panel() -> MultiFieldPanel:
    """The fields of a page that seldom need a change, collapsed."""
    return MultiFieldPanel(
        [
            FieldPanel(
                "slug",
                heading=_("Last part of the address"),
                help_text=_("Made from the title. Old addresses go on leading here when you change it."),
            ),
            FieldPanel("key"),
            FieldPanel(
                "seo_title",
                heading=_("Title for search engines"),
                help_text=_("Only when it has to differ from the title."),
            ),
            FieldPanel(
                "search_description",
                heading=_("Description for search engines"),
                help_text=_("Only when it has to differ from the promise."),
            ),
            FieldPanel("social_image", help_text=_("Shown where somebody shares the page. Who is on it has to agree.")),
        ],
        heading=_("Address and search engines"),
        help_text=_("Nothing to do here: the portal fills this in by itself."),
        classname="collapsed",
    )


def language_tabs(fields, shared, heading, *, form, more=()):
    """A tab for each content language with the record's texts, and a tab with the fields that have no language.

    `more` tabs come after that one; `form` is the class of the form.

    The base field of a translated one is never in a panel: it would write the active language's column.
    """
    tabs = [
        ObjectList([TranslatedFieldPanel(f"{field}_{code}") for field in fields], heading=name)
        for code, name in settings.WAGTAIL_CONTENT_LANGUAGES
    ]
    return TabbedInterface([tabs[0], ObjectList(shared, heading=heading), *more, *tabs[1:]], base_form_class=form)
