"""The addresses of other sites in what editors filled in: in rich text, in blocks and in fields for an address."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.db.models import Model, URLField
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField, StreamField

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')


def addresses_in(thing: Model) -> Iterator[str]:
    """Yield every address that a page or record holds in a field for it, an address that is no link included.

    A new field or block needs no word here.
    """
    for field in thing._meta.concrete_fields:
        if isinstance(field, RichTextField):
            yield from _linked(getattr(thing, field.attname) or "")
        elif isinstance(field, StreamField):
            yield from _in_block(field.stream_block, getattr(thing, field.attname))
        elif isinstance(field, URLField):
            yield getattr(thing, field.attname) or ""


def _in_block(block: Block, value: Any) -> Iterator[str]:
    if isinstance(block, StreamBlock):
        for child in value:
            yield from _in_block(child.block, child.value)
    elif isinstance(block, StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from _in_block(child_block, value.get(name))
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _in_block(block.child_block, item)
    elif isinstance(block, RichTextBlock):
        yield from _linked(value.source if value else "")
    elif isinstance(block, URLBlock):
        yield value or ""


def _linked(html: str) -> Iterator[str]:
    return (unescape(address) for address in _LINK.findall(html))
