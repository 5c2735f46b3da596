"""The background job of this app: deleting old questions."""

from django.utils import timezone

from portal.ask.deletion import delete_old_questions
from portal.jobs.registry import job
from portal.jobs.run import Run


@job("ask.delete_old", every_s=24 * 3600)
def delete_old(run: Run) -> None:
    """Delete old questions with the details of who asked them."""
    if number := delete_old_questions(timezone.now()):
        run.progress(str(number))
