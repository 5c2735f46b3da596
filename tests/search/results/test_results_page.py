import pytest
from django.test import Client
from django.utils.html import escape

from portal.methods.models import MethodTier
from portal.organisations.models import Contact
from portal.topics.models import Topic
from portal.webinars.models import Caption, Cue, Recording
from search.results.addresses import search_url
from tests.factories import make_method, make_project
from tests.markup import links, soup, text_of

pytestmark = pytest.mark.django_db

LANGUAGES = ("nl", "fr", "en", "de")


@pytest.fixture
def content(index, committed):
    with committed():
        broader = Topic(key="phenomena", label_nl="fenomenen", slug_nl="fenomenen", label_en="phenomena")
        broader.save()
        topic = Topic(
            key="nuisance", label_nl="overlast", label_fr="nuisances", label_en="nuisance", label_de="Belästigung",
            alternatives_fr="incivilités", slug_nl="overlast",
        )  # fmt: skip
        topic.save()
        topic.broader.add(broader)
        make_method(
            key="geschakeld", title="Geschakeld optreden", lead="De boa pakt overlast aan.",
            topics=[topic], tiers=[MethodTier(tier="enforcement")],
        )  # fmt: skip
        make_method(key="zwaluw", title="Zwaluwwerking", lead="Over hangplekken.")
        recording = Recording(
            key="lezing", title_nl="Een lezing", slug_nl="een-lezing", duration_s=1200, state="recorded"
        )
        recording.save()
        caption = Caption(recording=recording, language="nl")
        caption.save()
        Cue(caption=caption, position=1, start_ms=754_000, end_ms=760_000, text="Dan is er weer overlast.").save()
    return topic


def get(client, language="nl", **query):
    response = client.get(search_url(language), query)
    assert response.status_code == 200
    return soup(response)


def main(html):
    return html.main


@pytest.fixture
def client():
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize(
    ("language", "address"),
    [("nl", "/nl/zoeken/"), ("fr", "/fr/recherche/"), ("en", "/en/search/"), ("de", "/de/suche/")],
)
def test_the_page_answers_in_each_language_at_its_own_address(content, client, language, address):
    html = soup(client.get(address, {"q": "overlast"}))
    assert html.html["lang"] == language
    assert "Geschakeld optreden" in text_of(main(html))
    assert main(html).select(f'form[action="{address}"]')


def test_it_is_kept_out_of_search_engines_and_of_the_copies(content, client):
    response = client.get("/nl/zoeken/", {"q": "overlast"})
    assert soup(response).select_one("meta[name=robots]")["content"] == "noindex"
    assert (response.headers["X-Robots-Tag"], response.headers["Cache-Control"]) == ("noindex", "private, no-cache")
    assert not response.cookies


def test_it_says_what_was_understood_and_links_to_only_these_words(content, client):
    html = main(get(client, "fr", q="incivilités"))
    understood = html.select_one(".understood")
    assert text_of(understood.b) == "nuisances"
    assert {words["lang"]: text_of(words) for words in understood.select("span[lang]")}.items() >= {
        ("nl", "overlast"),
        ("de", "Belästigung"),
    }
    assert "?q=incivilit%C3%A9s&exact=1" in links(understood).values()


def test_only_these_words_switches_the_thesaurus_off(content, client):
    html = main(get(client, "fr", q="incivilités", exact="1"))
    assert "Geschakeld optreden" not in text_of(html)
    assert "?q=incivilit%C3%A9s" in links(html).values()


def test_an_expression_with_the_own_words_in_it_is_no_other_word(content, client, committed):
    with committed():
        content.alternatives_nl = "openbare overlast\nhinder"
        content.save()
    told = text_of(main(get(client, q="overlast")).select_one("p.understood"))
    assert "hinder" in told and "openbare overlast" not in told


def test_text_in_another_language_is_marked(content, client):
    html = main(get(client, "fr", q="nuisances"))
    titles = html.select("h3.hit__title[lang=nl] > a[href][hreflang=nl]")
    assert "Geschakeld optreden" in [text_of(title) for title in titles]


def test_a_moment_is_a_link_to_its_second(content, client):
    html = main(get(client, q="overlast"))
    moment = html.select_one('a[href="/nl/webinars/een-lezing/?t=754#t-754"]')
    assert "<mark>overlast</mark>." in str(moment.parent)


def test_a_moment_in_another_language_leads_to_the_transcript_that_it_was_found_in(content, client):
    html = main(get(client, "fr", q="overlast"))
    assert html.select('a[href$="?transcript=nl&t=754#t-754"]')


def test_the_kinds_are_links_with_counts_that_keep_the_question(content, client):
    html = main(get(client, q="overlast"))
    methods = html.select_one('a[href="?q=overlast&kind=method"]')
    assert text_of(methods.span) == "1" and text_of(methods) != "1"
    only = text_of(main(get(client, q="overlast", kind="recording")))
    assert "Een lezing" in only and "Geschakeld optreden" not in only


def test_filters_are_a_form_that_keeps_the_question(content, client):
    html = main(get(client, q="overlast", tier="enforcement"))
    assert html.select_one("input[type=hidden][name=q]")["value"] == "overlast"
    assert html.select_one("input[name=tier][value=enforcement]").has_attr("checked")
    assert "Een lezing" not in text_of(html)


