"""Connecting a source with LinkedIn: administrators are sent to LinkedIn and come back with its permission."""

import secrets
from datetime import datetime, timedelta

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from portal.core.http.client import FetchError
from portal.feeds.adapters.linkedin_api import connection as connection_state
from portal.feeds.adapters.linkedin_api import oauth
from portal.feeds.adapters.registry import adapter_for
from portal.feeds.admin.pull_views import PostActionView
from portal.feeds.errors import UnusableDocument
from portal.feeds.models import Connection, Source
from portal.feeds.permissions import CONNECT

# Session key of the pending request to LinkedIn, {"state", "source", "until"}: one at a time, and used once.
PENDING_REQUEST = "linkedin_question"
REQUEST_LIFETIME = timedelta(minutes=15)


def get_connectable_source(pk: int) -> Source:
    """Return a source by its primary key. Raises Http404 if there is none, or its kind needs no connection."""
    source = get_object_or_404(Source, pk=pk)
    if not adapter_for(source.kind).needs_connection:
        raise Http404
    return source


def callback_url() -> str:
    """Return where LinkedIn sends administrators back to; the app at LinkedIn has to list exactly this address."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("feeds:linkedin_answer")


# For the policy, a form that redirects to LinkedIn is a form that is sent there.
@method_decorator(csp_update({"form-action": ["https://www.linkedin.com"]}), name="dispatch")
class ConnectionView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The state of the connection of a source, and the buttons to connect and disconnect."""

    permission_required = CONNECT
    raise_exception = True
    template_name = "feeds/connection.html"
    page_title = gettext_lazy("Connection with LinkedIn")
    header_icon = "link"

    def get_page_subtitle(self):
        return self.source.name

    def get_breadcrumbs_items(self):
        inspect = reverse("wagtailsnippets_feeds_source:inspect", args=[self.source.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailsnippets_feeds_source:list"), "label": _("Sources")},
            {"url": inspect, "label": self.source.name},
            {"url": "", "label": self.get_page_title(), "sublabel": self.source.name},
        ]

    def get(self, request, pk):
        self.source = get_connectable_source(pk)
        return super().get(request)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            source=self.source,
            ready=oauth.is_configured(),
            product=connection_state.product_name(),
            version=settings.LINKEDIN_VERSION,
            scope=oauth.SCOPES[settings.LINKEDIN_PRODUCT],
            standing=connection_state.status_text(self.source),
            connection=connection_state.connection_of(self.source),
            answer_address=callback_url(),
            **kwargs,
        )


class ConnectView(PostActionView):
    """Redirect to LinkedIn with a state that only this session knows."""

    permission_required = CONNECT

    def post(self, request, pk):
        source = get_connectable_source(pk)
        if not oauth.is_configured():
            messages.error(request, _("The app at LinkedIn is not known here: set its id and secret first."))
            return redirect("feeds:connection", source.pk)
        state, until = secrets.token_urlsafe(32), timezone.now() + REQUEST_LIFETIME
        request.session[PENDING_REQUEST] = {"state": state, "source": source.pk, "until": until.isoformat()}
        return HttpResponseRedirect(oauth.authorization_url(callback_url(), state))


class OAuthCallbackView(PermissionRequiredMixin, View):
    """Where LinkedIn sends the browser back to, with a code to exchange for tokens or with an error."""

    permission_required = CONNECT
    raise_exception = True
    http_method_names = ["get"]

    def get(self, request):
        pending = request.session.pop(PENDING_REQUEST, None)
        if pending is None or not self._is_valid(pending, request.GET.get("state", "")):
            message = _(
                "This answer of LinkedIn does not belong to a request of yours, or came too late. Start again on the "
                "page of the source."
            )
            messages.error(request, message)
            return redirect("wagtailsnippets_feeds_source:list")
        source = get_connectable_source(pending["source"])
        if not (code := request.GET.get("code", "")):
            messages.error(request, self._refusal(request.GET.get("error", "")))
        else:
            self._connect(request, source, code)
        return redirect("feeds:connection", source.pk)

    def _is_valid(self, pending: dict, state: str) -> bool:
        is_late = timezone.now() > datetime.fromisoformat(pending["until"])
        return constant_time_compare(pending["state"], state) and not is_late

    def _refusal(self, error: str) -> str:
        if error.startswith("user_cancelled"):
            return _("You did not give the permission at LinkedIn. Nothing was changed.")
        return _(
            "LinkedIn did not give the permission. See whether the app has access to “%(product)s” and names the "
            "address below, and try again."
        ) % {"product": connection_state.product_name()}

    def _connect(self, request, source, code):
        try:
            grant = oauth.exchange_code(code, callback_url())
        except (FetchError, UnusableDocument) as error:
            messages.error(request, str(error))
            return
        connection = connection_state.connection_of(source) or Connection(source=source)
        connection.connected_at, connection.connected_by = timezone.now(), request.user
        connection_state.store_grant(connection, grant)
        # It is pulled in the next round, however long its former failures would make it wait.
        Source.objects.filter(pk=source.pk).update(next_run_at=None, consecutive_failures=0, last_error="")
        log(instance=source, action="feeds.connect", user=request.user)
        messages.success(request, _("Connected: %(standing)s.") % {"standing": connection_state.status_text(source)})


class DisconnectView(PostActionView):
    """Delete the tokens of a source."""

    permission_required = CONNECT

    def post(self, request, pk):
        source = get_connectable_source(pk)
        deleted, _models = Connection.objects.filter(source=source).delete()
        if deleted:
            log(instance=source, action="feeds.disconnect", user=request.user)
            messages.success(
                request,
                _("Disconnected; what was found stays. At LinkedIn, the app is still among your permitted services."),
            )
        return redirect("feeds:connection", source.pk)
