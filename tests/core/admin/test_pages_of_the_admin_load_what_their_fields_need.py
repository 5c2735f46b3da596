"""A field of the admin may need a script, such as the calendar of a date: every page with fields brings it."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.webinars.factories import make_recording

ROOT = Path(__file__).resolve().parents[3]
WITH_FIELDS = re.compile(r"{% formattedfield |{{ field }}|{{ form\.as_")
ALONE = re.compile(r'{% extends "wagtailadmin/(base|generic/base)\.html" %}')


def test_every_template_of_ours_with_fields_is_a_form_page():
    templates = [*ROOT.glob("portal/*/templates/**/*.html"), *ROOT.glob("search/templates/**/*.html")]
    assert templates
    forgotten = [path.name for path in templates if WITH_FIELDS.search(text := path.read_text()) and ALONE.search(text)]
    assert forgotten == [], 'extend "core/admin/form_page.html", which loads what the widgets need'


@pytest.mark.django_db
def test_the_page_about_consent_loads_the_calendar_of_its_dates(client):
    client.force_login(get_user_model().objects.create_superuser("baas", password="x"))
    page = client.get(reverse("recording_consent", args=[make_recording().pk])).content.decode()
    script = page.index("date-time-chooser.js")
    assert script < page.index("initDateChooser("), "before the first field asks for it"
    assert page.count("date-time-chooser.js") == 1
