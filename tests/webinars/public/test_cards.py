import pytest

from portal.webinars.public.cards import cards_of
from portal.webinars.selectors import public_recordings
from tests.webinars.factories import make_recording

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("abstract", "first"),
    [
        ("Een zin. En nog een.", "Een zin."),
        ("Die Präsentation vom 14. September 2021 kündigt dies an. Mehr ist nicht bekannt.", None),
    ],
)
def test_a_date_with_a_full_stop_does_not_end_it(site, abstract, first):
    make_recording(abstract_nl=abstract)
    (card,) = cards_of(public_recordings(), "nl")
    assert card.lead == (first or "Die Präsentation vom 14. September 2021 kündigt dies an.")
