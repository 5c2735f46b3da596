"""Markup is written in templates. Python that has to write some is named here, with the reason."""

import ast
import re

from portal.launch.environment import ROOT

ELEMENTS = (
    "a abbr article aside b br button circle code dd del details div dl dt em figure footer form g h1 h2 h3 h4 header "
    "i img input ins label li line link main mark nav ol option p path q rect script section select small span strong "
    "style summary svg table tbody td text th thead time title tr u ul use video"
).split()
MARKUP = re.compile(rf"</?(?:{'|'.join(ELEMENTS)})(?:[\s/>]|$)")
WRITERS = {
    "portal/core/translation/reviews.py": "compares rich text in which a line break is written in two ways",
    "portal/core/content/references.py": "links the numbers of sources in the middle of texts",
    "portal/core/content/rich_text.py": "Wagtail asks for the opening tag of a link",
    "portal/starter/loading/markup.py": "converts the light markup of the starter files into rich text that is stored",
    "portal/ui/components/values.py": "marks words in the middle of a translated sentence",
    "portal/ui/styleguide/examples.py": "a text that looks like markup, which the components have to escape",
    "portal/webinars/transcripts/word_search.py": "marks what was found, between letters of an escaped text",
    "search/api/openapi.py": "describes a field of the API in words",
    "search/results/highlight.py": "marks what was found, between letters of an escaped text",
    "search/results/hit_details.py": "asks whether anything was marked",
}


def strings_of(tree: ast.AST) -> list[str]:
    """The strings of a module without its docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_no_module_writes_markup_but_those_that_have_to():
    writers = {
        path.relative_to(ROOT).as_posix()
        for room in ("portal", "search")
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        and any(MARKUP.search(text) for text in strings_of(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert writers == set(WRITERS)
