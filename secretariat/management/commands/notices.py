"""For operators: hold mails back after a restore, let them go, try one again, and see how they stand."""

from django.core.management.base import BaseCommand, CommandError

from secretariat.actions import notices
from secretariat.queries import delivery_status


class Command(BaseCommand):
    help = "Show how the mails of notices stand; hold them back, let them go, or try one again."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act")
        acts.add_parser("status", help="show how many wait, are held, uncertain or dead (the default)")
        acts.add_parser("hold", help="hold back every mail that waits, as after restoring a backup")
        acts.add_parser("release", help="let held mails leave, marked as perhaps not the first")
        again = acts.add_parser("again", help="send a dead or uncertain mail once more, marked")
        again.add_argument("public_id")

    def handle(self, *args, act=None, public_id=None, **options):
        if act == "hold":
            self.stdout.write(f"{notices.hold_waiting()} held.")
        elif act == "release":
            self.stdout.write(f"{notices.let_go()} released.")
        elif act == "again":
            self.try_again(public_id)
        else:
            self.show()

    def try_again(self, public_id):
        if not notices.try_again(public_id=public_id):
            raise CommandError("There is no dead or uncertain notice of this identifier whose text can be built again.")
        self.stdout.write("It will be sent again.")

    def show(self):
        status = delivery_status()
        since = f" (oldest from {status.oldest_pending_at:%Y-%m-%d %H:%M} UTC)" if status.oldest_pending_at else ""
        self.stdout.write(f"waiting {status.pending}{since}, held {status.held}")
        self.stdout.write(f"uncertain {status.uncertain}, dead {status.dead}")
