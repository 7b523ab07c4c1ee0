"""Every sentence that is marked for translation is found by `makemessages`, and said in every language."""

import ast
import re

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tests.architecture.project import APPS, ROOT, python_files, syntax, templates, where

SOURCE = "django.utils.translation"
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("id",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("id", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "id")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "id", "plural")),
}
"""What `makemessages` looks for, by name alone, and what the arguments are."""
LANGUAGES = [code for code, _name in settings.LANGUAGES if not code.startswith("en")]
STRING = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
CALL = re.compile(rf"\b({'|'.join(CALLS)})\(({STRING}(?:, ?{STRING})*)")


def message(name, texts):
    """Context, sentence and plural of a call."""
    said = dict(zip(CALLS[name], texts, strict=False))
    return said.get("context"), said["id"], said.get("plural") or ""


def of_python(path):
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call) and (name := getattr(node.func, "id", "")) in CALLS:
            texts = [getattr(text, "value", None) for text in node.args[: len(CALLS[name])]]
            if len(texts) == len(CALLS[name]) and all(isinstance(text, str) for text in texts):
                yield message(name, texts)


def of_template(path):
    for name, texts in CALL.findall(templatize(path.read_text())):
        yield message(name, [ast.literal_eval(text) for text in re.findall(STRING, texts)])


def marked():
    """Every message of code and templates, with a place where it stands."""
    found = {}
    for path in python_files(*APPS):
        found |= dict.fromkeys(of_python(path), where(path))
    for path in templates():
        found |= dict.fromkeys(of_template(path), where(path))
    return found


def test_translating_goes_by_names_that_makemessages_knows():
    """Under another name, a sentence is marked in the code and reaches no catalogue."""
    unknown = [
        f"{where(path, node.lineno)} {name.name} as {name.asname}"
        for path in python_files(*APPS)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and node.module == SOURCE
        for name in node.names
        if name.asname and name.name in CALLS and CALLS.get(name.asname) != CALLS[name.name]
    ]
    assert not unknown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_in_every_language(language):
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    said = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue.translated_entries()}
    unsaid = [f"{place}: {words[1]}" for words, place in marked().items() if words not in said]
    assert not unsaid
