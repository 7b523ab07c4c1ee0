"""What is sealed is opened in few places, each for one of five reasons."""

import ast

from tests.architecture.project import APPS, python_files, syntax, where

OPENS = {
    "address_of",
    "answers_of",
    "answers_as_typed",
    "identity_of",
    "key_of",
    "messages_of",
    "open_bytes",
    "opened",
    "opened_file",
    "unseal",
    "version_answers_of",
    "written_by",
}
FROM = {"members.queries.sealed", "members.queries.correspondence", "members.kernel.sealing"}
ALLOWED = {
    # the person's own pages, and what they write, keep and take away
    "members/actions/documents.py",
    "members/actions/downloads.py",
    "members/actions/erasures.py",
    "members/actions/protection.py",
    "members/actions/referees.py",
    "members/actions/sealed_papers.py",
    "members/actions/writing.py",
    "members/queries/answers.py",
    "members/queries/own_data.py",
    "members/queries/own_history.py",
    "members/queries/people.py",
    "members/views/answers.py",
    "members/views/applications.py",
    "members/views/documents.py",
    "members/views/protection.py",
    "members/views/steps.py",
    # the two who write to each other
    "members/actions/correspondence.py",
    "members/queries/correspondence.py",
    "members/views/correspondence.py",
    # mails on their way to the person, and to those to whom the person wrote
    "secretariat/emails/contents.py",
    "secretariat/emails/mails.py",
    # what admission takes from an application
    "members/queries/applications.py",
    # the one look that two custodians agreed to
    "members/actions/custody.py",
}


def opening(path) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and node.module in FROM and OPENS & {name.name for name in node.names}
        for node in ast.walk(syntax(path))
    )


def test_what_is_sealed_is_opened_where_it_is_said_and_nowhere_else():
    assert {where(path) for path in python_files(*APPS) if opening(path)} == ALLOWED


WHOLE = {("members.kernel", "sealing"), ("members.queries", "sealed")}


def imports_whole(path) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and WHOLE & {(node.module, name.name) for name in node.names}
        for node in ast.walk(syntax(path))
    )


def test_nobody_imports_the_modules_of_seals_whole():
    """That would go round the list."""
    assert {where(path) for path in python_files(*APPS) if imports_whole(path)} == {"members/queries/sealed.py"}
