"""Reminders and real faults: a worker is killed in the middle of sending, and the email comes once all the same."""

import socket
import time
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller

from tests.journeys.post_office import PostOffice
from tests.services.server import free_port
from tests.services.site import PATIENCE_SECONDS, Site, kill

AMINA, BEN = "amina@example.nhs.uk", "ben@example.nhs.uk"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def port():
    """Where this test's mail server listens, once there is one."""
    return free_port()


@pytest.fixture
def site(tmp_path, port):
    """Workers that send over SMTP, beat every second, and Amina, who is to be reminded now."""
    with Site(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{port}") as site:
        site.start_beat()
        site.do("ask_to_be_reminded", AMINA)
        yield site


class KillingOffice(PostOffice):
    """Takes a letter, and kills the worker that brought it before it can hear so."""

    def __init__(self, worker):
        super().__init__()
        self.worker = worker

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's own name
        answer = await super().handle_DATA(server, session, envelope)
        if self.worker:
            kill(self.worker)
        return answer


@contextmanager
def office_open(port, *, kills=None):
    """A mail server, which kills this worker at its first letter."""
    server = Controller(KillingOffice(kills), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield server.handler
    finally:
        server.stop()


def wait_for_letter_to(address, office, site):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while address not in [letter["To"] for letter in office.letters]:
        assert time.monotonic() < deadline, site.said()
        time.sleep(0.05)


def test_worker_killed_before_and_another_while_it_hands_the_reminder_over_end_in_one_email(site, port):
    with socket.create_server(("127.0.0.1", port)) as silent:
        silent.settimeout(PATIENCE_SECONDS)
        worker = site.start_worker()
        with silent.accept()[0]:  # the worker is there, and waits to be greeted
            kill(worker)
    worker = site.start_worker()
    with office_open(port, kills=worker) as office:
        wait_for_letter_to(AMINA, office, site)  # so the first had left it to the next
        worker.wait(PATIENCE_SECONDS)
        office.worker = None
        site.start_worker()
        site.do("ask_to_be_reminded", BEN)
        wait_for_letter_to(BEN, office, site)  # so sweeps have been past Amina's row again
    assert sorted(letter["To"] for letter in office.letters) == [AMINA, BEN]
    assert "@example" not in (site.folder / "log").read_text()
