"""How often somebody gets a digest, and whether she confirmed that she wants it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")


class SubscriptionState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("waits for confirmation")
    ACTIVE = "active", _("gets the digest")
