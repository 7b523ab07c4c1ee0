"""Who keeps the embedded servers running, and until when.

One *keeper* process for each state folder starts both servers, each in its own session, restarts one that dies, and
stops both when nobody uses them any more. A process uses them by holding a shared lock on `users.lock`. The kernel
drops the lock with the process, however that ends, so nothing is left running behind a killed shell. The keeper's own
death is passed on to the servers by the kernel too.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from platform_portal.embedded import STOP_TIMEOUT_SECONDS, PostgreSQL, ServerError, Valkey


@dataclass(frozen=True)
class Addresses:
    """Where the two servers listen, in the form of the environment variables of production."""

    database_url: str
    redis_url: str


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
                [sys.executable, "-m", "platform_portal.keeper", str(self.folder), durability],
                cwd=Path(__file__).parent.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                text=True,
                check=False,
            )
        if starter.stdout.strip() != "ready":
            raise ServerError(starter.stdout.strip() or f"The embedded servers did not start. See {log}.")

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
        with os.fdopen(reader) as news:
            print(news.read(), flush=True)
        return
    os.close(reader)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    keeper = Keeper(folder, durable=durability == "durable")
    own_lock = open_lock(keeper.folder, "keeper.lock")
    fcntl.flock(own_lock, fcntl.LOCK_EX)
    with os.fdopen(writer, "w") as news:
        try:
            keeper.start()
        except ServerError as failure:
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
