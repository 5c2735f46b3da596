"""The digest that names an index: it changes with anything that makes an index unreadable or wrong.

An index with another digest counts as none, so that the job runner builds a new one (docs/search.md).
"""

import hashlib
from pathlib import Path

from portal.core.content import sorting

ROOT = Path(__file__).parents[1]
# What decides which terms of a document every engine indexes, and what it stores.
SHARED = (
    "indexing/documents.py",
    "question/exact_names.py",
    "results/suggestions.py",
    "text_analysis/*.py",
    "languages/**/*.py",
    "languages/*/stop_words.txt",
    "languages/*/common_words.txt",
)


def index_digest(*parts: object, sources: tuple[str, ...] = ()) -> str:
    """Return the digest of an engine's own definition: some values, and source files as patterns below `search/`."""
    digest = hashlib.sha256(repr(parts).encode())
    digest.update(Path(sorting.__file__).read_bytes())  # how accents are folded, which search has from there
    for pattern in (*SHARED, *sources):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
