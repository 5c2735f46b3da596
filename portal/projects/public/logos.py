"""The logo of a programme, for the place beside the emblem."""

import logging

from portal.projects.models import ProjectPage

logger = logging.getLogger(__name__)

# Twice the height at which it is shown, for dense screens.
SIZE = "max-480x144|format-webp"


def logo_of(project: ProjectPage) -> dict | None:
    """Return the logo as url, width, height and alt; None without one, or when its file cannot be read."""
    image = project.programme_logo
    if image is None:
        return None
    try:
        logo = image.get_rendition(SIZE)
    except OSError:  # the file is gone or the disk is full; a page without the logo is better than no page
        logger.exception("The logo of project %s could not be made.", project.key)
        return None
    return {"url": logo.url, "width": logo.width, "height": logo.height, "alt": image.default_alt_text}
