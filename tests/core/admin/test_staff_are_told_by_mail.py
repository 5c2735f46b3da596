"""The staff are told of a thing by e-mail once, each in her own language, and only where there is a mail server."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from portal.core.admin.notices import Message, mail_is_configured, send_once, users_with_permission

pytestmark = pytest.mark.django_db


def person(name, *codenames, **fields):
    user = get_user_model().objects.create_user(name, f"{name}@portal.test", "x", **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def say_sources():
    return Message(_("Sources"), _("Sources"))


class TestWhoIsTold:
    def test_who_has_the_right_by_herself_by_a_group_or_as_superuser_once(self, db):
        group = Group.objects.create(name="Beheer")
        group.permissions.set(Permission.objects.filter(codename="connect_source"))
        ann, bob = person("ann", "connect_source"), person("bob")
        for user in (ann, bob):
            user.groups.add(group)
        boss = person("boss", is_superuser=True)
        person("cor", "change_source")
        assert list(users_with_permission("feeds.connect_source")) == [ann, bob, boss]

    def test_who_left_or_has_no_address_is_not(self, db):
        person("ann", "connect_source", is_active=False)
        get_user_model().objects.create_superuser("admin", "", "x")
        assert list(users_with_permission("feeds.connect_source")) == []


class TestWhatIsSent:
    def test_each_reads_it_in_the_language_of_her_admin(self, mailoutbox):
        people = [person("ann"), person("bob"), person("cor")]
        UserProfile.objects.create(user=people[1], preferred_language="fr")
        UserProfile.objects.create(user=people[2])
        assert send_once("x", people, say_sources) == 3
        assert [mail.subject for mail in mailoutbox] == ["Bronnen", "Sources", "Bronnen"]

    def test_it_is_sent_once_about_a_thing_to_somebody(self, mailoutbox):
        ann, bob = person("ann"), person("bob")
        assert [send_once("x", [ann], say_sources) for _time in range(2)] == [1, 0]
        assert send_once("x", [ann, bob], say_sources) == 1
        assert send_once("y", [ann], say_sources) == 1
        assert [mail.to for mail in mailoutbox] == [["ann@portal.test"], ["bob@portal.test"], ["ann@portal.test"]]

    def test_another_runner_that_comes_in_between_sends_nothing(self, mailoutbox):
        ann, other = person("ann"), []

        def write():
            other.append(send_once("x", [ann], say_sources))
            return say_sources()

        assert send_once("x", [ann], write) == 1
        assert other == [0]
        assert len(mailoutbox) == 1

    def test_a_line_break_in_a_name_does_not_break_the_subject(self, mailoutbox):
        send_once("x", [person("ann")], lambda: Message("een\r\nBcc: iedereen@portal.test", "x"))
        assert mailoutbox[0].subject == "een Bcc: iedereen@portal.test"

    def test_without_a_mail_server_nothing_can_be_sent(self, settings):
        assert not mail_is_configured()
        settings.EMAIL_HOST = "mail.portal.test"
        assert mail_is_configured()

    def test_who_cannot_be_written_to_at_this_moment_is_told_the_next_time(self, mailoutbox):
        def fail():
            raise OSError("no room")

        with pytest.raises(OSError, match="no room"):
            send_once("x", [person("ann")], fail)
        assert send_once("x", [get_user_model().objects.get()], say_sources) == 1
