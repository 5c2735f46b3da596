"""Answers a question whatever happens: when the engine fails, the visitor reads so and the page does not break."""

import logging
from collections.abc import Collection

from django.utils.translation import gettext as _

from portal.core.searchable import SearchRequest, SearchResult
from search.engines import current_engine
from search.engines.contract import EngineUnavailable
from search.results.suggestions import Suggestion

logger = logging.getLogger(__name__)


def answer(request: SearchRequest) -> SearchResult:
    """Return what the engine finds; `available=False` with a sentence for the visitor when it cannot. Never raises."""
    try:
        return current_engine().search(request)
    except EngineUnavailable as error:
        logger.warning("Search cannot answer: %s", error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of tantivy is no Exception, and must not break the page
        # The words of the question stay out of the log: the page on privacy promises that.
        logger.exception("Search failed in %s, filters %s", request.language, dict(request.filters))
    return SearchResult(
        available=False, message=_("Search is not working at the moment. Please try again in a minute.")
    )


def suggest(text: str, language: str, limit: int, without: Collection[str] = frozenset()) -> tuple[Suggestion, ...]:
    """Return what the engine suggests, never one of the ids `without`; nothing when it cannot. Never raises."""
    try:
        return current_engine().suggest(text, language, limit, without)
    except EngineUnavailable as error:
        logger.warning("Search cannot suggest: %s", error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # as above
        logger.exception("Suggesting failed in %s", language)
    return ()
