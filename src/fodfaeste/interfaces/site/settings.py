"""Django's settings. What a municipality decides comes from the environment; docs/how-to/run-the-site.md lists it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured

from fodfaeste.interfaces.site.database import connection, home
from fodfaeste.interfaces.site.made import DESIGN_SYSTEM

django_stubs_ext.monkeypatch()


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes", "ja")


def _secret() -> str:
    """The given key, else one of this installation's own, made once and kept beside its database."""
    given = os.environ.get("FODFAESTE_SECRET")
    if given:
        return given
    file = home() / "secret"
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


WEB = Path(__file__).resolve().parent.parent / "web"
"""The folder of the pages."""

DEMONSTRATION = _flag("FODFAESTE_DEMONSTRATION", default=False)
"""Whether anyone may pick a persona. Only with invented citizens; the start page says so on every page."""

DEBUG = _flag("FODFAESTE_DEBUG", default=False)
SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("FODFAESTE_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("FODFAESTE_ORIGINS", "").split(",") if origin]

if DEMONSTRATION and _flag("FODFAESTE_SECURE", default=False):
    raise ImproperlyConfigured("FODFAESTE_DEMONSTRATION lets anyone in, and FODFAESTE_SECURE is set; leave out one.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "rules",
    "fodfaeste.casework.access",
    "fodfaeste.casework.people",
    "fodfaeste.casework.courses",
    "fodfaeste.casework.plans",
    "fodfaeste.casework.contacts",
    "fodfaeste.casework.local",
    "fodfaeste.casework.inbox",
    "fodfaeste.casework.intake",
    "fodfaeste.casework.lawbook",
    "fodfaeste.interfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fodfaeste.interfaces.web.middleware.content_security",
    "fodfaeste.interfaces.api.refusals.problems_only",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fodfaeste.interfaces.web.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fodfaeste.interfaces.web.middleware.BoundToMunicipality",
    "fodfaeste.interfaces.web.middleware.SignedIn",
]

ROOT_URLCONF = "fodfaeste.interfaces.site.urls"
WSGI_APPLICATION = "fodfaeste.interfaces.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(WEB.glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fodfaeste.interfaces.web.context.site",
            ],
            "string_if_invalid": "",
        },
    }
]

# ----------------------------------------------------------------------------------------------- database

AS_WEB = _flag("FODFAESTE_AS_WEB", default=False)
"""Whether this process serves people: it then connects under the role that owns nothing. The server sets it."""

DATABASES = {"default": connection(web=AS_WEB)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ------------------------------------------------------------------------------------------------ people

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"

OIDC_RP_CLIENT_ID = os.environ.get("FODFAESTE_OIDC_CLIENT_ID", "")
if OIDC_RP_CLIENT_ID:
    INSTALLED_APPS.append("mozilla_django_oidc")
    AUTHENTICATION_BACKENDS.append("fodfaeste.interfaces.web.signin.oidc.MunicipalBackend")
    OIDC_RP_CLIENT_SECRET = os.environ.get("FODFAESTE_OIDC_SECRET", "")
    OIDC_RP_SIGN_ALGO = "RS256"
    OIDC_RP_SCOPES = os.environ.get("FODFAESTE_OIDC_SCOPES", "openid profile email")
    OIDC_OP_ISSUER = os.environ.get("FODFAESTE_OIDC_ISSUER", "")
    OIDC_OP_AUTHORIZATION_ENDPOINT = os.environ.get("FODFAESTE_OIDC_AUTHORIZE", "")
    OIDC_OP_TOKEN_ENDPOINT = os.environ.get("FODFAESTE_OIDC_TOKEN", "")
    OIDC_OP_USER_ENDPOINT = os.environ.get("FODFAESTE_OIDC_USERINFO", "")
    OIDC_OP_JWKS_ENDPOINT = os.environ.get("FODFAESTE_OIDC_KEYS", "")
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_KOMMUNE_CLAIM = os.environ.get("FODFAESTE_OIDC_KOMMUNE_CLAIM", "kommune")
OIDC_ROLE_CLAIM = os.environ.get("FODFAESTE_OIDC_ROLE_CLAIM", "roles")
OIDC_ROLES = dict(one.split("=", 1) for one in os.environ.get("FODFAESTE_OIDC_ROLES", "").split(",") if "=" in one)
"""What the municipality calls a role, and which of ours it is; ours are understood too."""
LOGIN_REDIRECT_URL_FAILURE = "/log-ind/"

SECURE = _flag("FODFAESTE_SECURE", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "fodfaeste.interfaces.web.errors.form_too_old"

# ----------------------------------------------------------------------------------------------- contact

CONTACT_PHONE = os.environ.get("FODFAESTE_PHONE", "")
CONTACT_MAIL = os.environ.get("FODFAESTE_MAIL", "")
"""Whom to call or write to when the pages do not work for somebody; shown at the foot of every page."""

# --------------------------------------------------------------------------------- language, time, files

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
FORMAT_MODULE_PATH = ["fodfaeste.interfaces.web.formats"]
LOCALE_PATHS = sorted([*WEB.glob("locale"), *WEB.glob("*/locale"), *WEB.parents[1].glob("casework/*/locale")])

STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing is collected: WhiteNoise serves the files from where they are
STATICFILES_DIRS = [("dkfds", DESIGN_SYSTEM), *sorted(WEB.glob("*/static"))]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("FODFAESTE_LOG", "WARNING")},
}
