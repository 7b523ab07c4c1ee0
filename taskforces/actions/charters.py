"""Charters of working groups: written, handed in, put to the committee, released, commented on, adopted, abandoned.

**Locks.** As everywhere the ballot is locked before its subject (`members.actions.logs`), and a charter before its
group: so the acts below, and `actions.groups.step`, which ends a charter in preparation before it locks the group.
"""

from django.db import transaction
from django.db.models import Max

from members.actions import ballots
from members.audit import record
from members.choices.ballots import Verdict
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.numbers import next_number
from members.kernel.refusals import ensure_unchanged
from members.models import Ballot, Person
from members.queries.ballots import held
from taskforces.actions import steps
from taskforces.choices import IN_PREPARATION, CharterState, GroupState
from taskforces.models import Charter, CharterComment, CharterVersion, WorkingGroup
from taskforces.queries.charters import content_of, in_preparation, live_ballots
from taskforces.queries.seats import chairs_of
from taskforces.rules import charters as rules
from taskforces.rules import groups as of_groups

SERIES = "CH"
HANDED_IN = "Its charter is put to the steering committee, to be released for comment."
ADOPTED = "The steering committee adopted its charter ({number})."


def locked(key: int) -> Charter:
    """A charter, locked until the end of the act."""
    return Charter.objects.select_for_update(of=("self",)).select_related("group__kind").get(pk=key)


# --- Writing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def write(*, group, by, revision, **content) -> Charter:
    """Save the text of the charter in preparation; where there is none, begin one. `content` as the sections are named.

    Raises Refused, code `concluded`, `before-committee`, or `stale` where somebody else has saved meanwhile.
    """
    group = steps.locked(group) if in_preparation(group) is None else group
    waiting = in_preparation(group)
    charter = locked(waiting.pk) if waiting else None
    rules.ensure_writable(
        group_state=group.state,
        state=charter.state if charter else None,
        has_live_ballot=charter is not None and live_ballots(charter).exists(),
    )
    ensure_unchanged(saved=charter.revision if charter else 0, revision=revision)
    year = database_now().year
    charter = charter or Charter(group=group, started_by=by, number=f"{SERIES}-{year}-{next_number(SERIES, year):03d}")
    changed = [name for name, value in content.items() if getattr(charter, name) != value]
    for name, value in content.items():
        setattr(charter, name, value)
    charter.revision += 1
    charter.save()
    record(Verb.CHARTER_WRITTEN, target=charter, by=by, fields=sorted(changed))
    return charter


# --- Before the committee -----------------------------------------------------------------------------------------


@transaction.atomic
def hand_in(*, charter, by, comment_days=None) -> Charter:
    """Hand a charter in for its next ballot: to be released, or after the comments to be adopted. Its text is frozen.

    Raises Refused, code `no-such-step`, `comment-period`, `open-comments`, `comment-days`, or one of those of
    `rules.charters.ensure_complete`.
    """
    charter, now = locked(charter.pk), database_now()
    rules.ensure_can_be_handed_in(
        state=charter.state,
        comment_ends_at=charter.comment_ends_at,
        now=now,
        open_comments=charter.comments.open().count(),
    )
    rules.ensure_complete(content=content_of(charter), today=now.date())
    if comment_days is not None and charter.state == CharterState.DRAFT:
        rules.ensure_comment_days(comment_days)
        charter.comment_days = comment_days
    version = _frozen(charter, by=by)
    charter.state = rules.FORWARD[charter.state]
    charter.save(update_fields=["state", "comment_days"])
    record(Verb.CHARTER_HANDED_IN, target=charter, by=by, state=charter.state, version=version.number)
    group = steps.locked(charter.group)
    if group.state == GroupState.PROPOSED:
        steps.take(group, GroupState.IN_CHARTER, reason=HANDED_IN, by=by, at=now)
    return charter


def _frozen(charter: Charter, *, by) -> CharterVersion:
    """The version that says what the charter says now: the newest, or a further one where the text has changed."""
    content, newest = content_of(charter), charter.current_version
    if newest is not None and content_of(newest) == content:
        return newest
    number = (CharterVersion.objects.filter(group=charter.group_id).aggregate(last=Max("number"))["last"] or 0) + 1
    digest = rules.digest_of(number=charter.number, version=number, content=content)
    return CharterVersion.objects.create(
        charter=charter, group_id=charter.group_id, number=number, digest=digest, frozen_by=by, **content
    )


@transaction.atomic
def take_back(*, charter, by) -> Charter:
    """Take a charter back that no ballot is prepared or open on, so that it can be written at again.

    Raises Refused, code `no-such-step` or `live`.
    """
    charter = locked(charter.pk)
    rules.ensure_can_be_taken_back(state=charter.state, has_live_ballot=live_ballots(charter).exists())
    charter.state = rules.BACK[charter.state]
    charter.save(update_fields=["state"])
    record(Verb.CHARTER_TAKEN_BACK, target=charter, by=by, state=charter.state)
    return charter


