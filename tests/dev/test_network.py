"""The walls of the test house: a test reaches this machine and no other."""

import socket

import pytest


def test_a_test_that_reaches_for_another_machine_fails():
    reserved_for_examples = "192.0.2.1"
    with pytest.raises((RuntimeError, UserWarning), match=f'connect\\(\\) with host "{reserved_for_examples}"'):
        socket.create_connection((reserved_for_examples, 80), timeout=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_test_reaches_this_machine(host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=1).close()
