"""Components: accessible, escaped, without styles or scripts of their own."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

import portal.ui
from portal.ui import css
from portal.ui.icons import icon, names
from portal.ui.styleguide.examples import FRAME, GROUPS
from tests.markup import links, soup, text_of

FOLDER = css.SOURCE.parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
SCRIPTS = css.SOURCE.parent / "js"
RENDERED = Path(__file__).parents[1] / "fixtures" / "dom"  # kept by test_rendered_pages.py


def shown(source: str, query: str = "", **context) -> str:
    request = RequestFactory().get("/nl/x/" + query)
    context = Context({"request": request, "language": "nl"} | context)
    return Template("{% load i18n schakel %}" + source).render(context)


def page(**context) -> str:
    return get_template("ui/base.html").template.render(Context(FRAME | context))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_a_style_or_a_script_of_its_own(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    text = text.replace(
        '<script type="application/ld+json">{{ structured_data }}</script>', ""
    )  # data, which nothing runs
    assert not re.search(r"\sstyle\s*=|<style|<script(?! type=\"module\" src=)|\son\w+\s*=|javascript:", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name):
    assert get_template(name)


def test_every_script_that_an_element_asks_for_exists():
    asked = {
        module for name in TEMPLATES for module in re.findall(r'{% enhance "(\w+)" %}', (FOLDER / name).read_text())
    }
    written = {path.stem for path in SCRIPTS.glob("*.js")}
    assert asked | {"schakel"} == written


@pytest.mark.parametrize("name", sorted(path.name for path in RENDERED.glob("*.txt")))
def test_no_page_loads_more_than_15_kilobytes_of_scripts(name):
    asked = set(re.findall(r'data-module="/static/ui/js/(\w+)\.js"', (RENDERED / name).read_text(encoding="utf-8")))
    loaded = asked | {"schakel", "search_box"}  # these two are on every page
    assert sum((SCRIPTS / f"{module}.js").stat().st_size for module in loaded) < 15_000


def test_scripts_speak_to_no_other_host():
    text = "".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    assert "http:" not in text and "https:" not in text
    # Scripts ask for the address that the question box names, and for this page with other filters.
    assert sorted(re.findall(r"fetch\((.*?)[?,)]", text)) == ["`${address}", "url"]
    filters = (SCRIPTS / "filters.js").read_text()
    assert re.findall(r"show\(([^,)]+)[,)]", filters.partition("function exchange")[2]) == [
        "address(",
        "link.href",
        "location.href",
    ]
    assert 'const SAME_LIST = ".filters a, .chips a, .sort a, .views a"' in filters
    assert "{ suggest: address, label } = form.dataset" in text
    asking = soup(shown("{% search_box %}", **FRAME)).select("[data-suggest]")
    assert [form["data-suggest"] for form in asking] == ["/nl/zoeken/suggestions.json"]


def test_the_page_names_its_language_and_the_others():
    text = page()
    html = soup(text)
    assert text.startswith("<!DOCTYPE html>")
    assert html.html["lang"] == "nl"
    assert html.select_one("link[rel=canonical]")["href"] == "https://example.org/nl/x/"
    assert html.select_one("link[rel=alternate][hreflang=x-default]")["href"] == "https://example.org/nl/x/"
    assert text_of(html.select_one('a[href="/fr/y/"][lang=fr][hreflang=fr] .langs__name')) == "Français"
    assert html.select_one('a[href="/nl/x/"][lang=nl][hreflang=nl][aria-current=true]')


def test_a_language_without_this_page_says_so_in_the_language_of_the_page():
    german = soup(page()).select_one('a[href="/de/"]')
    assert german.select_one(".visually-hidden[lang=nl]")


def test_the_page_has_one_stylesheet_and_one_script():
    html = soup(page())
    assert len(html.select("link[rel=stylesheet]")) == 1
    (script,) = html.select("script")
    assert script["type"] == "module" and script["src"]


def test_the_first_link_skips_to_the_content():
    html = soup(page())
    first = html.body.find()
    assert (first.name, first["class"], first["href"]) == ("a", ["skip"], "#main")
    assert html.main["id"] == "main"


def test_the_section_that_one_is_in_is_marked():
    (current,) = soup(page()).select('a[href="/nl/methodieken/"][aria-current]')
    assert current["aria-current"] in ("true", "page") and text_of(current) == "Methodieken"


def test_the_glass_leads_to_the_question_box_where_the_page_has_none_of_its_own():
    assert soup(page()).select_one(".nav__find")["href"] == "/nl/zoeken/"
    assert not soup(page(hide_header_search=True)).select(".nav__find")


def test_a_shared_page_has_its_title_description_and_picture():
    picture = {"url": "/media/x.jpg", "width": 1200, "height": 630, "alt": "Straathoekwerk"}
    html = soup(page(page_title="Nee & ja", page_description="Zin & meer", page_image=picture))
    shared = {meta["property"]: meta["content"] for meta in html.select("meta[property]")}
    assert shared["og:title"] == "Nee & ja"
    assert shared["og:description"] == "Zin & meer"
    assert shared["og:image"] == "https://example.org/media/x.jpg"
    assert html.title.text == "Nee & ja – Schakel"


def test_the_page_for_faults_needs_nothing():
    text = get_template("500.html").template.source
    assert "{%" not in text and "{{" not in text
    for language in ("nl", "fr", "en", "de"):
        assert f'lang="{language}"' in text and f'href="/{language}/"' in text


@pytest.mark.parametrize("name", ["404.html", "410.html"])
def test_the_page_for_what_is_not_there_offers_the_next_step(name):
    html = soup(get_template(name).template.render(Context(FRAME)))
    assert len(html.select("h1")) == 1
    assert html.select_one("meta[name=robots]")["content"] == "noindex"
    assert len(html.select("[role=search]")) == 1
    assert text_of(html.select_one('a.chip[href="/nl/methodieken/"]')) == "Methodieken"


@pytest.mark.parametrize("name", names())
def test_an_icon_is_an_ornament(name):
    assert soup(icon(name)).svg["aria-hidden"] == "true"


def test_a_tier_has_an_icon_and_a_word():
    tier = soup(shown('{% tier "curative" %}'))
    assert tier.svg and text_of(tier)


def test_evidence_has_a_word_beside_its_dots():
    evidence = soup(shown("{% evidence 3 %}"))
    assert len(evidence.select(".on")) == 3
    assert text_of(evidence)


def test_a_card_marks_the_language_of_its_text_when_it_differs():
    item = {"title": "Dubbele diagnose", "url": "/nl/x/", "lead": "Een zin.", "language": "nl"}
    assert "lang=" not in shown("{% cards items %}", items=[item])
    html = soup(shown("{% cards items %}", items=[item], language="fr"))
    title = html.select_one("h3.card__title")
    assert title["lang"] == "nl"
    assert (title.a["href"], title.a["hreflang"]) == ("/nl/x/", "nl")
    assert text_of(html.select_one("p[lang=nl]")) == "Een zin."
    assert "Nederlands" in [text_of(words) for words in html.select("span")]


def test_a_card_escapes_what_it_is_given():
    text = shown("{% card item %}", item={"title": "<script>x</script>", "url": "/x", "foot": ["<b>"]})
    assert "<script>" not in text and "<b>" not in text


def test_facts_show_only_what_is_known():
    template = '{% facts title="Feiten" %}{% fact "Stad" city %}{% fact "Sinds" since %}{% endfacts %}'
    text = shown(template, city="Mechelen", since="")
    assert [text_of(fact) for fact in soup(text).select("dt, dd")] == ["Stad", "Mechelen"]
    assert "Sinds" not in text
    assert shown(template, city="", since=None).strip() == ""


def test_a_fact_with_several_values_has_a_line_for_each_and_escapes_them():
    html = soup(shown("{% fact 'Bronnen' values %}", values=["YouTube", "<i>"]))
    assert [text_of(term) for term in html.select("div > dt")] == ["Bronnen"]
    assert [text_of(value) for value in html.select("div > dt ~ dd")] == ["YouTube", "<i>"]
    assert len(html.select("*")) == 4


def test_a_fact_that_is_a_name_leads_to_it_and_says_its_language():
    names = [{"title": "Stadt Köln", "url": "/de/koeln/", "language": "de"}, {"title": "Gent", "language": "nl"}]
    cologne, ghent = soup(shown("{% fact 'Trekker' names note='in 2021' %}", names=names)).select("dd")
    assert links(cologne) == {"Stadt Köln": "/de/koeln/"} and cologne.a["lang"] == "de"
    assert text_of(cologne) == "Stadt Köln"
    assert text_of(ghent) == "Gent in 2021" and text_of(ghent.small) == "in 2021" and not ghent.a


def test_filters_are_a_form_that_keeps_the_question_and_forgets_the_page():
    text = shown("{% filters groups %}", "?q=park&tier=preventive&page=3", groups=GROUPS)
    form = soup(text).form
    assert (form["method"], form["action"]) == ("get", "/nl/x/")
    assert [(field["name"], field["value"]) for field in form.select("input[type=hidden]")] == [("q", "park")]
    assert form.select_one("[name=tier][value=preventive]").has_attr("checked")
    assert form.select_one("[name=tier][value=curative]").has_attr("disabled")
    assert form.select_one("button.button[type=submit]")
    assert "csrf" not in text


def test_a_chosen_filter_can_be_taken_away():
    html = soup(shown("{% active_filters groups %}", "?q=park&tier=preventive", groups=GROUPS))
    assert "Preventief" in text_of(html.select_one('a[href="?q=park"]'))


def test_pages_keep_the_query_and_the_first_has_no_number():
    html = soup(shown("{% pagination page %}", "?q=a&page=5", page=Paginator(range(200), 20).get_page(5)))
    assert html.select_one("[rel=next]")["href"] == "?q=a&page=6"
    assert html.select_one("[rel=prev]")["href"] == "?q=a&page=4"
    assert html.select_one('a[href="?q=a"] > .visually-hidden')
    assert [page.name for page in html.select("[aria-current=page]")] == ["span"]
    assert shown("{% pagination 1 1 %}").strip() == ""


def test_a_translation_says_how_it_was_made_and_leads_to_the_original():
    template = '{% translation_notice origin outdated=outdated original_url="/nl/x/" %}'
    assert shown(template, origin="written", outdated=False).strip() == ""
    machine = soup(shown(template, origin="machine", outdated=False))
    assert "/nl/x/" in links(machine).values() and not machine.select(".notice--outdated")
    assert soup(shown(template, origin="reviewed", outdated=True)).select(".notice--outdated")


def test_nobody_is_contacted_before_the_click():
    recording = {
        "platform": "youtube",
        "platform_label": "YouTube",
        "title": "Online <safe> spaces",
        "url": "https://www.youtube.com/watch?v=abcdefghijk",
        "embed_url": "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1",
    }
    text = shown("{% player recording %}", recording=recording)
    html = soup(text)
    assert "<iframe" not in text and "src=" not in text.replace('data-module="', "")
    assert "https://www.youtube.com/watch?v=abcdefghijk" in links(html).values()
    embedded = html.select_one("[data-embed]")["data-embed"]
    assert embedded.startswith("https://www.youtube-nocookie.com/embed/abcdefghijk?")
    assert "Online &lt;safe&gt; spaces" in text


def test_a_recording_of_our_own_plays_without_a_script_and_loads_nothing_before_that():
    recording = {
        "platform": "file",
        "title": "Rondleiding",
        "file_url": "/media/tour.webm",
        "captions": [{"language": "nl", "label": "Nederlands", "url": "/x.vtt", "default": True}],
    }
    text = shown("{% player recording %}", recording=recording)
    video = soup(text).video
    assert video.has_attr("controls") and video["preload"] == "none" and "autoplay" not in text
    captions = {"kind": "captions", "src": "/x.vtt", "srclang": "nl", "label": "Nederlands", "default": ""}
    assert video.track.attrs == captions


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
    html = soup(text)
    assert len(html.select(".cue__time")) == 1
    assert "/r/?t=12#t-12" in links(html).values()
    assert [second["id"] for second in html.select("[id^=t-]")] == ["t-12", "t-19"]
    assert "Een &lt;b&gt;zin&lt;/b&gt;." in text and "&lt;i&gt;" in text
    assert "<mark>treffer</mark>" in text


def test_a_second_within_a_cue_has_an_anchor_of_its_own():
    cue = {"start_s": 5, "text": "Tweede & laatste.", "seconds": (7, 8)}
    text = shown("{% transcript chapters %}", chapters=[{"paragraphs": [{"start_s": 5, "cues": [cue]}]}])
    assert text_of(soup(text).select_one("#t-8 > #t-7")) == "Tweede & laatste."


def test_a_transcript_can_be_skipped():
    html = soup(shown('{% transcript chapters url="/r/" %}', chapters=CHAPTERS))
    assert html.select('a[href="#transcript-end"]') and html.select("#transcript-end")


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
    html = soup(text)
    assert "12:34" in text_of(html.select_one('a[href="/r/?transcript=en&t=754#t-754"]'))
    assert '<q lang="en">a <mark>word</mark></q>' in text
    hit["cue_hits"][0]["language"] = "nl"
    assert "/r/?t=754#t-754" in links(soup(shown("{% search_hit row %}", row={"hit": hit}))).values()


def test_the_funding_line_stands_beside_the_emblem_without_which_it_may_not_be_shown():
    acknowledgement = {"union": "Europese Unie", "fund": "Europees Fonds voor Regionale Ontwikkeling", "sentence": ""}
    text = shown("{% funding ack %}", ack=acknowledgement)
    assert text.count("#FFCC00") == 1 and "Europese Unie" in text
    assert not soup(shown("{% funding ack %}", ack=acknowledgement | {"emblem": False})).select("svg")


def test_the_question_box_keeps_the_question():
    text = shown("{% search_box large=True %}", "?q=%22%3E", search_url="/nl/zoeken/")
    assert 'value="&quot;&gt;"' in text
    form = soup(text).form
    assert form["action"] == "/nl/zoeken/"
    assert form.select_one("label.visually-hidden")["for"] == form.select_one("input[name=q]")["id"] == "search"


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
