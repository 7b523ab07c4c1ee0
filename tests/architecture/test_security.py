"""What the code never does, and what the settings say, whatever an installation's environment is."""

import ast
import json
import re
from importlib.metadata import version

import pytest
from django.forms import ModelForm
from django.urls import get_resolver

from platform_portal import settings as portal
from tests.architecture.project import APPS, ROOT, python_files, syntax, where

NEVER_IMPORTED = {
    "pickle": "builds any object it is told to",
    "marshal": "builds any object it is told to",
    "shelve": "is pickle with a file",
    "dill": "is pickle",
    "yaml": "builds any object unless told otherwise",
    "xml": "follows entities",
    "telnetlib": "is not encrypted",
    "ftplib": "is not encrypted",
}
NEVER_CALLED = {
    "eval": "runs what it is given",
    "exec": "runs what it is given",
    "raw": "is SQL by hand",
    "extra": "is SQL by hand",
    "RawSQL": "is SQL by hand",
    "csrf_exempt": "takes forms from anywhere",
}
CHANCE_IS_DRAWN_IN = {"platform_portal/demo"}
"""Where pseudo-random numbers do no harm: made-up people."""
MARKED_SAFE_IN = {"members/templatetags/portal.py": 1}
"""Where markup is declared safe, and how often: constants of ours."""


FLOORS = {"django": (6, 1, 3), "django-allauth": (65, 21, 1), "django-guardian": (3, 5, 2)}
"""Below these versions, faults of safety are known. Raise a floor with every such fix."""

