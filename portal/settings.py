"""Settings of Schakel: one safe file, read from the environment (docs/operations.md lists every variable).

Values are checked here, with a sentence that says what is wrong and how to mend it.
"""

import atexit
import contextlib
import os
import re
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.launch import server
from portal.launch.folder import keep_private

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    """Read an environment variable that is exactly "true" or "false"."""
    value = os.environ.get(name, "true" if default else "false").strip().lower()
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} is “{value}”. Write true or false.")
    return value == "true"


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _number(name: str, default: int) -> int:
    """Read an environment variable that is a whole number above zero."""
    value = os.environ.get(name, str(default)).strip()
    if not (value.isascii() and value.isdecimal() and 0 < len(value) < 10 and int(value)):
        raise ImproperlyConfigured(f"{name} is “{value}”. Write a whole number above zero.")
    return int(value)


def _secret_key(data_dir: Path) -> str:
    """The secret from the environment, else from a 0600 file that is made at the first start.

    See docs/design.md section 13.
    """
    if (value := os.environ.get("SECRET_KEY")) is not None:
        if not value.strip():
            raise ImproperlyConfigured(
                "SECRET_KEY is set and empty. Give it a long random value, or leave it out: one is made and kept."
            )
        if len(value) < 32 or len(set(value)) < 5:
            raise ImproperlyConfigured(
                "SECRET_KEY is too easy to guess: whoever has it can log in as anybody. Leave it out, and the portal "
                "makes one and keeps it in the data folder; or give it fifty characters drawn by lot."
            )
        return value
    path = data_dir / "secret_key"
    if not path.exists():
        # Two programs may start at the same moment: each writes a file of its own, and one of them gets the name.
        handle, draft = tempfile.mkstemp(dir=data_dir)  # made with mode 0600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    if not (value := path.read_text().strip()):
        raise ImproperlyConfigured(f"{path} is empty. Put it back from a backup, or remove it: a new one is made.")
    return value


# -- state ---------------------------------------------------------------------------------------------------
TESTING = "pytest" in sys.modules
if TESTING:
    # Every test process has a folder of its own: no test may touch real data, or another worker's.
    DATA_DIR = Path(tempfile.mkdtemp(prefix="schakel-tests-"))
    atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
else:
    DATA_DIR = Path(os.environ.get("SCHAKEL_DATA") or BASE_DIR / "data").resolve()
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    for folder in ("media", "private", "index", "copies", "logs"):
        (DATA_DIR / folder).mkdir(exist_ok=True)
    keep_private(DATA_DIR)
    # A proxy hands this folder out (docs/operations.md), whatever the umask was when it was made.
    with contextlib.suppress(PermissionError):
        (DATA_DIR / "media").chmod(0o755)
except OSError as error:
    raise ImproperlyConfigured(
        f"The data folder {DATA_DIR} cannot be used: {error.filename}: {error.strerror}. Mend that, or set "
        "SCHAKEL_DATA to a folder that can be written."
    ) from error

SECRET_KEY = _secret_key(DATA_DIR)
DEBUG = _flag("SCHAKEL_DEBUG", False)

SERVER_THREADS = _number("SCHAKEL_THREADS", server.THREADS)

# -- where the site lives ------------------------------------------------------------------------------------
WAGTAILADMIN_BASE_URL = os.environ.get("SCHAKEL_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = _list("SCHAKEL_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL] if WAGTAILADMIN_BASE_URL.startswith("https://") else []
# Only then do X-Forwarded-Proto and the last address in X-Forwarded-For count: anybody may send them.
BEHIND_PROXY = _flag("SCHAKEL_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WAGTAILADMIN_BASE_URL.startswith("https://")
# A browser that came once over https comes over nothing else for a year.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if WAGTAILADMIN_BASE_URL.startswith("https://") else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Where the players of platforms come from, once a visitor has asked for one (portal/webinars/platforms.py).
PLAYER_ORIGINS = ("https://www.youtube-nocookie.com",)
_PLAYERS = " ".join(f'"{origin}"' for origin in PLAYER_ORIGINS)
# What no page of the portal uses, it and whatever would come into it may not ask for.
PERMISSIONS_POLICY = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "browsing-topics",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "publickey-credentials-get",
                "screen-wake-lock",
                "serial",
                "usb",
                "xr-spatial-tracking",
            )
        ),
        "clipboard-write=(self)",
        *(f"{feature}=(self {_PLAYERS})" for feature in ("autoplay", "fullscreen", "picture-in-picture")),
    ]
)

