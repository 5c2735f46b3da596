"""The player, the chapters under it, the strip of moments and the transcript."""

from bisect import bisect_right
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.ui import figures
from portal.ui.components.values import COMPONENTS, attribute, differs

register = template.Library()

AUDIO, SLIDES = "audio", "slides"
# The names of more chapters than this have no room side by side.
MANY_CHAPTERS = 8
# The longest chapter is so wide, in units of the strip.
WIDEST = 12


@register.inclusion_tag(COMPONENTS + "player.html")
def player(recording: Any) -> dict:
    """A link to where the recording is; a script may play it in its place after the click."""
    platform, medium = attribute(recording, "platform_label"), attribute(recording, "medium")
    embed = attribute(recording, "embed_url")
    if medium == AUDIO:
        elsewhere = _("Listen at %(platform)s")
    elif medium == SLIDES:
        elsewhere = _("See the slides at %(platform)s")
    else:
        elsewhere = _("Watch on %(platform)s")
    return {
        "recording": recording,
        "platform": platform,
        "audio": medium == AUDIO,
        "embed": embed,
        "address": attribute(recording, "url"),
        "elsewhere": elsewhere % {"platform": platform},
        "what_it_does": (_("Play from %(platform)s") if embed else elsewhere) % {"platform": platform},
    }


@register.inclusion_tag(COMPONENTS + "chapters.html")
def chapters(chapters: Any, duration_s: Any, url: str) -> dict:
    """The chapters side by side, each about as wide as it is long."""
    starts = [float(attribute(chapter, "start_s", 0)) for chapter in chapters]
    ends = [*starts[1:], max(float(duration_s or 0), starts[-1] if starts else 0)]
    lengths = [max(0.0, end - start) for start, end in zip(starts, ends, strict=bool(starts))]
    longest = max(lengths, default=0) or 1
    return {
        "chapters": [
            {name: attribute(chapter, name) for name in ("start_s", "title", "language")}
            | {"width": max(1, round(WIDEST * length / longest))}
            for chapter, length in zip(chapters, lengths, strict=bool(starts))
        ],
        "many": len(starts) > MANY_CHAPTERS,
        "url": url,
    }


@register.simple_tag
def moments_strip(moments: Any, duration_s: Any, chapters: Any = (), url: str = "", linked: Any = True) -> SafeString:
    return figures.moments_strip(moments, duration_s, chapters=chapters, url=url if linked else "")


@register.inclusion_tag(COMPONENTS + "transcript.html")
def transcript(chapters: Any, url: str = "", lang: str = "", cite: Any = "", mentions: Any = ()) -> dict:
    """Paragraphs under chapter headings. The first cue of a second carries the anchor of that second.

    A mention (`start_s`, `word`, `title`, `url`, `language`, `note`) stands behind the paragraph in which it begins.
    """
    seconds: set[int] = set()
    starts = [
        int(attribute(paragraph, "start_s", 0))
        for chapter in chapters
        for paragraph in attribute(chapter, "paragraphs", ())
    ]
    mentions_at: dict[int, list] = {}
    for mention in mentions:
        mentions_at.setdefault(max(0, bisect_right(starts, attribute(mention, "start_s")) - 1), []).append(mention)
    number = iter(range(len(starts)))

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
                        "mentions": mentions_at.get(next(number), ()),
                    }
                    for paragraph in attribute(chapter, "paragraphs", ())
                ],
            }
            for chapter in chapters
        ],
        "url": url,
        "lang": differs(lang),
        "page_language": get_language(),
        "cite": cite,
        "from_word": _("Watch from"),
    }
