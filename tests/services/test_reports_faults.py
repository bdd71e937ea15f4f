"""Reports and real faults: killed workers, lost messages, a dead broker. Each ends in one report, or says it failed."""

import os
import signal
from contextlib import contextmanager

import psycopg
import pytest

from tests.services.site import Site, child_of, children_of, is_renderer, kill, stopped
from tests.services.valkey import ValkeyServer

LONG = "word " * 3_900  # some 35 pages: long enough to be caught in the middle
PARAGRAPH = "word " * 500
SHORT = "The duty line rang twice."
TOO_MUCH = "a\n" * 30_000
FULL_DISK = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END$$;
    CREATE TRIGGER full_disk BEFORE UPDATE ON reports_report FOR EACH ROW WHEN ({}) EXECUTE FUNCTION full_disk();
"""
PDF, ANYTHING = "length(NEW.pdf) > 0", "OLD.state = 'running'"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def embedded(tmp_path):
    """SQLite and the filesystem broker, as `./dev run` has them."""
    with Site(tmp_path) as site:
        yield site


@pytest.fixture
def valkey():
    with ValkeyServer() as server:
        yield server


def served(folder, postgres, valkey):
    """A site on a database of its own."""
    servers = {"BROKER_URL": f"{valkey.url}/0", "CACHE_URL": f"{valkey.url}/1"}
    return Site(folder, DATABASE_URL=postgres.new_database(), **servers)


@pytest.fixture
def service(tmp_path, postgres_server, valkey):
    """PostgreSQL and Valkey, as a service has them."""
    with served(tmp_path, postgres_server, valkey) as site:
        yield site


@pytest.fixture(params=["embedded", "service"])
def site(request):
    return request.getfixturevalue(request.param)


def caught_in_the_middle(site, worker):
    """A report that `worker` has begun and will not end: it is held still."""
    report = site.do("ask", LONG)["id"]
    site.wait_until(report, "running")
    os.killpg(worker.pid, signal.SIGSTOP)
    assert site.do("look", report)["state"] == "running"
    return report


def assert_one_ready_report(site, report, *, attempts):
    row = site.wait_until(report, "ready", "failed")
    assert (row["state"], row["attempts"]) == ("ready", attempts)
    assert site.do("look_inside", report) == {"is_pdf": True, "size": row["size"]}
    assert site.do("count") == 1


@contextmanager
def full_disk(service, refused=PDF):
    """PostgreSQL answers as on a full disk to what is `refused`: a PDF, or anything once a report is begun."""
    with psycopg.connect(service.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(FULL_DISK.format(refused))
        try:
            yield
        finally:
            connection.execute("DROP FUNCTION full_disk CASCADE")


def test_report_is_made_by_the_worker(site):
    site.start_worker()
    assert_one_ready_report(site, site.do("ask", SHORT)["id"], attempts=1)


def test_worker_killed_in_the_middle_ends_in_one_ready_report(site):
    worker = site.start_worker()
    report = caught_in_the_middle(site, worker)
    kill(worker)
    site.start_beat()
    site.start_worker()
    assert_one_ready_report(site, report, attempts=2)


def test_child_killed_in_the_middle_ends_in_one_ready_report(embedded):
    worker = embedded.start_worker()
    report = caught_in_the_middle(embedded, worker)
    os.kill(child_of(worker), signal.SIGKILL)
    os.killpg(worker.pid, signal.SIGCONT)
    embedded.start_beat()
    assert_one_ready_report(embedded, report, attempts=2)


@pytest.mark.parametrize("killed", ["worker", "child"])
def test_portfolio_whose_worker_is_killed_between_its_parts_ends_in_one_ready_report(site, killed):
    worker = site.start_worker()
    report = site.do("ask_for_portfolio", 60, PARAGRAPH)
    site.wait_until_step(report, "drawn")
    renderers = children_of(child_of(worker))
    assert renderers
    kill(worker) if killed == "worker" else os.kill(child_of(worker), signal.SIGKILL)
    site.start_beat()
    if killed == "worker":
        site.start_worker()
    assert_one_ready_report(site, report, attempts=2)
    assert not [pid for pid in renderers if is_renderer(pid)]


def test_worker_that_sleeps_past_its_lease_does_not_make_a_second_one(service):
    worker = service.start_worker()
    report = caught_in_the_middle(service, worker)
    service.start_beat()
    other = service.start_worker()
    assert_one_ready_report(service, report, attempts=2)
    before = service.do("look", report)
    kill(other)
    os.killpg(worker.pid, signal.SIGCONT)
    service.wait_until_said("attempt 1 was overtaken or erased")
    assert service.do("look", report) == before


def test_message_lost_by_the_broker_is_sent_again(embedded):
    report = embedded.do("ask", SHORT)["id"]
    embedded.lose_messages()
    embedded.start_worker()
    embedded.start_beat()
    assert_one_ready_report(embedded, report, attempts=1)


@pytest.mark.parametrize("trouble", ["stopped", "killed"])
def test_broker_that_is_down_keeps_nobody_waiting_and_loses_nothing(service, valkey, trouble):
    service.start_worker()
    service.start_beat()
    if trouble == "killed":
        valkey.kill()
        asked = service.do("ask", SHORT)
        valkey.start()
    else:
        with stopped(valkey.process):
            asked = service.do("ask", SHORT)
            assert service.do("look", asked["id"])["state"] == "queued"
    assert asked["seconds"] < 3
    assert_one_ready_report(service, asked["id"], attempts=1)


def test_database_that_is_restarted_in_the_middle_ends_in_one_ready_report(tmp_path, durable_postgres_server, valkey):
    with served(tmp_path, durable_postgres_server, valkey) as service:
        worker = service.start_worker()
        report = caught_in_the_middle(service, worker)
        durable_postgres_server.kill()
        os.killpg(worker.pid, signal.SIGCONT)
        service.wait_until_said("OperationalError")
        durable_postgres_server.start()
        service.start_beat()
        assert_one_ready_report(service, report, attempts=2)
        assert worker.poll() is None


def test_report_on_a_full_disk_says_that_it_failed_and_can_be_tried_again(embedded):
    full = embedded.start_worker("tests.services.full_settings")
    embedded.start_beat()
    report = embedded.do("ask", LONG)["id"]
    row = embedded.wait_until(report, "failed", "ready")
    assert (row["state"], row["reason"], row["attempts"]) == ("failed", "trouble", 5)
    assert "OperationalError" in (embedded.folder / "log").read_text()
    kill(full)
    embedded.start_worker()
    embedded.do("again", report)
    assert_one_ready_report(embedded, report, attempts=6)


def test_report_that_a_full_disk_under_postgres_refuses_says_that_it_failed_and_can_be_tried_again(service):
    service.start_worker()
    service.start_beat()
    with full_disk(service):
        report = service.do("ask", SHORT)["id"]
        row = service.wait_until(report, "failed", "ready")
        assert (row["state"], row["reason"], row["attempts"]) == ("failed", "trouble", 5)
    said = (service.folder / "log").read_text()
    assert said.count("DiskFull") >= 5
    assert SHORT not in said
    service.do("again", report)
    assert_one_ready_report(service, report, attempts=6)


@pytest.mark.parametrize("refused", [PDF, ANYTHING], ids=["pdf", "anything"])
def test_report_is_made_by_itself_when_the_disk_under_postgres_has_room_again(service, refused):
    service.start_worker()
    service.start_beat()
    with full_disk(service, refused):
        report = service.do("ask", SHORT)["id"]
        service.wait_until_said("DiskFull")
        assert service.do("look", report)["state"] != "ready"
    row = service.wait_until(report, "ready", "failed")
    assert 2 <= row["attempts"] <= 5
    assert_one_ready_report(service, report, attempts=row["attempts"])


def test_report_that_always_fails_says_so_and_can_be_tried_again(embedded):
    broken = embedded.start_worker("tests.services.broken_settings")
    embedded.start_beat()
    report = embedded.do("ask", SHORT)["id"]
    row = embedded.wait_until(report, "failed")
    assert (row["reason"], row["attempts"]) == ("trouble", 5)
    assert SHORT not in (embedded.folder / "log").read_text()
    kill(broken)
    embedded.start_worker()
    embedded.do("again", report)
    assert_one_ready_report(embedded, report, attempts=6)


def test_report_that_kills_every_worker_fails_and_the_others_are_made(embedded):
    embedded.start_beat()
    report = embedded.do("ask", LONG)["id"]
    for attempt in range(5):
        worker = embedded.start_worker()
        embedded.wait_until(report, "running", after_attempt=attempt)
        kill(worker)
    embedded.start_worker()
    row = embedded.wait_until(report, "failed")
    assert (row["reason"], row["attempts"]) == ("died", 5)
    healthy = embedded.do("ask", SHORT)["id"]
    assert embedded.wait_until(healthy, "ready")["attempts"] == 1


def test_report_over_its_bounds_fails_at_once_and_the_same_worker_makes_the_next(embedded):
    worker = embedded.start_worker()
    embedded.wait_until(embedded.do("ask", SHORT)["id"], "ready")
    child = child_of(worker)
    row = embedded.wait_until(embedded.do("ask", TOO_MUCH)["id"], "failed", "ready")
    assert (row["state"], row["reason"], row["attempts"]) == ("failed", "too_long", 1)
    assert embedded.wait_until(embedded.do("ask", SHORT)["id"], "ready")["attempts"] == 1
    assert child_of(worker) == child
