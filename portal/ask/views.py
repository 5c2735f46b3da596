"""A form that was sent: everything that can be wrong is said above the form, and what was typed stays in it."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ask.ask_page import AskContext, ask_context
from portal.ask.forms import AskForm
from portal.ask.mails import mail_question
from portal.ask.models import MOST_CHARACTERS, AskPage, Question
from portal.ask.receivers import Receiver, receiver_of
from portal.core.accounts.attempt_limits import AttemptLimit, begin_attempt
from portal.core.ask_links import AskSubject, ask_subject
from portal.core.http.form_token import FormToken
from portal.core.http.visitor_forms import FORM_TYPE, limits_of
from portal.core.page_context import template_variables

# Ten questions from one network, which may be a city hall; then a minute, up to ten. All networks together may fill the
# table and the mailbox of the department no faster than a question a minute once two hundred came in a row.
LIMIT_OF_A_NETWORK = AttemptLimit(free=10, longest_s=600)
LIMIT_OF_ALL = AttemptLimit(free=200, longest_s=60)


def receive_question(page: AskPage, request: HttpRequest) -> HttpResponse:
    """Store the question of a form and mail it to the role that receives it; show the form again if that cannot be."""
    language = page.language
    try:
        if request.content_type != FORM_TYPE:
            return _unreadable(
                page, request, _("The form was not complete, and nothing was stored. Try it again here.")
            )
        data = request.POST
    except (RequestDataTooBig, TooManyFieldsSent):
        return _unreadable(
            page,
            request,
            _(
                "Your text is too long, and nothing was stored. Send at most %(number)d characters; your browser may "
                "still have the text when you go back."
            )
            % {"number": MOST_CHARACTERS},
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    subject = ask_subject(data.get("about", ""), data.get("row", ""), language)
    form = AskForm(data, can_be_published=subject is not None and subject.shows_answers)
    form.full_clean()
    receiver = receiver_of(subject, language)
    if receiver is None:
        form.add_error(None, _("Nobody receives questions here any more, and yours was not stored."))
        return _shown_again(page, request, subject, form, HTTPStatus.SERVICE_UNAVAILABLE)
    token, status = form.checked_token(request)
    if not form.is_valid() or token is None:
        return _shown_again(page, request, subject, form, status)
    if earlier := Question.objects.filter(nonce=token.nonce).first():
        return _sent_again(page, request, subject, form, earlier)
    if wait := begin_attempt(limits_of(request, "ask", LIMIT_OF_A_NETWORK, LIMIT_OF_ALL)):
        minutes = -(-wait // 60)
        sentence = ngettext(
            "Many questions came in at once. Yours was not stored; it is still here. Send it again in %(number)d "
            "minute.",
            "Many questions came in at once. Yours was not stored; it is still here. Send it again in %(number)d "
            "minutes.",
            minutes,
        )
        form.add_error(None, sentence % {"number": minutes})
        response = _shown_again(page, request, subject, form, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(wait)
        return response
    return _thanks(request, _stored(form, token, subject, receiver, language))


def _sent_again(
    page: AskPage, request: HttpRequest, subject: AskSubject | None, form: AskForm, earlier: Question
) -> HttpResponse:
    """A form that was sent before: the same question is there already, another one needs another form."""
    if earlier.text == form.cleaned_data["text"]:
        return _thanks(request, earlier)
    form.add_error(
        None, _("You sent another question with this form before. This one was not stored yet: please send it again.")
    )
    form.renew_token()
    return _shown_again(page, request, subject, form)


@transaction.atomic
def _stored(form: AskForm, token: FormToken, subject: AskSubject | None, receiver: Receiver, language: str) -> Question:
    """Store a question together with the message about it: both are there, or neither."""
    words = ("kind", "text", "name", "organisation", "email", "may_publish")
    question, is_new = Question.objects.get_or_create(
        nonce=token.nonce,
        defaults={name: form.cleaned_data[name] for name in words}
        | {
            "about": subject.about if subject else "",
            "row": subject.row if subject else "",
            "about_label": " · ".join(filter(None, (subject.title, subject.row_label)))[:400] if subject else "",
            "language": language,
            "sent_to": receiver.title[:200],
        },
    )
    if is_new:
        mail_question(question, receiver)
    return question


def _thanks(request: HttpRequest, question: Question) -> HttpResponse:
    response = HttpResponseRedirect(f"{request.path}?sent={question.nonce}")
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _unreadable(
    page: AskPage, request: HttpRequest, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST
) -> TemplateResponse:
    """The page with an empty form, because what was sent cannot be read."""
    return _page(page, request, ask_context(page, None, problem=sentence), status)


def _shown_again(
    page: AskPage,
    request: HttpRequest,
    subject: AskSubject | None,
    form: AskForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> TemplateResponse:
    """The page with the form as it was filled in, its errors above it."""
    return _page(page, request, ask_context(page, subject, form=form), status)


def _page(page: AskPage, request: HttpRequest, context: AskContext, status: HTTPStatus) -> TemplateResponse:
    variables = page.get_context(request) | template_variables(context)
    return TemplateResponse(request, page.get_template(request), variables, status=status)
