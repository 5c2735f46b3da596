"""What questions offer: the page with the form, its address, the published answers, page cache."""

from portal.ask.answers import paths_of_question, published_answers
from portal.ask.ask_page import AskContext, ask_page, ask_url
from portal.ask.models import AskPage, Question
from portal.ask.views import receive_question
from portal.core.ask_links import register_ask_url, register_published_answers
from portal.core.content.structured_data import Description, register_structured_data
from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_page_post


def register() -> None:
    register_page_context(AskPage, ask_page)
    register_page_post(AskPage, receive_question)
    register_structured_data(AskPage, _describe_ask_page)
    register_ask_url(ask_url)
    register_published_answers(published_answers)
    register_cached_model(AskPage, Visibility.WHEN_LIVE)
    register_cached_model(Question, Visibility.ALWAYS, paths=paths_of_question)


def _describe_ask_page(page: AskPage, context: AskContext, language: str) -> Description:
    """The lead promises a form, so it is said where there is one."""
    return Description(page_type="ContactPage", page={} if context.form else {"description": ""})
