"""Base class of errors that are explained to the person who meets them."""

from typing import Any

from django.utils.functional import Promise


class ExplainedError(Exception):
    """An error with a sentence for the person in front of it: what happened, and what to do.

        raise PictureError(_("This picture is larger than %(limit)s."), limit="50 MB") from error

    `str(error)` is the sentence in the language that is active when it is shown; `message` may be lazy and has the
    names of its `values` in it. The cause is for the log: the exception that it was raised from, and `code`, a word
    that is the same in every language.
    """

    def __init__(self, message: str | Promise, *, code: str = "", **values: Any):
        super().__init__(code or message)
        self.message, self.code, self.values = message, code, values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)
