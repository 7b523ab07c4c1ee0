"""What all acts on an application share: locking it, counting its changes, freezing a version of it."""

from members.actions.sealed_papers import keep_answers, split
from members.kernel.clock import database_now
from members.models import Application, ApplicationVersion
from members.permissions.protection import is_protected
from members.queries import answers
from members.queries.sealed import answers_of, sealed_answers
from members.rules import applications as rules


def locked(application) -> Application:
    """The application, locked until the transaction ends, with what the rules ask about it.

    Its answers are those that were typed, also where some are sealed: save them by `touch` alone.
    """
    rows = Application.objects.select_for_update(of=("self",))
    rows = rows.select_related("tier", "terms", "person", "applicant__protection__user")
    row = rows.get(pk=application.pk)
    row.answers = answers_of(row)
    return row


def locked_to_write(application) -> Application:
    """The application, locked, where its answers may change now. Raises Refused as `rules.ensure_may_write` does."""
    application = locked(application)
    rules.ensure_may_write(application.state)
    return application


def touch(application, *columns: str) -> None:
    """Count a change of a locked application, so that a page that was opened before it is known to be stale."""
    application.revision += 1
    application.saved_at = database_now()
    typed = application.answers
    if "answers" in columns and is_protected(application.applicant):
        keep_answers(application)
        columns = (*columns, "sealed_answers")
    application.save(update_fields=["revision", "saved_at", *columns])
    application.answers = typed


def freeze(application, *, by, at) -> ApplicationVersion:
    """Write down the working copy of a locked application as its next version."""
    number, held = application.versions.count() + 1, answers.contents(application)
    sealed = {}
    if is_protected(application.applicant):
        held["answers"], kept = split(held["answers"])
        sealed = {"sealed_answers": sealed_answers(application, kept)}
    digest = rules.digest_of(
        number=application.number,
        version=number,
        tier=application.tier.short_name,
        terms=application.terms.version,
        holder_kind=application.holder_kind,
        **held,
    )
    return ApplicationVersion.objects.create(
        application=application, number=number, digest=digest, submitted_at=at, submitted_by=by, **held, **sealed
    )
