"""A mail server in a process of its own, which takes everything and keeps nothing."""

import subprocess
import sys
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.portal import free_port


class Taker:
    """Says yes to every mail."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd names it
        return "250 taken"


@contextmanager
def postbox():
    """In the block such a server runs; gives its port."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", __name__, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert server.stdout.readline().strip() == b"ready"
        yield port
    finally:
        server.terminate()
        server.wait()


def main(port: int) -> None:
    Controller(Taker(), hostname="127.0.0.1", port=port).start()
    print("ready", flush=True)  # noqa: T201
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(int(sys.argv[1]))
