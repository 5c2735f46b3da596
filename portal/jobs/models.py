"""The table of jobs, shared by every runner (docs/operations.md, “Background work”)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A job that is due at a point in time: once, or every so many seconds.

    A job is identified by its name (the function, see `registry.job`) and its key (what it is about). Requesting a job
    that is already waiting changes nothing but its payload and due date, so a job that is requested twice runs once.
    """

    name = models.CharField(_("name"), max_length=80)
    key = models.CharField(_("about"), max_length=200, blank=True)
    payload = models.JSONField(_("payload"), default=dict, blank=True)
    every_s = models.PositiveIntegerField(_("repeats every (seconds)"), null=True, blank=True)
    run_at = models.DateTimeField(_("due at"), default=timezone.now)
    requests = models.PositiveIntegerField(
        _("times asked for"), default=1, help_text=_("A job that is asked for again while it runs is run again.")
    )
    lease = models.CharField(_("taken by"), max_length=64, blank=True)
    locked_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts since it last succeeded"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    last_run_at = models.DateTimeField(_("last started"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    progress = models.CharField(_("progress"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["name", "key"]
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="one_job_a_name_and_key")]
        indexes = [models.Index(fields=["run_at"], name="jobs_due", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})" if self.key else self.name

    @property
    def state(self) -> str:
        """The state of the job in one word or two, for the list in the admin."""
        now = timezone.now()
        if self.locked_until and self.locked_until > now:
            return gettext("running")
        if self.done_at:
            return gettext("given up") if self.last_error else gettext("done")
        if self.attempts:
            return gettext("failed, will be tried again")
        return gettext("due") if self.run_at <= now else gettext("waiting")
