"""Items that sources mentioned, waiting for a decision or decided about."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.feeds.choices import Broadcast, ItemState, KindGuess, Reason
from portal.feeds.models.sources import Source


class Item(models.Model):
    """A video, post or session that a source mentioned. It is no recording until somebody accepts it.

    Its columns are those of `item_values.ItemValues`, and a few of its own. `fetched_at` is when the response with its
    values was captured, `first_seen` and `last_seen` are those of the first and last response that mentioned it. An
    ignored item stays ignored.

    `external_id` is unique: outside the platforms it contains the number of its source (`item_ids.scoped_id`).
    """

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="items")
    external_id = models.CharField(_("identity"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    # No URLField: `web_address` accepts what a browser opens, and Django's validator refuses some of that.
    url = models.CharField(_("address"), max_length=500, blank=True)
    thumbnail_url = models.CharField(_("picture at the source"), max_length=500, blank=True)
    file_url = models.CharField(_("film or sound at the source"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True)
    duration_s = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    event_start = models.DateTimeField(_("starts"), null=True, blank=True)
    event_end = models.DateTimeField(_("ends"), null=True, blank=True)
    broadcast = models.CharField(_("live stream"), max_length=10, choices=Broadcast, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=ItemState, default=ItemState.NEW)
    kind_guess = models.CharField(_("looks like"), max_length=10, choices=KindGuess, default=KindGuess.OTHER)
    reason = models.CharField(_("remark"), max_length=20, choices=Reason, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))
    fetched_at = models.DateTimeField(_("fetched"))
    # When complete responses did not mention it, since it was last seen (`pulling.removals`).
    missed = models.JSONField(default=list, blank=True, editable=False)
    recording = models.ForeignKey(
        "webinars.Recording",
        verbose_name=_("recording"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="feed_items",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("item to review")
        verbose_name_plural = _("items to review")
        ordering = ["-published_at", "-first_seen", "-pk"]
        indexes = [models.Index(fields=["state", "-published_at"], name="items_to_review")]
        permissions = [("review_item", _("Can accept or ignore an item"))]

    def __str__(self):
        return self.title or self.external_id

    @property
    def remark(self) -> str:
        """Its remark for the list, after its state if that is not simply new."""
        state = "" if self.state == ItemState.NEW else capfirst(self.get_state_display())
        return ". ".join(part for part in (state, self.get_reason_display()) if part)

    @property
    def identities(self) -> list[str]:
        """All its ids."""
        return [self.external_id, *(alias.external_id for alias in self.aliases.all())]


class ItemAlias(models.Model):
    """A further id of an item: LinkedIn gives one post several numbers, as activity, share and ugcPost."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="aliases")
    external_id = models.CharField(_("identity"), max_length=80, unique=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("further identity")
        verbose_name_plural = _("further identities")

    def __str__(self):
        return self.external_id


class ItemPicture(models.Model):
    """The small picture of an item that waits for a decision, as WebP; empty if there is none to fetch."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="picture")
    webp = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("picture of an item")
        verbose_name_plural = _("pictures of items")
        default_permissions = ()

    def __str__(self):
        return str(self.item)


class Rejection(models.Model):
    """Staff said that an item does not belong to a recording: it is not suggested again (docs/feed-rules.md 5.4)."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="rejections")
    recording = models.ForeignKey("webinars.Recording", on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rejected match")
        verbose_name_plural = _("rejected matches")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "recording"], name="one_rejection_a_pair")]

    def __str__(self):
        return f"{self.item} ≠ {self.recording}"