INSTALLED_APPS = [
    "modeltranslation",
    "search",
    "portal.starter",
    "portal.feeds",
    "portal.follow",
    "portal.home",
    "portal.methods",
    "portal.projects",
    "portal.webinars",
    "portal.ask",
    "portal.organisations",
    "portal.topics",
    "portal.links",
    "portal.jobs",
    "portal.ui",
    "portal.core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.core.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "whitenoise.runserver_nostatic",
    "django_countries",
    "django.contrib.postgres",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
# Django's own admin site is not routed: wagtail-localize's templates only need the app to be installed.

MIDDLEWARE = [
    "portal.core.http.thread_limits.ShortFileMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.core.http.middleware.AcceptEncodingMiddleware",
    "portal.core.http.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.page_cache.middleware.PageCacheMiddleware",
    "portal.core.http.middleware.TextCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.core.http.middleware.AdminSecurityPolicyMiddleware",
    "portal.core.http.middleware.PathLanguageMiddleware",
    "portal.core.http.middleware.FormerAddressMiddleware",
    "portal.core.http.thread_limits.ThreadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.core.accounts.staff_sessions.StaffSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context_processors.site",
            ],
        },
    }
]

# -- database ------------------------------------------------------------------------------------------------
SQLITE_FILE = DATA_DIR / "db.sqlite3"
try:
    DATABASES = {
        "default": dj_database_url.parse(
            os.environ.get("DATABASE_URL") or f"sqlite:///{SQLITE_FILE}",
            conn_max_age=60,
            conn_health_checks=True,  # the first request after a database server came back finds it
        )
    }
except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
    raise ImproperlyConfigured(
        "DATABASE_URL cannot be read. Write it like postgres://user:password@host:5432/name, "
        "or leave it out for SQLite."
    ) from error
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    if SQLITE_FILE.exists() and not os.environ.get("DATABASE_URL"):
        # What is there is opened and never made anew: when it disappears the portal says so, and is not empty.
        DATABASES["default"]["NAME"] = f"file:{quote(str(SQLITE_FILE))}?mode=rw"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
LOGIN_URL = "wagtailadmin_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"  # of pages and documents that are not for everybody: only staff log in
WAGTAILADMIN_USER_LOGIN_FORM = "portal.core.accounts.login.LabelledLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "portal.jobs.password_reset.PasswordResetForm"
SESSION_ENGINE = "portal.core.accounts.session_store"
SESSION_COOKIE_AGE = 10 * 3600  # a working day without anybody there (portal/core/accounts/staff_sessions.py)
CSRF_FAILURE_VIEW = "portal.core.accounts.staff_sessions.csrf_failure"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# -- mail ----------------------------------------------------------------------------------------------------
# Without a server nothing is sent, and nobody is promised a message: no “forgotten password” either.
# Whatever is sent is stored in its transaction, and goes out from the job runner.
try:
    _mail = urlsplit(os.environ.get("EMAIL_URL", ""))
    EMAIL_PORT = _mail.port or {"smtps": 465, "smtp+plain": 25}.get(_mail.scheme, 587)
    if _mail.geturl() and not (_mail.scheme in ("smtp", "smtps", "smtp+plain") and _mail.hostname):
        raise ValueError
