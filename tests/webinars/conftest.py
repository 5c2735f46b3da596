import pytest


@pytest.fixture
def webinars_in_french(translate):
    """The French webinars page, at /fr/webinaires/."""
    from portal.webinars.models import WebinarIndexPage

    page = WebinarIndexPage.objects.get(locale__language_code="nl")
    return translate(page, "fr", title="Webinaires", slug="webinaires")
