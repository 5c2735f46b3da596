"""What following offers: its page and form, the feeds that other pages announce, the page cache."""

from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_page_post, register_shared_page_context
from portal.core.searchable import register_dependents
from portal.follow.digest.subscription_views import receive_request
from portal.follow.digest.subscriptions import note_answer
from portal.follow.feed_links import announced_feeds
from portal.follow.follow_page import follow_page
from portal.follow.models import FollowPage, Subscription
from portal.jobs.mail import message_answered


def register() -> None:
    register_page_context(FollowPage, follow_page)
    register_page_post(FollowPage, receive_request)
    register_shared_page_context(announced_feeds)
    register_cached_model(FollowPage, Visibility.WHEN_LIVE)
    register_cached_model(Subscription, Visibility.NEVER)
    register_dependents(Subscription)
    message_answered.connect(note_answer, dispatch_uid="follow")
