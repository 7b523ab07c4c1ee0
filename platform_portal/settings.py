"""The portal's settings, in one file.

What differs from one installation to another comes from the environment (docs/guides/operator.md lists it); what
differs between production, demo and test is decided here, by MODE. Production is the default, and refuses to start when
something it needs is missing.
"""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from platform_portal import environment, keeper, schedule

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode, place and address -------------------------------------------------------------------------------------

MODE = environment.mode(os.environ)
IN_PRODUCTION = MODE == environment.PRODUCTION
IN_DEMO = MODE == environment.DEMO
IN_TEST = MODE == environment.TEST
DEBUG = False

# Everything the portal writes on its own disk. Tests keep apart from a demo on the same machine.
VAR = Path(os.environ.get("PORTAL_VAR") or BASE_DIR / "var").resolve()
if IN_TEST:
    VAR = VAR / "test"

if IN_PRODUCTION:
    SECRET_KEY = environment.secret_key(os.environ)
    SECRET_KEY_FALLBACKS = environment.words(os.environ, "SECRET_KEY_FALLBACKS")  # keys on their way out
    ALLOWED_HOSTS = environment.allowed_hosts(os.environ)
    BASE_URL = environment.base_url(os.environ, ALLOWED_HOSTS)
else:
    SECRET_KEY = environment.local_secret_key(VAR)
    ALLOWED_HOSTS = environment.words(os.environ, "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    environment.ensure_loopback("ALLOWED_HOSTS", ALLOWED_HOSTS, where=MODE)
    BASE_URL = f"http://localhost:{environment.whole_number(os.environ, 'PORT', 8000)}"

# What seals protected members' identities: a key that the database does not hold (members.kernel.sealing).
if IN_PRODUCTION:
    SEALING_KEY_SERVICE = environment.key_service(os.environ)
else:
    SEALING_KEY_SERVICE = ("members.kernel.sealing.KeyRing", environment.local_sealing_keys(VAR))

# --- Servers -----------------------------------------------------------------------------------------------------

EMBEDDED_SERVERS = None
DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
if IN_PRODUCTION:
    DATABASE_URL = environment.required(
        os.environ, "DATABASE_URL", advice="Set it to postgresql://user:password@host/name (PostgreSQL 15 or newer)."
    )
    REDIS_URL = environment.required(
        os.environ, "REDIS_URL", advice="Set it to redis://host:6379/0 (Valkey, or Redis)."
    )
elif not (DATABASE_URL and REDIS_URL):
    EMBEDDED_SERVERS = keeper.Use(VAR / "servers", durable=not IN_TEST)
    DATABASE_URL = DATABASE_URL or EMBEDDED_SERVERS.addresses.database_url
    REDIS_URL = REDIS_URL or EMBEDDED_SERVERS.addresses.redis_url

# The web server keeps a pool of connections and gives up on slow statements; commands and workers have one connection.
IS_WEB_SERVER = os.environ.get("PORTAL_PROCESS") == "web"
WEB_STATEMENT_TIMEOUT = timedelta(seconds=15)
POOL_PATIENCE_SECONDS = 2
WEB_THREADS = environment.whole_number(os.environ, "PORTAL_WEB_THREADS", 4)

DATABASE = dj_database_url.parse(DATABASE_URL, conn_health_checks=True)
DATABASE["OPTIONS"] = DATABASE.get("OPTIONS", {}) | {"connect_timeout": 5, "options": environment.session(MODE)}
DATABASE["OPTIONS"]["prepare_threshold"] = 1  # of members.kernel.statements alone: all others bind in the client
if IS_WEB_SERVER:
    statement_timeout = int(WEB_STATEMENT_TIMEOUT.total_seconds() * 1000)
    DATABASE["OPTIONS"]["options"] += f" -c statement_timeout={statement_timeout}"
    DATABASE["OPTIONS"]["pool"] = {"min_size": 1, "max_size": WEB_THREADS + 1, "timeout": POOL_PATIENCE_SECONDS}
else:
    DATABASE["CONN_MAX_AGE"] = 600
DATABASES = {"default": DATABASE}
PGHISTORY_CREATED_AT_FUNCTION = "portal_now()"  # the one clock

# Rate limits live in PostgreSQL, so that a lost broker locks nobody out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000, "CULL_FREQUENCY": 20},
    }
}

# --- Celery: a doorbell; the truth is in PostgreSQL --------------------------------------------------------------

BROKER_PATIENCE_SECONDS = 1 if IS_WEB_SERVER else 2
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_TIMEOUT = BROKER_PATIENCE_SECONDS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": BROKER_PATIENCE_SECONDS,
    "socket_connect_timeout": BROKER_PATIENCE_SECONDS,
    "socket_keepalive": True,
    "visibility_timeout": int(timedelta(hours=1).total_seconds()),
    "global_keyprefix": os.environ.get("PORTAL_BROKER_PREFIX", ""),
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = int(timedelta(minutes=10).total_seconds())
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule.SCHEDULE

