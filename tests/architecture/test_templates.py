"""What holds for every template: it compiles, carries nothing inline, escapes everything, and guards its forms."""

import re

import pytest
from django.template import engines

from tests.architecture.project import ROOT, templates, where

COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"""<script(?![^>]*\s(?:src=|type="application/json"))""", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off"),
    "a third-party address": re.compile(r"""(?:src|srcset|data-src)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
    "a physical side": re.compile(r"""\b(?:dir|align)\s*=\s*["'](?:left|right)""", re.IGNORECASE),
}
OUTSIDE = {("members/own_data/archive.html", "an inline style")}
"""What a page may carry that is read on somebody's own disk: nothing else reaches it there."""
POST_FORM = re.compile(r"""<form\b[^>]*\bmethod\s*=\s*["']post["'][^>]*>(.*?)</form>""", re.IGNORECASE | re.DOTALL)


def markup(path):
    return COMMENT.sub("", path.read_text())


def html_pages():
    """Templates for the browser: mails are HTML too, but follow the rules of mail programs."""
    return [path for path in templates() if path.suffix == ".html" and "emails" not in path.parts]


@pytest.mark.parametrize("path", templates(), ids=where)
def test_template_compiles(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


def test_nothing_forbidden_is_in_a_template():
    found = [
        f"{where(path)} has {name}"
        for path in html_pages()
        for name, form in FORBIDDEN.items()
        if form.search(markup(path)) and (str(path.relative_to(ROOT / "templates")), name) not in OUTSIDE
    ]
    assert not found


def test_every_form_that_posts_carries_its_token():
    bare = [
        where(path) for path in html_pages() for body in POST_FORM.findall(markup(path)) if "csrf_token" not in body
    ]
    assert not bare
