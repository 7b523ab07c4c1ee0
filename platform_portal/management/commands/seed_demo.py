"""Fill an empty database with the demo's world, once."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from platform_portal.demo.seed import story


class Command(BaseCommand):
    """`manage.py seed_demo`: play the demo's story, unless it was played before. Refuses in production."""

    help = __doc__

    def handle(self, **options):
        if not (settings.IN_DEMO or settings.IN_TEST):
            raise CommandError(
                "The demo's people are made up and their password is known to everyone: set PORTAL_MODE=demo."
            )
        if story.was_played():
            self.stdout.write("The demo's world is there.")
            return
        self.stdout.write("Playing the demo's story, twenty months in half a minute …")
        self.stdout.flush()
        story.play()
        self.stdout.write("The demo's world is ready.")
