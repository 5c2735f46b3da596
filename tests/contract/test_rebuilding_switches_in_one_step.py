import threading

import pytest

from search.engines.contract import BusyWriting
from tests.contract.conftest import Asking
from tests.contract.corpus import DOCUMENTS, document, text

OTHER = document("page", "only", text("nl", "Enige", "", "", "x"))


def test_a_new_index_holds_exactly_what_it_was_given(engine):
    assert engine.rebuild([OTHER]) == 1
    assert Asking(engine).keys() == ["page:only"]
    assert engine.identifiers() == {"page:only"}


def test_of_a_document_that_comes_twice_the_new_index_has_the_last(engine):
    engine.rebuild([OTHER, *DOCUMENTS, document("page", "only", text("nl", "Zwaluwstaart", "", "", "x"))])
    assert Asking(engine).keys("zwaluwstaart", expand=False) == ["page:only"]
    assert Asking(engine)().total == len(DOCUMENTS) + 1


def test_the_old_index_answers_while_the_new_one_is_made(engine):
    totals = []

    def documents():
        totals.append(Asking(engine)().total)
        yield OTHER
        totals.append(Asking(engine)().total)

    engine.rebuild(documents())
    assert totals == [len(DOCUMENTS)] * 2
    assert Asking(engine)().total == 1


def test_a_rebuild_that_fails_leaves_the_old_index_in_use(engine):
    def documents():
        yield OTHER
        raise RuntimeError("the database went away")

    before = engine.generation()
    with pytest.raises(RuntimeError):
        engine.rebuild(documents())
    assert (engine.generation(), Asking(engine)().total) == (before, len(DOCUMENTS))


def test_a_writer_that_was_open_goes_on_in_the_new_index(engine):
    engine.write([OTHER])
    engine.rebuild(DOCUMENTS)
    engine.write([OTHER])
    assert Asking(engine)().total == len(DOCUMENTS) + 1


def test_only_one_process_makes_a_new_index(engine):
    assert not engine.is_being_rebuilt()
    with engine.rebuilding():
        assert engine.is_being_rebuilt()
        with pytest.raises(BusyWriting), engine.rebuilding():
            pass
    assert not engine.is_being_rebuilt()


def test_the_status_counts_documents_and_moments(engine):
    status = engine.status()
    assert (status.usable, status.documents, status.cues) == (True, 9, 6)
    assert status.size > 0


def test_a_rebuild_without_documents_leaves_an_empty_index(engine):
    assert engine.rebuild([]) == 0
    assert Asking(engine)("overlast").total == 0


def test_asking_goes_on_through_many_rebuilds(engine):
    """A reader must not trip over a version that is removed while it looks for it."""
    answers, stop = [], threading.Event()

    def keep_asking():
        while not stop.is_set():
            answers.append(Asking(engine)().total)

    readers = [threading.Thread(target=keep_asking) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(6):
        engine.rebuild([OTHER] * (number % 2 + 1))
        engine.write([OTHER])
    stop.set()
    for reader in readers:
        reader.join()
    assert set(answers) <= {len(DOCUMENTS), 1, 2}
    assert answers
