"""The errors of this room whose text is a translated sentence for staff."""

from typing import Self

from django.utils.functional import Promise

from portal.core.errors import ExplainedError
from portal.core.http.client import FetchedResponse
from portal.feeds.choices import Outcome


class UnusableDocument(ExplainedError):
    """A source answered, or a file was imported, with nothing that can be used. No item is changed or removed.

    `code` is for the log. `retry_after_s` is the wait that the server asked for; `gone` says that the server declared
    the address dead for good.
    """

    def __init__(
        self,
        code: str,
        message: str | Promise,
        *,
        outcome: Outcome = Outcome.REJECTED,
        status: int | None = 200,
        n_bytes: int = 0,
        sha256: str = "",
        retry_after_s: int | None = None,
        gone: bool = False,
    ):
        super().__init__(message, code=code)
        self.outcome = outcome
        self.status, self.n_bytes, self.sha256 = status, n_bytes, sha256
        self.retry_after_s, self.gone = retry_after_s, gone

    def with_response(self, response: FetchedResponse) -> Self:
        """Return the same error with the status, size and hash of the response, for the log."""
        self.status, self.n_bytes, self.sha256 = response.status, len(response.body), response.sha256
        return self


class DecisionError(ExplainedError):
    """A decision that makes no sense for this item."""
