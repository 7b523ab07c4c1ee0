"""Two leaks between floors that the import linter cannot see: reverse relations, and links."""

import ast
import re

import pytest
from django.apps import apps
from django.urls import get_resolver

from tests.architecture.project import APPS, app_of_template, is_above, python_files, syntax, templates, where

REVERSING = ("reverse", "reverse_lazy", "redirect", "resolve_url")
URL_TAG = re.compile(r"""{%\s*url\s+['"]([\w:-]+)['"]""")


def relations_added_from_above(app):
    """The names that models of upper apps have put on this app's models: accessors and query names."""
    from_above, own = set(), set()
    for model in apps.get_app_config(app).get_models():
        own |= {field.name for field in model._meta.local_fields}
        for relation in model._meta.related_objects:
            other = relation.related_model._meta.app_label
            names = {relation.get_accessor_name(), relation.name}
            if other in APPS and is_above(other, app):
                from_above |= names
            else:
                own |= names
    return from_above - own - {None}


def words_of_code(path):
    """Attribute names and lookups of a module, each with its line."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg.split("__")[0], node.value.lineno


@pytest.mark.parametrize("app", APPS)
def test_no_app_walks_a_relation_that_an_upper_app_added(app):
    forbidden = relations_added_from_above(app)
    leaks = [
        f"{where(path, line)} uses {word}"
        for path in python_files(app)
        for word, line in words_of_code(path)
        if word in forbidden
    ]
    for path in (path for path in templates() if app_of_template(path) == app):
        leaks += [
            f"{where(path)} uses {word}" for word in re.findall(r"\.(\w+)", path.read_text()) if word in forbidden
        ]
    assert not leaks


def url_names(resolver=None, prefix=""):
    """Every URL name of our own apps, with the app that answers it."""
    found = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found |= url_names(entry, inner)
        elif entry.name and entry.callback.__module__.split(".")[0] in APPS:
            found[prefix + entry.name] = entry.callback.__module__.split(".")[0]
    return found


def links_in_code(path):
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in REVERSING:
                yield node.args[0].value, node.lineno


@pytest.mark.parametrize("app", APPS)
def test_no_app_links_to_an_address_of_an_upper_app(app):
    forbidden = {name for name, owner in url_names().items() if is_above(owner, app)}
    leaks = [
        f"{where(path, line)} links to {name}"
        for path in python_files(app)
        for name, line in links_in_code(path)
        if name in forbidden
    ]
    for path in (path for path in templates() if app_of_template(path) == app):
        leaks += [f"{where(path)} links to {name}" for name in URL_TAG.findall(path.read_text()) if name in forbidden]
    assert not leaks
