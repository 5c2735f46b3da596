"""What every test can lean on."""

import fcntl
import gc
import os

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

# What a public page may ask of the database when it is not in the page cache (docs/design.md section 12).
MOST_QUERIES = 20


def pytest_configure():
    """A password is hashed at once: what makes it slow to guess takes 0.2 s for each member of the staff."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Mark what gives the same answer on every database, and let the files that take longest begin.

    The marks come before pytest selects by them, the order after it was drawn by lot. Workers take whole files: a long
    one that begins last leaves the other worker with nothing to do.
    """
    for item in items:
        if not item.get_closest_marker("no_database") and not _asks_the_database(item):
            item.add_marker(pytest.mark.no_database)
    done = yield
    items.sort(key=_seconds, reverse=True)
    return done


def pytest_collection_finish():
    """What is there by now stays to the end, so Python need not look through it each time for what has gone."""
    gc.collect()
    gc.freeze()


def _seconds(item) -> int:
    """How long the file of a test takes, where that is said."""
    marker = item.get_closest_marker("long")
    return marker.args[0] if marker else 0


def _asks_the_database(item) -> bool:
    """Whether a test uses the test database, or makes another one on the server that DATABASE_URL names."""
    return bool(
        item.get_closest_marker("django_db")
        or item.get_closest_marker("own_database")
        or "django_db_setup" in item.fixturenames
        or (item.cls and issubclass(item.cls, TransactionTestCase))
    )


@pytest.fixture(autouse=True)
def language_of_nobody(request):
    """No test leaves its language to the next one, and none depends on the machine's, nor on what another has read."""
    from django.contrib.contenttypes.models import ContentType

    from portal.core.page_cache import cached_values

    if request.node.get_closest_marker("no_database"):
        ContentType.objects.clear_cache()

    cached_values.clear()  # a test's changes are rolled back, which nobody is told
    with translation.override("nl"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker, tmp_path_factory):
    """On PostgreSQL the migrations, which take twenty seconds, run once: each worker copies what they made."""
    if connection.vendor != "postgresql" or "PYTEST_XDIST_WORKER" not in os.environ:
        return
    shared = tmp_path_factory.getbasetemp().parent
    with (shared / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "migrated").exists():
            with django_db_blocker.unblock():
                _migrate(_migrated_database())
            (shared / "migrated").touch()
    connection.settings_dict["TEST"]["TEMPLATE"] = _migrated_database()


def _migrated_database() -> str:
    return f"test_{settings.DATABASES['default']['NAME']}_migrated"


def _migrate(database: str) -> None:
    """Make a database with everything that the migrations make, and leave it."""
    name, own = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = database
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.settings_dict["TEST"]["NAME"] = own


def pytest_sessionfinish(session):
    """Remove what the workers copied, when all have ended."""
    if connection.vendor == "postgresql" and session.config.getoption("numprocesses", None):  # no worker has it
        with session.config.stash[blocking_manager_key].unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(_migrated_database())}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test database begins with the portal before any content; making it for each test would take the longest."""
    from portal.starter.loading.loader import load_structure
    from search.models import Outbox

    with django_db_blocker.unblock(), translation.override("nl"):
        load_structure()
        Outbox.objects.all().delete()
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with transactions of its own empties the database at its end: put back what every test begins with.

    Django does that only before the next test of that kind, and leaves the others to run earlier. Workers take whole
    files and in any order, so here the others also come after. Such a test is marked with `serialized_rollback=True`,
    so that nothing else fills the emptied database. After the last test of all there is no test database any more.
    """
    from django.contrib.contenttypes.models import ContentType

    done = yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            ContentType.objects.clear_cache()
    return done


@pytest.fixture
def site(db):
    """The portal as it is before any content: home and index pages in Dutch, and the groups."""
    from django.core.cache import cache

    from portal.starter.loading.loader import load_structure

    cache.clear()  # Wagtail keeps the root paths of sites there; another test's would be wrong
    return load_structure


@pytest.fixture
def cost_of(client):
    """How many queries a page takes: `cost_of(path)` gives (cold, warm).

    Neither may pass the budget of docs/design.md section 12. Cold is the first visit after a change, when nothing is
    kept, the root paths of the site neither. Content types are known in both: Django forgets them when a test empties
    the database, so they would depend on the order of the tests.
    """
    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Site

    from portal.core.page_cache import cached_values

    def visit(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        found = [query["sql"] for query in queries]
        assert len(found) <= MOST_QUERIES, "\n".join([f"{path} takes {len(found)} queries:", *found])
        return len(found)

    def cost(path):
        ContentType.objects.get_for_models(*apps.get_models())
        client.get(path)  # a new client forgets what is kept at its first request
        cached_values.clear()
        Site.clear_site_root_paths_cache()
        return visit(path), visit(path)

    return cost


@pytest.fixture
def translate(site):
    """Make the translation of a Dutch page from words given for each language: `translate(page, "fr", title=…)`."""
    from wagtail.models import Locale
    from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

    from portal.core.publishing.index_updates import index_updates_once

    def translate_page(page, language, publish=True, translation_type="manual", **words):
        """Translate every passage: `words[field]`, else the Dutch text with the language behind it."""
        locale = Locale.objects.get(language_code=language)
        parent = page.get_parent()
        if parent.depth > 1 and not parent.has_translation(locale):
            translate_page(parent.specific, language)
        source, _created = TranslationSource.update_or_create_from_instance(page)
        Translation.objects.get_or_create(source=source, target_locale=locale)
        for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
            text = words.get(segment.context.path, f"{segment.string.data} {language}")
            if segment.context.path == "slug" and "slug" not in words:
                text = f"{segment.string.data}-{language}"
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                defaults={"data": text, "translation_type": translation_type},
            )
        with index_updates_once():
            source.create_or_update_translation(locale, publish=publish, copy_parent_pages=True)
            # The test's own transaction never commits, so what waits for the commit is done here.
            translated = page.get_translation(locale)
            if publish and not translated.live:
                translated.get_latest_revision().publish()
        return type(page).objects.get(pk=translated.pk)

    return translate_page
