"""The figures that are lists: the ladder, the chain that becomes a network, the levels."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.ui.figures.network import chain_and_network
from portal.ui.figures.values import confirmed, value


def _entries(items: Iterable) -> list[dict]:
    names = ("title", "text", "tier", "url", "items")
    return [{name: value(item, name) for name in names} | {"unconfirmed": not confirmed(item)} for item in items]


def ladder(rungs: Iterable, *, title: str = "", direction: str = "up") -> SafeString:
    """The rungs of a method that acts in steps.

    `rungs` have title, text, tier, confirmed, url and items (title, url). `direction` is "up" for steps that become
    stricter, "down" for what starts broad. Nothing for no rungs.
    """
    rungs = _entries(rungs)
    return _drawn(
        "ladder", {"rungs": rungs, "title": title, "direction": "down" if direction == "down" else "up"}, rungs
    )


def chain(links: Iterable, *, title: str = "") -> SafeString:
    """Links in a chain, each of which knows the next, and the network they become, in which all know all.

    The numbers in the drawing are those of the list under it. Data as for `ladder`; one link makes no chain.
    """
    links = _entries(links)
    drawing = chain_and_network(len(links)) if len(links) > 1 else None
    return _drawn("chain", {"links": links, "title": title, "drawing": drawing}, links)


def levels(levels: Iterable, *, title: str = "") -> SafeString:
    """Levels of work, the broadest first. Data as for `ladder`."""
    levels = _entries(levels)
    return _drawn("levels", {"levels": levels, "title": title}, levels)


def _drawn(name: str, context: dict, items: list) -> SafeString:
    return render_to_string(f"ui/figures/{name}.html", context) if items else SafeString()
