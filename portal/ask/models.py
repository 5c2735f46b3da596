"""Questions of visitors, and the page where they ask them."""

from http import HTTPMethod

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from portal.ask.choices import QuestionKind, QuestionState
from portal.core.models import BasePage, User

MOST_CHARACTERS = 5_000


class Question(models.Model):
    """What a visitor asked, and the answer.

    `published_question` and `answer` are the only texts that visitors may read, once both the asker and an editor agree
    (`may_publish`, `is_published`). `about` is a reference like "method:pim", `row` the code of a row of that page.
    """

    # From the form that was sent, so that the same form does not become two questions.
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind, default=QuestionKind.QUESTION)
    about = models.CharField(_("about"), max_length=130, blank=True)
    row = models.CharField(_("row"), max_length=40, blank=True)
    about_label = models.CharField(_("about"), max_length=400, blank=True, help_text=_("As the asker read it."))
    text = models.TextField(_("question"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    organisation = models.CharField(_("city or organisation"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    may_publish = models.BooleanField(_("the asker agrees that the answer is shown"), default=False)
    sent_to = models.CharField(_("sent to"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)

    state = models.CharField(_("state"), max_length=10, choices=QuestionState, default=QuestionState.NEW)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name=_("answered by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_question = models.TextField(
        _("question as visitors read it"),
        blank=True,
        help_text=_("In your own words: nothing in it may tell who asked."),
    )
    is_published = models.BooleanField(_("show question and answer on the page"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question of a visitor")
        verbose_name_plural = _("questions of visitors")
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["about"], name="question_about_page")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(may_publish=True), name="published_answers_have_consent"
            )
        ]

    def __str__(self):
        # Without words of the asker: Wagtail keeps this in its log of what staff did.
        return f"{self.get_kind_display()} ({self.pk})"


class AskPage(BasePage):
    """The form for questions. It holds a token with the time, so no cache keeps the page."""

    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = []
    query_parameters = ("about", "row", "kind", "sent")
    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]

    class Meta:
        verbose_name = _("page for questions")

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        if request.GET or request.method == HTTPMethod.POST:
            response.headers["X-Robots-Tag"] = "noindex"
        return response
