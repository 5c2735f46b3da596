"""Where sessions are kept: Django's table, telling a database that fails apart from a session that is gone."""

import logging

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import Error, OperationalError

logger = logging.getLogger(__name__)


class SessionStore(DatabaseStore):
    """Django takes every failure to save as “logged out meanwhile” and answers 400.

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
