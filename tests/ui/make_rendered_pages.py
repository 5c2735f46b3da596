"""Makes tests/fixtures/dom anew: `python -m tests.ui.make_rendered_pages`, from the folder of the portal.

Read every line that `git diff` shows before it is committed: is it what the change was meant to do?
"""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    os.environ["SCHAKEL_MAKE_RENDERED_PAGES"] = "true"
    sys.exit(pytest.main(["-q", "-p", "no:randomly", str(Path(__file__).with_name("test_rendered_pages.py"))]))
