import pytest
from django.core.management import CommandError, call_command

from search.engines import current_engine
from tests.factories import make_method

pytestmark = pytest.mark.django_db


@pytest.fixture
def search_command(capsys):
    def run(*arguments):
        call_command("search", *arguments)
        return capsys.readouterr().out

    return run


def test_rebuild_says_how_many_documents_there_are(site, search_command, found):
    make_method(key="zwaluw", title="Zwaluwwerking")
    assert search_command("rebuild").endswith("documents indexed.\n")
    assert found("zwaluwwerking") == ["method:zwaluw"]


def test_status_without_an_index_says_what_to_do(site, search_command):
    with pytest.raises(CommandError, match="manage.py search rebuild"):
        search_command("status")


def test_status_tells_what_waits(index, search_command):
    make_method(key="zwaluw")
    text = search_command("status")
    assert "documents" in text and "changes wait" in text


def test_check_finds_the_index_right(index, search_command):
    assert "exactly" in search_command("check")


def test_check_names_what_is_missing(index, search_command, capsys):
    make_method(key="zwaluw")
    with pytest.raises(CommandError, match="differs"):
        search_command("check")
    assert "missing in the index: method:zwaluw" in capsys.readouterr().err


def test_a_second_rebuild_at_the_same_time_is_refused(site, search_command):
    with current_engine().rebuilding(), pytest.raises(CommandError, match="Another process is rebuilding"):
        search_command("rebuild")


def test_evaluate_gives_the_figures_and_the_worst_questions(index, committed, search_command, tmp_path):
    with committed():
        make_method(key="zwaluw", title="Zwaluwwerking")
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "birds.yaml").write_text(
        "- {need: birds, nl: zwaluwwerking, fr: hirondelle, answers: {3: [method:zwaluw]}}\n"
        "- {need: secret, held_out: true, nl: zwaluwwerking, answers: {3: [method:zwaluw]}}\n"
    )
    text = search_command("evaluate", "--questions", str(tmp_path / "questions"), "--worst", "1")
    tuned, held_out = text.split("Held out")
    assert "nl     1 asked |   1.000  1.000  1.000" in tuned and "fr     1 asked |   0.000  0.000  0.000" in tuned
    assert "nl     1 asked |   1.000  1.000  1.000" in held_out
    assert "hirondelle" in held_out and "method:zwaluw" in held_out.split("hirondelle")[1]
    assert "Wagtail" in tuned
