"""The digest of an index changes with every file that decides what is in it."""

from search.indexing.digest import ROOT, SHARED, index_digest


def test_every_pattern_finds_files():
    assert all(list(ROOT.glob(pattern)) for pattern in SHARED)


def test_another_source_makes_another_digest():
    shared = index_digest("nl")
    assert index_digest("nl", sources=("search/engines/embedded/schema.py",)) != shared
    assert index_digest("fr") != shared
    assert index_digest("nl") == shared
