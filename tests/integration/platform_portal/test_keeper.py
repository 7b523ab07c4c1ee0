"""The embedded servers live exactly as long as somebody uses them."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings

from platform_portal.embedded import PostgreSQL, ServerError, Valkey
from platform_portal.keeper import Use
from tests.portal import wait_until

HOLD = """
import sys
from platform_portal.keeper import Use
use = Use(sys.argv[1], durable=False)
print("held", flush=True)
sys.stdin.read()
"""


def hold_elsewhere(folder):
    """Another process that uses the servers until it is killed."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    return holder


def answers(address):
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_last_one_out_ends_the_servers(tmp_path):
    first, second = Use(tmp_path, durable=False), Use(tmp_path, durable=False)
    assert first.addresses == second.addresses

    first.release()
    assert answers(second.addresses.database_url)

    second.release()
    assert not answers(second.addresses.database_url)
    assert not second.is_kept()


def test_a_killed_user_does_not_keep_them_alive(tmp_path):
    holder = hold_elsewhere(tmp_path)
    use = Use(tmp_path, durable=False)
    address = use.addresses.database_url
    use.release()
    assert answers(address)

    holder.kill()
    holder.communicate()

    wait_until(lambda: not use.is_kept(), what="the keeper's end")
    assert not answers(address)


def test_names_sort_and_search_beyond_english_letters():
    with psycopg.connect(settings.DATABASE_URL) as connection:
        row = connection.execute("SELECT lower('É'), lower('Ж'), current_setting('server_encoding')").fetchone()

    assert row == ("é", "ж", "UTF8")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
def test_as_root_no_folder_is_opened_to_others(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = PostgreSQL(closed / "servers", durable=False)
    try:
        server.start()
        assert answers(server.url)
    finally:
        server.stop()

    assert closed.stat().st_mode & 0o077 == 0
    assert server.folder.stat().st_mode & 0o077 == 0


def test_a_server_that_cannot_start_says_where_to_look(tmp_path, monkeypatch):
    monkeypatch.setattr("platform_portal.embedded.START_TIMEOUT_SECONDS", 1)
    server = Valkey(tmp_path)
    server.binary = "/bin/false"

    with pytest.raises(ServerError, match="valkey did not start. Its last words are in .*valkey.log"):
        server.start()

    assert not server.is_running()
