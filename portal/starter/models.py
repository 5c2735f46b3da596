"""The history of the loader, by which it never overwrites what staff have changed since."""

from django.db import models


class StarterEntry(models.Model):
    """One starter item in one language: the hash of what was loaded, and the revision that the loader made.

    If there is a newer revision than that, staff have changed the item, and the loader does not write it any more.
    """

    item = models.CharField(max_length=160)
    language = models.CharField(max_length=10)
    source_hash = models.CharField(max_length=64)
    revision = models.PositiveBigIntegerField(null=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="one_entry_an_item_and_language")]

    def __str__(self):
        return f"{self.item} ({self.language})"
