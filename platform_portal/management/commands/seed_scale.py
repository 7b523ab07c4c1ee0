"""Fill a database with any number of made-up members, to see how the portal bears them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from members.actions import reference
from members.models import Membership, User
from platform_portal.demo import scale

MOST = 1_000_000


class Command(BaseCommand):
    """`manage.py seed_scale --members N`: nobody of them can sign in. Refused in production with members."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--members", type=int, required=True, help="How many people, 1 to 1,000,000.")
        parser.add_argument("--seed", type=int, default=2026, help="The same seed gives the same people.")

    def handle(self, *, members, seed, **options):
        if not 1 <= members <= MOST:
            raise CommandError(f"Say a number from 1 to {MOST}.")
        if settings.IN_PRODUCTION and Membership.objects.exists():
            raise CommandError("There are members already: made-up ones do not go among them.")
        if User.objects.filter(email__startswith=f"member-{seed}-", email__endswith="@scale.test").exists():
            raise CommandError("These people are there already. Another --seed gives others.")
        reference.load()
        for line in scale.fill(members=members, seed=seed):
            if options["verbosity"] > 1:
                self.stdout.write(line)
                self.stdout.flush()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"{members} members were written.")
