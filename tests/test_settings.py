"""A missing or wrong value stops the start with a sentence that says what to do, and never shows a secret."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings_test import SCRATCH

ROOT = Path(__file__).parent.parent
KEY = base64.b64encode(b"thirty-two bytes for these tests").decode()
SECRET = "zq8" * 8 + "-correct-horse-battery-staple-0123456789"
FILLED_IN = SCRATCH / "support.toml"  # as a service has it that said whom people can turn to
SUPPORT = (ROOT / "apps/home/content/support.toml").read_text(encoding="utf-8")
FILLED_IN.write_text(SUPPORT.replace('how = ""', 'how = "Ask your manager."'), encoding="utf-8")
SERVICE = {
    "SECRET_KEY": SECRET,
    "KEEL_KEYS": f"k1:{KEY}",
    "KEEL_ORGANISATION": "Example Talking Therapies",
    "KEEL_CONTACT_EMAIL": "privacy@example.org",
    "KEEL_BASE_URL": "https://keel.example.org",
    "ALLOWED_HOSTS": "keel.example.org",
    "DATABASE_URL": "postgres://keel:pass%23word@db:5432/keel",
    "BROKER_URL": "redis://valkey:6379/0",
    "CACHE_URL": "redis://valkey:6379/1",
    "EMAIL_URL": "smtp+tls://keel:pass@mail:587",
    "DEFAULT_FROM_EMAIL": "Keel <keel@example.org>",
}
SETUP = [sys.executable, "-c", "import django; django.setup()"]


def start(command=SETUP, **environment):
    """Run `command` with nothing else in its environment."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def service(**changes):
    """The environment of a sound service with `changes`; None takes a value away."""
    return {
        name: value
        for name, value in ({**SERVICE, "KEEL_SUPPORT_FILE": str(FILLED_IN)} | changes).items()
        if value is not None
    }


def problems(done):
    """The sentences a refused start printed, and nothing else."""
    assert done.returncode == 1, done.stderr
    heading, *sentences = done.stderr.splitlines()
    assert heading == "Keel cannot start. Please mend this in its environment:"
    return [sentence.removeprefix("  - ") for sentence in sentences]


def test_start_of_a_sound_service_says_nothing():
    done = start(**service())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_start_of_the_embedded_run_needs_only_keys(tmp_path):
    done = start(KEEL_MODE="embedded", KEEL_VAR=str(tmp_path), SECRET_KEY=SECRET, KEEL_KEYS=f"k1:{KEY}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", SERVICE)
def test_start_without_a_value_names_it_and_says_what_to_set(name):
    (problem,) = problems(start(**service(**{name: None})))
    assert problem.startswith(f"{name} is not set. ")
    assert "Set it to " in problem


