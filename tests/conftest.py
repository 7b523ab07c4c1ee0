"""What every test stands on: real servers, a database for each worker, and no way out to the network."""

import socket

import pytest

LOOPBACK = ("127.0.0.1", "::1", "localhost")
REAL_CONNECT = socket.socket.connect


class OutsideWorldError(Exception):
    """A test tried to reach another machine."""


def connect_to_loopback_only(self, address):
    if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
        raise OutsideWorldError(f"Tests stay on this machine; this one wanted {address}.")
    return REAL_CONNECT(self, address)


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """No test talks to another machine."""
    monkeypatch.setattr(socket.socket, "connect", connect_to_loopback_only)
