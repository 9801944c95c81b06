"""Every setting of an installation, read from the environment.

MUTABAA_HOME         folder of database, uploads, imports and keys       ./var
DATABASE_URL         postgres://user:password@host:port/name             SQLite in MUTABAA_HOME
MUTABAA_SECRET_KEY   signing key                                         made and kept in MUTABAA_HOME/secret.key
MUTABAA_DEBUG        1 shows tracebacks; never in production             0
MUTABAA_HOSTS        comma-separated host names that are served          localhost,127.0.0.1,[::1]
MUTABAA_URL          address people reach the site by, used in e-mails   http://localhost:8000
MUTABAA_HTTPS        1 where people arrive over TLS: secure cookies, HSTS  0
MUTABAA_PROXIES      number of reverse proxies in front, whose X-Forwarded-For is believed   0
MUTABAA_REQUIRE_MFA  1 demands a second factor of secretariat, administrators, validating authorities  0
MUTABAA_MAIL_HOST, _PORT, _USER, _PASSWORD, _TLS, MUTABAA_MAIL_FROM      no mail server: mails are written to MUTABAA_HOME/mail
MUTABAA_MAX_UPLOAD_MB  largest evidence file                             25
MUTABAA_MAX_IMPORT_MB  largest import file                               800
"""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("MUTABAA_HOME", "var")).resolve()


def flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def kept_secret() -> str:
    """The signing key: from the environment, else made once and kept readable by the owner alone."""
    given = os.environ.get("MUTABAA_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret.key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
                f.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text().strip()


def database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "mutabaa.sqlite3",
            # Kept, because opening the file and reading its schema takes a fifth of a page's time. Each thread of the web server
            # has one: what it maps and caches counts several times.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000; PRAGMA mmap_size=33554432;",
            },
            "TEST": {"NAME": os.environ.get("MUTABAA_TEST_DB") or None},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        sys.exit(f"DATABASE_URL: only postgres:// is known, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = kept_secret()
DEBUG = flag("MUTABAA_DEBUG")
HTTPS = flag("MUTABAA_HTTPS")
REQUIRE_MFA = flag("MUTABAA_REQUIRE_MFA")
SITE_URL = os.environ.get("MUTABAA_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("MUTABAA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "mutabaa.core",
    "mutabaa.audit",
    "mutabaa.accounts",
    "mutabaa.jobs",
    "mutabaa.search",
    "mutabaa.taxonomy",
    "mutabaa.institutions",
    "mutabaa.notifications",
    "mutabaa.mechanisms",
    "mutabaa.recommendations",
    "mutabaa.followup",
    "mutabaa.norms",
    "mutabaa.indicators",
    "mutabaa.plans",
    "mutabaa.assistance",
    "mutabaa.classification",
    "mutabaa.recurrence",
    "mutabaa.intake",
    "mutabaa.reporting",
    "mutabaa.explore",
    "mutabaa.portal",
    "mutabaa.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mutabaa.core.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mutabaa.accounts.middleware.InterfaceLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mutabaa.accounts.middleware.StatedAccess",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mutabaa.accounts.middleware.SecondFactorFirst",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "mutabaa.core.middleware.Refusals",
]

ROOT_URLCONF = "mutabaa.config.urls"
WSGI_APPLICATION = "mutabaa.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mutabaa.accounts.context.workspace",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "mutabaa.core.templatetags.mutabaa"],
        },
    }
]

# Languages: the six of the United Nations, each under its own name.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("MUTABAA_TIME_ZONE", "UTC")
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000  # addresses carry a version
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
SEARCH_ROOT = HOME / "search"  # the search index: may be deleted at any time, `mutabaa search rebuild` makes it again
MAX_UPLOAD_BYTES = int(os.environ.get("MUTABAA_MAX_UPLOAD_MB", "25")) * 1024 * 1024
MAX_IMPORT_BYTES = int(os.environ.get("MUTABAA_MAX_IMPORT_MB", "800")) * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "mutabaa.accounts.adapter.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,6/300s/key"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_FORMS = {"login": "mutabaa.accounts.forms.LoginForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("MUTABAA_PROXIES", "0"))
MFA_ADAPTER = "mutabaa.accounts.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Mutabaa"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mutabaa.core.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "mutabaa_cache"}}
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W004", "security.W012", "security.W016"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

EMAIL_HOST = os.environ.get("MUTABAA_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_PORT = int(os.environ.get("MUTABAA_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MUTABAA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MUTABAA_MAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("MUTABAA_MAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("MUTABAA_MAIL_FROM", "mutabaa@localhost")

SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"mutabaa": {"level": "INFO"}, "django_tasks_db": {"level": "ERROR"}},
}