def test_start_with_nothing_set_lists_everything_at_once():
    assert [problem.split()[0] for problem in problems(start())] == list(SERVICE)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"KEEL_MODE": "production"}, "KEEL_MODE is 'production'. Set it to one of: service, embedded."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy to guess."),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too easy to guess."),
        ({"KEEL_KEYS": KEY}, "write each key as id:base64"),
        ({"KEEL_KEYS": "k1:c2hvcnQ="}, "'k1' is not 32 bytes"),
        ({"KEEL_KEYS": ",,"}, "KEEL_KEYS holds no key"),
        ({"KEEL_BASE_URL": "http://keel.example.org"}, "KEEL_BASE_URL starts with something else than: https:"),
        ({"KEEL_BASE_URL": "https://"}, "KEEL_BASE_URL names no host"),
        ({"KEEL_BASE_URL": "https://keel.example.org:https"}, "KEEL_BASE_URL has a host or port"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS holds '*'"),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS names nothing"),
        ({"KEEL_TRUSTED_PROXIES": "one"}, "KEEL_TRUSTED_PROXIES is 'one'. Set it to a whole number"),
        ({"KEEL_TRUSTED_PROXIES": "-1"}, "KEEL_TRUSTED_PROXIES is '-1'. Set it to a whole number"),
        ({"KEEL_TRUSTED_PROXIES": "²"}, "KEEL_TRUSTED_PROXIES is '²'. Set it to a whole number"),
        ({"KEEL_REPORT_HOURS": "a day"}, "KEEL_REPORT_HOURS is 'a day'. Set it to a whole number, for example 24."),
        ({"KEEL_REPORT_HOURS": "0"}, "KEEL_REPORT_HOURS is 0. Set it to a number from 1 to 168."),
        ({"KEEL_REPORT_HOURS": "169"}, "KEEL_REPORT_HOURS is 169. Set it to a number from 1 to 168."),
        ({"DATABASE_URL": "mysql://u:p@h/n"}, "DATABASE_URL starts with something else than: postgres:"),
        ({"DATABASE_URL": "postgres://keel:a#b@db/keel"}, "DATABASE_URL has a host or port that cannot be read"),
        ({"DATABASE_URL": "postgres://db:5432"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "DATABASE_URL"),
        ({"BROKER_URL": "amqp://guest@rabbit"}, "BROKER_URL starts with something else than: redis:"),
        ({"CACHE_URL": "locmemcache://"}, "CACHE_URL starts with something else than: redis:"),
        ({"EMAIL_URL": "consolemail://"}, "EMAIL_URL starts with something else than: smtp:"),
        ({"EMAIL_URL": "smtp://"}, "EMAIL_URL names no host"),
        ({"KEEL_SIGNUP": "everybody"}, "KEEL_SIGNUP is 'everybody'. Set it to one of: open, invitation, domains."),
        ({"KEEL_SIGNUP": "domains"}, "KEEL_SIGNUP_DOMAINS is empty"),
        ({"KEEL_SUPPORT_FILE": "/nowhere.toml"}, "KEEL_SUPPORT_FILE is '/nowhere.toml', and no file is there."),
    ],
)
def test_start_with_a_wrong_value_says_what_to_do(changes, says):
    (problem,) = problems(start(**service(**changes)))
    assert says in problem


def test_start_with_a_secret_in_a_file_reads_it(tmp_path):
    (tmp_path / "ring").write_text(f"k1:{KEY}\n")
    done = start(**service(KEEL_KEYS=None, KEEL_KEYS_FILE=str(tmp_path / "ring")))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "cannot be read (No such file"), (b"", "is an empty file"), (b"\xff\xfe", "(it is not text)")],
)
@pytest.mark.parametrize("name", ["SECRET_KEY", "KEEL_KEYS"])
def test_start_with_a_secret_file_that_cannot_be_used_says_so(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    (problem,) = problems(start(**service(**{name: None, f"{name}_FILE": str(tmp_path / "secret")})))
    assert problem.startswith(f"{name}_FILE ")
    assert says in problem


PLANTED = "hunter2planted"


@pytest.mark.parametrize(
    "changes",
    [
        {"SECRET_KEY": PLANTED},
        {"SECRET_KEY": None, "SECRET_KEY_FILE": PLANTED},
        {"KEEL_KEYS": PLANTED},
        {"KEEL_KEYS": f"k1:{PLANTED}"},
        {"KEEL_KEYS": f"k1={PLANTED}"},
        {"KEEL_KEYS": None, "KEEL_KEYS_FILE": f"k1:{PLANTED}"},
        {"DATABASE_URL": PLANTED},
        {"DATABASE_URL": f"{PLANTED}@db/keel"},
        {"DATABASE_URL": f"postgres://keel:{PLANTED}#x@db/keel"},
        {"DATABASE_URL": f"postgres://keel:{PLANTED}@db"},
        {"BROKER_URL": f"{PLANTED}@valkey"},
        {"BROKER_URL": f"redis://:{PLANTED}@valkey:x/0"},
        {"CACHE_URL": f"redis://:{PLANTED}@[valkey/0"},
        {"EMAIL_URL": f"keel:{PLANTED}@mail"},
        {"EMAIL_URL": f"smtp://keel:{PLANTED}@"},
    ],
)
def test_start_with_a_wrong_secret_never_prints_it(changes):
    done = start(**service(**changes))
    assert problems(done)
    assert PLANTED not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["gunicorn", "config.wsgi", "--bind", "127.0.0.1:0", "--workers", "2"],
        ["celery", "-A", "config.celery", "worker"],
        ["celery", "-A", "config.celery", "beat", "--schedule", "/dev/null"],
        ["django", "check"],
    ],
    ids=lambda command: " ".join(command[:4]),
)
def test_start_of_each_process_with_a_wrong_value_shows_the_sentence_and_ends(command):
    done = start([sys.executable, "-m", *command], **service(DATABASE_URL=None))
    (problem,) = problems(done)
    assert problem.startswith("DATABASE_URL is not set. ")


