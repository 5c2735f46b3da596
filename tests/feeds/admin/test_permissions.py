"""The groups that a portal starts with: reviewers pull and decide, writers look."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.feeds.permissions import PULL, REVIEW
from portal.starter.groups import REVIEWERS, WRITERS


def member_of(group):
    user = get_user_model().objects.create_user("iemand", password="x")
    user.groups.add(Group.objects.get(name=group))
    return get_user_model().objects.get(pk=user.pk)


@pytest.mark.parametrize(("group", "may"), [(WRITERS, False), (REVIEWERS, True)])
def test_only_reviewers_decide_and_both_look(site, client, group, may):
    user = member_of(group)
    assert [user.has_perm(PULL), user.has_perm(REVIEW), user.has_perm("feeds.change_source")] == [may] * 3
    client.force_login(user)
    for name in ("wagtailsnippets_feeds_item:list", "wagtailsnippets_feeds_source:list"):
        assert client.get(reverse(name)).status_code == 200
