"""What all acts on an application share: locking it, counting its changes, freezing a version of it."""

from members.kernel.clock import database_now
from members.models import Application, ApplicationVersion
from members.queries import answers
from members.rules import applications as rules


def locked(application) -> Application:
    """The application, locked until the transaction ends, with what the rules ask about it."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("tier", "terms", "person", "applicant")
    return rows.get(pk=application.pk)


def locked_to_write(application) -> Application:
    """The application, locked, where its answers may change now. Raises Refused as `rules.ensure_may_write` does."""
    application = locked(application)
    rules.ensure_may_write(application.state)
    return application


def touch(application, *columns: str) -> None:
    """Count a change of a locked application, so that a page that was opened before it is known to be stale."""
    application.revision += 1
    application.saved_at = database_now()
    application.save(update_fields=["revision", "saved_at", *columns])


def freeze(application, *, by, at) -> ApplicationVersion:
    """Write down the working copy of a locked application as its next version."""
    number, held = application.versions.count() + 1, answers.contents(application)
    digest = rules.digest_of(
        number=application.number,
        version=number,
        tier=application.tier.short_name,
        terms=application.terms.version,
        holder_kind=application.holder_kind,
        **held,
    )
    return ApplicationVersion.objects.create(
        application=application, number=number, digest=digest, submitted_at=at, submitted_by=by, **held
    )