def test_security_check_of_a_sound_service_finds_nothing():
    check = ["check", "--deploy", "--tag", "security", "--fail-level", "INFO"]
    done = start([sys.executable, "manage.py", *check], **service())
    assert done.returncode == 0, done.stderr
    assert "System check identified no issues (0 silenced)." in done.stdout


def values_of(*names, **environment):
    code = f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    done = start([sys.executable, "-c", code], **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_service_sends_pages_that_nobody_can_frame_or_guess_the_kind_of():
    names = ("X_FRAME_OPTIONS", "SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_REFERRER_POLICY", "SESSION_COOKIE_SAMESITE")
    assert values_of(*names, **service()) == ["DENY", True, "same-origin", "Lax"]


def test_service_keeps_cookies_to_https_and_turns_every_visit_to_https():
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY")
    assert values_of(*names, **service()) == [True] * 4
    assert values_of("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", **service()) == ["__Host-sessionid", "__Host-csrftoken"]


@pytest.mark.parametrize(("proxies", "trusted"), [("0", False), ("1", True)])
def test_service_believes_a_proxy_about_https_only_when_told_that_there_is_one(proxies, trusted):
    code = "from config import settings; print(hasattr(settings, 'SECURE_PROXY_SSL_HEADER'))"
    assert start([sys.executable, "-c", code], **service(KEEL_TRUSTED_PROXIES=proxies)).stdout == f"{trusted}\n"


@pytest.mark.parametrize(("said", "hours"), [({}, 24), ({"KEEL_REPORT_HOURS": "72"}, 72)])
def test_reports_are_kept_for_as_long_as_the_service_says(said, hours):
    assert values_of("REPORT_KEPT_HOURS", **service(**said)) == [hours]


@pytest.mark.parametrize("mode", ["service", "embedded"])
def test_debug_is_off_in_every_mode(mode, tmp_path):
    assert values_of("DEBUG", **service(KEEL_MODE=mode, KEEL_VAR=str(tmp_path), DEBUG="1")) == [False]


def test_database_password_with_coded_signs_is_read_as_it_was_meant():
    (databases,) = values_of("DATABASES", **service())
    assert databases["default"]["PASSWORD"] == "pass#word"


def test_sqlite_waits_for_its_turn_and_forgets_what_is_deleted(tmp_path):
    (databases,) = values_of("DATABASES", **service(DATABASE_URL=f"sqlite:///{tmp_path}/keel.sqlite3"))
    options = databases["default"]["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert databases["default"]["CONN_MAX_AGE"] is None, "a connection for each request costs as much as most pages"
    assert {"journal_mode=WAL", "secure_delete=ON"} <= set(
        options["init_command"].removesuffix(";").replace("PRAGMA ", "").split("; ")
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("redis://valkey:6379/0", "redis://valkey:6379/0"),
        ("valkey://valkey:6379/0", "redis://valkey:6379/0"),
        ("valkeys://:valkey@valkey.example.org:6379/0", "rediss://:valkey@valkey.example.org:6379/0"),
    ],
)
def test_valkey_addresses_are_read_as_the_redis_ones_they_are_with_their_host_kept(written, read):
    broker, caches = values_of("BROKER_URL", "CACHES", **service(BROKER_URL=written, CACHE_URL=written))
    assert (broker, caches["default"]["LOCATION"]) == (read, read)
