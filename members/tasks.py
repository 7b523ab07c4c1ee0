"""The tasks of the ground floor. Each may run twice, late or not at all, and the next one makes up for it."""

from celery import shared_task

from members.actions import (
    accounts,
    ballots,
    directory,
    documents,
    downloads,
    erasures,
    factors,
    protection,
    rights,
    searches,
)
from members.kernel.clock import database_now


@shared_task
def close_due_ballots():
    """Write the closes that are due. Pages show a ballot as closed from its time on, whether or not this runs."""
    ballots.close_due()


@shared_task
def recompute_due_rights():
    """Let rights begin and end for those who make no request themselves; a request does the same before all else."""
    rights.recompute_due(now=database_now())


@shared_task
def follow_the_day():
    """Let people come into the directory and leave it on the day, and forget who was shown to whom the day before."""
    today = database_now().date()
    directory.reindex_due(on=today)
    directory.forget_old_counts(before=today)
    searches.forget_reading(before=today)


@shared_task
def purge_sessions():
    """Clear away sessions that are over."""
    accounts.purge_sessions()


@shared_task
def clear_unclaimed_files():
    """Delete the files that killed processes left without a document."""
    documents.clear_unclaimed()


@shared_task
def restore_due_factors():
    """Remove the second factors whose waiting time is over, and end the requests that nobody confirmed in time."""
    factors.carry_out_due()


@shared_task
def lower_due_protections():
    """Lower the protections whose waiting time is over, and seal what belongs to applications that have ended."""
    protection.lower_due()
    protection.put_away_ended()


@shared_task
def build_downloads():
    """Put together the downloads that were asked for, and delete those whose time is over."""
    downloads.clear_away()
    downloads.build_due()


@shared_task
def carry_out_erasures():
    """Erase whoever has waited long enough, and write the ledger outside the database."""
    erasures.carry_out_due()
