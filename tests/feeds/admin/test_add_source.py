"""A source can be entered by a command, for whoever sets a portal up."""

import pytest
from django.core.management import CommandError, call_command

from portal.feeds.models import Source

pytestmark = pytest.mark.django_db

CHANNEL = "UCPEe6adbWbT2iggXTA2J81A"


def test_a_source_is_entered_switched_off_by_what_its_kind_asks_for():
    call_command("add_source", "youtube_atom", f"https://www.youtube.com/channel/{CHANNEL}", name="Kanaal", verbosity=0)
    source = Source.objects.get()
    assert (source.name, source.config, source.enabled) == ("Kanaal", CHANNEL, False)


def test_entering_it_again_leaves_it_as_it_is(capsys):
    for name in ("Kanaal", "Andere naam"):
        call_command("add_source", "youtube_atom", CHANNEL, name=name)
    assert Source.objects.get().name == "Kanaal"
    assert "is there already" in capsys.readouterr().out


def test_what_its_kind_cannot_use_is_refused():
    with pytest.raises(CommandError):
        call_command("add_source", "youtube_atom", "https://example.org/", name="Kanaal", verbosity=0)
    assert not Source.objects.exists()
