"""All of Keel's settings: safe for a service unless KEEL_MODE says `embedded`, as `./dev` does.

Everything that differs between places comes from the environment; `.env.example` explains each name.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from apps.core.keyring import KeyRing
from config.access import ACCESS as ACCESS  # a setting: what every address asks
from config.environment import Environment
from config.labels import FIELD_LABELS as FIELD_LABELS  # a setting: what people saw above what they typed
from config.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE  # a setting: what beat asks for, and when

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("KEEL_VAR", str(BASE_DIR / "var")))
EMBEDDED = env.one_of("KEEL_MODE", ("service", "embedded"), "service") == "embedded"
DEBUG = False  # never: Django's debug pages print people's words


def only_embedded(value: str) -> str | None:
    """A default for the embedded run; a service must say for itself."""
    return value if EMBEDDED else None


# --- Keys ---
SECRET_KEY = env.secret("SECRET_KEY", why="Set it to at least 50 random characters.")
if SECRET_KEY and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10):
    env.problems.append("SECRET_KEY is too easy to guess. Set it to at least 50 random characters.")
KEY_RING = KeyRing.parse(
    env.secret("KEEL_KEYS", why="Set it to 'k1:' and 32 random bytes in base64: the key that seals people's words."),
    problems=env.problems,
)

# --- Where Keel is, and what it is called ---
SERVICE_NAME = env.text("KEEL_SERVICE_NAME", "Keel")
SERVICE_ORGANISATION = env.text("KEEL_ORGANISATION", only_embedded("Your organisation"), why="Set it to who runs Keel.")
CONTACT_EMAIL = env.text(
    "KEEL_CONTACT_EMAIL", only_embedded("keel@localhost"), why="Set it to where people can ask about their data."
)
BASE_URL = env.url(
    "KEEL_BASE_URL",
    only_embedded("http://localhost:8000"),
    schemes=("http", "https") if EMBEDDED else ("https",),
    why="Set it to the address people open, for example https://keel.example.nhs.uk.",
).rstrip("/")
ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS", only_embedded("localhost,127.0.0.1,[::1]"), why="Set it to the host names people open."
)
if "*" in ALLOWED_HOSTS:
    env.problems.append("ALLOWED_HOSTS holds '*', which lets anybody choose the links in mails. Name the hosts.")
TRUSTED_PROXIES = env.whole_number("KEEL_TRUSTED_PROXIES", 0)
SUPPORT_FILE = env.file("KEEL_SUPPORT_FILE", BASE_DIR / "apps/home/content/support.toml")

ROOT_URLCONF, WSGI_APPLICATION = "config.urls", "config.wsgi.application"
INSTALLED_APPS = [
    "apps.core",
    "apps.accounts",
    "apps.coping",
    "apps.values",
    "apps.journal",
    "apps.supervision",
    "apps.reports",
    "apps.home",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.core.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.accounts.middleware.AccessTable",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["apps.core.templatetags.page"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context.service",
            ],
        },
    }
]
FORM_RENDERER = "apps.core.forms.NHSFormRenderer"

# --- Database, broker, cache ---
DATABASE_URL = env.url(
    "DATABASE_URL",
    only_embedded(f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
    schemes=("postgres", "postgresql", "sqlite"),
    why="Set it to postgres://user:password@host:5432/name.",
)
DATABASES = {"default": env.parsed(environ.Env.db_url_config, "DATABASE_URL", DATABASE_URL)}
if DATABASE_URL and DATABASES["default"].get("NAME", "") in ("", ":memory:"):
    env.problems.append("DATABASE_URL names no database. End it with a name, for example postgres://.../keel.")
if DATABASE_URL.startswith("sqlite"):
    # Django's defaults lose concurrent writes to "database is locked"; these lose none (decision 0002).
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
        "PRAGMA cache_size=-16000;",  # KiB
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None  # to open one costs as much as most pages; `empty_log` erases
else:
    DATABASES["default"] |= {
        "OPTIONS": {**DATABASES["default"].get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 4, "timeout": 10}},
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }

BROKER_URL = env.url(
    "BROKER_URL",
    only_embedded("filesystem://"),
    schemes=("redis", "rediss", "valkey", "valkeys", "filesystem"),
    why="Set it to redis://host:6379/0.",
)
CACHE_URL = env.url(
    "CACHE_URL",
    only_embedded(f"filecache://{VAR_DIR / 'cache'}"),
    schemes=("redis", "rediss", "valkey", "valkeys", "filecache"),
    why="Set it to redis://host:6379/1. Sign-in limits need a cache that every web process shares.",
)
CACHES = {"default": env.parsed(environ.Env.cache_url_config, "CACHE_URL", CACHE_URL)}

CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    "socket_connect_timeout": 0.5,  # seconds
    "socket_timeout": 5,
    "visibility_timeout": 3600,
}
if BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT = "config.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "queue"),
        "data_folder_out": str(VAR_DIR / "broker" / "queue"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "polling_interval": 0.02,  # seconds; kombu's default looks once a second
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # the row is the job: a missed message is sent again by the sweep
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD, CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500, 350_000  # KiB
CELERY_TASK_TIME_LIMIT = 120  # seconds; a report's lease is longer
CELERY_TIMEZONE = "Europe/London"

# --- Mail ---
EMAIL_URL = env.url(
    "EMAIL_URL",
    only_embedded(f"filemail://{VAR_DIR / 'mail'}"),
    schemes=("smtp", "smtps", "smtp+tls", "smtp+ssl", "submission", "filemail"),
    why="Set it to smtp+tls://user:password@host:587.",
)
mail = env.parsed(environ.Env.email_url_config, "EMAIL_URL", EMAIL_URL)
globals().update({name: value for name, value in mail.items() if name.startswith("EMAIL_")})
if EMAIL_URL.startswith("filemail"):
    EMAIL_FILE_PATH = EMAIL_URL.removeprefix("filemail://")  # the parser would make it relative to this folder
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", only_embedded("Keel <keel@localhost>"), why="Set it to the sender that people will see."
)

# --- Accounts (django-allauth) ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "apps.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "apps.accounts.passwords.NotCommon"},
    {"NAME": "apps.accounts.passwords.NotAboutYou", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "apps.accounts.passwords.NotAboutTheWork"},
]
SIGNUP = env.one_of("KEEL_SIGNUP", ("open", "invitation", "domains"), "open" if EMBEDDED else "invitation")
SIGNUP_DOMAINS = [domain.lower().lstrip("@") for domain in env.names("KEEL_SIGNUP_DOMAINS", "")]
if SIGNUP == "domains" and not SIGNUP_DOMAINS:
    env.problems.append("KEEL_SIGNUP is 'domains' but KEEL_SIGNUP_DOMAINS is empty. Name them, such as nhs.net.")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home:home"
ACCOUNT_ADAPTER = "apps.accounts.adapter.KeelAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {  # allauth's forms in Keel's words
    name: f"apps.accounts.forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "signup": "SignupForm",
        "add_email": "AddEmailForm",
        "reauthenticate": "ReauthenticateForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
    }.items()
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # all other sessions end: their hash of the password no longer fits
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the old one counts until the new one is confirmed
ACCOUNT_SESSION_REMEMBER = False  # NHS computers are shared
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme or "https"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24  # seconds

# --- Sessions, cookies, headers ---
SESSION_COOKIE_AGE, SESSION_EXPIRE_AT_BROWSER_CLOSE = 60 * 60 * 12, True  # seconds
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would outlive the sign-in
CSRF_COOKIE_HTTPONLY = False  # autosave reads the new token after signing in again in another tab
CSRF_FAILURE_VIEW = "apps.accounts.rescue.csrf_failed"
if not EMBEDDED:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked inside the private network, over plain HTTP
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "require-trusted-types-for": ["'script'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes: more than every text of a form at its longest, in any script
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # a long summary asks about each thing that may identify somebody

# --- Language and time ---
LANGUAGE_CODE, TIME_ZONE = "en-gb", "Europe/London"

# --- Static files: NHS.UK's are copied to VAR at set-up, ours lie in static/ ---
STATIC_URL, STATIC_ROOT = "static/", VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", VAR_DIR / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "apps.core.assets.Assets"},
}

# --- Reports ---
REPORT_KEPT_HOURS = env.whole_number("KEEL_REPORT_HOURS", 24, within=range(1, 169))  # a finished PDF is there so long
REPORT_SENT_AGAIN_SECONDS = 10  # a message that no worker took by then is taken for lost
REPORT_LEASE_SECONDS = 150  # longer than CELERY_TASK_TIME_LIMIT: a worker that lives never loses its report

# --- Logging: ids, counts and lengths, never words ---
DEFAULT_EXCEPTION_REPORTER_FILTER = "apps.core.logs.NoWordsFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "apps.core.logs.WordlessFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server", "celery")},
        **{name: {"level": "ERROR"} for name in ("fontTools", "weasyprint")},
    },
}

env.stop_on_problems()
