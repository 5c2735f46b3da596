"""Code and documentation cite the design notes by file and section.

For instance `docs/design.md section 4` or `docs/feed-rules.md 5.3.2`. The third number is an item of a list.
"""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN_NAME = Path(__file__).relative_to(ROOT).as_posix()  # its examples are wrong on purpose
# "docs/design.md", "docs/design.md sections 4 and 5" or "docs/feed-rules.md 1.6, 5.3.11".
NUMBER = r"\d+(?:\.\d+)*"
CITATION = re.compile(
    rf"docs/(?P<file>[\w-]+\.md)(?:,? (?:sections? )?(?P<sections>{NUMBER}(?!\w)(?:(?:, | and ){NUMBER}(?!\w))*))?"
)
# A design note by less than its whole name: the names that it had outside the repository, or no folder in front.
SHORT_NAME = re.compile(
    r"\bDESIGN(?:\.md\b| section| \d)|\bstack\.md|\bsearch-engines\.md|(?<![\w/(\[-])(?:design|legal|feed-rules)\.md"
)


@cache
def texts() -> dict[str, str]:
    """The text of every tracked file that can cite, without what is history (migrations) or made by a program."""
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    return {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in names
        if name.endswith((".py", ".md", ".html", ".css", ".js", ".yaml", ".toml", ".cff", ".in", ".po"))
        and "/migrations/" not in name
        and not name.startswith("tests/fixtures/")
        and name != OWN_NAME
        and (ROOT / name).exists()  # removed, and not committed yet
    }


@cache
def sections(file: str) -> set[str]:
    """The numbers of the headings of a document, and of the items in the list under each: "5", "5.3", "5.3.2"."""
    numbers, section = set(), ""
    for line in (ROOT / "docs" / file).read_text(encoding="utf-8").splitlines():
        if heading := re.match(rf"#+ (?P<number>{NUMBER})\.? ", line):
            section = heading["number"]
            numbers.add(section)
        elif item := re.match(r"(\d+)\. ", line):
            numbers.add(f"{section}.{item[1]}")
    return numbers


def dead_citations(text: str) -> list[str]:
    """The citations in a text that lead to no file or no section."""
    found = []
    for citation in CITATION.finditer(re.sub(r"\s*\n\s*(?:#|//|\*)?\s*", " ", text)):
        if not (ROOT / "docs" / citation["file"]).exists():
            found.append(citation[0])
        elif citation["sections"]:
            found += [
                f"docs/{citation['file']} {number}"
                for number in re.findall(NUMBER, citation["sections"])
                if number not in sections(citation["file"])
            ]
    return found


def test_every_cited_file_and_section_exists():
    assert [f"{name}: {dead}" for name, text in texts().items() for dead in dead_citations(text)] == []


def test_design_notes_are_cited_by_their_whole_name():
    short = [f"{name}: {found[0]}" for name, text in texts().items() for found in SHORT_NAME.finditer(text)]
    assert short == [], "write docs/design.md, docs/feed-rules.md or docs/legal.md"


def test_links_between_documents_lead_somewhere():
    dead = [
        f"{name}: {link}"
        for name, text in texts().items()
        if name.endswith(".md")
        for link in re.findall(r"\]\(([^)\s:#]+)(?:#[^)]*)?\)", text)
        if not (ROOT / name).parent.joinpath(link).exists()
    ]
    assert dead == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as docs/design.md section 4 says", []),
        ("(docs/feed-rules.md 5.3.2)", []),
        ("(docs/feed-rules.md 1.6, 5.3.11)", []),
        ("docs/feeds.md says more", []),
        ("# the rules of docs/design.md\n    # section 4", []),
        ("docs/design.md sections 4 and 40", ["docs/design.md 40"]),
        ("docs/feed-rules.md 5.3.99", ["docs/feed-rules.md 5.3.99"]),
        ("docs/feed-rules.md 5.3 and 9.9", ["docs/feed-rules.md 9.9"]),
        ("docs/stack-notes.md 4", ["docs/stack-notes.md 4"]),
    ],
)
def test_the_check_sees_a_citation_that_leads_nowhere(text, expected):
    assert dead_citations(text) == expected
