"""Look at what is older than its retention period, and delete it if told to."""

from django.core.management.base import BaseCommand, CommandError

from members.choices.retention import Kept
from members.kernel.refusals import Refused
from members.rules.retention import Outlook
from secretariat.actions import retention


def line(found: Outlook) -> str:
    """One kind in one line: its name, how much is old, the share, and its period."""
    share = f"{found.percent:5.1f} %"
    return f"{found.kind:12} {found.old:7} of {found.total:7}  {share}  older than {found.days} days"


class Command(BaseCommand):
    """`manage.py retain`: prints what would go. With `--carry-out` it goes; exit 1 names what is refused."""

    help = "Delete what is older than its retention period. Without --carry-out, only look."

    def add_arguments(self, parser):
        parser.add_argument("--carry-out", action="store_true", help="delete; otherwise nothing changes")
        parser.add_argument(
            "--allow-more-than-five-percent",
            action="append",
            choices=Kept.values,
            default=[],
            metavar="KIND",
            help="delete of this kind however much is old; may be given several times",
        )

    def handle(self, *, carry_out, allow_more_than_five_percent, **options):
        if not carry_out:
            for found in retention.outlooks():
                held_up = "  refused unless asked for" if found.is_too_much else ""
                self.stdout.write(f"{line(found)}{held_up}")
            self.stdout.write("Nothing was deleted. --carry-out deletes.")
            return
        swept, refusals = retention.carry_out(asked_for=frozenset(map(Kept, allow_more_than_five_percent)))
        for found in swept:
            self.stdout.write(f"{line(found)}  deleted")
        self.say_refused(refusals)

    def say_refused(self, refusals: list[Refused]):
        if refusals:
            advice = "To delete them all the same: --allow-more-than-five-percent KIND"
            raise CommandError("\n".join([*(str(refused) for refused in refusals), advice]))
