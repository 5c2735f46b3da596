"""What translators and reviewers do with a translation in the admin, and what is refused."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.views.update_translations import UpdateTranslationsView

from portal.core.models import BasePage
from portal.core.publishing.withdrawal import waits_for_dutch
from portal.core.translation import reviews
from portal.core.translation.state import missing_passages, state_of, translation_of


def refuse_to_publish(request: HttpRequest, pages: Iterable[Page], back_to: str) -> HttpResponse | None:
    """Return a redirect to `back_to` with an error when one of these pages is a translation that cannot be public.

    It waits for its Dutch page, or some of its passages have no translation: visitors would read Dutch in the middle.
    """
    pages = [page.specific for page in pages]
    if waiting := [page for page in pages if waits_for_dutch(page)]:
        messages.error(
            request,
            _("Not published: the Dutch page of “%(title)s” is not public. Publish that first.")
            % {"title": waiting[0].get_admin_display_title()},
        )
        return redirect(back_to)
    missing = sum(_missing(page) for page in pages)
    if not missing:
        return None
    messages.error(
        request,
        ngettext(
            "Not published: one passage has no translation yet. Translate it, then publish again.",
            "Not published: %(missing)d passages have no translation yet. Translate them, then publish again.",
            missing,
        )
        % {"missing": missing},
    )
    return redirect(back_to)


def _missing(page: Page) -> int:
    translation = translation_of(page) if isinstance(page, BasePage) and page.is_translation else None
    return missing_passages(translation) if translation else 0


class UpdateTranslationsWithoutPublishingView(UpdateTranslationsView):
    """Updates translations with changed Dutch passages, but never publishes them with Dutch passages in them."""

    def get_form(self):
        form = super().get_form()
        form.fields["publish_translations"].disabled = True
        form.fields["publish_translations"].widget = forms.HiddenInput()
        return form


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Refuse to turn a translation into an alias, which would show Dutch under another language."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    messages.error(
        request,
        _(
            "“%(title)s” was not turned into a copy of the Dutch page: visitors would read Dutch under another "
            "language. Unpublish the translation instead."
        )
        % {"title": page.get_admin_display_title()},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def mark_translation_reviewed(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a translation beside the Dutch, passage by passage, and store that a person compared them."""
    page = get_object_or_404(Page, pk=page_id).specific
    if (
        not isinstance(page, BasePage)
        or not page.is_translation
        or not page.permissions_for_user(request.user).can_publish()
    ):
        raise PermissionDenied
    translation = translation_of(page)
    passages = reviews.passages_to_review(page, translation)
    if missing := missing_passages(translation) if translation else 0:
        messages.error(
            request,
            ngettext(
                "Not marked: one passage has no translation yet.",
                "Not marked: %(missing)d passages have no translation yet.",
                missing,
            )
            % {"missing": missing},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "POST" and request.POST.get("seal") == reviews.digest_of_passages(passages):
        reviews.mark_as_reviewed(page, passages, request.user)
        state = state_of(type(page).objects.get(pk=page.pk))
        if state and state.is_reviewed:
            messages.success(request, _("Marked as reviewed. Visitors see this from now on."))
        else:
            messages.success(request, _("Marked as reviewed. Visitors see this when the translation is published."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "POST":
        messages.error(
            request, _("Not marked: the text changed while you were reading. Compare what is new, then mark it.")
        )
    return render(
        request,
        "core/admin/translation_reviewed.html",
        {"page": page, "passages": passages, "seal": reviews.digest_of_passages(passages)},
    )
