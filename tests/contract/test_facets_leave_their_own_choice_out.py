"""What each value of a filter would leave: the counts of a filter leave out its own choice."""

from portal.core.searchable import NOT_GIVEN, DocumentText, SearchDocument, SearchRequest


def test_a_facet_counts_the_values_of_what_is_found(ask):
    facets = ask("overlast", facets=("tier", "country")).facets
    assert dict(facets["tier"]) == {"preventive": 3, "enforcement": 1}
    assert dict(facets["country"]) == {"BE": 3, "FR": 1}


def test_a_choice_narrows_the_hits_and_the_other_facets(ask):
    found = ask("overlast", filters={"country": ("FR",)}, facets=("tier", "country"))
    assert [hit.id for hit in found.hits] == ["project:nice-proximite"]
    assert found.facets["tier"] == ()


def test_a_choice_is_left_out_of_its_own_counts(ask):
    found = ask("overlast", filters={"country": ("FR",)}, facets=("country",))
    assert dict(found.facets["country"]) == {"BE": 3, "FR": 1}


def test_two_values_of_one_filter_widen_and_two_filters_narrow(ask):
    assert ask(filters={"tier": ("enforcement", "proactive")}).total == 2
    assert ask(filters={"tier": ("enforcement",), "evidence": ("0",)}).total == 0


def test_the_kind_is_no_part_of_the_counts_per_kind(ask):
    found = ask("overlast", kinds=("project",))
    assert found.groups == {"method": 3, "project": 1, "recording": 1}
    assert found.total == 1


def test_without_text_everything_is_listed_and_counted(ask):
    found = ask(facets=("topic",))
    assert found.total == 9
    assert dict(found.facets["topic"])["nuisance"] == 1


def test_an_unknown_filter_or_value_finds_nothing_and_breaks_nothing(ask):
    found = ask(filters={"moon": ("full",)}, facets=("moon",))
    assert (found.total, found.facets["moon"]) == (0, ())


def test_the_languages_of_a_thing_are_a_filter(ask):
    assert ask(filters={"language": ("de",)}).total == 2


def test_what_is_left_out_is_neither_found_nor_counted(ask):
    left_out = frozenset({"project:nice-proximite", "method:gone"})
    for options in ({}, {"kinds": ("project",)}, {"filters": {"country": ("FR",)}}):
        found = ask("overlast", facets=("country",), without=left_out, **options)
        assert "project:nice-proximite" not in [hit.id for hit in found.hits]
        assert "project" not in found.groups
        assert "FR" not in dict(found.facets["country"])
    assert ask(without=left_out).total == ask().total - 1


def test_what_may_lack_a_value_and_has_none_is_counted_and_found_but_its_hit_says_nothing(empty_engine):
    texts = {"nl": DocumentText("Zonder land", "", "", "/nl/x/")}
    with_country = SearchDocument("method", "with", texts, filters={"country": ("BE",)}, may_lack=("country",))
    without = SearchDocument("method", "without", texts, may_lack=("country",))
    empty_engine.rebuild([with_country, without, SearchDocument("topic", "topic", texts)])
    found = empty_engine.search(SearchRequest(filters={"country": (NOT_GIVEN,)}, facets=("country",)))
    assert [hit.id for hit in found.hits] == ["method:without"]
    assert dict(found.facets["country"]) == {"BE": 1, NOT_GIVEN: 1}
    assert "country" not in found.hits[0].filters


def test_a_list_of_cards_gets_no_extracts(ask):
    shown, without = ask(kinds=("method",)), ask(kinds=("method",), with_extracts=False)
    assert [hit.id for hit in without.hits] == [hit.id for hit in shown.hits]
    assert any(hit.extract_html for hit in shown.hits)
    assert not any(hit.extract_html for hit in without.hits)
