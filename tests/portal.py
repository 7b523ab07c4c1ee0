"""A whole running portal for tests: web server, worker and beat as processes of their own.

It runs on the test's own database, so a test that commits (`transaction=True`) prepares the world with factories and
then meets it over HTTP. Mails go to a real SMTP server that remembers them.
"""

import subprocess
import time
from email import message_from_bytes
from email.policy import default as modern
from urllib.parse import quote

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from django.test import override_settings

from platform_portal.embedded import free_port
from platform_portal.keeper import Addresses, exclusive
from platform_portal.management.commands.run import is_ready
from platform_portal.static_files import collect_static_files
from platform_portal.supervisor import portal_parts

PATIENCE_SECONDS = 30


def wait_until(condition, *, seconds=PATIENCE_SECONDS, what="the condition"):
    """Return the condition's first true value; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for {what}"
        time.sleep(0.05)
    return value


class MailSink:
    """An SMTP server on loopback that takes everything and keeps it in order."""

    def __init__(self):
        self.messages = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd names it
        self.messages.append(message_from_bytes(envelope.content, policy=modern))
        return "250 taken"

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.controller.port}"

    def to(self, address):
        """The messages to one address, oldest first."""
        return [message for message in self.messages if address in message["To"]]

    def start(self):
        self.controller.start()

    def stop(self):
        self.controller.stop()


class RunningPortal:
    """The portal's processes, on this worker's test database unless told of other servers.

    Parts can be killed one by one: `portal.parts["worker"].process`.
    """

    def __init__(self, folder, *, servers=None, smtp_url="", parts=("web", "worker", "beat")):
        self.folder = folder
        self.port = free_port()
        self.smtp_url = smtp_url
        self.servers = servers or Addresses(database_url(), settings.REDIS_URL)
        self.wanted = parts
        self.parts = {}

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def start(self):
        collect_as_in_production()
        parts = portal_parts(
            port=self.port,
            threads=settings.WEB_THREADS,
            var=self.folder,
            addresses=self.servers,
            kept_open=[settings.EMBEDDED_SERVERS.descriptor],
        )
        for part in parts:
            part.environment |= {"DJANGO_SETTINGS_MODULE": "platform_portal.settings", "SMTP_URL": self.smtp_url}
            if part.name in self.wanted:
                self.parts[part.name] = part
                part.start()
        if "web" in self.parts:
            wait_until(lambda: is_ready(self.port), what="the web server")

    def stop(self):
        for part in self.parts.values():
            part.ask_to_stop()
        for part in self.parts.values():
            part.wait_until_stopped()


def database_url():
    """The address of this worker's test database."""
    host, name = connection.settings_dict["HOST"], connection.settings_dict["NAME"]
    return f"postgresql://portal@{quote(host, safe='')}/{name}"


def collect_as_in_production():
    """Collect and compress the static files, unless an earlier run has."""
    compressed = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    with exclusive(settings.VAR, "static.lock"), override_settings(STORAGES=settings.STORAGES | compressed):
        collect_static_files()


def copy_database_to(server):
    """Fill a PostgreSQL server of the test's own with what this worker's test database holds."""
    dump = subprocess.run([server.binaries / "pg_dump", database_url()], capture_output=True, check=True)
    subprocess.run(
        [server.binaries / "psql", "--quiet", "--set=ON_ERROR_STOP=1", server.url],
        input=dump.stdout,
        stdout=subprocess.DEVNULL,
        check=True,
    )
