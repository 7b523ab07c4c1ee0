"""Runs the whole portal on one machine: web server, worker and beat, on the embedded servers.

Each part has a session of its own, so that Ctrl-C reaches only the supervisor, which then stops the parts in order:
first those that use the servers, and the servers last. A part that dies is started again; if the supervisor itself is
killed, the kernel ends the parts, and the keeper of the servers sees that nobody uses them any more.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from platform_portal.embedded import dies_with_parent

STOP_TIMEOUT_SECONDS = 10
SHORTEST_LIFE_SECONDS = 5
MOST_SHORT_LIVES = 5


class CannotRunError(Exception):
    """The portal cannot be run here and now; the message says why and what to do."""


class Part:
    """One process of the portal, with its log."""

    def __init__(self, name, command, *, log_folder, environment, kept_open=()):
        self.name = name
        self.command = command
        self.log = Path(log_folder) / f"{name}.log"
        self.environment = environment
        self.kept_open = kept_open
        self.process = None
        self.started_at = 0.0
        self.short_lives = 0

    def start(self):
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*dies_with_parent(signal.SIGTERM), *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=self.kept_open,
            )

    def has_died(self):
        return self.process.poll() is not None

    def restart(self):
        """Start again after a death; a part that keeps dying at once is beyond help."""
        self.end_group(signal.SIGKILL)
        lived = time.monotonic() - self.started_at
        self.short_lives = self.short_lives + 1 if lived < SHORTEST_LIFE_SECONDS else 0
        if self.short_lives >= MOST_SHORT_LIVES:
            raise CannotRunError(f"The {self.name} keeps stopping. Its last words are in {self.log}.")
        time.sleep(self.short_lives)
        self.start()

    def end_group(self, end_signal):
        """Signal the part and every process it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, end_signal)

    def ask_to_stop(self):
        if not self.has_died():
            self.process.terminate()

    def wait_until_stopped(self):
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_TIMEOUT_SECONDS)
        self.end_group(signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """Starts the parts, watches them, and stops them."""

    def __init__(self):
        self.parts = []
        self.is_stopping = False

    def request_stop(self, *_):
        self.is_stopping = True

    def heed_signals(self):
        for end_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(end_signal, self.request_stop)

    def start(self, *parts):
        """Start some parts, and watch over them from now on."""
        for part in parts:
            self.parts.append(part)
            part.start()

    def watch(self, *, until=lambda: False):
        """Keep every part running until asked to stop, or until a condition holds."""
        while not self.is_stopping and not until():
            for part in self.parts:
                if part.has_died():
                    part.restart()
            time.sleep(0.1)

    def stop(self):
        """End all parts: asked together, waited for one by one, by force at last."""
        for part in self.parts:
            part.ask_to_stop()
        for part in self.parts:
            part.wait_until_stopped()


def portal_parts(*, port, threads, var, addresses, kept_open):
    """Web server, worker and beat, told by their environment where the servers are."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "platform_portal.settings"),
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    logs = Path(var) / "log"
    logs.mkdir(parents=True, exist_ok=True)
    shared = {"log_folder": logs, "environment": environment, "kept_open": kept_open}
    celery = [sys.executable, "-m", "celery", "--app", "platform_portal.celery"]
    web = [
        *(sys.executable, "-m", "granian", "platform_portal.wsgi:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--no-ws", "--workers", "1"),
        *("--blocking-threads", str(threads), "--workers-kill-timeout", "8"),
    ]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile", "", "--schedule", str(logs / "beat-schedule")]
    return [Part("web", web, **shared), Part("worker", worker, **shared), Part("beat", beat, **shared)]


def hold_place(var, port):
    """Make sure that no other portal runs from this folder or on this port; returns the lock to keep open."""
    Path(var).mkdir(parents=True, exist_ok=True)
    lock = os.open(Path(var) / "portal.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(lock, 100).decode().strip()
        raise CannotRunError(
            f"A portal runs from {var} already ({holder}). End it with Ctrl-C where it was started, "
            "or set PORTAL_VAR and PORT to run another beside it."
        ) from error
    if not port_is_free(port):
        raise CannotRunError(f"Port {port} is in use. Choose another, for example: make run PORT={port + 1}")
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"process {os.getpid()}, http://localhost:{port}".encode(), 0)
    return lock


def port_is_free(port):
    try:
        with socket.create_server(("127.0.0.1", port)):
            return True
    except OSError:
        return False
