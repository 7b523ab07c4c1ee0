"""What the project consists of, for the tests that read it: apps by floor, source files, templates."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From the ground up. Apps in one tuple are siblings: neither may know the other.
FLOORS = (("members",), ("taskforces",), ("secretariat",), ("platform_portal",))
APPS = tuple(app for floor in FLOORS for app in floor)
SOURCE_FOLDERS = (*APPS, "tests")


@cache
def python_files(*folders):
    """Hand-written Python files below some folders; migrations are written by a command."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def syntax(path):
    return ast.parse(path.read_text(), filename=str(path))


@cache
def templates():
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def app_of_template(path):
    """The app whose folder a template lies in, or None for shared ones."""
    parts = path.relative_to(ROOT / "templates").parts
    return next((part for part in parts[:-1] if part in APPS), None)


def is_above(app, other):
    """Whether an app may not be known to another: it is on a higher floor, or beside it."""
    height = {name: level for level, floor in enumerate(FLOORS) for name in floor}
    return app != other and height[app] >= height[other]


def where(path, line=None):
    """A place in the project as a test reports it."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{line}" if line else name
