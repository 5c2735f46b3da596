"""One table of work to be done, shared by every runner (docs/operations.md, “Background work”)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A piece of work that is due at a moment: once, or every so many seconds.

    A job is identified by its name (the function, see `registry.job`) and its key (what it is about). Asking for a
    job that is already waiting changes nothing but its payload and its moment, so asking twice does the work once.
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

    def __str__(self):
        return f"{self.name} ({self.key})" if self.key else self.name

    @property
    def state(self) -> str:
        """How the job stands, in one word or two for the list in the admin."""
        now = timezone.now()
        if self.locked_until and self.locked_until > now:
            return _("running")
        if self.done_at:
            return _("given up") if self.last_error else _("done")
        if self.attempts:
            return _("failed, will be tried again")
        return _("due") if self.run_at <= now else _("waiting")