@transaction.atomic
def put(*, charter, by) -> Ballot:
    """Prepare the ballot on a charter that was handed in; after a hold, the one repetition of the ballot that it held.

    Raises Refused, code `not-now`, `live`, `rule` or `once`.
    """
    before = held(Ballot.objects.about(charter)).order_by("-pk").first()
    return ballots.reballot(ballot=before, by=by) if before else ballots.prepare(subject=charter, by=by)


@transaction.atomic
def decide(*, ballot, decision) -> Charter:
    """Do what a decision says: release the charter for comment, bring it into force, or end it."""
    charter = locked(ballot.subject_id)
    if decision.verdict != Verdict.APPROVED:
        return _end(charter, CharterState.NOT_ADOPTED, Verb.CHARTER_NOT_ADOPTED, by=None, decision=decision.pk)
    version = charter.versions.get(number=ballot.subject_version)
    if charter.state == CharterState.RELEASE:
        return _release(charter, version)
    return _adopt(charter, version, decision)


def _release(charter: Charter, version: CharterVersion) -> Charter:
    now = database_now()
    charter.state, charter.released_version, charter.released_at = CharterState.COMMENT, version, now
    charter.comment_ends_at = rules.comment_ends_at(now, days=charter.comment_days)
    charter.save(update_fields=["state", "released_version", "released_at", "comment_ends_at"])
    record(Verb.CHARTER_RELEASED, target=charter, version=version.number)
    return charter


def _adopt(charter: Charter, version: CharterVersion, decision) -> Charter:
    Charter.objects.filter(group=charter.group_id, state=CharterState.ADOPTED).update(state=CharterState.SUPERSEDED)
    charter.state, charter.adopted_version, charter.decision = CharterState.ADOPTED, version, decision
    charter.adopted_on = decision.decided_at.date()
    charter.save(update_fields=["state", "adopted_version", "decision", "adopted_on"])
    record(Verb.CHARTER_ADOPTED, target=charter, version=version.number, decision=decision.pk)
    group, now = steps.locked(charter.group), database_now()
    begins = group.state in (GroupState.PROPOSED, GroupState.IN_CHARTER)
    if begins and chairs_of(group, on=now.date()).exists():
        reason = ADOPTED.format(number=decision.number)
        steps.take(group, GroupState.ACTIVE, reason=reason, by=None, at=now)
    return charter


def _end(charter: Charter, state, verb, *, by, reason="", **facts) -> Charter:
    charter.state, charter.ended_at, charter.end_reason = state, database_now(), reason.strip()
    charter.save(update_fields=["state", "ended_at", "end_reason"])
    record(verb, target=charter, by=by, **facts)
    return charter


@transaction.atomic
def abandon(*, charter, reason, by) -> Charter:
    """End a charter on its way and withdraw the ballot on it. Raises Refused, code `no-reason`, `over` or `live`."""
    of_groups.ensure_reason(reason)
    for ballot in live_ballots(charter):
        ballots.withdraw(ballot=ballot, by=by, reason=reason)
    charter = locked(charter.pk)
    rules.ensure_in_preparation(charter.state)
    rules.ensure_no_ballot(has_live_ballot=live_ballots(charter).exists())
    return _end(charter, CharterState.ABANDONED, Verb.CHARTER_ABANDONED, by=by, reason=reason)


def abandon_with(group: WorkingGroup, *, reason, by) -> None:
    """End what is in preparation for a group that is being concluded. Part of that act, before the group is locked."""
    for charter in Charter.objects.filter(group=group, state__in=IN_PREPARATION):
        abandon(charter=charter, reason=reason, by=by)


# --- Comments -----------------------------------------------------------------------------------------------------


@transaction.atomic
def comment(*, charter, person, text, by) -> CharterComment:
    """Say something to a released charter, in one's own name. Raises Refused, code `comments-closed` or `protected`."""
    charter = locked(charter.pk)
    rules.ensure_may_comment(
        state=charter.state,
        ends_at=charter.comment_ends_at,
        now=database_now(),
        is_protected=Person.objects.filter(pk=person.pk, protection__isnull=False).exists(),
    )
    written = CharterComment.objects.create(
        charter=charter, version=charter.released_version, person=person, text=text.strip()
    )
    record(Verb.CHARTER_COMMENTED, target=written, by=by)
    return written


@transaction.atomic
def dispose(*, comment, disposition, answer, by) -> CharterComment:
    """Say what became of a comment, and why; until the charter is handed in again it can be said anew.

    Raises Refused, code `no-answer`, `over` or `taken-away`.
    """
    rules.ensure_answer(answer)
    charter = locked(comment.charter_id)
    comment = CharterComment.objects.select_for_update(of=("self",)).select_related("person").get(pk=comment.pk)
    rules.ensure_may_dispose(state=charter.state, text=comment.text)
    comment.disposition, comment.answer = disposition, answer.strip()
    comment.disposed_by, comment.disposed_at = by, database_now()
    comment.save(update_fields=["disposition", "answer", "disposed_by", "disposed_at"])
    record(Verb.CHARTER_ANSWERED, target=comment, by=by, disposition=disposition)
    return comment


def take_away(*, person) -> None:
    """Somebody is protected or erased from now on: what they said to charters in their name goes. Part of that act."""
    CharterComment.objects.filter(person=person).exclude(text="").update(text="")
