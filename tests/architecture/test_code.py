"""House rules on code that no linter knows."""

import ast
import re

import pytest
from django.db.migrations.loader import MigrationLoader

from platform_portal.celery import app as celery
from tests.architecture.project import APPS, ROOT, SOURCE_FOLDERS, python_files, syntax, templates, where

LONGEST_FILE, LONGEST_TEST_FILE = 400, 600
LONGEST_FUNCTION, LONGEST_VIEW = 60, 25
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|(?i:lorem ipsum|coming soon)")
MODEL_SIGNALS = ("pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init")
IMPURE = (
    *(
        "django.conf",
        "django.contrib",
        "django.db",
        "django.http",
        "django.shortcuts",
        "django.template",
        "django.urls",
    ),
    *("django.utils.timezone", "os", "pathlib", "random", "secrets", "socket", "subprocess", "time"),
)
REGISTRY = re.compile(r"index-url|find-links|https?://(?!localhost)")
GATHERING = ("models", "urls", "admin", "tasks")
LOCK_FILES = ("uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "pdm.lock")


def functions(path):
    return [node for node in ast.walk(syntax(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node):
    return node.end_lineno - node.lineno + 1


def is_view(path, node):
    first = node.args.args[0].arg if node.args.args else ""
    return "views" in path.relative_to(ROOT).with_suffix("").parts and first == "request"


def test_files_are_short_enough_to_read():
    long = [
        f"{where(path)} has {lines} lines"
        for path in python_files(*SOURCE_FOLDERS)
        if (lines := len(path.read_text().splitlines()))
        > (LONGEST_TEST_FILE if path.is_relative_to(ROOT / "tests") else LONGEST_FILE)
    ]
    assert not long


def test_functions_are_short_enough_to_see_whole():
    long = [
        f"{where(path, node.lineno)} {node.name} has {length(node)} lines"
        for path in python_files(*APPS)
        for node in functions(path)
        if length(node) > (LONGEST_VIEW if is_view(path, node) else LONGEST_FUNCTION)
    ]
    assert not long


def test_every_refusal_has_a_sentence():
    calls = [
        where(path, node.lineno)
        for path in python_files(*APPS)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        if not node.args
    ]
    assert not calls


def test_nothing_is_left_for_later():
    here = ROOT / "tests" / "architecture" / "test_code.py"
    files = [*python_files(*SOURCE_FOLDERS), *templates(), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    unfinished = [where(path) for path in files if path != here and UNFINISHED.search(path.read_text())]
    assert not unfinished


def test_no_receiver_hangs_on_saving():
    hooked = [
        where(path, node.lineno)
        for path in python_files(*APPS)
        for node in ast.walk(syntax(path))
        if getattr(node, "id", getattr(node, "attr", "")) in MODEL_SIGNALS
    ]
    assert not hooked


def imported_modules(path):
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno


def test_rules_are_pure():
    """No ORM, no clock, no request: rules are handed what they decide on."""
    impure = [
        f"{where(path, line)} imports {name}"
        for app in APPS
        for path in python_files(app)
        if "rules" in path.relative_to(ROOT / app).with_suffix("").parts[:1]
        for name, line in imported_modules(path)
        if any(name == module or name.startswith(f"{module}.") for module in IMPURE)
    ]
    assert not impure


def test_there_are_no_lock_files():
    assert not [name for name in LOCK_FILES if (ROOT / name).exists()]


def test_no_file_names_a_registry():
    files = [*(ROOT / "requirements").glob("*"), *(ROOT / name for name in ("pyproject.toml", "Dockerfile"))]
    assert not [where(path) for path in files if REGISTRY.search(path.read_text())]


@pytest.mark.parametrize("app", APPS)
def test_every_app_has_one_line_of_migrations(app):
    graph = MigrationLoader(connection=None).graph
    assert len(graph.leaf_nodes(app)) <= 1


def test_every_scheduled_task_exists():
    celery.loader.import_default_modules()
    scheduled = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    assert scheduled <= set(celery.tasks)


def test_only_the_models_package_gathers_names():
    """A reader finds a thing in the module that is named after it. URLs, admin and
    tasks are joined for Django and Celery to find."""
    gathering = [
        where(path)
        for app in APPS
        for path in python_files(app)
        if path.name == "__init__.py"
        and path.parent.name not in GATHERING
        and any(isinstance(node, ast.ImportFrom) for node in syntax(path).body)
    ]
    assert not gathering
