"""The API that Wagtail's own screens read from. It is for reading only."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from wagtail.admin.api.views import PagesAdminAPIViewSet


class ReadOnlyPagesAPIViewSet(PagesAdminAPIViewSet):
    """Refuses every action: Wagtail runs no hooks for them, so none of the portal's own rules would be asked."""

    def action_view(self, request, pk, action_name):
        raise PermissionDenied(_("Pages are changed in the screens of the admin, not through this address."))
