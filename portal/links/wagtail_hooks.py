"""The report on broken links in the admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.links.views import BrokenLinksView


@hooks.register("register_admin_urls")
def broken_links_address() -> list[URLPattern]:
    return [path("reports/links/", BrokenLinksView.as_view(), name="broken_links")]


@hooks.register("register_reports_menu_item")
def broken_links_in_the_menu() -> MenuItem:
    return MenuItem(_("Broken links"), reverse("broken_links"), name="broken-links", icon_name="link", order=1200)
