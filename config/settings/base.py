"""What is the same everywhere. Safe by default: ``local`` and ``test`` opt out of what they must."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.urls import reverse_lazy

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

# Documents use our own fonts and none of the machine's (govuk/fonts.py). Set before WeasyPrint is imported.
os.environ["FONTCONFIG_FILE"] = str(BASE_DIR / "build" / "fonts" / "fonts.conf")

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "tools.demo",
    "config.apps.ConfigConfig",
    "govuk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_htmx",
    "pgtrigger",
    "tenancy",
    "outbox",
    "partnerships",
    "courses",
    "bookings",
    "finance",
    "evaluation",
    "competencies",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Opens the partnership named by the address: everything below happens inside it.
    "partnerships.middleware.PartnershipMiddleware",
    "config.visitors.VisitorsMiddleware",
    "config.visitors.PrivateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partnerships.middleware.WhoMiddleware",
    "partnerships.middleware.PrintingMiddleware",
]

ROOT_URLCONF = "config.urls"
MESSAGE_OBJECTION = "partnerships.terms.why_not_written_to"  # asked before each email goes out
BOOKING_LEDGER = "finance.bridge.FinanceLedger"  # what bookings owe becomes charges there
ROLE_PATHWAYS = "competencies.reports.roles.pathways_of_role"  # where a search for a role leads
STARTING_LISTS = (
    "bookings.steps.start_reasons.start_reasons",
)  # what a new partnership begins with
# Looks for viruses in files that people send: takes a name and bytes, returns a sentence if it refuses them. None here.
EVIDENCE_SCANNER = os.environ.get("EVIDENCE_SCANNER", "")
# Where e-invoices are delivered. Without a folder or a provider of the site's own, none are sent.
EINVOICE_FOLDER = os.environ.get("EINVOICE_FOLDER", "")
EINVOICE_PROVIDER = os.environ.get(
    "EINVOICE_PROVIDER", "finance.provider.FolderProvider" if EINVOICE_FOLDER else ""
)
TENANT_URLCONF = "config.tenant_urls"  # the addresses inside a partnership
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
                "config.context.on_the_way",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "partnerships.User"
AUTHENTICATION_BACKENDS = ["partnerships.accounts.SignInBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
LOGIN_URL = "account_login"  # a name, so that it resolves inside the partnership
LOGIN_REDIRECT_URL = reverse_lazy("after_sign_in")
ACCOUNT_ADAPTER = "partnerships.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "partnerships.forms.accounts.SignupForm"
ACCOUNT_FORMS = {
    name: f"partnerships.forms.signing_in.{form}"
    for name, form in {
        "login": "LoginForm",
        "signup": "SignUpForm",
        "add_email": "AddEmailForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm",
    }.items()
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24  # seconds that a link to a new password works
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = (
    True  # in the browser that signed up, so that no one loses their way
)
ACCOUNT_EMAIL_NOTIFICATIONS = (
    True  # the holder is told about every change to how the account is opened
)
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("home")
ACCOUNT_REAUTHENTICATION_REQUIRED = (
    True  # the password again, before addresses or second steps change
)
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A whole council may come from one network address, so limits by address ("ip") are wide.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",  # codes of the second step, by person
    # Wrong passwords: see partnerships/throttles.py.
    "password_known_browser": "10/5m/key",
    "password_account_and_network": "5/5m/key",
    "password_network": "60/m/key",
    "password_account": "100/h/key",
    "confirm_email": "1/3m/key",  # the “Check your email” page says so
    "signup": "20/m/ip",
    "reset_password": "60/m/ip,5/10m/key",
    "reset_password_from_key": "60/m/ip",
}
MFA_ADAPTER = "partnerships.accounts.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    name: f"partnerships.forms.signing_in.{form}"
    for name, form in {
        "authenticate": "CodeForm",
        "reauthenticate": "CodeAgainForm",
        "activate_totp": "ActivateTOTPForm",
        "add_webauthn": "AddWebAuthnForm",
        "edit_webauthn": "EditWebAuthnForm",
    }.items()
}
MFA_PASSKEY_LOGIN_ENABLED = True
# People with a second step change their address too. No one signs in before the first one is confirmed, so no one
# can put a second step on an address that is not theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Partnership Training"

# --- sessions and headers ---------------------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"  # the database is the truth
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# A register of 120 people in several sessions is a long form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- forms ------------------------------------------------------------------------------------------
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)

# --- background work --------------------------------------------------------------------------------
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a killed worker's knock is repeated; sweeps are idempotent
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # wait for a queue that is away for a long time
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "knock": {"task": "config.knock", "schedule": 60.0, "options": {"expires": 55}},
}

# --- mail -------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = "training@example.org"
EMAIL_TIMEOUT = 20
MESSAGE_ATTEMPTS = 5  # after this many failures an email waits for a person

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

TIME_TRAVEL_ALLOWED = False
SECURITY_CONTACT = "mailto:security@example.org"  # in /.well-known/security.txt
SITE_URL = "http://localhost:8000"  # where links in emails lead
