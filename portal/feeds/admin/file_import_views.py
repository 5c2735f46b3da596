"""Importing a file in the admin: a form, and a report of each row that needs a look."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.feeds.adapters.own_table import empty_table
from portal.feeds.adapters.registry import file_adapters
from portal.feeds.errors import UnusableDocument
from portal.feeds.permissions import PULL
from portal.feeds.pulling.file_import import MAX_ZIP_BYTES, import_file

SHOWN = 200


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("The portal recognises the kind of file. The file is read and not kept."),
        widget=forms.FileInput(
            attrs={"accept": ",".join(sorted({ending for adapter in file_adapters() for ending in adapter.endings}))}
        ),
    )


class PullPermissionMixin(View):
    """Admits whoever may pull a source, as a file brings in items too."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PULL):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ImportFileView(PullPermissionMixin, WagtailAdminTemplateMixin, FormView):
    """The form for a file; the response is the report, or the form with an error."""

    form_class = FileForm
    template_name = "feeds/file.html"
    page_title = gettext_lazy("Bring in a file")
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form):
        upload = form.cleaned_data["file"]
        try:
            # One byte more than the limit is enough to know that it is too much.
            report = import_file(upload.name, upload.read(MAX_ZIP_BYTES + 1))
        except UnusableDocument as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=self.form_class(), report=report))

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=file_adapters(), shown=SHOWN, **kwargs)


class OwnTableTemplateView(PullPermissionMixin):
    """Download of the table to fill in, with an example."""

    def get(self, request):
        response = HttpResponse(empty_table(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="webinars.csv"'
        return response
