"""djLint would lay out no template otherwise and has no remark; no line is longer than one translated sentence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["portal", "search"]
TEMPLATES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("templates/**/*.html"))
# A tag of Django stands on one line, so one sentence that is translated may be longer.
ONE_SENTENCE = re.compile(r'{% translate "[^"]*"( as \w+)? %}')
MOST = 120


@pytest.mark.parametrize("option", ["--check", "--lint"])
def test_djlint_has_no_remark(option):
    done = subprocess.run(
        [sys.executable, "-m", "djlint", option, "--quiet", *FOLDERS], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, f"python -m djlint --reformat {' '.join(FOLDERS)}\n{done.stdout}{done.stderr}"


def test_no_line_of_a_template_is_longer_than_one_sentence():
    assert TEMPLATES
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > MOST and not ONE_SENTENCE.fullmatch(line.strip())
    ]
    assert not long, long
