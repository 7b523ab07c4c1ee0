"""Pure decisions on the answers of an application: which questions are put, and what is wrong with an answer.

This is the one place that says whether a page is complete: the form shows what it finds, the task list counts by it,
and submission refuses by it. Answers are what was typed: a string, or a list of strings.
"""

import hashlib
import re
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from members.choices.applications import HolderKind, Relation, Risk, Standing, Step
from members.choices.questions import (
    FURTHER_LANGUAGES,
    QUESTIONS,
    ROWS_OF_AFFILIATION,
    TEXT_MOST,
    Question,
    Shape,
)
from members.kernel.lines import is_one_line
from members.kernel.refusals import Refused
from members.rules.chain import canonical
from members.rules.tiers import steps_asked

Values = Mapping[str, str | list[str]]

WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+"
)
"""A word between blanks, or one sign of a script that puts none between its words."""


def count_words(text: str) -> int:
    """How many words a text has. Chinese, Japanese, Thai and Lao signs count one each."""
    return len(WORD.findall(text))


def steps_of(steps: list[str], *, held_by: str, holder_kind: str) -> list[str]:
    """The pages of an application, in order, where the terms are `held_by` and the applicant chose `holder_kind`.

    Where the terms leave it open, the first page asks who is to be the member, and is all there is until then.
    """
    if held_by != HolderKind.EITHER:
        return steps_asked(steps, holder_kind=held_by)
    if holder_kind == HolderKind.EITHER:
        return [Step.HOLDER.value]
    return [Step.HOLDER.value, *steps_asked(steps, holder_kind=holder_kind)]


def questions_of(step: str, *, holder_kind: str, statements: list, commitments: list) -> tuple[Question, ...]:
    """The questions of a page. `statements` and `commitments` are those of the tier's terms."""
    if step == Step.STATEMENT:
        return tuple(
            Question(
                entry["key"],
                _(entry["label"]),
                Shape.TEXT,
                help=_(entry.get("help", "")),
                most=TEXT_MOST,
                words=entry.get("words", 0),
            )
            for entry in statements
        )
    if step == Step.COMMITMENTS:
        return tuple(
            Question(f"commitment_{number}", _(sentence), Shape.TICK)
            for number, sentence in enumerate(commitments, start=1)
        )
    return tuple(question for question in QUESTIONS[step] if question.holder in ("", holder_kind))


def basis_of(values: Values) -> str:
    """What a form carries to say on which saved answers it was filled: a short digest of them."""
    return hashlib.sha256(canonical(dict(values))).hexdigest()[:20]


def full_address(typed: str) -> str:
    """The address of a website as typed, with https:// before it where nothing stood."""
    return typed if not typed or "://" in typed else f"https://{typed}"


def problems(
    step: str, questions: Collection[Question], values: Values, options: Mapping[str, Collection[str]]
) -> list[Refused]:
    """What is wrong with the answers of a page, in the order of its questions; none if it is complete.

    `options` holds the codes of the lists the questions name. The code `missing` means that nothing was typed.
    """
    found = []
    for question in questions:
        value = values.get(question.name) or ([] if question.shape == Shape.SEVERAL else "")
        problem = _problem(question, value, options.get(question.options, ()))
        if problem:
            found.append(problem)
    found += TOGETHER.get(step, _nothing)(values)
    order = [question.name for question in questions]
    return sorted(found, key=lambda problem: order.index(problem.field))


def _missing(question: Question, sentence) -> Refused:
    return Refused(sentence, code="missing", field=question.name)


def _problem(question: Question, value, codes: Collection[str]) -> Refused | None:
    """What is wrong with one answer by itself."""
    if not value:
        return _missing(question, SENTENCES.get(question.shape, _("Answer this."))) if question.required else None
    check = CHECKS.get(question.shape)
    return check(question, value, codes) if check else None


SENTENCES = {
    Shape.CHOICE: _("Choose one."),
    Shape.LISTED: _("Choose from the list."),
    Shape.SEVERAL: _("Choose at least one."),
    Shape.TICK: _("Tick this to go on."),
}
"""What is said of an answer that is missing."""


