"""The player, the strip of moments and the transcript."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.ui import figures
from portal.ui.components.values import COMPONENTS, attribute, differs

register = template.Library()


@register.inclusion_tag(COMPONENTS + "player.html")
def player(recording: Any) -> dict:
    """A link to where the recording is; a script may play it in its place after the click."""
    return {
        "recording": recording,
        "platform": attribute(recording, "platform_label"),
        "embed": attribute(recording, "embed_url"),
        "address": attribute(recording, "url"),
    }


@register.simple_tag
def moments_strip(moments: Any, duration_s: Any, chapters: Any = (), url: str = "", linked: Any = True) -> SafeString:
    return figures.moments_strip(moments, duration_s, chapters=chapters, url=url if linked else "")


@register.inclusion_tag(COMPONENTS + "transcript.html")
def transcript(chapters: Any, url: str = "", lang: str = "", cite: Any = "") -> dict:
    """Paragraphs under chapter headings. The first cue of a second carries the anchor of that second."""
    seconds: set[int] = set()

    def anchored(cue: Any) -> dict:
        start = float(attribute(cue, "start_s", 0))
        second, is_first = int(start), int(start) not in seconds
        seconds.add(second)
        words = {name: attribute(cue, name) for name in ("text", "html", "seconds")}
        return {"second": second, "start": f"{start:g}", "anchor": is_first} | words

    return {
        "chapters": [
            {
                "title": attribute(chapter, "title"),
                "start_s": attribute(chapter, "start_s", None),
                "paragraphs": [
                    {
                        "start_s": attribute(paragraph, "start_s", 0),
                        "speaker": attribute(paragraph, "speaker"),
                        "cues": [anchored(cue) for cue in attribute(paragraph, "cues", ())],
                    }
                    for paragraph in attribute(chapter, "paragraphs", ())
                ],
            }
            for chapter in chapters
        ],
        "url": url,
        "lang": differs(lang),
        "cite": cite,
        "from_word": _("Watch from"),
        "copy_word": _("Copy this sentence"),
        "copied_word": _("Copied"),
    }
