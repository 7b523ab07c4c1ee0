"""End the sessions of one user, or of everybody, from the machine itself: it needs the database and nothing else."""

from django.core.management.base import BaseCommand, CommandError

from members.actions import accounts
from members.models import User


class Command(BaseCommand):
    help = "Ends the sessions of a user (--email) or of everybody (--everybody). Their next request is a visitor's."

    def add_arguments(self, parser):
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--email", help="the e-mail address of one login")
        whose.add_argument("--everybody", action="store_true", help="all sessions there are")

    def handle(self, *, email, everybody, **options):
        if everybody:
            count = accounts.end_every_session(by=None)
        else:
            user = User.objects.by_email(email)
            if user is None:
                raise CommandError("There is no login with this address.")
            count = accounts.end_sessions(user=user, by=None)
        self.stdout.write(f"{count} sessions ended.")
