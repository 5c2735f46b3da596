"""The background job of this app."""

from portal.jobs.registry import job
from portal.jobs.run import Run
from portal.links.checking import check_due, update_list


@job("links.check", every_s=3600)
def check_links(run: Run) -> None:
    """Try the links to other sites that are due: each about once a week."""
    update_list()
    for number, link in enumerate(check_due(), start=1):
        run.progress(f"{number}: {link.address[:150]} {link.state}")
