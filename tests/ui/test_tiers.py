"""Adding a tier is one entry (portal/ui/tiers_and_evidence.py); a system check names what the look still lacks."""

from types import SimpleNamespace

from portal.ui import checks
from portal.ui.labels import EVIDENCE, TIERS
from portal.ui.tiers_and_evidence import Evidence, Tier


def test_every_tier_has_its_icon_its_colour_and_its_class():
    assert checks.tiers_have_a_look(None) == []


def test_a_check_names_what_a_new_tier_lacks(monkeypatch):
    monkeypatch.setattr(checks, "Tier", SimpleNamespace(values=["proactive", "restorative"]))
    problems = checks.tiers_have_a_look(None)
    assert [problem.msg for problem in problems] == [
        "The tier restorative has no icon.",
        "The tier restorative has no colour.",
        "The tier restorative has no class.",
    ]
    assert all("restorative" in problem.hint for problem in problems)


def test_the_words_of_the_scales_are_those_of_the_choices():
    assert list(TIERS) == Tier.values
    assert len(EVIDENCE) == len(Evidence)
    assert [str(word).lower() for word in TIERS.values()] == [str(label) for label in Tier.labels]
