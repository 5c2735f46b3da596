"""What the pages of this room show: the archive with the sessions to come, and one recording."""

from portal.webinars.public.archive import archive_page as archive
from portal.webinars.public.recording_page import recording_page

__all__ = ["archive", "recording_page"]
