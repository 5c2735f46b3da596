"""What a visitor can ask, and how far the answer is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    QUESTION = "question", _("I have a question")
    VISIT = "visit", _("We would like to visit Mechelen")
    CORRECTION = "correction", _("Something is wrong or missing")
    SESSION = "session", _("I propose a session")


class QuestionState(models.TextChoices):
    NEW = "new", _("waits for an answer")
    ANSWERED = "answered", pgettext_lazy("state of a question", "answered")
    CLOSED = "closed", _("closed without an answer")
