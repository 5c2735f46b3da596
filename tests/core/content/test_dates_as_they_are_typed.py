"""What staff type as a date is read day first in every language of the admin; the rest is refused with a sentence."""

from datetime import date, datetime, time

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils import translation
from django.utils.timezone import get_current_timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core.content.blocks import PartialDateBlock
from portal.core.content.form_fields import TypedDateField, TypedDateTimeField, TypedTimeField
from portal.core.content.partial_dates import normalise_partial_date
from portal.methods.models import MethodPage
from portal.projects.models import ProjectPage
from portal.webinars.models import Recording

LANGUAGES = [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
@pytest.mark.parametrize(
    "typed",
    [
        *(
            "14/09/2025",
            "14-09-2025",
            "14.09.2025",
            "14.9.2025",
            "14/9/2025",
            "14 09 2025",
            "14 / 09 / 2025",
            "2025-09-14",
        ),
        *("14/09/25", "14.09.25", "14-9-25", " 14/09/2025 ", "2025/09/14"),
        *(
            "14 september 2025",
            "14 sept. 2025",
            "14 sep 2025",
            "14 septembre 2025",
            "14. September 2025",
            "14th September 2025",
        ),
    ],
)
def test_a_day_is_read_as_people_write_it(language, typed):
    with translation.override(language):
        assert TypedDateField().clean(typed) == date(2025, 9, 14)


@every_language
@pytest.mark.parametrize(
    ("typed", "month"),
    [
        *(
            ("1er août 2025", 8),
            ("1 aug 2025", 8),
            ("1 mrt 2025", 3),
            ("1. März 2025", 3),
            ("1 févr. 2025", 2),
            ("1 mei 2025", 5),
        ),
        *(
            ("1 juin 2025", 6),
            ("1 juillet 2025", 7),
            ("1 juli 2025", 7),
            ("1 okt 2025", 10),
            ("1. Dez. 2025", 12),
            ("1-dec-2025", 12),
        ),
    ],
)
def test_a_month_may_be_a_word(language, typed, month):
    with translation.override(language):
        assert TypedDateField().clean(typed) == date(2025, month, 1)


@every_language
def test_the_day_comes_before_the_month_where_both_could_be(language):
    with translation.override(language):
        assert TypedDateField().clean("04/05/2025") == date(2025, 5, 4)


@every_language
@pytest.mark.parametrize(
    "typed", ["31/02/2025", "14/13/2025", "09/14/2025", "morgen", "14/09", "14 jui 2025", "2025-13-01", "0"]
)
def test_what_is_no_day_is_refused_with_what_to_write(language, typed):
    with translation.override(language), pytest.raises(ValidationError, match=r"14[/.]09[/.]2025"):
        TypedDateField().clean(typed)


@every_language
@pytest.mark.parametrize(
    "typed",
    [
        *(
            "14/09/2025 13:30",
            "14/9/2025 13u30",
            "14-09-2025 13h30",
            "14.9.2025 13.30 Uhr",
            "14.09.25 13:30",
            "2025-09-14 13:30",
        ),
        *(
            "14 september 2025 om 13u30",
            "14 septembre 2025 à 13h30",
            "14. September 2025, 13:30 Uhr",
            "14/09/2025 1:30 pm",
        ),
        *("14 September 2025 at 1.30 p.m.", "2025-09-14T13:30", "14/09/2025 13:30 uur"),
    ],
)
def test_a_moment_is_read_as_people_write_it(language, typed):
    with translation.override(language):
        assert TypedDateTimeField().clean(typed) == datetime(2025, 9, 14, 13, 30, tzinfo=get_current_timezone())


@every_language
@pytest.mark.parametrize(
    "typed", ["14/09/2025 25:00", "31/02/2025 13:30", "14/09/2025 half twee", "morgen", "14/09/2025 13:30 pm"]
)
def test_what_is_no_moment_is_refused_with_what_to_write(language, typed):
    with translation.override(language), pytest.raises(ValidationError, match="13:30"):
        TypedDateTimeField().clean(typed)


@every_language
@pytest.mark.parametrize("typed", ["13:30", "13u30", "13h30", "13.30", "13.30 Uhr", "1:30 pm", "13:30 uur"])
def test_an_hour_is_read_as_people_write_it(language, typed):
    with translation.override(language):
        assert TypedTimeField().clean(typed) == time(13, 30)


@hypothesis_settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from("/-. "), st.booleans(), st.sampled_from(LANGUAGES)
)
def test_every_day_comes_back_as_it_was_written(day, mark, short, language):
    year = f"{day:%y}" if short else f"{day:%Y}"
    with translation.override(language):
        assert TypedDateField().clean(f"{day.day}{mark}{day.month}{mark}{year}") == day


@hypothesis_settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(max_size=20), st.sampled_from(LANGUAGES))
def test_no_text_is_read_as_today(text, language):
    with translation.override(language):
        for field in (
            TypedDateField(required=False),
            TypedDateTimeField(required=False),
            TypedTimeField(required=False),
        ):
            try:
                read = field.clean(text)
            except ValidationError as refused:
                assert refused.messages
            else:
                assert not text.strip() or read is not None


@pytest.mark.parametrize(
    ("model", "names", "kind"),
    [
        (MethodPage, ["position_as_of", "reviewed_on", "next_review_on", "assessed_on"], TypedDateField),
        (MethodPage, ["go_live_at", "expire_at"], TypedDateTimeField),
        (ProjectPage, ["website_seen_on"], TypedDateField),
        (Recording, ["event_start", "event_end", "announced_at"], TypedDateTimeField),
    ],
)
def test_every_form_of_the_admin_reads_them_so(model, names, kind):
    form = modelform_factory(model, form=WagtailAdminModelForm, fields=names)
    assert {type(form.base_fields[name]) for name in names} == {kind}


@every_language
def test_filters_of_lists_and_dates_in_a_stream_are_read_day_first_too(language):
    class Filters(WagtailFilterSet):
        class Meta:
            model = MethodPage
            fields = ["position_as_of"]

    with translation.override(language):
        assert Filters.base_filters["position_as_of"].field.clean("04/05/2025") == date(2025, 5, 4)
        assert blocks.DateBlock().clean("04.05.2025") == date(2025, 5, 4)
        assert blocks.DateTimeBlock().clean("4-5-2025 13:30").date() == date(2025, 5, 4)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(
            ("2021", "2021"),
            ("2021~", "2021~"),
            ("~2021", "2021~"),
            ("2021-09", "2021-09"),
            ("2021-09-13", "2021-09-13"),
        ),
        *(
            ("13/09/2021", "2021-09-13"),
            ("13.9.2021", "2021-09-13"),
            ("13-9-21~", "2021-09-13~"),
            ("13 september 2021", "2021-09-13"),
        ),
        *(("09/2021", "2021-09"), ("9.2021", "2021-09"), ("sept. 2021", "2021-09"), ("~ septembre 2021", "2021-09~")),
        *(("binnenkort", "binnenkort"), ("31/02/2021", "31/02/2021"), ("", "")),
    ],
)
def test_a_date_as_far_as_it_is_known_is_kept_in_one_form(typed, kept):
    assert normalise_partial_date(typed) == kept
    if kept not in ("binnenkort", "31/02/2021", ""):
        assert PartialDateBlock().clean(typed) == kept
