"""Which variables a template reads, found in its compiled nodes and those of what it includes and extends."""

from collections.abc import Iterable, Iterator

from django.template import Node, Template
from django.template.base import FilterExpression, NodeList, TokenType, Variable
from django.template.defaulttags import ForNode, IfNode, WithNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode

# What nodes keep for themselves.
NOT_READ = {"origin", "token", "func", "template", "nodelist", "singular", "plural"}


def names_read(template: str) -> dict[str, set[str]]:
    """The first names of the variables that are read, by the name of the template that reads them.

    What a template sets itself, in a loop or by `with` or `as`, is left out.
    """
    names: dict[str, set[str]] = {}
    _read_template(get_template(template).template, frozenset(), names, ())
    return names


def _read_template(template: Template, bound: frozenset[str], names: dict[str, set[str]], above: tuple) -> None:
    if template.name not in above:  # a template may include itself
        _read(template.nodelist, bound, names.setdefault(template.name, set()), names, (*above, template.name))


def _read(
    nodes: Iterable[Node], bound: frozenset[str], here: set[str], names: dict[str, set[str]], above: tuple
) -> frozenset[str]:
    """Add the names that nodes read to `here`; returns `bound` with the names that they set for what follows."""
    for node in nodes:
        here |= set(_names_in(vars(node))) - bound
        inside = bound | set(_bound_inside(node))
        here |= set(_names_in_sentence(node)) - inside
        for branch in _branches(node):
            after = _read(branch, inside, here, names, above)
            bound = after if isinstance(node, IfNode) else bound
        if isinstance(node, ExtendsNode):
            _read_template(get_template(node.parent_name.resolve({})).template, bound, names, above)
        if isinstance(node, IncludeNode):
            _read_template(get_template(node.template.resolve({})).template, inside, names, above)
        bound |= {name for attribute in ("target_var", "asvar") if (name := getattr(node, attribute, None))}
    return bound


def _branches(node: Node) -> Iterator[NodeList]:
    for name, value in vars(node).items():
        if isinstance(value, NodeList):
            yield value
        elif name == "conditions_nodelists":  # {% if %}
            yield from (nodelist for _condition, nodelist in value)


def _bound_inside(node: Node) -> Iterator[str]:
    if isinstance(node, ForNode):
        yield from (*node.loopvars, "forloop")
    if isinstance(node, WithNode | BlockTranslateNode | IncludeNode):
        yield from node.extra_context
    if isinstance(node, BlockTranslateNode) and node.countervar:
        yield node.countervar


def _names_in_sentence(node: Node) -> Iterator[str]:
    """The names in the words of {% blocktranslate %}."""
    if isinstance(node, BlockTranslateNode):
        tokens = [*node.singular, *(node.plural or ())]
        yield from (token.contents for token in tokens if token.token_type == TokenType.VAR)


def _names_in(value) -> Iterator[str]:
    """The names in the attributes of a node, not in the nodes that it holds."""
    if isinstance(value, Variable):
        yield from (value.lookups or ())[:1]
    elif isinstance(value, FilterExpression):
        yield from _names_in(value.var)
        for _filter, arguments in value.filters:
            yield from (name for is_variable, argument in arguments if is_variable for name in _names_in(argument))
    elif isinstance(value, dict):
        yield from (name for key, item in value.items() if key not in NOT_READ for name in _names_in(item))
    elif isinstance(value, list | tuple) and not isinstance(value, NodeList):
        yield from (name for item in value for name in _names_in(item))
    elif type(value).__module__.startswith("django.template.") and not isinstance(value, Node | NodeList):
        yield from _names_in(vars(value))  # a part of the condition of {% if %}
