"""What the documents name exists: variables, tests, commands, files; and they link to nothing that is gone."""

import ast
import re

import pytest
from django.core.management import get_commands

from tests.architecture.project import ROOT, syntax, where

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
TEST = re.compile(r"`(?:tests/)?([\w/]+\.py)::([\w.\[\]-]+)`")
COMMAND = re.compile(r"\bmanage\.py ([a-z_]+)")
PATH = re.compile(
    r"`((?:docs|members|taskforces|secretariat|platform_portal|templates|static|tests|scripts|requirements)/[\w./-]+)`"
)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def slug(heading):
    """The anchor of a heading, as renderers of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=where)
def test_links_lead_somewhere(page):
    broken = []
    for target, anchor in LINK.findall(page.read_text()):
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and anchor not in map(slug, HEADING.findall(path.read_text()))):
            broken.append(f"{target}#{anchor}")
    assert not broken


def functions_in(path):
    """The names of test functions and of classes, with methods as `Class.method`."""
    for node in syntax(path).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield node.name
            yield from (f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES, ids=where)
def test_tests_that_are_named_exist(page):
    missing = []
    for file, name in TEST.findall(page.read_text()):
        path = ROOT / "tests" / file
        if not path.exists() or name not in set(functions_in(path)):
            missing.append(f"{file}::{name}")
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=where)
def test_files_and_commands_that_are_named_exist(page):
    text = page.read_text()
    assert not [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    assert not [name for name in COMMAND.findall(text) if name not in get_commands()]


def variables():
    """Every variable of the environment that the portal reads: a call that has the environment in it, and a name."""
    for name in ("settings.py", "environment.py"):
        for node in ast.walk(syntax(ROOT / "platform_portal" / name)):
            if isinstance(node, ast.Call) and "environ" in ast.unparse(node):
                words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                yield from (word for word in words if re.fullmatch(r"[A-Z][A-Z_]{3,}", str(word)))


def test_every_variable_is_explained_to_operators():
    guide = (ROOT / "docs" / "guides" / "operator.md").read_text()

    assert {"SECRET_KEY", "PORTAL_MODE", "SMTP_URL", "PORT"} <= set(variables())
    assert not [name for name in variables() if f"| `{name}` |" not in guide]
