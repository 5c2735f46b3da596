"""Connecting a source with LinkedIn, in the admin: for administrators, who are sent to LinkedIn and come back."""

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
from portal.feeds.adapters.base import Unusable
from portal.feeds.adapters.linkedin_api import connection as permission
from portal.feeds.adapters.linkedin_api import oauth
from portal.feeds.adapters.registry import adapter_for
from portal.feeds.admin.pull_views import Act
from portal.feeds.models import Connection, Source
from portal.feeds.permissions import CONNECT

# What was asked at LinkedIn in this session: {"state", "source", "until"}; one question at a time, answered once.
QUESTION = "linkedin_question"
ANSWER_WITHIN = timedelta(minutes=15)


def source_to_connect(pk: int) -> Source:
    """The source with this number. Raises Http404 when there is none, or its kind needs no connection."""
    source = get_object_or_404(Source, pk=pk)
    if not adapter_for(source.kind).connects:
        raise Http404
    return source


def answer_address() -> str:
    """Where LinkedIn sends an administrator back to; the app at LinkedIn has to name exactly this address."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("feeds:linkedin_answer")


# A form that leads on to LinkedIn counts as one that is sent there.
@method_decorator(csp_update({"form-action": ["https://www.linkedin.com"]}), name="dispatch")
class Panel(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """How it stands with the connection of a source, and the buttons that make and end it."""

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
        self.source = source_to_connect(pk)
        return super().get(request)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            source=self.source,
            ready=oauth.ready(),
            product=permission.product(),
            version=settings.LINKEDIN_VERSION,
            scope=oauth.SCOPES[settings.LINKEDIN_PRODUCT],
            standing=permission.standing(self.source),
            connection=permission.connection_of(self.source),
            answer_address=answer_address(),
            **kwargs,
        )


class Connect(Act):
    """Send an administrator to LinkedIn, with a question that only this session can have answered."""

    permission_required = CONNECT

    def post(self, request, pk):
        source = source_to_connect(pk)
        if not oauth.ready():
            messages.error(request, _("The app at LinkedIn is not known here: set its id and secret first."))
            return redirect("feeds:connection", source.pk)
        state, until = secrets.token_urlsafe(32), timezone.now() + ANSWER_WITHIN
        request.session[QUESTION] = {"state": state, "source": source.pk, "until": until.isoformat()}
        return HttpResponseRedirect(oauth.authorization_url(answer_address(), state))


class Answered(PermissionRequiredMixin, View):
    """What LinkedIn answers: a code that is exchanged for tokens, or that the permission was not given."""

    permission_required = CONNECT
    raise_exception = True
    http_method_names = ["get"]

    def get(self, request):
        asked = request.session.pop(QUESTION, None)
        if not self._is_ours(asked, request.GET.get("state", "")):
            late = _(
                "This answer of LinkedIn belongs to no question of yours, or came too late. Begin again on the page of "
                "the source."
            )
            messages.error(request, late)
            return redirect("wagtailsnippets_feeds_source:list")
        source = source_to_connect(asked["source"])
        if not (code := request.GET.get("code", "")):
            messages.error(request, self._refusal(request.GET.get("error", "")))
        else:
            self._connect(request, source, code)
        return redirect("feeds:connection", source.pk)

    def _is_ours(self, asked, state: str) -> bool:
        if asked is None or not constant_time_compare(asked["state"], state):
            return False
        return timezone.now() <= datetime.fromisoformat(asked["until"])

    def _refusal(self, error: str) -> str:
        if error.startswith("user_cancelled"):
            return _("You did not give the permission at LinkedIn. Nothing was changed.")
        return _(
            "LinkedIn did not give the permission. See whether the app has access to “%(product)s” and names the "
            "address below, and try again."
        ) % {"product": permission.product()}

    def _connect(self, request, source, code):
        try:
            grant = oauth.exchanged(code, answer_address())
        except (FetchError, Unusable) as error:
            messages.error(request, str(error))
            return
        connection = permission.connection_of(source) or Connection(source=source)
        connection.connected_at, connection.connected_by = timezone.now(), request.user
        permission.store(connection, grant)
        # It is asked at the next opportunity, whatever its failures before had it wait for.
        Source.objects.filter(pk=source.pk).update(next_run_at=None, consecutive_failures=0, last_error="")
        log(instance=source, action="feeds.connect", user=request.user)
        messages.success(request, _("Connected: %(standing)s.") % {"standing": permission.standing(source)})


class Disconnect(Act):
    """Forget the tokens of a source."""

    permission_required = CONNECT

    def post(self, request, pk):
        source = source_to_connect(pk)
        deleted, _models = Connection.objects.filter(source=source).delete()
        if deleted:
            log(instance=source, action="feeds.disconnect", user=request.user)
            messages.success(
                request,
                _("Disconnected; what was found stays. At LinkedIn, the app is still among your permitted services."),
            )
        return redirect("feeds:connection", source.pk)
