"""Put a login out of use at once, or bring it back, from the machine itself."""

from django.core.management.base import BaseCommand, CommandError

from members.actions import accounts
from members.kernel.refusals import Refused
from members.models import User


class Command(BaseCommand):
    """The way to stop somebody at once, whatever terms they hold: rights and sessions end with the login."""

    help = "Close a login: its rights and sessions end at once, and no way in works any more. Or open it again."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["close", "reopen"])
        parser.add_argument("email")

    def handle(self, *, act, email, **options):
        user = User.objects.by_email(email)
        if user is None:
            raise CommandError("There is no login with this address.")
        try:
            accounts.close_login(user=user, by=None) if act == "close" else accounts.reopen_login(user=user, by=None)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write("The login is out of use." if act == "close" else "The login is in use again.")
