"""The one settings file. Everything that differs between machines comes from the environment;
every variable is listed with its meaning in ``.env.sample``."""

import os
import secrets
from functools import partial
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)


def _own_secret(name: str) -> str:
    """A secret from the environment, or one made once and kept in VAR_DIR for one machine.

    Several machines must share it, so they set it; a machine alone needs no ceremony.
    """
    given = env.str(name, default="")
    if given:
        return given
    path = VAR_DIR / "secrets" / name.lower()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            # O_EXCL: web and worker starting together must not make two.
            with open(path, "x", opener=partial(os.open, mode=0o600)) as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
    return path.read_text().strip()


SECRET_KEY = _own_secret("SECRET_KEY")
RECEIPT_KEY = _own_secret("RECEIPT_KEY")  # receipts are HMACs under it: losing it loses them
SEALING_KEY = _own_secret("SEALING_KEY")  # contacts and addresses are sealed with it

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "Kiểm Tin"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
OPERATOR_NAME = env.str("OPERATOR_NAME", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "audit",
    "accounts",
    "channels",
    "intake",
    "factcheck",
    "web",
    "publishing",
    "public",
    "desk",
    "api",
    "demo",
    "ops",
]

MIDDLEWARE = [
    "web.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page of 24 KB travels as 5, also where no proxy compresses; random padding against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "web.middleware.VietnameseFirstMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.site",
            ],
        },
    },
]

# ---------------------------------------------------------------- database
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
_db = DATABASES["default"]
_db["ATOMIC_REQUESTS"] = False  # transactions are drawn in domain code, around one decision
if _db["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _db["OPTIONS"] = {
        "timeout": 20,
        # IMMEDIATE: a writer waits at BEGIN instead of failing in the middle.
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    _db["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    _db["CONN_HEALTH_CHECKS"] = True
    _db.setdefault("OPTIONS", {})
    _db["OPTIONS"].setdefault("connect_timeout", 3)
    _db["OPTIONS"].setdefault(
        "options", "-c statement_timeout=20s -c idle_in_transaction_session_timeout=60s"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------- cache, sessions
# In the database's sessions, no cache service: the request path depends on the database alone.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# ---------------------------------------------------------------- accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "handle")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "desk.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {  # the library's own forms in our words
    "login": "desk.sign_in.forms.LoginForm",
    "change_password": "desk.sign_in.forms.ChangePasswordForm",
    "set_password": "desk.sign_in.forms.SetPasswordForm",
    "reset_password": "desk.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "desk.sign_in.forms.ResetPasswordKeyForm",
    "reauthenticate": "desk.sign_in.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with an invitation to that address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # it would offer to sign up
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"
INVITATION_DAYS = 7
# Demo accounts share one printed password, so they exist only where this says so.
DEMO = env.bool("DEMO", default=False)
SESSION_COOKIE_AGE = 12 * 3600

# ---------------------------------------------------------------- language, time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "vendor"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# ---------------------------------------------------------------- files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"  # never served as a folder; views check and send
REPORT_MEDIA_PREFIX = "reports"
EVIDENCE_MEDIA_PREFIX = "evidence"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of form fields, files not counted
# Above the form's four, so that somebody who chooses ten pictures reads a sentence, not an error.
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# ---------------------------------------------------------------- intake
CONTACT_DAYS = 90  # a contact is deleted this long after it was given
OPINION_TEXT_DAYS = 14  # the text of an opinion, personal matter or spam is emptied after this
# Published notices that look like what someone is typing; intake itself knows no notices.
INTAKE_SUGGESTIONS = "factcheck.domain.duplicates.published_matches.published_matches"
# Read the words in screenshots, where the machine has tesseract with Vietnamese.
READ_PICTURES = env.bool("READ_PICTURES", default=True)

# ---------------------------------------------------------------- matching by meaning
# off, bundled (the extra "semantic"), or the address of an OpenAI-compatible service before
# /embeddings. Texts of reports go to that service: docs/production.md.
EMBEDDER = env.str("EMBEDDER", default="off").strip().rstrip("/") or "off"
EMBEDDER_MODEL = env.str("EMBEDDER_MODEL", default="text-embedding-3-small")
EMBEDDER_KEY = env.str("EMBEDDER_KEY", default="").strip()
EMBEDDER_QUERY_PREFIX = env.str("EMBEDDER_QUERY_PREFIX", default="")
EMBEDDER_PASSAGE_PREFIX = env.str("EMBEDDER_PASSAGE_PREFIX", default="")

# ---------------------------------------------------------------- evidence
# Fetch a page only when a checker asks; hosts inside the network are refused either way.
EVIDENCE_FETCH = env.bool("EVIDENCE_FETCH", default=True)
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024

# ---------------------------------------------------------------- queue
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
# Pictures wait for pictures only: a worker takes this queue when it is told to (--queues).
CELERY_TASK_ROUTES = {
    "intake.read_picture": {"queue": "ocr"},
    "intake.sweep_pictures": {"queue": "ocr"},
}
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = VAR_DIR / "broker"
    for _name in ("messages", "processed", "control"):
        (_queue / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # One folder for both: what web writes, the worker reads.
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
# Only for publishing from a request (channels.dispatch): a frozen broker costs half a second,
# once. A worker that waits for messages must not be cut off like that.
BROKER_PUBLISH_OPTIONS = {
    "max_retries": 0,  # of the connection; without it kombu tries for six seconds
    "socket_connect_timeout": 0.5,  # Redis
    "socket_timeout": 0.5,
    "connect_timeout": 0.5,  # RabbitMQ
    "read_timeout": 0.5,
    "write_timeout": 0.5,
}

# ---------------------------------------------------------------- mail
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Kiểm Tin <kiemtin@localhost>")
EMAIL_TIMEOUT = 10

# ---------------------------------------------------------------- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.StaffTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "api.schema.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "api.pagination.CursorPagination",
    "EXCEPTION_HANDLER": "api.errors.handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kiểm Tin API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DESCRIPTION": _(
        "Hand in reports, follow them, read published notices; with a staff token, the queue and "
        "its cases. Every error is a problem document (RFC 9457)."
    ),
    # Several fields are called status, kind or stage: each keeps a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "CaseStatusEnum": "factcheck.enums.CaseStatus",
        "VerdictEnum": "factcheck.enums.Rating",
        "VerdictStateEnum": "factcheck.enums.VerdictState",
        "VerdictKindEnum": "factcheck.enums.VerdictKind",
        "MatchStateEnum": "factcheck.enums.MatchState",
        "StageEnum": "intake.enums.Stage",
    },
}

# ---------------------------------------------------------------- security
_secure = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=_secure)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_HSTS_PRELOAD = _secure
# Nothing to other sites. Not "no-referrer": browsers then send "Origin: null" with every form,
# and the CSRF check refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_NAME = "__Host-sessionid" if _secure else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if _secure else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _secure
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # hops that set X-Forwarded-For
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = logging_config(
    json=env.bool("LOG_JSON", default=not DEBUG), level=env.str("LOG_LEVEL", default="INFO")
)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SITE_DESCRIPTION = _("Is this true? Reports checked against official sources.")
