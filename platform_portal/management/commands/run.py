"""Run the whole portal on this machine, for development and demo: what `make run` does."""

import http.client
import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from platform_portal import demo_logins, supervisor
from platform_portal.keeper import Addresses


class Command(BaseCommand):
    """`manage.py run`: prepare, seed the demo once, and run web server, worker and beat until Ctrl-C."""

    help = __doc__
    requires_system_checks = []

    def handle(self, **options):
        if settings.IN_PRODUCTION:
            raise CommandError(
                "`run` is for demo and development: start it with `make run`. In production start web server, worker "
                "and beat each on its own, as docker-compose.yml shows."
            )
        port = int(os.environ.get("PORT", "8000"))
        try:
            supervisor.hold_place(settings.VAR, port)
            self.run(port)
        except supervisor.CannotRunError as refusal:
            raise CommandError(str(refusal)) from refusal

    def run(self, port):
        """From an empty folder to a running portal, and back to silence."""
        self.stdout.write("Preparing the database …")
        call_command("prepare", stdout=self.stdout)
        if settings.IN_DEMO:
            call_command("seed_demo", stdout=self.stdout)
        connections.close_all()
        servers = settings.EMBEDDED_SERVERS
        web, *others = supervisor.portal_parts(
            port=port,
            threads=settings.WEB_THREADS,
            var=settings.VAR,
            addresses=Addresses(settings.DATABASE_URL, settings.REDIS_URL),
            kept_open=[servers.descriptor] if servers else [],
        )
        portal = supervisor.Supervisor()
        portal.heed_signals()
        try:
            portal.start(web)
            portal.watch(until=lambda: is_ready(port))
            if not portal.is_stopping:
                self.welcome()
                portal.start(*others)
            portal.watch()
        finally:
            self.stdout.write("Stopping …")
            portal.stop()
            if servers:
                servers.release()

    def welcome(self):
        """The address, and who can sign in."""
        self.stdout.write(f"\nThe portal is at {settings.BASE_URL}  (Ctrl-C ends it; logs in {settings.VAR / 'log'})\n")
        if settings.IN_DEMO:
            self.stdout.write(f"Everyone's password is {demo_logins.PASSWORD}")
            for login, who in demo_logins.LOGINS:
                self.stdout.write(f"  {login:26} {who}")
            self.stdout.write(f"Mails sent by the demo: {settings.BASE_URL}/demo/mailbox/\n")
        self.stdout.flush()


def is_ready(port):
    """Whether the web server answers and reaches its database."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/ready", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
