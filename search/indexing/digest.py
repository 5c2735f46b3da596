"""The digest that names an index: it changes with anything that makes an index unreadable or wrong.

An index with another digest counts as none, so that the job runner builds a new one (docs/search.md).
"""

import hashlib
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What decides which terms of a document every engine indexes, and what it stores.
SHARED = (
    "portal/core/content/sorting.py",  # how accents are folded
    "search/indexing/documents.py",
    "search/question/exact_names.py",
    "search/results/suggestions.py",
    "search/text_analysis/*.py",
    "search/languages/**/*.py",
    "search/languages/*/stop_words.txt",
    "search/languages/*/common_words.txt",
)


def index_digest(*parts: object, sources: tuple[str, ...] = ()) -> str:
    """Return the digest of an engine's own definition: some values, and source files as patterns."""
    digest = hashlib.sha256(repr(parts).encode())
    for pattern in (*SHARED, *sources):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
