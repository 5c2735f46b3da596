"""Components: accessible, escaped, without styles or scripts of their own."""

import re

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

import portal.ui
from portal.ui import css
from portal.ui.icons import icon, names
from portal.ui.styleguide.examples import FRAME, GROUPS
from tests.markup import compact

FOLDER = css.SOURCE.parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
SCRIPTS = css.SOURCE.parent / "js"


def shown(source: str, query: str = "", **context) -> str:
    request = RequestFactory().get("/nl/x/" + query)
    context = Context({"request": request, "language": "nl"} | context)
    return compact(Template("{% load i18n schakel %}" + source).render(context))


def without_layout(markup: str) -> str:
    """Markup without the white space between its tags."""
    return re.sub(r">\s+<", "><", markup).strip()


def page(**context) -> str:
    return compact(get_template("ui/base.html").template.render(Context(FRAME | context)))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_a_style_or_a_script_of_its_own(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|<script(?! type=\"module\" src=)|\son\w+\s*=|javascript:", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name):
    assert get_template(name)


def test_every_script_that_an_element_asks_for_exists_and_all_are_small():
    asked = {
        module for name in TEMPLATES for module in re.findall(r'{% enhance "(\w+)" %}', (FOLDER / name).read_text())
    }
    written = {path.stem for path in SCRIPTS.glob("*.js")}
    assert asked | {"schakel"} == written
    assert sum(path.stat().st_size for path in SCRIPTS.glob("*.js")) < 15_000


def test_scripts_speak_to_no_other_host():
    text = "".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    assert "http:" not in text and "https:" not in text
    # The one address that is asked by a script is the one that the question box names, which is a path of this portal.
    assert re.findall(r"fetch\((.*?)[?,)]", text) == ["`${address}"]
    assert "{ suggest: address, label } = form.dataset" in text
    assert re.findall(r'data-suggest="([^"]+)"', page()) == ["/nl/zoeken/suggestions.json"]


def test_the_page_names_its_language_and_the_others():
    text = page()
    assert text.startswith('<!DOCTYPE html><html lang="nl">')
    assert '<link rel="canonical" href="https://example.org/nl/x/">' in text
    assert '<link rel="alternate" hreflang="x-default" href="https://example.org/nl/x/">' in text
    assert '<a href="/fr/y/" lang="fr" hreflang="fr">Français</a>' in text
    assert re.search(r'<a href="/nl/x/" lang="nl" hreflang="nl" aria-current="true">', text)


def test_a_language_without_this_page_says_so_in_the_language_of_the_page():
    german = re.search(r'<a href="/de/".*?</a>', page(), flags=re.DOTALL).group()
    assert 'lang="nl"' in german and "visually-hidden" in german


def test_the_page_has_one_stylesheet_and_one_script():
    text = page()
    assert len(re.findall(r'<link rel="stylesheet"', text)) == 1
    assert len(re.findall(r"<script", text)) == 1
    assert '<script type="module" src="' in text


def test_the_first_link_skips_to_the_content():
    text = page()
    assert re.search(r"<body>\s*<a class=\"skip\" href=\"#main\">", text)
    assert '<main id="main"' in text


def test_the_section_that_one_is_in_is_marked():
    assert re.search(r'<a href="/nl/methodieken/" aria-current="(true|page)">Methodieken</a>', page())


def test_the_home_has_no_second_question_box():
    assert 'role="search"' in page()
    assert 'role="search"' not in page(hide_header_search=True)


def test_a_shared_page_has_its_title_description_and_picture():
    picture = {"url": "/media/x.jpg", "width": 1200, "height": 630, "alt": "Straathoekwerk"}
    text = page(page_title="Nee & ja", page_description="Zin & meer", page_image=picture)
    assert '<meta property="og:title" content="Nee &amp; ja">' in text
    assert '<meta property="og:description" content="Zin &amp; meer">' in text
    assert '<meta property="og:image" content="https://example.org/media/x.jpg">' in text
    assert "<title>Nee &amp; ja – Schakel</title>" in text


def test_the_page_for_faults_needs_nothing():
    text = get_template("500.html").template.source
    assert "{%" not in text and "{{" not in text
    for language in ("nl", "fr", "en", "de"):
        assert f'lang="{language}"' in text and f'href="/{language}/"' in text


@pytest.mark.parametrize("name", ["404.html", "410.html"])
def test_the_page_for_what_is_not_there_offers_the_next_step(name):
    text = get_template(name).template.render(Context(FRAME))
    assert text.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in text
    assert text.count('role="search"') == 2
    assert '<a class="chip" href="/nl/methodieken/">Methodieken</a>' in text


@pytest.mark.parametrize("name", names())
def test_an_icon_is_an_ornament(name):
    assert 'aria-hidden="true"' in icon(name)


def test_a_tier_has_an_icon_and_a_word():
    text = shown('{% tier "curative" %}')
    assert "<svg" in text and re.sub(r"<.*?>", "", text).strip()


def test_evidence_has_a_word_beside_its_dots():
    text = shown("{% evidence 3 %}")
    assert text.count('class="on"') == 3
    assert re.sub(r"<.*?>", "", text).strip()


def test_a_card_marks_the_language_of_its_text_when_it_differs():
    item = {"title": "Dubbele diagnose", "url": "/nl/x/", "lead": "Een zin.", "language": "nl"}
    assert "lang=" not in shown("{% cards items %}", items=[item])
    text = shown("{% cards items %}", items=[item], language="fr")
    assert '<h3 class="card__title" lang="nl"><a href="/nl/x/" hreflang="nl">' in text
    assert '<p lang="nl">Een zin.</p>' in text
    assert ">Nederlands</span>" in text


def test_a_card_escapes_what_it_is_given():
    text = shown("{% card item %}", item={"title": "<script>x</script>", "url": "/x", "foot": ["<b>"]})
    assert "<script>" not in text and "<b>" not in text


def test_facts_show_only_what_is_known():
    template = '{% facts title="Feiten" %}{% fact "Stad" city %}{% fact "Sinds" since %}{% endfacts %}'
    text = shown(template, city="Mechelen", since="")
    assert "<dt>Stad</dt><dd>Mechelen</dd>" in without_layout(text) and "Sinds" not in text
    assert shown(template, city="", since=None) == ""


def test_a_fact_with_several_values_has_a_line_for_each_and_escapes_them():
    text = shown("{% fact 'Bronnen' values %}", values=["YouTube", "<i>"])
    assert without_layout(text) == "<div><dt>Bronnen</dt><dd>YouTube</dd><dd>&lt;i&gt;</dd></div>"


def test_a_fact_that_is_a_name_leads_to_it_and_says_its_language():
    names = [{"title": "Stadt Köln", "url": "/de/koeln/", "language": "de"}, {"title": "Gent", "language": "nl"}]
    text = without_layout(shown("{% fact 'Trekker' names note='in 2021' %}", names=names))
    assert '<dd><a href="/de/koeln/" lang="de">Stadt Köln</a></dd><dd>Gent <small>in 2021</small></dd>' in text


def test_filters_are_a_form_that_keeps_the_question_and_forgets_the_page():
    text = shown("{% filters groups %}", "?q=park&tier=preventive&page=3", groups=GROUPS)
    assert '<form method="get" action="/nl/x/">' in text
    assert '<input type="hidden" name="q" value="park">' in text
    assert 'type="hidden" name="page"' not in text and 'type="hidden" name="tier"' not in text
    assert re.search(r'name="tier" value="preventive" checked', text)
    assert re.search(r'name="tier" value="curative" disabled', text)
    assert '<button class="button" type="submit">' in text
    assert "csrf" not in text


def test_a_chosen_filter_can_be_taken_away():
    text = shown("{% active_filters groups %}", "?q=park&tier=preventive", groups=GROUPS)
    assert 'href="?q=park"' in text and "Preventief" in text


def test_pages_keep_the_query_and_the_first_has_no_number():
    text = shown("{% pagination page %}", "?q=a&page=5", page=Paginator(range(200), 20).get_page(5))
    assert 'href="?q=a&amp;page=6" rel="next"' in text
    assert 'href="?q=a&amp;page=4" rel="prev"' in text
    assert re.search(r'<a href="\?q=a"><span class="visually-hidden">', text)
    assert '<span aria-current="page">' in text
    assert shown("{% pagination 1 1 %}").strip() == ""


def test_a_translation_says_how_it_was_made_and_leads_to_the_original():
    template = '{% translation_notice origin outdated=outdated original_url="/nl/x/" %}'
    assert shown(template, origin="written", outdated=False).strip() == ""
    machine = shown(template, origin="machine", outdated=False)
    assert 'href="/nl/x/"' in machine and "notice--outdated" not in machine
    assert "notice--outdated" in shown(template, origin="reviewed", outdated=True)


def test_nobody_is_contacted_before_the_click():
    recording = {
        "platform": "youtube",
        "platform_label": "YouTube",
        "title": "Online <safe> spaces",
        "url": "https://www.youtube.com/watch?v=abcdefghijk",
        "embed_url": "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1",
    }
    text = shown("{% player recording %}", recording=recording)
    assert "<iframe" not in text and "src=" not in text.replace('data-module="', "")
    assert 'href="https://www.youtube.com/watch?v=abcdefghijk"' in text
    assert 'data-embed="https://www.youtube-nocookie.com/embed/abcdefghijk?' in text
    assert "Online &lt;safe&gt; spaces" in text


def test_a_recording_of_our_own_plays_without_a_script_and_loads_nothing_before_that():
    recording = {
        "platform": "file",
        "title": "Rondleiding",
        "file_url": "/media/tour.webm",
        "captions": [{"language": "nl", "label": "Nederlands", "url": "/x.vtt", "default": True}],
    }
    text = shown("{% player recording %}", recording=recording)
    assert '<video controls preload="none"' in text and "autoplay" not in text
    assert '<track kind="captions" src="/x.vtt" srclang="nl" label="Nederlands" default>' in text


CHAPTERS = [
    {
        "title": "Begin",
        "start_s": 0,
        "paragraphs": [
            {
                "start_s": 12.2,
                "speaker": "<i>",
                "cues": [
                    {"start_s": 12.2, "text": "Een <b>zin</b>."},
                    {"start_s": 12.8, "text": "In dezelfde seconde."},
                    {"start_s": 19, "html": "Een <mark>treffer</mark>."},
                ],
            }
        ],
    }
]


def test_a_transcript_has_one_link_a_paragraph_and_an_anchor_a_second():
    text = shown('{% transcript chapters url="/r/" %}', chapters=CHAPTERS)
    assert text.count('class="cue__time"') == 1
    assert 'href="/r/?t=12#t-12"' in text
    identifiers = re.findall(r'id="(t-\d+)"', text)
    assert identifiers == ["t-12", "t-19"]
    assert "Een &lt;b&gt;zin&lt;/b&gt;." in text and "&lt;i&gt;" in text
    assert "<mark>treffer</mark>" in text


def test_a_second_within_a_cue_has_an_anchor_of_its_own():
    cue = {"start_s": 5, "text": "Tweede & laatste.", "seconds": (7, 8)}
    text = shown("{% transcript chapters %}", chapters=[{"paragraphs": [{"start_s": 5, "cues": [cue]}]}])
    assert '<span id="t-8"><span id="t-7">Tweede &amp; laatste.</span></span></span>' in text


def test_a_transcript_can_be_skipped():
    text = shown('{% transcript chapters url="/r/" %}', chapters=CHAPTERS)
    assert 'href="#transcript-end"' in text and 'id="transcript-end"' in text


def test_a_hit_leads_to_its_moments():
    hit = {
        "kind": "recording",
        "title_html": "Online safe spaces",
        "extract_html": "",
        "url": "/r/",
        "language": "en",
        "duration_s": 2880,
        "filters": {},
        "cue_hits": [{"start_s": 754.2, "language": "en", "html": "a <mark>word</mark>"}],
    }
    text = shown("{% search_hit row %}", row={"hit": hit})
    # Its words are in English and the page is not: they are read in the English transcript.
    assert 'href="/r/?transcript=en&amp;t=754#t-754"' in text and "12:34" in text
    hit["cue_hits"][0]["language"] = "nl"
    assert 'href="/r/?t=754#t-754"' in shown("{% search_hit row %}", row={"hit": hit})
    assert '<q lang="en">a <mark>word</mark></q>' in text


def test_the_funding_line_stands_beside_the_emblem_without_which_it_may_not_be_shown():
    acknowledgement = {"union": "Europese Unie", "fund": "Europees Fonds voor Regionale Ontwikkeling", "sentence": ""}
    text = shown("{% funding ack %}", ack=acknowledgement)
    assert text.count("#FFCC00") == 1 and "Europese Unie" in text
    assert "<svg" not in shown("{% funding ack %}", ack=acknowledgement | {"emblem": False})


def test_the_question_box_keeps_the_question():
    text = shown("{% search_box large=True %}", "?q=%22%3E", search_url="/nl/zoeken/")
    assert 'value="&quot;&gt;"' in text and 'action="/nl/zoeken/"' in text
    assert re.search(r'<label class="visually-hidden" for="search">', text)


def test_the_manual_of_the_components_names_every_tag():
    from portal.ui.templatetags import schakel

    for name in {**schakel.register.tags, **schakel.register.filters}:
        assert name in schakel.__doc__, name


def test_the_interface_imports_no_other_room():
    folder = css.SOURCE.parents[3] / "ui"
    assert folder.samefile(portal.ui.__path__[0])
    for path in folder.rglob("*.py"):
        for room in re.findall(
            r"^\s*(?:from|import) portal\.(\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        ):
            assert room == "ui", path


def test_a_query_without_a_request_is_empty():
    assert Template("{% load schakel %}{% query_with page=2 %}").render(Context({})) == "?page=2"
