"""The menu of the feeds room in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.feeds.admin.item_views import ItemViewSet
from portal.feeds.admin.source_change_views import ChangeViewSet
from portal.feeds.admin.source_views import SourceViewSet


class FeedsGroup(SnippetViewSetGroup):
    items = (ItemViewSet, ChangeViewSet, SourceViewSet)
    menu_label = _("Feeds")
    menu_icon = "download"
    menu_name = "feeds"
    menu_order = 125
