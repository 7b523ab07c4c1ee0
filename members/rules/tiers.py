"""What a tier's terms ask of an applicant, by who is to hold the membership; and what terms must say to be terms."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from members.choices.applications import DocumentKind, HolderKind, Step
from members.kernel.refusals import Refused

ASKED_OF = {
    Step.SAFETY: HolderKind.PERSON,
    Step.ORGANISATION: HolderKind.ORGANISATION,
    Step.AFFILIATION: HolderKind.PERSON,
    Step.MENTOR: HolderKind.PERSON,
}
"""Pages of an application that make sense for one kind of holder only."""


def steps_asked(steps: list[str], *, holder_kind: str) -> list[str]:
    """The pages of an application by a person or an organisation, in the order of the tier's terms."""
    return [step for step in steps if ASKED_OF.get(step, holder_kind) == holder_kind]


def documents_asked(documents: list[dict], *, holder_kind: str) -> list[dict]:
    """The documents asked of a person or an organisation; one that names no holder is asked of both."""
    return [document for document in documents if document.get("holder", holder_kind) == holder_kind]


# --- What terms must say ------------------------------------------------------------------------------------------

SENTENCES = ("gives", "commitments", "criteria")
PAGES = frozenset(Step.values) - {Step.HOLDER}
"""Pages that terms may ask. Who is to hold the membership comes by itself, where the terms leave it open."""


def problems(terms: Mapping, *, rule_keys: Collection[str]) -> list[Refused]:
    """What is wrong with the terms of a tier, each naming its field. `terms` maps fields to values, all or some."""
    found = [_sentences(name, terms[name]) for name in SENTENCES if name in terms]
    checks = {"steps": _steps, "statements": _statements, "documents": _documents}
    found += [check(terms[name]) for name, check in checks.items() if name in terms]
    if "rule_key" in terms and terms["rule_key"] not in rule_keys:
        found.append(Refused(_("There is no decision rule of this key."), code="rule", field="rule_key"))
    if "term_months" in terms and not terms["term_months"]:
        found.append(Refused(_("A term lasts a month at least."), code="months", field="term_months"))
    return [problem for problem in found if problem]


def ensure_terms(terms: Mapping, *, rule_keys: Collection[str]) -> None:
    """Raises the first of `problems`."""
    for problem in problems(terms, rule_keys=rule_keys):
        raise problem


def ensure_newest(version: int, *, newest: int) -> None:
    """A new version is made from the newest, so that nothing between is lost. Raises Refused, code `stale`."""
    if version != newest:
        raise Refused(
            _("Version {newest} was made meanwhile. Open it, and change that one."), code="stale", newest=newest
        )


def ensure_changed(changes: Collection) -> None:
    """A version differs from the one before. Raises Refused, code `unchanged`."""
    if not changes:
        raise Refused(_("Nothing was changed, so there is no new version."), code="unchanged")


def _sentences(field: str, value) -> Refused | None:
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
        return Refused(_("Give a list of sentences."), code="sentences", field=field)
    return None


def _steps(value) -> Refused | None:
    wrong = _sentences("steps", value)
    if wrong:
        return wrong
    unknown = sorted(set(value) - PAGES)
    if unknown:
        sentence = _("There are no such pages: {unknown}.")
        return Refused(sentence, code="steps", field="steps", unknown=", ".join(unknown))
    if not value or len(set(value)) < len(value):
        return Refused(_("Name each page once, and one at least."), code="steps", field="steps")
    return None


def _statements(value) -> Refused | None:
    keys = [entry.get("key") for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
    whole = isinstance(value, list) and len(keys) == len(value)
    if not whole or not all(entry.get("key") and entry.get("label") for entry in value) or len(set(keys)) < len(keys):
        return Refused(
            _("Give a list of statements, each with a label and a key of its own."),
            code="statements",
            field="statements",
        )
    return None


def _documents(value) -> Refused | None:
    known = isinstance(value, list) and all(
        isinstance(entry, dict) and entry.get("kind") in DocumentKind.values for entry in value
    )
    return (
        None
        if known
        else Refused(_("Give a list of documents, each with a kind."), code="documents", field="documents")
    )
