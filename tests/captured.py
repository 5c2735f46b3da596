"""The real captured feeds and captions, where somebody has them; their texts are not ours to keep in the repository."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def samples() -> Path:
    """The folder of captured files: SCHAKEL_SAMPLES, or ../shared/samples beside the project."""
    folder = Path(os.environ.get("SCHAKEL_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        pytest.skip("real captured feeds not here")
    return folder