except ValueError as error:
    raise ImproperlyConfigured(
        "EMAIL_URL cannot be read. Write it like smtp://user:password@host:587, smtps://… for a server that begins "
        "encrypted, smtp+plain://host:25 for a relay of your own without encryption, or leave it out to send no mail."
    ) from error
if _mail.scheme == "smtp+plain" and _mail.password and _mail.hostname not in ("localhost", "127.0.0.1", "::1"):
    raise ImproperlyConfigured(
        "EMAIL_URL would send a password without encryption. Use smtp:// or smtps://, or leave the password out."
    )
EMAIL_BACKEND = (
    "portal.jobs.mail.QueuedEmailBackend" if _mail.scheme else "django.core.mail.backends.dummy.EmailBackend"
)
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _mail.hostname or ""
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("SCHAKEL_MAIL_FROM", "schakel@localhost")
WAGTAIL_PASSWORD_RESET_ENABLED = bool(_mail.scheme)

# -- languages -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Brussels"
USE_I18N = USE_TZ = True
# Each of these has its database columns: the set of languages is part of the migrations.
LANGUAGES = [
    ("nl", "Nederlands"),
    ("fr", "Français"),
    ("en", "English"),
    ("de", "Deutsch"),
    ("pt", "Português"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("el", "Ελληνικά"),
    ("hu", "Magyar"),
    ("sk", "Slovenčina"),
]
# These are shown. Add one here, and `manage.py check` names what it still lacks (portal/core/languages.py).
CONTENT_LANGUAGES = ("nl", "fr", "en", "de")
WAGTAIL_CONTENT_LANGUAGES = [(code, name) for code, name in LANGUAGES if code in CONTENT_LANGUAGES]
# What django-countries calls otherwise, or lacks: Kosovo has no code of ISO 3166-1, and XK is what the Union uses.
COUNTRIES_OVERRIDE = {"XK": _("Kosovo"), "US": _("United States")}
FORMAT_MODULE_PATH = "portal.core.formats"  # English as Europeans write dates
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "nl"
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
_FURTHER_LANGUAGES = tuple(code for code in CONTENT_LANGUAGES if code not in ("nl", "en"))
# A text that is missing is shown in English, then in Dutch; in English pages in Dutch first, in which it was written.
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("nl", "en", *_FURTHER_LANGUAGES),
    **dict.fromkeys(_FURTHER_LANGUAGES, ("en", "nl")),
}
MODELTRANSLATION_CUSTOM_FIELDS = ("RichTextField",)
# Every app registers its columns in `translation.py`; in core that is a folder.
MODELTRANSLATION_TRANSLATION_FILES = ("portal.core.translation.columns",)

# -- Wagtail -------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Schakel"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = WAGTAIL_CONTENT_LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "core.SchakelImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.SchakelDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "vtt", "srt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = _number("SCHAKEL_DOCUMENT_MB", 50) * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.core.files.uploads.DocumentForm"
# By name, so that a machine without a table of types answers the same; Python's own knows half of them.
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "srt": "application/x-subrip",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.core.files.uploads.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # of all frames together: 200 MB of memory while a size is made of it
WAGTAILIMAGES_RENDITION_STORAGE = "public"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.core.publishing.approval.publish_as_reviewed"
# Milliseconds without typing before a draft is kept by itself. Wagtail's own half a second sends the form while its
# author is on the way to "Publish": a second request that arrives when hers has been answered can only fail.
WAGTAIL_AUTOSAVE_INTERVAL = 3_000
WAGTAILEMBEDS_FINDERS = []
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# Wagtail's own small tasks stay immediate; with a queue, a publication would wait for a worker, and none runs.
TASKS = {"default": {"BACKEND": "portal.core.publishing.index_updates.IndexUpdatesBackend"}}

