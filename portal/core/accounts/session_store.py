"""Session store: Django's table, which tells a failing database apart from a session that has ended."""

import logging

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import Error, OperationalError

logger = logging.getLogger(__name__)


class SessionStore(DatabaseStore):
    """Raises database errors as they are: Django responds to each failure to save as if the user had logged out.

    A full disk, a lock that lasts or a server that is away is no end of a session: the error itself is raised, and is
    answered like everywhere else (unavailable.py).
    """

    # Set when what changed may be lost, as the request is done without it.
    may_be_lost = False

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except (UpdateError, Error) as error:
            if self.may_be_lost:
                logger.warning("What changed in a session was not saved.", exc_info=True)
            elif isinstance(error, UpdateError) and isinstance(error.__context__, OperationalError):
                raise error.__context__ from error.__context__.__cause__
            else:
                raise
