"""The other languages of the starter content, completed by the runner while the Dutch site answers."""

from django.core.management import call_command

from portal.jobs.registry import job
from portal.starter.content_files import LANGUAGES
from portal.starter.loader import load_translations


@job("starter.translations")
def complete_translations(run):
    """Load the starter pages in every language but Dutch. Each page is one step, so it goes on where it stopped."""
    for language in LANGUAGES:
        if language != "nl":
            load_translations(language, progress=run.progress)


@job("starter.references")
def note_what_is_used_where(run):
    """Fill Wagtail's reference index, which the first load leaves out to have the Dutch site answer sooner."""
    call_command("rebuild_references_index", verbosity=0)