# --- Applications and middleware ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "platform_portal",
    "secretariat",
    "taskforces",
    "members",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "platform_portal.session_list.SessionListConfig",  # allauth.usersessions
    "guardian",
    "pghistory",
    "pgtrigger",
    "django_filters",
    "django_htmx",
    "django_countries",
    "platform_portal.administration.AdministrationConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "platform_portal.headers.PrivacyHeadersMiddleware",
    "platform_portal.methods.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.middleware.ClockMiddleware",
    "members.middleware.RightsMiddleware",
    "members.middleware.ConfinementMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "platform_portal.preferences.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "members.middleware.AdministrationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "platform_portal.methods.MethodPageMiddleware",
]

ROOT_URLCONF = "platform_portal.urls"
ASGI_APPLICATION = "platform_portal.asgi.application"
WSGI_APPLICATION = "platform_portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "platform_portal.navigation.navigation",
            ],
        },
    }
]
# Field templates are overridden once, in templates/django/forms/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Accounts ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "members.backends.LoginBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: visitors have no row of their own

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "members.kernel.passwords.ContextWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "home"

# The second factor of those who decide or speak for others (members.rules.entry) is waived in the demo, and only there.
SECOND_FACTOR_WAIVED = IN_DEMO
# What a session that lacks it may open besides: getting out, and what belongs to nobody.
OPEN_WITHOUT_FACTOR = frozenset({"leave", "set-language", "health-live", "health-ready"})

ACCOUNT_ADAPTER = "platform_portal.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "members.forms.accounts.SignInForm",
    "add_email": "members.forms.accounts.NewAddressForm",
    "confirm_email_verification_code": "members.forms.accounts.NewAddressCodeForm",
    "reset_password": "members.forms.accounts.NewPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # a new address is confirmed in the browser that asks for it
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # the same work for every address, and help for those who used another
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=5).total_seconds())
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the session of the change goes on, all others end
ACCOUNT_RATE_LIMITS = dict.fromkeys(("entry_link", "lost_factor", "reset_password"), "20/h/ip,3/h/key")
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]

MFA_ADAPTER = "platform_portal.accounts.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "members.forms.accounts.AppForm",
    "add_webauthn": "members.forms.accounts.KeyForm",
    "generate_recovery_codes": "members.forms.accounts.PrintedCodesForm",
}
MFA_RECOVERY_CODE_COUNT = 20
MFA_RECOVERY_CODE_DIGITS = 10
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Platform portal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION  # plain HTTP on localhost
USERSESSIONS_TRACK_ACTIVITY = False  # no network address or last-seen time is kept: see the list of own sessions

# --- Browser: cookies, headers, transport ------------------------------------------------------------------------

# `__Host-` binds a cookie to this very host over HTTPS; browsers refuse the prefix over plain HTTP.
COOKIE_PREFIX = "__Host-" if IN_PRODUCTION else ""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
# The longest that any session lasts; members.rules.entry ends most of them earlier.
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "platform_portal.errors.stale_form"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_SECURE = IN_PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/live$", r"^health/ready$"]
SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds()) if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    **{name: [CSP.NONE] for name in ("frame-ancestors", "base-uri", "object-src")},
}

# The number of reverse proxies in front of the portal, exactly: one too many and visitors can forge their address.
TRUSTED_PROXIES = environment.whole_number(os.environ, "PORTAL_TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Files -------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("PORTAL_STATIC") or VAR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "documents"  # never served by address: every document passes an access check
MEDIA_URL = ""
ERASURES_LEDGER = VAR / "erasures.jsonl"  # who was erased: a restored backup is held against it
DOWNLOADS_ROOT = VAR / "downloads"  # of one's own data, for three days at most; no backup copies it
FILE_UPLOAD_HANDLERS = ["members.kernel.uploads.CutOffUploadHandler"]
FILE_SCANNER = None  # a virus scanner of this installation: see docs/security/uploads.md
STORAGES = {
    "default": {"BACKEND": "members.kernel.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Mail --------------------------------------------------------------------------------------------------------

MAILBOX = VAR / "mailbox"  # in demo mode every mail is a file here, readable at /demo/mailbox/
SMTP_URL = os.environ.get("SMTP_URL", "")
if IN_PRODUCTION:
    SMTP_URL = environment.required(
        os.environ, "SMTP_URL", advice="Set it to smtp://user:password@host:587?tls=starttls."
    )
if SMTP_URL:
    MAILERS = {"default": environment.mailer(SMTP_URL, tls_demanded=IN_PRODUCTION)}
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(MAILBOX)},
        }
    }
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_MAIL_FROM", f"portal@{ALLOWED_HOSTS[0]}")
NEUTRAL_FROM_EMAIL = os.environ.get("PORTAL_NEUTRAL_FROM", f"post@{ALLOWED_HOSTS[0]}")  # to protected members
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL = os.environ.get("PORTAL_CONTACT", f"secretariat@{ALLOWED_HOSTS[0]}")  # shown to readers, who write to it

# --- Language and time -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["platform_portal.formats"]
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Logs --------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "platform_portal.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        **{name: {"level": "INFO"} for name in ("platform_portal", "members", "taskforces", "secretariat", "celery")},
    },
}
