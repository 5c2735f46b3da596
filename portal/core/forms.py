"""The forms that every page and every record share."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from portal.core.content.partial_dates import PartialDate


def refuse_wrong_order(form: BaseForm, first: str, last: str, sentence: str | Promise) -> None:
    """Add `sentence` to the field `last` when its partial date is before that of `first`."""
    start, end = (PartialDate.read(form.cleaned_data.get(name) or "") for name in (first, last))
    if start and end and end.is_before(start):
        form.add_error(last, ValidationError(str(sentence)))


def refuse_future(form: BaseForm, *names: str) -> None:
    """Add an error to each of these date fields that has a date in the future."""
    for name in names:
        if (day := form.cleaned_data.get(name)) and day > timezone.localdate():
            form.add_error(name, ValidationError(_("This day has not come yet. Check the date.")))


class PageForm(WagtailAdminPageForm):
    """Makes the slug from the title when it is empty, and never changes a permanent key that was saved.

    `needed_to_publish` names fields that a draft may leave empty and that are asked before a page is published or
    handed in. Their panels say `required_on_save=False` where the field is a relation.
    """

    needed_to_publish: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # the model makes it from the title, and makes it free
        if "key" in self.fields:
            self.fields["key"].disabled = bool(self.instance.pk and self.instance.key)
        if not (self.instance.locale_id and self.instance.is_translation):  # a translation reads its facts elsewhere
            for name in self.needed_to_publish:
                self.fields[name].required = True

    def clean(self):
        """Say it beside the title when the address is taken: that is where a new page gets it from.

        A position or review of a day that has not come yet would tell visitors something untrue.
        """
        could_be_read = "slug" in self.cleaned_data
        cleaned = super().clean()
        if could_be_read and "slug" in self.errors and not self.instance.pk and "title" not in self.errors:
            message = _(
                "A page with this title is here already, perhaps as a draft. Open that one or take another title."
            )
            self.add_error("title", ValidationError(message))
        refuse_future(self, "position_as_of", "reviewed_on")
        reviewed, again = (cleaned.get(name) for name in ("reviewed_on", "next_review_on"))
        if reviewed and again and again < reviewed:
            self.add_error(
                "next_review_on", ValidationError(_("The next review is before the last. Check both dates."))
            )
        return cleaned


class KeyedForm(WagtailAdminModelForm):
    """Makes the permanent key from a name at the first save; after that it never changes.

    `named_by` is the field that it is made from.
    """

    named_by = "title_nl"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].disabled = bool(self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        if "key" in self.fields and not cleaned.get("key") and "key" not in self.errors:
            cleaned["key"] = self._free_key(slugify(self.name_in(cleaned))[:70])
        return cleaned

    def name_in(self, cleaned: dict) -> str:
        """The words that the key is made from."""
        return cleaned.get(self.named_by) or ""

    def _free_key(self, base: str) -> str:
        """A key that no other record has; staff write one themselves where nothing gives a name."""
        if not base:
            self.add_error("key", ValidationError(_("Write a permanent key: there is no name to make it from.")))
            return ""
        taken = set(self._meta.model.objects.filter(key__startswith=base).values_list("key", flat=True))
        key, number = base, 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        return key
