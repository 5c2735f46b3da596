"""prettier would lay out no stylesheet and no script otherwise (.prettierrc and .prettierignore have the rules)."""

import subprocess

import pytest

from portal.launch.environment import ROOT
from portal.launch.testing import NPM_FOLDER

PRETTIER = NPM_FOLDER / "node_modules" / "prettier" / "bin" / "prettier.cjs"


@pytest.mark.node
@pytest.mark.skipif(not PRETTIER.exists(), reason=f"prettier is not installed (cd {NPM_FOLDER} && npm ci)")
def test_prettier_has_no_remark():
    done = subprocess.run(["node", PRETTIER, "--check", "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_stylesheet_and_script_lies_where_prettier_looks():
    """.prettierignore names the folders that it reads: a file elsewhere would be passed over in silence."""
    written = [
        path for kind in ("css", "js") for room in ("portal", "search") for path in (ROOT / room).rglob(f"*.{kind}")
    ]
    assert written
    for path in written:
        first, _room, folder, *_rest = path.relative_to(ROOT).parts
        assert (first, folder) == ("portal", "static"), path
