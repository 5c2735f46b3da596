"""Lists of one kind of page in the admin, each with a place in the menu."""

from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Locale

from portal.core.publishing.visibility import SOURCE_LANGUAGE


class SourceLanguageIndexView(IndexView):
    """Lists Dutch pages, which are written first; other languages by filter, or for who may see no Dutch pages."""

    base_columns = [column for column in IndexView.base_columns if column.name != "parent"]

    def get_base_queryset(self):
        pages = super().get_base_queryset()
        if self.request.GET.get("locale"):
            return pages
        dutch = pages.filter(locale=Locale.objects.get(language_code=SOURCE_LANGUAGE))
        return dutch if dutch.exists() else pages


class MenuPageListingViewSet(PageListingViewSet):
    """A list of one kind of page. Subclasses say `model`, `icon`, `menu_label`, `menu_order` and are given a name."""

    index_view_class = SourceLanguageIndexView
    add_to_admin_menu = True
    list_filter = ["locale", "live"]
