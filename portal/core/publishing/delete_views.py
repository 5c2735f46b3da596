"""Views and messages for deleting, unpublishing and republishing, and what is refused."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.multiple_upload import DeleteView as UploadDeleteView
from wagtail.admin.widgets import Button
from wagtail.documents.views.documents import DeleteView as DeleteDocumentView
from wagtail.documents.views.multiple import DeleteView as DeleteUploadedDocumentView
from wagtail.images.views.images import DeleteView as DeleteImageView
from wagtail.images.views.multiple import DeleteView as DeleteUploadedImageView
from wagtail.models import Page

from portal.core.publishing.withdrawal import (
    public_uses_of,
    republish_translation,
    translations_to_republish,
    was_ever_public,
)


def refuse_to_delete(request: HttpRequest, things: Iterable[Model], back_to: str) -> HttpResponse | None:
    """Return a redirect to `back_to` with an error, and a button to unpublish, when one of these was ever public."""
    for thing in things:
        if was_ever_public(thing):
            sentence = _(
                "Not deleted: “%(title)s” was public, itself or in another language or with a page under it, and what "
                "was public keeps its address. Unpublish it instead: visitors then read that it is gone."
            ) % {"title": thing}
            messages.error(request, sentence, buttons=_unpublish_button(request, thing))
            return redirect(back_to)
        if sentence := _where_it_is_shown(thing):
            messages.error(request, sentence)
            return redirect(back_to)
    return None


def _where_it_is_shown(thing: Model) -> str:
    """Return why an image or document cannot be deleted; "" when no public page shows it."""
    users = public_uses_of(thing)
    if not users:
        return ""
    sentence = _("Not deleted: “%(title)s” is shown on a public page: %(pages)s. Take it away there first.")
    return sentence % {"title": thing, "pages": get_text_list([f"“{user}”" for user in users[:5]], _("and"))}


def _unpublish_button(request: HttpRequest, thing: Any) -> list[Button]:
    if not thing.live:
        return []
    if not isinstance(thing, Page):
        url = reverse(thing.snippet_viewset.get_url_name("unpublish"), args=[thing.pk])
        may = request.user.has_perm(f"{thing._meta.app_label}.publish_{thing._meta.model_name}")
    else:
        url = reverse("wagtailadmin_pages:unpublish", args=[thing.pk])
        may = thing.permissions_for_user(request.user).can_unpublish()
    return [messages.button(url, _("Unpublish"))] if may else []


class _ProtectShownFileMixin(WagtailAdminTemplateMixin):
    """Refuses to delete a file that a public page shows, before asking for confirmation."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = refuse_to_delete(request, [self.get_object()], reverse(self.index_url_name))
        return refused or super().dispatch(request, *args, **kwargs)


class ImageDeleteView(_ProtectShownFileMixin, DeleteImageView):
    pass


class DocumentDeleteView(_ProtectShownFileMixin, DeleteDocumentView):
    pass


class _ProtectShownUploadMixin(UploadDeleteView):
    """The same for a file that was just uploaded. Wagtail's script shows no error, so the next screen does."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        thing = get_object_or_404(self.get_model(), pk=kwargs[self.pk_url_kwarg])
        if sentence := _where_it_is_shown(thing):
            messages.error(request, sentence)
            return JsonResponse({"success": False, "error": sentence})
        return super().post(request, *args, **kwargs)


class UploadedImageDeleteView(_ProtectShownUploadMixin, DeleteUploadedImageView):
    pass


class UploadedDocumentDeleteView(_ProtectShownUploadMixin, DeleteUploadedDocumentView):
    pass


def offer_to_republish_translations(request: HttpRequest, pages: Iterable[Page]) -> None:
    """Offer to republish the translations that were unpublished with Dutch pages that are public again."""
    for page in pages:
        if gone := _for_her(request.user, page):
            messages.warning(
                request,
                ngettext(
                    "A translation of “%(title)s” went off line with it and is still off line: %(languages)s.",
                    "Translations of “%(title)s” went off line with it and are still off line: %(languages)s.",
                    len(gone),
                )
                % {"title": page, "languages": language_names(gone)},
                buttons=[messages.button(reverse("translations_back", args=[page.pk]), _("Publish them again"))],
            )


def republish_translations(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask which translations to republish with their Dutch page, and republish those as they were."""
    page = get_object_or_404(Page, pk=page_id).specific
    gone = _for_her(request.user, page)
    if not gone and not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "core/admin/translations_back.html", {"page": page, "translations": gone})
    chosen = [one for one in gone if str(one.pk) in request.POST.getlist("translation")]
    for translated in chosen:
        republish_translation(translated, request.user)
    if chosen:
        messages.success(request, _("Published again: %(languages)s.") % {"languages": language_names(chosen)})
    return redirect("wagtailadmin_pages:edit", page.pk)


def language_names(pages: Iterable[Page]) -> str:
    """Return the languages of some pages as a sentence part."""
    return get_text_list([page.locale.get_display_name() for page in pages], _("and"))


def _for_her(user: AbstractUser | AnonymousUser, page: Page) -> list[Page]:
    """Return the translations to republish that a user may publish; all of them if she may publish the Dutch page."""
    gone = translations_to_republish(page)
    if page.permissions_for_user(user).can_publish():
        return gone
    return [translated for translated in gone if translated.permissions_for_user(user).can_publish()]
