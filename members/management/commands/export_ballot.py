"""Write a ballot out for those who want to check and recount it themselves."""

import json

from django.core.management.base import BaseCommand, CommandError

from members.models import Ballot
from members.queries.logs import export
from members.rules.chain import LogError


class Command(BaseCommand):
    """`manage.py export_ballot NUMBER > FILE`, for `scripts/recount.py`, which needs nothing of ours."""

    help = "Write the log, rule, roll and sheet of a ballot as JSON: identifiers only, no names and no reasons."

    def add_arguments(self, parser):
        parser.add_argument("number", help="the number of the ballot, such as SC-2026-014")

    def handle(self, *, number, **options):
        ballot = Ballot.objects.select_related("subject_type", "parent").filter(number=number).first()
        if ballot is None:
            raise CommandError(f"There is no ballot {number}.")
        try:
            exported = export(ballot)
        except LogError as error:
            raise CommandError(f"The log of {number} cannot be read: {error}") from error
        self.stdout.write(json.dumps(exported, indent=2, ensure_ascii=False, sort_keys=True))
