"""Choosing a record in a form: by a part of its name, in any language."""

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


class TextFilterForm(BaseFilterForm):
    """Filters records by text in one of the fields `searched`."""

    searched: tuple[str, ...] = ()

    q = forms.CharField(
        label=_("A part of the name"),
        widget=forms.TextInput(attrs={"placeholder": _("A part of the name")}),
        required=False,
    )

    def filter(self, objects):
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        if not self.is_searching:
            return objects
        found = Q()
        for name in self.searched:
            found |= Q(**{f"{name}__icontains": self.search_query})
        return objects.filter(found)


class LocalizedSnippetChooser(AdminSnippetChooser):
    """A chooser that says what it chooses in the language of who looks; Wagtail's says it in that of the start."""

    def __init__(self, model, **kwargs):
        super().__init__(model, **kwargs)
        name = model._meta.verbose_name
        self.choose_one_text = _said_later(_("Choose: %(object)s"), name)
        self.choose_another_text = _said_later(_("Choose another: %(object)s"), name)
        self.link_to_chosen_text = _said_later(_("Edit: %(object)s"), name)


_said_later = lazy(lambda words, name: words % {"object": name}, str)


class TextSearchChooserViewSet(SnippetChooserViewSet):
    """A chooser with a box that looks for a part of a name; Wagtail offers one for indexed models only."""

    @cached_property
    def widget_class(self):
        return LocalizedSnippetChooser(model=self.model, icon=self.icon)


def text_search_chooser(*fields: str) -> type[TextSearchChooserViewSet]:
    """A chooser for snippets whose box looks in these columns."""
    of_these = {"filter_form_class": type("TextFilterForm", (TextFilterForm,), {"searched": fields})}
    return type(
        "ChooserByTheseWords",
        (TextSearchChooserViewSet,),
        {
            "choose_view_class": type("ChooseView", (ChooseView,), of_these),
            "choose_results_view_class": type("ChooseResultsView", (ChooseResultsView,), of_these),
        },
    )