WAYS_IN = {
    *("account_login", "account_signup", "account_inactive", "account_confirm_login_code", "mfa_authenticate"),
    *("mfa_login_webauthn", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_email", "account_email_verification_sent", "account_change_password", "account_set_password"),
    *("mfa_index", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn"),
    *("account_logout", "usersessions_list"),
}
"""Every address of signing in, proving who one is, and changing how; docs/adr/0006 says how strong each way is."""


def named(node):
    """What a call calls, or a decorator is."""
    return getattr(node, "id", getattr(node, "attr", ""))


def imports(path):
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_nothing_is_imported_that_builds_objects_from_strangers_bytes():
    found = [
        f"{where(path)} imports {name}, which {NEVER_IMPORTED[name.split('.')[0]]}"
        for path in python_files(*APPS)
        for name in imports(path)
        if name.split(".")[0] in NEVER_IMPORTED
    ]
    assert not found


def used(path):
    """What a module calls and decorates with, each with its line."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call):
            yield named(node.func), node.lineno
        yield from ((named(decorator), node.lineno) for decorator in getattr(node, "decorator_list", ()))


def test_nothing_is_called_that_goes_round_the_guards():
    found = [
        f"{where(path, line)} uses {name}, which {NEVER_CALLED[name]}"
        for path in python_files(*APPS)
        for name, line in used(path)
        if name in NEVER_CALLED
    ]
    assert not found


def test_no_secret_is_drawn_from_a_generator_that_can_be_predicted():
    found = [
        where(path)
        for path in python_files(*APPS)
        if "random" in imports(path) and not any(where(path).startswith(place) for place in CHANCE_IS_DRAWN_IN)
    ]
    assert not found


def test_markup_is_declared_safe_in_known_places_only():
    found = {}
    for path in python_files(*APPS):
        if calls := [name for name, _line in used(path) if name == "mark_safe"]:
            found[where(path)] = len(calls)
    assert found == MARKED_SAFE_IN


def test_sql_is_never_put_together_from_values():
    """Formatted strings in `execute` may hold constants of the code alone, and there is one: the name of a database."""
    found = [
        where(path)
        for path in python_files(*APPS)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and named(node.func) == "execute" and node.args
        if isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert found == ["platform_portal/mode_mark.py"]


def subclasses(cls):
    for below in cls.__subclasses__():
        yield below
        yield from subclasses(below)


def test_every_form_over_a_row_names_its_fields():
    get_resolver().url_patterns  # noqa: B018  imports every view, and with it every form
    ours = [form for form in subclasses(ModelForm) if form.__module__.split(".")[0] in APPS and form._meta.model]
    assert ours
    assert not [form for form in ours if not isinstance(form._meta.fields, list | tuple) or form._meta.exclude]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", False),
        ("CELERY_ACCEPT_CONTENT", ["json"]),
        ("CELERY_TASK_SERIALIZER", "json"),
        ("CELERY_WORKER_ENABLE_REMOTE_CONTROL", False),
        ("SESSION_ENGINE", "django.contrib.sessions.backends.db"),
        ("SESSION_COOKIE_HTTPONLY", True),
        ("CSRF_COOKIE_HTTPONLY", True),
        ("LANGUAGE_COOKIE_HTTPONLY", True),
        ("SECURE_CONTENT_TYPE_NOSNIFF", True),
        ("SECURE_REFERRER_POLICY", "no-referrer"),
        ("X_FRAME_OPTIONS", "DENY"),
        ("MEDIA_URL", ""),
    ],
)
def test_what_holds_in_every_mode(name, value):
    assert getattr(portal, name) == value


def test_passwords_are_hashed_by_argon2():
    assert portal.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_the_content_policy_has_no_hole():
    policy = {name: {str(source) for source in sources} for name, sources in portal.SECURE_CSP.items()}

    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == {"'none'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert policy["form-action"] == policy["connect-src"] == {"'self'"}
    assert not [source for sources in policy.values() for source in sources if "unsafe" in source or "*" in source]
    assert not [source for sources in policy.values() for source in sources if source.startswith("http")]


def test_no_password_or_key_stands_in_the_project():
    """The demo's password is public by intent; the key of `make check` signs nothing, and says so."""
    signs = ("BEGIN PRIVATE KEY", "BEGIN RSA PRIVATE", "AKIA", "ghp_", "xoxb-")
    here = ROOT / "tests" / "architecture" / "test_security.py"
    files = [
        path
        for folder in (*APPS, "scripts", "docs", "templates", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ".md", ".html", ".txt", ".toml", ".yml", ""} and path != here
    ]
    assert not [where(path) for path in files if any(sign in path.read_text(errors="replace") for sign in signs)]


def names_below(patterns):
    for entry in patterns:
        yield from names_below(entry.url_patterns) if hasattr(entry, "url_patterns") else [entry.name]


def test_no_way_of_signing_in_comes_with_an_update_unseen():
    accounts = [entry for entry in get_resolver().url_patterns if str(entry.pattern).startswith("accounts/")]
    assert set(names_below(accounts)) == WAYS_IN


@pytest.mark.parametrize("package", FLOORS)
def test_no_package_is_older_than_its_last_known_fault(package):
    assert tuple(int(part) for part in version(package).split(".")[:3]) >= FLOORS[package]


def test_every_package_that_is_installed_for_running_is_pinned_and_hashed():
    pins = (ROOT / "requirements" / "base.txt").read_text()
    names = re.findall(r"^([a-z0-9][\w.\[\]-]*)==", pins, re.MULTILINE)

    assert len(names) > 20
    assert not [
        block
        for block in re.split(r"^(?=[a-z0-9][\w.\[\]-]*==)", pins, flags=re.MULTILINE)[1:]
        if "--hash=sha256:" not in block
    ]


def test_scripts_keep_nothing_in_the_browser_and_run_no_text():
    scripts = "".join(path.read_text() for path in (ROOT / "static" / "js").glob("*.js"))
    assert not re.findall(
        r"localStorage|sessionStorage|indexedDB|document\.cookie|innerHTML|\beval\b|new Function", scripts
    )


def test_htmx_runs_no_text_keeps_no_pages_and_asks_nobody_else():
    base = (ROOT / "templates" / "base.html").read_text()
    said = json.loads(re.search(r"""name="htmx-config" content='([^']+)'""", base)[1])

    assert said["allowEval"] is said["allowScriptTags"] is False
    assert said["historyCacheSize"] == 0
    assert said["selfRequestsOnly"] is True
