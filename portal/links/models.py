"""The addresses of other sites to which pages link, and whether they answer."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONGEST = 2000
# What went wrong, by the code of the guarded client (portal/core/http/client.py).
PROBLEMS = {
    "dns": _("there is no server of that name"),
    "timeout": _("no answer in time"),
    "connection": _("the connection failed"),
    "tls": _("the certificate cannot be trusted"),
    "redirects": _("it keeps redirecting"),
    "cut_off": _("the answer stopped halfway"),
    "damaged": _("the answer is damaged"),
    "downgrade": _("it redirects from https to http"),
    "consent": _("it asks for consent first"),
    "login": _("it asks to log in"),
    "start_page": _("it leads to the start page of the site"),
    "elsewhere": _("it leads to another page"),
    "no_file": _("a web page answers in place of the file"),
}


class OutsideLink(models.Model):
    """An address of another site, with when it was reached last. One row for an address, wherever it stands."""

    class State(models.TextChoices):
        NEW = "new", _("not tried yet")
        REACHED = "reached", _("answers")
        FAILED = "failed", _("failed once, will be tried again")
        BROKEN = "broken", _("does not answer any more")
        UNCLEAR = "unclear", _("answers, but not to a check")

    address = models.CharField(_("address"), max_length=LONGEST, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    last_reached_at = models.DateTimeField(_("last reached"), null=True, blank=True)
    last_tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    problem = models.CharField(_("what went wrong"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        ordering = ["next_try_at", "pk"]
        indexes = [models.Index(fields=["next_try_at"], name="links_due")]

    def __str__(self) -> str:
        return self.address

    @property
    def problem_in_words(self) -> str:
        """What went wrong at the last try, in the language of the reader."""
        if self.problem.isdigit():
            return gettext("status %(status)s") % {"status": self.problem}
        return str(PROBLEMS.get(self.problem, self.problem))
