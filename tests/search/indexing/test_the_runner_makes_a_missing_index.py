import signal

import pytest
from django.core.management import call_command

from portal.starter.loading.loader import load_structure
from search.engines import current_engine


@pytest.fixture
def signals_as_they_were():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("either_engine")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_index_is_there_when_the_round_has_ended(signals_as_they_were, monkeypatch):
    monkeypatch.setattr("search.jobs._last_rebuild", float("-inf"))
    load_structure()
    assert not current_engine().generation()
    call_command("runjobs", "--once")
    assert current_engine().generation()
