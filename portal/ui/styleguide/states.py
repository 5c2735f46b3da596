"""The states in which each component is shown: empty, with everything, with long words, in another language."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString

from portal.ui import figures, icons, labels
from portal.ui.styleguide import examples as ex
from portal.ui.tiers_and_evidence import Evidence

TEMPLATES = Path(__file__).parents[1] / "templates" / "ui"
# Templates that are only a part of a component, which shows them.
PARTS = {
    "axis": "timeline",
    "caption": "ladder",
    "card_body": "card",
    "card_line": "card",
    "chain_drawing": "chain",
    "day": "fact",
    "filter_option": "filters",
    "map_dot": "partner_map",
    "map_drawing": "partner_map",
    "map_layer": "partner_map",
    "picture": "card",
    "rung_items": "ladder",
    "search_hit_moments": "search_hit",
}


@dataclass(frozen=True)
class State:
    """A component with example data, as a template that is rendered in a page of `language` with `query`."""

    title: str
    source: str
    context: dict = field(default_factory=dict)
    language: str = "nl"
    query: str = ""

    def rendered(self) -> SafeString:
        request = HttpRequest()
        request.path = f"/{self.language}/x/"
        request.GET = QueryDict(self.query)
        context = {"request": request, "language": self.language, "search_url": f"/{self.language}/zoeken/"}
        with translation.override(self.language):
            return Template("{% load i18n schakel %}" + self.source).render(Context(context | self.context))


def state(title: str, source: str, /, *, language: str = "nl", query: str = "", **context: Any) -> State:
    return State(title, source, context, language, query)


def states() -> dict[str, list[State]]:
    """The states by component, in the order of the alphabet."""
    return dict(sorted(STATES.items()))


def without_states() -> set[str]:
    """The components that no state shows."""
    names = {path.stem for folder in ("components", "figures") for path in (TEMPLATES / folder).glob("*.html")}
    return names - set(STATES) - set(PARTS)


def _include(name: str) -> str:
    return f'{{% include "ui/components/{name}.html" %}}'


def _fact(arguments: str) -> str:
    return f'{{% facts style="plain" %}}{{% fact {arguments} %}}{{% endfacts %}}'


STATES: dict[str, list[State]] = {
    "active_filters": [
        state("One choice", "{% active_filters groups %}", groups=ex.GROUPS, query="q=park&tier=preventive"),
        state("Several, one of them German", "{% active_filters groups %}", groups=ex.MANY_GROUPS),
        state("Nothing chosen", "{% active_filters groups %}", groups=[]),
    ],
    "brand_mark": [state("As it is", "{% brand_mark %}")],
    "breadcrumb": [
        state("Of a method", "{% breadcrumb items %}", items=ex.CRUMBS),
        state("Long words, other languages, like markup", "{% breadcrumb items %}", items=ex.GERMAN_CRUMBS),
        state("None", "{% breadcrumb items %}", items=[]),
    ],
    "card": [
        state("With everything, without a picture", "{% card item %}", item=ex.CARD),
        state("With a picture", "{% card item %}", item=ex.RECORDING_CARD | {"image": ex.PICTURE}),
        state("In another language than the page", "{% card item %}", item=ex.CARD, language="de"),
    ],
    "card_table": [
        state("Of methods", '{% card_table items "Methodieken" %}', items=[ex.CARD, ex.GERMAN_CARD]),
        state("None", '{% card_table items "Methodieken" %}', items=[]),
    ],
    "cards": [
        state("Tiles", "{% cards items %}", items=[ex.CARD, ex.FEW_WORDS, ex.GERMAN_CARD, ex.NASTY_CARD]),
        state("Rows", '{% cards items layout="rows" level=2 %}', items=[ex.CARD, ex.GERMAN_CARD]),
        state("On a German page", "{% cards items %}", items=[ex.CARD, ex.GERMAN_CARD], language="de"),
        state("None", "{% cards items %}", items=[]),
    ],
    "chain": [
        state("Three links", "{% chain links title=title %}", links=ex.RUNGS, title="Van keten naar netwerk"),
        state("Long words", "{% chain links %}", links=ex.GERMAN_RUNGS, language="de"),
        state("One link makes no drawing", "{% chain links %}", links=ex.RUNGS[:1]),
    ],
    "chapters": [
        state("Each with its name", '{% chapters chapters 2880 "/r/" %}', chapters=ex.NAMED_CHAPTERS),
        state("Many", '{% chapters chapters 2880 "/r/" %}', chapters=ex.NAMED_CHAPTERS * 4),
        state("On a German page", '{% chapters chapters 2880 "/r/" %}', chapters=ex.NAMED_CHAPTERS, language="de"),
        state("None", '{% chapters chapters 2880 "/r/" %}', chapters=[]),
    ],
    "chips": [
        state("With and without address and number", "{% chips items %}", items=ex.TOPICS),
        state("None", "{% chips items %}", items=[]),
    ],
    "cite": [
        state(
            "With address and licence",
            "{% cite text url licence licence_url %}",
            text=ex.SENTENCE,
            url="https://example.org/id/method/plek",
            licence="CC BY 4.0",
            licence_url="https://creativecommons.org/licenses/by/4.0/",
        ),
        state("Words only, like markup", "{% cite text %}", text=ex.LIKE_MARKUP, language="de"),
    ],
    "contents": [
        state("Two sections, one of them German", "{% contents sections %}", sections=ex.SECTIONS),
        state("None", "{% contents sections %}", sections=[None]),
    ],
    "downloads": [
        state("Known and unknown size", "{% downloads items %}", items=ex.DOWNLOADS),
        state("On a German page", "{% downloads items %}", items=ex.DOWNLOADS, language="de"),
        state("None", "{% downloads items %}", items=[]),
    ],
    "emblem": [state("As it is", "{{ emblem }}", emblem=figures.emblem)],
    "blank_slate": [
        state(
            "With a way on",
            "{% blank_slate title=title %}{{ text|linebreaks }}{% endblank_slate %}",
            title="Niets gevonden",
            text=ex.SENTENCE,
        ),
        state(
            "Long words, like markup",
            "{% blank_slate title=title level=3 %}{{ text|linebreaks }}{% endblank_slate %}",
            title=ex.LONG_WORD,
            text=ex.LIKE_MARKUP,
            language="de",
        ),
    ],
    "evidence": [state(f"Level {level}", f"{{% evidence {level} %}}") for level in range(5)]
    + [state("On a German page", "{% evidence 4 %}", language="de")],
    "fact": [
        state("One value", _fact('"Stad" city'), city="Mechelen"),
        state("A link, a note", _fact('"Website" site url=url note=note'), site="x.be", url="/x", note="2024"),
        state("Several values", _fact('"Bronnen" values'), values=["YouTube", ex.LIKE_MARKUP]),
        state("Names, one of them German", _fact('"Trekker" names'), names=ex.NAMES),
        state("A day", _fact('"Stand op" day note=note'), day=date(2021, 9, 14), note="Presentatie"),
        state("Evidence", _fact('"Bewijs" level'), level=Evidence.MONITORED),
        state("Not known", _fact('"Sinds" since'), since=None),
    ],
    "facts": [
        state(
            "In a box",
            '{% facts title=title %}{% fact "Stad" city %}{% fact lang value %}'
            '{% factblock "Bewijs" %}{% evidence 1 %}{% endfactblock %}{% endfacts %}',
            title="In het kort",
            city="Mechelen",
            lang=ex.LONG_WORD,
            value=ex.LONG_WORD,
        ),
        state("Without a box", '{% facts style="plain" %}{% fact "Stad" city %}{% endfacts %}', city="Mechelen"),
        state("Nothing known", "{% facts title=title %}{% endfacts %}", title="In het kort"),
    ],
    "filters": [
        state("One group", "{% filters groups 12 %}", groups=ex.GROUPS, query="q=park&page=3"),
        state("Many choices, a list to choose from", '{% filters groups id="many" %}', groups=ex.MANY_GROUPS),
        state("On a German page", '{% filters groups id="de" %}', groups=ex.MANY_GROUPS, language="de"),
        state("None", "{% filters groups %}", groups=[]),
    ],
    "footer": [
        state("Of the site", _include("footer"), **ex.FRAME),
        state("With a publisher in another language", _include("footer"), **ex.GERMAN_FRAME),
    ],
    "funding": [
        state("With the emblem", "{% funding ack %}", ack=ex.ACKNOWLEDGEMENT),
        state(
            "Without the emblem, German",
            "{% funding ack %}",
            ack={"sentence": ex.LONG_WORD, "lang": "de", "emblem": False},
        ),
        state("With the logo of a programme", "{% funding ack logo=logo %}", ack=ex.ACKNOWLEDGEMENT, logo=ex.PICTURE),
        state("None", "{% funding ack %}", ack=None),
    ],
    "header": [
        state("Of the site", _include("header"), **ex.FRAME),
        state("Long words", _include("header"), **ex.GERMAN_FRAME),
        state("Without the question box", _include("header"), **(ex.FRAME | {"hide_header_search": True})),
    ],
    "icon": [state(name, f'{{% icon "{name}" %}} {name}') for name in icons.names()],
    "ladder": [
        state("Upwards", "{% ladder rungs title=title %}", rungs=ex.RUNGS, title="Van praten tot ingrijpen"),
        state("Downwards, long words", '{% ladder rungs direction="down" %}', rungs=ex.GERMAN_RUNGS, language="de"),
        state("No rungs", "{% ladder rungs %}", rungs=[]),
    ],
    "language_mark": [
        state("Another language than the page's", '{% language_mark "fr" %}'),
        state("The page's own", '{% language_mark "nl" %}'),
    ],
    "language_switch": [
        state("A page that one language lacks", _include("language_switch"), **ex.FRAME),
        state("One language only", _include("language_switch"), **(ex.FRAME | {"languages": []})),
    ],
    "levels": [
        state("Three levels", "{% levels levels title=title %}", levels=ex.RUNGS, title="Waar wij werken"),
        state("Long words", "{% levels levels %}", levels=ex.GERMAN_RUNGS, language="de"),
    ],
    "linked": [
        state("With notes and texts", "{% linked items %}", items=ex.LINKED),
        state("On a German page", "{% linked items %}", items=ex.LINKED, language="de"),
        state("None", "{% linked items %}", items=[]),
    ],
    "moments_strip": [
        state(
            "Links to the moments",
            '{% moments_strip moments 2880 chapters=chapters url="/x/" %}',
            moments=ex.MOMENTS,
            chapters=ex.CHAPTERS,
        ),
        state("An ornament", "{% moments_strip moments 2880 linked=False %}", moments=ex.MOMENTS),
        state("Length not known", "{% moments_strip moments None %}", moments=ex.MOMENTS),
    ],
    "note": [
        state(
            f"{title}",
            f"{{% note title=title {options} %}}{{{{ text|linebreaks }}}}{{% endnote %}}",
            title=words,
            text=ex.SENTENCE,
        )
        for title, options, words in (
            ("With a title", "", "Wat niet werkte"),
            ("Of a tier", 'tier="curative"', "Curatief"),
            ("Plain, without a title", "plain=True", ""),
            ("Long words", "level=3", ex.LONG_WORD),
            ("Like markup", "level=3", ex.LIKE_MARKUP),
        )
    ],
    "pagination": [
        state("In the middle of many", "{% pagination 5 10 %}", query="q=a&page=5"),
        state("The first of two, German", "{% pagination 1 2 %}", language="de"),
        state("One page", "{% pagination 1 1 %}"),
    ],
    "partner_map": [
        state(
            "With shared projects and a list",
            '{% partner_map cities lines listing="open" %}',
            cities=ex.CITIES,
            lines=ex.LINES,
        ),
        state("A crowd around home", '{% partner_map cities listing="" %}', cities=ex.NEIGHBOURS),
        state(
            "Without names",
            '{% partner_map cities labels=False listing="closed" %}',
            cities=ex.NEIGHBOURS,
            language="de",
        ),
        state("No cities", "{% partner_map cities %}", cities=[]),
    ],
    "player": [
        state("On YouTube, with a poster", "{% player recording %}", recording=ex.ON_YOUTUBE),
        state(
            "On LinkedIn, without a picture, in another language",
            "{% player recording %}",
            recording=ex.ON_LINKEDIN,
        ),
        state("A file of our own", "{% player recording %}", recording=ex.OWN_FILE),
        state("Only heard", "{% player recording %}", recording=ex.ON_YOUTUBE | {"medium": "audio"}),
        state("Slides elsewhere", "{% player recording %}", recording=ex.ON_LINKEDIN | {"medium": "slides"}),
        state("On a German page", "{% player recording %}", recording=ex.ON_YOUTUBE, language="de"),
    ],
    "search_box": [
        state("In the header", '{% search_box id="small" %}'),
        state("The question box with a question", '{% search_box large=True id="large" %}', query="q=%22%3E"),
        state("On a German page", '{% search_box large=True id="german" %}', language="de"),
    ],
    "search_hit": [
        state(
            "A recording with moments, in another language",
            "{% search_hit row %}",
            row={"hit": ex.HIT, "speakers": ("An",)},
        ),
        state(
            "A method, found by its topic",
            "{% search_hit row %}",
            row={"hit": ex.METHOD_HIT, "reason": "Over het thema: parken"},
        ),
        state(
            "On a German page",
            "{% search_hit row %}",
            row={"hit": ex.METHOD_HIT, "years": "2019–2022"},
            language="de",
        ),
    ],
    "sources": [
        state("With and without address", "{% sources items %}", items=ex.SOURCES),
        state("None", "{% sources items %}", items=[]),
    ],
    "steps": [
        state("Titles and texts", "{% steps items %}", items=ex.STEPS),
        state("Of a tier", '{% steps items tier="preventive" %}', items=ex.STEPS),
        state("None", "{% steps items %}", items=[]),
    ],
    "tier": [state(code, f'{{% tier "{code}" %}}') for code in labels.TIERS]
    + [state("On a German page", '{% tier "enforcement" %}', language="de"), state("Not a tier", '{% tier "x" %}')],
    "tiers": [
        state("Several, in their own order", "{% tiers codes %}", codes=("curative", "proactive")),
        state("None", "{% tiers codes %}", codes=()),
    ],
    "timeline": [
        state("Under a line of years", "{% timeline events title=title %}", events=ex.EVENTS, title="Verloop"),
        state("Two dates make no line", "{% timeline events %}", events=ex.EVENTS[:2], language="de"),
        state("No events", "{% timeline events %}", events=[]),
    ],
    "transcript": [
        state(
            "With a chapter",
            '{% transcript chapters url="/r/" cite=cite %}',
            chapters=ex.TRANSCRIPT,
            cite="Schakel",
        ),
        state(
            "In another language",
            '{% transcript chapters url="/r/" lang="nl" %}',
            chapters=ex.TRANSCRIPT,
            language="de",
        ),
        state(
            "With a method beside its passage",
            '{% transcript chapters url="/r/" mentions=mentions %}',
            chapters=ex.TRANSCRIPT,
            mentions=ex.MENTIONS,
        ),
        state("Nothing said", "{% transcript chapters %}", chapters=[]),
    ],
    "translation_notice": [
        state(
            f"{origin}{', outdated' if outdated else ''}",
            '{% translation_notice origin outdated=outdated original_url="/nl/x/" %}',
            origin=origin,
            outdated=outdated,
            language=language,
        )
        for origin, outdated, language in (
            ("machine", False, "fr"),
            ("translated", False, "de"),
            ("reviewed", True, "en"),
            ("written", False, "nl"),
        )
    ],
    "voices": [state("As it is", _include("voices"))],
}
