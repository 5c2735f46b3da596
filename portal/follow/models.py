"""Who gets the digest by e-mail, and the page that explains how to follow the portal."""

import secrets
from http import HTTPMethod

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from portal.core.models import BasePage
from portal.follow.choices import Rhythm, SubscriptionState


def new_secret() -> str:
    return secrets.token_hex(16)


class Subscription(models.Model):
    """That somebody gets a digest of the news in a language, about some topics or about all.

    The row is all that is known of her, and it is deleted when she leaves. `secret` is in her links, signed
    (portal/follow/digest/signed_links.py); a new row has another one, so that no old link works again.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    secret = models.CharField(max_length=32, unique=True, default=new_secret, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    topics = models.ManyToManyField(
        "topics.Topic",
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_("None: everything that is new."),
    )
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm, default=Rhythm.MONTHLY)
    state = models.CharField(
        _("state"), max_length=12, choices=SubscriptionState, default=SubscriptionState.UNCONFIRMED
    )
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # The last message about the subscription itself, so that an address gets one a day, however often it is filled in.
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_until = models.DateTimeField(_("told of everything until"), null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(
        _("refusals in a row"), default=0, help_text=_("How often the mail server refused a message in a row.")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("subscription to the digest")
        verbose_name_plural = _("subscriptions to the digest")
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(told_until__isnull=False),
                name="active_subscriptions_know_what_was_told",
            )
        ]

    def __str__(self):
        # Without the address: Wagtail keeps this in its log of what staff did.
        return f"{self._meta.verbose_name} {self.pk}"


class FollowPage(BasePage):
    """How to follow the portal: feeds, the calendar, and the digest where there is a mail server."""

    max_count_per_parent = 1
    searchable_excluded = True
    subpage_types = []
    query_parameters = ("topic", "sent")
    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]
    footer_group = "find"

    class Meta:
        verbose_name = _("page to follow the portal")

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        # Its form holds a token with the time.
        patch_cache_control(response, private=True, no_cache=True)
        if request.GET or request.method == HTTPMethod.POST:
            response.headers["X-Robots-Tag"] = "noindex"
        return response
