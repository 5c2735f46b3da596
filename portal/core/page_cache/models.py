"""The log of public changes that everything that keeps pages follows."""

from django.db import models
from django.utils import timezone


class PageChange(models.Model):
    """A change that visitors can see: the paths of the pages that show it, or None for all pages.

    Written in the transaction of the change, so it is there exactly when the change is.
    """

    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    paths = models.JSONField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.created_at:%Y-%m-%d %H:%M:%S}: {'all pages' if self.paths is None else ', '.join(self.paths)}"
