"""The settings as a process of its own meets them: production refuses to start half-configured."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "SECRET_KEY": "a-key-that-signs-nothing-5N1uYzPq83-WcVbT7-kLmD2rHs9XeGo4",
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
    "DATABASE_URL": "postgresql://portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "SMTP_URL": "smtp://localhost",
    "PORTAL_SEALING_KEYS": str(settings.BASE_DIR / "tests" / "factories" / "sealing-keys"),
}
SHOW = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'platform_portal.settings';"
    "from django.conf import settings as s;"
    "print(s.MODE, s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.SECURE_HSTS_SECONDS)"
)


PARTS = {
    "manage.py": ["manage.py", "check"],
    "web server": ["-c", "import platform_portal.wsgi"],
    "worker and beat": ["-c", "from platform_portal.celery import app; app.loader.import_default_modules()"],
}


def start(tmp_path, *, program=("-c", SHOW), **environment):
    """Run a program, or load the settings, in a fresh process with nothing but this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *program],
        cwd=settings.BASE_DIR,
        env=kept | {"PORTAL_VAR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", COMPLETE)
def test_production_does_not_start_without(name, tmp_path):
    environment = {key: value for key, value in COMPLETE.items() if key != name}

    refused = start(tmp_path, **environment)

    assert refused.returncode == 1
    assert f"ImproperlyConfigured: {name} is not set." in refused.stderr
    assert not list(tmp_path.iterdir())


def test_production_is_the_default_and_binds_its_cookies_to_the_host(tmp_path):
    started = start(tmp_path, **COMPLETE)

    assert started.stdout.split() == ["production", "__Host-session", "True", "__Host-csrf", "63072000"]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_finds_the_settings_by_itself(part, tmp_path):
    started = start(tmp_path, program=PARTS[part], **COMPLETE)

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(("process", "limit"), [("web", "statement_timeout=15000"), ("worker", "")])
def test_pages_give_up_on_slow_statements_and_workers_do_not(process, limit, tmp_path):
    show = "import platform_portal.settings as s; print(s.DATABASES['default']['OPTIONS']['options'])"
    started = start(tmp_path, program=("-c", show), PORTAL_PROCESS=process, **COMPLETE)

    assert ("statement_timeout" in started.stdout) == bool(limit)
    assert limit in started.stdout


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_public_logins_are_not_served_to_others(mode, tmp_path):
    refused = start(tmp_path, PORTAL_MODE=mode, ALLOWED_HOSTS="portal.example.org")

    assert refused.returncode == 1
    assert "ALLOWED_HOSTS names portal.example.org" in refused.stderr
    assert not (tmp_path / "servers").exists()
