"""The report on links that do not answer, for everybody who may use the admin."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.links.models import OutsideLink
from portal.links.places import places_of_links

PER_PAGE = 50
SHOWN = (OutsideLink.State.BROKEN, OutsideLink.State.FAILED, OutsideLink.State.UNCLEAR)


@dataclass(frozen=True)
class BrokenLink:
    """A link with the titles of the pages and records on which it stands, and where this person may change each."""

    link: OutsideLink
    places: list[tuple[str, str]]


class BrokenLinksView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The links that do not answer, those that are broken first, each with where it stands."""

    permission_required = "wagtailadmin.access_admin"
    raise_exception = True
    template_name = "links/admin/broken_links.html"
    page_title = gettext_lazy("Broken links")
    header_icon = "link"

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict:
        links = OutsideLink.objects.filter(state__in=SHOWN).order_by("state", "address")
        page_obj = Paginator(links, PER_PAGE).get_page(self.request.GET.get("p"))
        places = places_of_links()
        finder = AdminURLFinder(self.request.user)
        rows = [
            BrokenLink(
                link,
                [(str(place), finder.get_edit_url(place) or "") for place in places.get(link.address, [])],
            )
            for link in page_obj
        ]
        return super().get_context_data(rows=rows, page_obj=page_obj, **kwargs)
