"""Background jobs that complete the starter content while the Dutch site is already in use."""

from django.core.management import call_command

from portal.jobs.registry import job
from portal.starter.loading.content_files import LANGUAGES
from portal.starter.loading.loader import load_translations


@job("starter.translations")
def complete_translations(run):
    """Load the starter pages in every language but Dutch. Each page is one step, so it continues where it stopped."""
    for language in LANGUAGES:
        if language != "nl":
            load_translations(language, progress=run.progress)


@job("starter.references")
def rebuild_reference_index(run):
    """Fill Wagtail's reference index, which the first load skips so that the Dutch site is ready sooner."""
    call_command("rebuild_references_index", verbosity=0)
