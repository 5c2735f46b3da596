"""What following offers: its page, the feeds that other pages announce, the page cache."""

from portal.core.page_cache.registry import Visibility, register_cached_model
from portal.core.page_context import register_page_context, register_shared_page_context
from portal.core.searchable import register_dependents
from portal.follow.feed_links import announced_feeds
from portal.follow.follow_page import follow_page
from portal.follow.models import FollowPage, Subscription


def register() -> None:
    register_page_context(FollowPage, follow_page)
    register_shared_page_context(announced_feeds)
    register_cached_model(FollowPage, Visibility.WHEN_LIVE)
    register_cached_model(Subscription, Visibility.NEVER)
    register_dependents(Subscription)
