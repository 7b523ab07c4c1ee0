"""Check every ballot: its chain, its log, its count, and what is kept beside the log."""

from django.core.management.base import BaseCommand, CommandError

from members.queries.logs import faults_of, missing_numbers, to_verify

AT_ONCE = 100


class Command(BaseCommand):
    """`manage.py verify_ballots`: exits with 0 and a count when all is right, with 1 and what is not otherwise."""

    help = "Re-hash the log of every ballot, replay and recount it, and compare it with what is kept beside it."

    def handle(self, **options):
        found, checked = [f"{number}: there is no ballot of this number" for number in missing_numbers()], 0
        for ballot in to_verify().order_by("pk").iterator(chunk_size=AT_ONCE):
            if any(faults_of(ballot)):
                # Somebody may have voted between two statements, so what is wrong is looked at once more.
                found += [f"{ballot.number}: {fault}" for fault in faults_of(to_verify().get(pk=ballot.pk))]
            checked += 1
        if found:
            raise CommandError("\n".join([f"{checked} ballots checked; this is not right:", *found]))
        self.stdout.write(f"{checked} ballots checked: all right.")
