"""Killing what `make run` started: nothing may be left behind, and what dies alone comes back."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest
from django.conf import settings

from platform_portal.embedded import dies_with_parent, free_port
from platform_portal.management.commands.run import is_ready
from tests.portal import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("supervisor")]

START_SECONDS = 90
STOP_SECONDS = 30


STARTERS = r"manage\.py run|platform_portal\.keeper"


def command_line(process):
    """A process's command line; empty once it has ended."""
    try:
        return " ".join(process.cmdline()) if process else ""
    except psutil.NoSuchProcess:
        return ""


def in_words(process):
    """A process with its parent and its command line; empty once it has ended."""
    try:
        return f"{process.pid} of {process.ppid()}: {command_line(process)}"
    except psutil.NoSuchProcess:
        return ""


class OwnRun:
    """`manage.py run` as its own process, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.environment = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        } | {
            "DJANGO_SETTINGS_MODULE": "platform_portal.settings",
            "PORTAL_MODE": "test",
            "PORTAL_VAR": str(folder),
            "PORT": str(self.port),
        }
        self.process = None

    def has_ended(self):
        return self.process is None or self.process.poll() is not None

    def command(self):
        return [sys.executable, "manage.py", "run"]

    def start(self):
        self.process = subprocess.Popen(
            self.command(),
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "The portal is at" in line:
                return
        pytest.fail("the portal did not start:\n" + "".join(said))

    def family(self):
        """The living processes that have this run's folder in their environment."""
        return {process for process in psutil.process_iter() if self.folder_of(process) == str(self.folder)}

    @staticmethod
    def folder_of(process):
        try:
            return process.environ().get("PORTAL_VAR")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return None

    def heads(self, word):
        """The part or server whose command line has a word: not its children, and not what started it."""
        return {
            process
            for process in self.family()
            if word in command_line(process) and re.search(STARTERS, command_line(process.parent()))
        }

    def answers(self):
        return is_ready(self.port)

    def is_silent(self):
        return not self.still_there()

    def still_there(self):
        """What has not ended, in words."""
        with socket.socket() as probe:
            listener = [f"a listener on {self.port}"] if probe.connect_ex(("127.0.0.1", self.port)) == 0 else []
        return listener + [words for process in self.family() if (words := in_words(process))]

    def clean_up(self):
        self.process.terminate()
        self.process.wait(STOP_SECONDS)
        self.process.stdout.close()
        for process in self.family():
            process.kill()


@pytest.fixture(scope="module")
def the_run(tmp_path_factory):
    """One folder for all tests, so that only the first makes a database; its path is too long for a socket."""
    run = OwnRun(tmp_path_factory.mktemp("run") / ("a-folder-with-a-long-name-" * 6) / "var")
    yield run
    run.clean_up()


@pytest.fixture
def own_run(the_run):
    if the_run.has_ended():
        the_run.start()
    return the_run


def test_control_c_ends_everything(own_run):
    own_run.process.send_signal(signal.SIGINT)

    assert own_run.process.wait(STOP_SECONDS) == 0
    own_run.process.stdout.close()
    assert own_run.is_silent()


def test_a_killed_supervisor_leaves_nothing_behind(own_run):
    own_run.process.kill()
    own_run.process.wait()
    own_run.process.stdout.close()

    with suppress(AssertionError):
        wait_until(own_run.is_silent, seconds=STOP_SECONDS)
    assert own_run.still_there() == []


def test_what_a_killed_parent_was_about_to_start_does_not_start(tmp_path):
    """Killed between the fork and the wish to hear of its death: the child finds another parent than it should."""
    proof = tmp_path / "started"
    command = [*dies_with_parent(signal.SIGTERM), "touch", str(proof)]

    subprocess.run(command, check=True)
    assert proof.exists()
    proof.unlink()
    after_the_death = ["setsid", "--wait", "--fork", *command]  # by way of another process, as an orphan would be
    assert subprocess.run(after_the_death, check=False).returncode != 0
    assert not proof.exists()


@pytest.mark.parametrize("part", ["granian", ".celery worker", ".celery beat"])
def test_a_part_that_is_killed_comes_back(own_run, part):
    before = wait_until(lambda: own_run.heads(part), what=part)
    assert len(before) == 1

    for process in before:
        process.kill()

    wait_until(lambda: own_run.heads(part) - before, what=f"a new {part}")
    wait_until(own_run.answers, what="an answer")


def test_the_keeper_starts_a_killed_server_again(own_run):
    before = own_run.heads("bin/postgres")
    assert len(before) == 1

    for process in before:
        process.kill()

    wait_until(lambda: own_run.heads("bin/postgres") - before, what="a new PostgreSQL")
    wait_until(own_run.answers, what="an answer")


def test_a_second_run_is_refused_with_a_way_out(own_run):
    second = subprocess.run(
        own_run.command(), cwd=settings.BASE_DIR, env=own_run.environment, capture_output=True, text=True, check=False
    )

    assert second.returncode == 1
    assert f"http://localhost:{own_run.port}" in second.stderr
    assert "set PORTAL_VAR and PORT to run another" in second.stderr
    assert own_run.answers()


def test_a_port_in_use_is_refused_with_a_way_out(own_run, tmp_path):
    elsewhere = own_run.environment | {"PORTAL_VAR": str(tmp_path)}

    second = subprocess.run(
        own_run.command(), cwd=settings.BASE_DIR, env=elsewhere, capture_output=True, text=True, check=False
    )

    assert second.returncode == 1
    assert f"Port {own_run.port} is in use" in second.stderr
