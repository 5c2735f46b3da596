"""The outbox of changes to the index, and the questions that people ask."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """A document that is out of date in the index. The row goes when it was written (search/indexing/outbox.py)."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind}:{self.key}"


class AskedQuestion(models.Model):
    """A question and how often it is asked. `text` is empty until it was asked on three days (question_log.py)."""

    digest = models.CharField(max_length=32, unique=True)
    language = models.CharField(_("language"), max_length=10)
    text = models.CharField(_("question"), max_length=200, blank=True, db_index=True)
    days = models.PositiveIntegerField(_("days"), default=0)
    times = models.PositiveIntegerField(_("times"), default=0)
    results = models.PositiveIntegerField(_("results"), default=0)
    first_day = models.DateField(_("first asked"))
    last_day = models.DateField(_("last asked"), null=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["results", "-times", "text"]

    def __str__(self):
        return self.text
