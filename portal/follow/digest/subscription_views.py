"""The form for the digest that was sent, and the page behind the link of a message.

Programs follow the links of messages before people do: a GET changes nothing, only a button does.
"""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.core.accounts.attempt_limits import AttemptLimit, begin_attempt
from portal.core.admin.notices import mail_is_configured
from portal.core.http.visitor_forms import FORM_TYPE, limits_of
from portal.core.page_context import template_variables
from portal.follow.choices import SubscriptionState
from portal.follow.digest import subscriptions
from portal.follow.digest.forms import ChoicesForm, DigestForm
from portal.follow.digest.signed_links import subscription_of
from portal.follow.follow_page import FollowContext, follow_context, offered_topics
from portal.follow.models import FollowPage, Subscription
from portal.topics.models import Topic

# Of a network, which may be a city hall, and of all together: no faster than that are messages sent to strangers.
LIMIT_OF_A_NETWORK = AttemptLimit(free=10, longest_s=600)
LIMIT_OF_ALL = AttemptLimit(free=200, longest_s=60)


def receive_request(page: FollowPage, request: HttpRequest) -> HttpResponse:
    """Take the form for the digest. The answer is the same whether the address is known or not."""
    if not mail_is_configured():
        return _page(page, request, follow_context(page), HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        data = request.POST if request.content_type == FORM_TYPE else None
    except (RequestDataTooBig, TooManyFieldsSent):
        data = None
    if data is None:
        problem = _("The form was not complete, and nothing was stored. Try it again here.")
        return _page(page, request, follow_context(page, problem=problem), HTTPStatus.BAD_REQUEST)
    form = DigestForm(data, topics=offered_topics(page.language, data.getlist("topics")))
    form.full_clean()
    token, status = form.checked_token(request)
    if not form.is_valid() or token is None:
        return _page(page, request, follow_context(page, form=form), status)
    if wait := begin_attempt(limits_of(request, "follow", LIMIT_OF_A_NETWORK, LIMIT_OF_ALL)):
        minutes = -(-wait // 60)
        sentence = ngettext(
            "Many people asked for the digest at once. Your address was not stored; it is still here. Send it again in "
            "%(number)d minute.",
            "Many people asked for the digest at once. Your address was not stored; it is still here. Send it again in "
            "%(number)d minutes.",
            minutes,
        )
        form.add_error(None, sentence % {"number": minutes})
        response = _page(page, request, follow_context(page, form=form), HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(wait)
        return response
    chosen = form.cleaned_data
    subscriptions.request_subscription(chosen["email"], page.language, chosen["topics"], chosen["rhythm"])
    return _shown_by_get(f"{request.path}?sent=1")


def _page(page: FollowPage, request: HttpRequest, context: FollowContext, status: HTTPStatus) -> TemplateResponse:
    variables = page.get_context(request) | template_variables(context)
    return TemplateResponse(request, page.get_template(request), variables, status=status)


@csrf_exempt  # Who has the link may change the subscription: there is no cookie that a forged form could use.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show a subscription with buttons; take what they send, and the one click of a mail program (RFC 8058)."""
    subscription = subscription_of(token)
    try:
        data = request.POST
    except (RequestDataTooBig, TooManyFieldsSent):
        return _shown(request, subscription, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if request.method != "POST":
        return _shown(request, subscription, done=request.GET.get("done", ""))
    if data.get("List-Unsubscribe") == "One-Click" or data.get("action") == "leave":
        if subscription:
            subscriptions.leave(subscription)
        return _shown(request, None, done="left")
    if subscription is None:
        return _shown(request, None, status=HTTPStatus.GONE)
    if data.get("action") == "confirm":
        subscriptions.confirm(subscription, timezone.now())
        return _shown_by_get(f"{request.path}?done=confirmed")
    if data.get("action") == "change":
        form = _choices(subscription, request, data)
        if not form.is_valid():
            return _shown(request, subscription, form=form)
        topics = Topic.objects.filter(key__in=form.cleaned_data["topics"])
        subscriptions.change(subscription, topics, form.cleaned_data["rhythm"])
        return _shown_by_get(f"{request.path}?done=changed")
    return _shown(request, subscription, status=HTTPStatus.BAD_REQUEST)


def _shown_by_get(address: str) -> HttpResponse:
    """Lead to a page by a GET, so that loading it again sends nothing."""
    response = HttpResponseRedirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _choices(subscription: Subscription, request: HttpRequest, data: Any = None) -> ChoicesForm:
    own = list(subscription.topics.values_list("key", flat=True))
    chosen = data.getlist("topics") if data is not None else own
    topics = offered_topics(request.LANGUAGE_CODE, [*own, *chosen])
    return ChoicesForm(data, topics=topics, initial={"topics": own, "rhythm": subscription.rhythm})


def _shown(
    request: HttpRequest,
    subscription: Subscription | None,
    *,
    done: str = "",
    form: ChoicesForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    waits = subscription is not None and subscription.state == SubscriptionState.UNCONFIRMED
    if subscription is not None and not waits and form is None:
        form = _choices(subscription, request)
    values = {"subscription": subscription, "waits": waits, "done": done, "form": form}
    response = render(request, "follow/subscription.html", values, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
