"""Wrap the keys of protected members anew, by the newest sealing key, so that an old one can be taken away."""

from django.core.management.base import BaseCommand

from members.actions import protection


class Command(BaseCommand):
    """Opens no identity: only the wrapping of each key changes, and the digests by which addresses are found."""

    help = "Wrap the keys of protected members by the newest sealing key."

    def handle(self, *args, **options):
        self.stdout.write(f"{protection.rotate()} keys are wrapped by the newest sealing key.")