# -- files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# What lies here is public: the sizes that were made of pictures, and the portal's own films.
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# What is in these folders is kept by the rights of the data folder; a proxy that may pass through it can read them.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o644, 0o755
# Everything else, unless somebody decides otherwise: original pictures, documents, what is half uploaded.
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {
        "BACKEND": "portal.core.files.storage.PrivateFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "public": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "portal.core.files.storage.HashedStaticFilesStorage"
    },
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.ui.finders.StylesheetFinder",
]
WHITENOISE_USE_FINDERS = DEBUG or TESTING
# A test has a client of its own, and with it this middleware: reading all files each time would be a minute of a run.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
WHITENOISE_MAX_AGE = 3600

# -- search, cache -------------------------------------------------------------------------------------------
# "embedded", or the address of an Elasticsearch server (search/engines/__init__.py holds them against each other).
SEARCH_URL = os.environ.get("SEARCH_URL", "embedded")
SEARCH_API_KEY = os.environ.get("SEARCH_API_KEY", "")
SEARCH_CA_FILE = os.environ.get("SEARCH_CA_FILE", "")
SEARCH_INDEX = os.environ.get("SEARCH_INDEX", "schakel")
API_REQUESTS_A_MINUTE = _number("SCHAKEL_API_LIMIT", 120)  # of one address, in each server process
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}
# Visitors are answered from the page cache; tests ask for the page itself unless they test the cache.
PAGE_CACHE_ENABLED = _flag("SCHAKEL_COPIES", not (DEBUG or TESTING))

# -- the guarded client --------------------------------------------------------------------------------------
SCHAKEL_CONTACT = os.environ.get("SCHAKEL_CONTACT", "")
GUARDED_CLIENT_ALLOW: list[str] = []
YOUTUBE_API_KEY = os.environ.get("SCHAKEL_YOUTUBE_API_KEY", "").strip()
LINKEDIN_CLIENT_ID = os.environ.get("SCHAKEL_LINKEDIN_CLIENT_ID", "").strip()
LINKEDIN_CLIENT_SECRET = os.environ.get("SCHAKEL_LINKEDIN_CLIENT_SECRET", "").strip()
# "pages" (Pages Data Portability) or "community" (Community Management): the product that the app at LinkedIn has.
LINKEDIN_PRODUCT = os.environ.get("SCHAKEL_LINKEDIN_PRODUCT", "pages").strip()
LINKEDIN_VERSION = os.environ.get("SCHAKEL_LINKEDIN_VERSION", "202609").strip()
if LINKEDIN_PRODUCT not in ("pages", "community"):
    raise ImproperlyConfigured(f"SCHAKEL_LINKEDIN_PRODUCT is “{LINKEDIN_PRODUCT}”. Write pages or community.")
if not re.fullmatch(r"20[0-9]{2}(0[1-9]|1[0-2])", LINKEDIN_VERSION):
    raise ImproperlyConfigured(
        f"SCHAKEL_LINKEDIN_VERSION is “{LINKEDIN_VERSION}”. Write a year and a month, like 202609."
    )

# -- content security policy ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-src": [NONE],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    }
}
# What the Wagtail admin bears: its widgets start from inline scripts and styles.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": DATA_DIR / "logs" / "portal.log",
            "maxBytes": 5_000_000,
            "backupCount": 5,
            "formatter": "plain",
            "delay": True,
        },
    },
    "root": {"handlers": ["file"] if not TESTING else ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "search": {"level": "INFO"},
        "elastic_transport": {"level": "ERROR"},  # it tells each request, five times a second; search says what fails
        "portal": {"level": "INFO"},
    },
}
SILENCED_SYSTEM_CHECKS = [
    "wagtailadmin.W001",
    # Whether every other host below this one speaks https is not the portal's to promise (W005), and even less for
    # years in the browsers' own list (W021).
    "security.W005",
    "security.W021",
    # The proxy that speaks TLS sends http on to https. Done here, a proxy that does not say which of the two a visitor
    # used would be answered with itself for ever, and so would the plain request with which run.py sees it is there.
    "security.W008",
    # The editor shows the preview of a page in a frame of its own site.
    "security.W019",
]

if TESTING:
    # The suite makes many users; a slow hash would be most of its time.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