def test_several_years_and_a_language_narrow_it(content, client, committed):
    with committed():
        make_project(key="emma", title="EMMA tegen overlast", start="2019-10", end="2019-12")
        make_project(key="icarus", title="ICARUS tegen overlast", start="2022-01", end="2022-09")
    query = {"q": "overlast", "year": ["2019", "2022"], "language": "nl"}
    html = main(soup(client.get(search_url("nl"), query)))
    assert {"2019", "2022", "nl"} <= {choice["value"] for choice in html.select("input[checked]")}
    assert "Geschakeld optreden" not in text_of(html)
    assert all(f"{name} tegen" in text_of(html) for name in ("EMMA", "ICARUS"))
    assert "ICARUS tegen" not in text_of(main(get(client, q="overlast", year="2019")))


@pytest.mark.parametrize(
    "query",
    [
        {"year": "20x1"},
        {"tier": "bogus", "evidence": "99", "country": "xx", "kind": "moon", "sort": "worst", "page": "minus"},
        {"page": "99999999999999999999"},
        {"page": "٣"},
        {"topic": "' OR 1=1 --"},
        {"topic": [f"t{number}" for number in range(500)]},
        {"utm_source": "somewhere", "csrf": "x"},
        {"q": "x" * 10_000},
        {"q": "\x00😀\"'<script>"},
        {"kind": ["method", "recording"], "exact": "maybe"},
    ],
)
def test_unknown_values_are_ignored(content, client, query):
    response = client.get(search_url("nl"), {"q": "overlast"} | query)
    assert response.status_code == 200
    html = response.content.decode()
    answer = html.partition("<main")[2]
    assert "<script>" not in answer
    assert "bogus" not in answer and "utm_source" not in answer
    assert len(html) < 150_000


def test_the_question_is_shown_again_escaped(content, client):
    question = '<b>"overlast" & meer'
    html = client.get(search_url("nl"), {"q": question}).content.decode()
    assert f'value="{escape(question)}"' in html.partition("<main")[2]


def test_without_a_question_it_offers_topics_to_start_from(content, client):
    html = main(get(client))
    assert "/nl/zoeken/?q=overlast" in links(html).values()
    assert "0 results" not in text_of(html)


def test_without_a_result_it_says_how_many_there_are_without_the_filters(content, client):
    html = main(get(client, q="zwaluwwerking", tier="enforcement"))
    assert links(html)["Zoek zonder filters: 1 resultaat"] == "?q=zwaluwwerking"
    assert "zonder filters" not in text_of(main(get(client, q="xqzwvkj", tier="enforcement")))


def test_without_a_result_it_says_in_which_languages_one_may_ask(content, client):
    assert "Nederlands, Frans, Engels of Duits" in text_of(main(get(client, q="xqzwvkj")))


def test_when_nothing_was_understood_it_offers_topics_to_begin_with(content, client):
    assert "/nl/zoeken/?q=overlast" in links(main(get(client, q="xqzwvkj"))).values()


def test_without_a_result_it_names_whom_to_ask(content, client):
    assert "Vraag het aan iemand" not in text_of(main(get(client, q="xqzwvkj")))
    Contact.objects.create(key="a", role_nl="Dienst Preventie", url="https://www.example.org/contact", live=True)
    Contact.objects.create(key="b", role_nl="Nog zonder adres", live=True)
    html = main(get(client, q="xqzwvkj"))
    assert links(html)["Dienst Preventie"] == "https://www.example.org/contact"
    assert "Nog zonder adres" not in text_of(html)


def test_a_topic_without_things_offers_the_broader_one(content, client):
    html = main(get(client, q="overlast", kind="project"))
    assert "/nl/zoeken/?q=fenomenen" in links(html).values()


def test_a_misspelt_question_is_answered_as_it_was_meant_and_says_so(content, client):
    html = main(get(client, q="overlats", kind="method"))
    assert "Resultaten voor overlast ." in text_of(html)
    assert "Begrepen als" in text_of(html)
    assert links(html)["Toch zoeken naar overlats"] == "?q=overlats&kind=method&exact=1"


def test_who_asks_for_exactly_her_words_gets_them_and_the_right_ones_are_offered(content, client):
    html = main(get(client, q="overlats", exact="1"))
    assert "Resultaten voor" not in text_of(html)
    assert links(html)["overlast"] == "?q=overlast"


def test_a_part_of_a_word_is_not_said_to_be_understood(content, client):
    assert "Begrepen als" not in text_of(main(get(client, q="overlastmelding")))


def test_the_language_switch_keeps_the_question(content, client):
    html = get(client, q="overlast", topic="nuisance", utm_source="mail", page="2")
    assert "/de/suche/?q=overlast&topic=nuisance&page=2" in links(html).values()


def test_pages_keep_the_question(index, client, committed):
    with committed():
        for number in range(21):
            make_method(key=f"m{number}", title=f"Merelwerking {number}")
    html = main(get(client, q="merelwerking"))
    assert "?q=merelwerking&page=2" in links(html).values()
    assert len(get(client, q="merelwerking", page="2").select(".hit")) == 1
    assert len(get(client, q="merelwerking", page="77").select(".hit")) == 1


def test_it_costs_few_queries_however_much_is_found(content, client, django_assert_max_num_queries):
    get(client, q="overlast")
    with django_assert_max_num_queries(20):
        get(client, q="overlast")


def test_without_an_index_the_page_says_that_search_does_not_answer(site, client, caplog):
    html = main(get(client, q="overlast"))
    assert "Search does not answer" in text_of(html) or html.select(".empty")
    assert "there is no index yet" in caplog.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(site, client, method):
    assert getattr(client, method)("/nl/zoeken/").status_code == 405