def _length(question: Question, value: str, codes) -> Refused | None:
    if len(value) > question.most:
        return Refused(
            _("At most {most} characters; these are {count}."),
            code="too-long",
            field=question.name,
            most=question.most,
            count=len(value),
        )
    words = count_words(value)
    if question.words and words > question.words:
        return Refused(
            _("At most {most} words; these are {count}."),
            code="too-many-words",
            field=question.name,
            most=question.words,
            count=words,
        )
    return None


def _line(question: Question, value: str, codes) -> Refused | None:
    if not is_one_line(value):
        return Refused(
            _("Write this in one line, without signs that cannot be seen."), code="not-one-line", field=question.name
        )
    return _length(question, value, codes)


def _website(question: Question, value: str, codes) -> Refused | None:
    try:
        URLValidator(schemes=["http", "https"])(full_address(value))
    except ValidationError:
        return Refused(_("This is not the address of a website."), code="not-an-address", field=question.name)
    return _length(question, value, codes)


def _one_of(question: Question, value: str, codes) -> Refused | None:
    if value not in codes:
        return Refused(_("This is not in the list any more. Choose again."), code="not-listed", field=question.name)
    return None


def _some_of(question: Question, value: list[str], codes) -> Refused | None:
    if not set(value) <= set(codes):
        return Refused(_("Some of these are not in the list any more."), code="not-listed", field=question.name)
    if len(value) > question.most:
        return Refused(
            _("At most {most}; you chose {count}."),
            code="too-many",
            field=question.name,
            most=question.most,
            count=len(value),
        )
    return None


CHECKS = {
    Shape.LINE: _line,
    Shape.TEXT: _length,
    Shape.ADDRESS: _website,
    Shape.CHOICE: _one_of,
    Shape.LISTED: _one_of,
    Shape.SEVERAL: _some_of,
}


# --- What answers of a page say together --------------------------------------------------------------------------


def _nothing(values: Values) -> list[Refused]:
    return []


def _safety(values: Values) -> list[Refused]:
    if values.get("risk") == Risk.PERHAPS and not values.get("proceed"):
        return [
            Refused(
                _("Pause here and write to the Secretariat first, or say that you want to go on now."),
                code="missing",
                field="proceed",
            )
        ]
    return []


def named_organisations(values: Values) -> dict[str, str]:
    """The organisations an applicant says to belong to now, as typed, by the field they stand in."""
    if values.get("standing") != Standing.AFFILIATED:
        return {}
    fields = [f"organisation_{row}" for row in ROWS_OF_AFFILIATION]
    return {field: values[field] for field in fields if values.get(field)}


def without_organisations(values: Values, fields: Collection[str]) -> dict:
    """The answers on affiliations without the organisations in some fields, nor the positions in them.

    Where none is left, the applicant is independent.
    """
    rows = {field.removeprefix("organisation_") for field in fields}
    emptied = {f"{part}_{row}": "" for part in ("organisation", "position") for row in rows}
    kept = dict(values) | emptied
    return kept if named_organisations(kept) else kept | {"standing": Standing.INDEPENDENT.value}


def _affiliation(values: Values) -> list[Refused]:
    if values.get("standing") == Standing.AFFILIATED and not named_organisations(values):
        return [Refused(_("Name the organisation."), code="missing", field="organisation_1")]
    return []


def _expertise(values: Values) -> list[Refused]:
    if not values.get("languages") and not any(values.get(name) for name in FURTHER_LANGUAGES):
        return [Refused(_("Choose at least one language."), code="missing", field="languages")]
    return []


def _conflicts(values: Values) -> list[Refused]:
    if values.get("relation") == Relation.SOME and not values.get("details"):
        return [Refused(_("Say which relations, and with whom."), code="missing", field="details")]
    if values.get("relation") == Relation.NONE and (values.get("details") or values.get("seats")):
        return [Refused(_("You named relations below. Choose “Yes”, or remove them."), code="both", field="relation")]
    return []


TOGETHER = {
    Step.SAFETY: _safety,
    Step.AFFILIATION: _affiliation,
    Step.EXPERTISE: _expertise,
    Step.CONFLICTS: _conflicts,
}
