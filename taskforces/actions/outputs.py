"""Putting out what a group has finished: proposed, with its authors asked, published, withdrawn."""

from django.db import transaction
from django.utils.text import slugify

from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.models import Person
from taskforces.actions.documents import locked as locked_document
from taskforces.choices import BylineState, OutputState
from taskforces.models import Output, OutputAuthor
from taskforces.queries.words import vector_of
from taskforces.rules import outputs as rules


def _free_slug(title: str) -> str:
    base = slugify(title)[:70].strip("-") or "output"
    taken = set(Output.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def propose(*, document, title, abstract, kind, licence, by, people=(), others=()) -> Output:
    """Propose that the newest version of a final document be published, and ask its authors whether to name them.

    `people` are persons of the platform, nobody protected among them; `others` names of outsiders.
    Raises Refused, code `not-final` or `proposed`.
    """
    document = locked_document(document)
    version = document.versions.first()
    is_proposed = Output.objects.filter(version=version).exists()
    rules.ensure_may_propose(status=document.status, is_proposed=is_proposed)
    output = Output.objects.create(
        slug=_free_slug(title),
        group=document.group,
        version=version,
        title=title,
        abstract=abstract,
        kind=kind,
        licence=licence,
        language=document.language,
        proposed_by=by,
    )
    output.topics.set(document.topics.all())
    _name_authors(output, people=people, others=others)
    Output.objects.filter(pk=output.pk).update(vector=vector_of(title, abstract, version.text))
    record(Verb.OUTPUT_PROPOSED, target=output, by=by)
    return output


def _name_authors(output, *, people, others) -> None:
    asked = Person.objects.filter(pk__in=[person.pk for person in people], protection__isnull=True).order_by("sort_key")
    rows = [OutputAuthor(person=person, state=BylineState.ASKED) for person in asked]
    rows += [OutputAuthor(name=name, state=BylineState.GIVEN) for name in others]
    for place, row in enumerate(rows, 1):
        row.output, row.place = output, place
    OutputAuthor.objects.bulk_create(rows)


@transaction.atomic
def answer_byline(*, byline, agrees, by, name="") -> OutputAuthor:
    """Say whether one's name stands on an output, and how it is written; now or at any time.

    Raises Refused, code `protected` or `no-name`.
    """
    byline = OutputAuthor.objects.select_for_update(of=("self",)).select_related("person").get(pk=byline.pk)
    if agrees:
        is_protected = Person.objects.filter(pk=byline.person_id, protection__isnull=False).exists()
        rules.ensure_may_be_named(is_protected=is_protected, name=name)
    byline.state = BylineState.GIVEN if agrees else BylineState.DECLINED
    byline.name, byline.answered_at = name if agrees else "", database_now()
    byline.save(update_fields=["state", "name", "answered_at"])
    record(Verb.OUTPUT_BYLINE, target=byline, by=by, agrees=agrees)
    return byline


def _locked(output, wanted: OutputState) -> Output:
    output = Output.objects.select_for_update(of=("self",)).select_related("group").get(pk=output.pk)
    rules.ensure_state(output.state, wanted)
    return output


@transaction.atomic
def publish(*, output, by) -> Output:
    """Put an output out for everybody. Authors who have not agreed are not named. Raises Refused, code `not-now`."""
    output = _locked(output, OutputState.PROPOSED)
    output.state, output.published_by, output.published_at = OutputState.PUBLISHED, by, database_now()
    output.save(update_fields=["state", "published_by", "published_at"])
    record(Verb.OUTPUT_PUBLISHED, target=output, by=by)
    return output


@transaction.atomic
def decline(*, output, reason, by) -> Output:
    """Do not publish what was proposed, and say why. Raises Refused, code `not-now` or `no-reason`."""
    return _close(_locked(output, OutputState.PROPOSED), OutputState.DECLINED, Verb.OUTPUT_DECLINED, reason, by)


@transaction.atomic
def withdraw(*, output, reason, by) -> Output:
    """Take a published output back: its page stays, and says so. Raises Refused, code `not-now` or `no-reason`."""
    return _close(_locked(output, OutputState.PUBLISHED), OutputState.WITHDRAWN, Verb.OUTPUT_WITHDRAWN, reason, by)


def _close(output, state, verb, reason, by) -> Output:
    rules.ensure_reason(reason)
    output.state, output.reason = state, reason.strip()
    output.closed_by, output.closed_at = by, database_now()
    output.save(update_fields=["state", "reason", "closed_by", "closed_at"])
    record(verb, target=output, by=by)
    return output


@transaction.atomic
def take_names_off(*, person) -> None:
    """Somebody is protected or erased from now on: their name stands on nothing any more."""
    OutputAuthor.objects.filter(person=person).update(name="", state=BylineState.DECLINED)
