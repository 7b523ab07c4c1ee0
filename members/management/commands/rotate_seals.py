"""Wrap the keys of protected members, and of what they write, by the newest sealing key: an old one can then go."""

from django.core.management.base import BaseCommand

from members.actions import correspondence, protection


class Command(BaseCommand):
    """Opens no identity: only the wrapping of each key changes, and the digests by which addresses are found."""

    help = "Wrap the keys of protected members by the newest sealing key."

    def handle(self, *args, **options):
        self.stdout.write(
            f"{protection.rotate() + correspondence.rotate()} keys are wrapped by the newest sealing key."
        )
