"""The bench of the queue asks for everything anew, draws the same without a row, and tells both."""

from contextlib import ExitStack, nullcontext
from types import SimpleNamespace

import pytest

from apps.reports.actions import ask_for_report
from apps.reports.models import Report
from bench import __main__ as bench
from bench import queue
from bench.measure import Measured
from tests.services.private import ServerFailed


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Calls `./dev bench` with these words, and gives what it would have measured."""

    def run(*words):
        told = []
        monkeypatch.setattr("sys.argv", ["bench", *words])
        monkeypatch.setattr(bench, "scratch_environment", lambda **_: nullcontext(tmp_path))
        monkeypatch.setattr(bench, "measured", lambda _, what: told.extend(what) or ([], []))
        bench.main()
        return told

    return run


def test_bench_measures_the_queue_when_it_is_asked_and_among_all(run):
    assert run("queue") == ["queue"]
    assert "queue" in run()


def test_bench_says_what_there_is_to_measure(run, capsys):
    with pytest.raises(SystemExit):
        run("queues")
    assert "there is no queues; there are pages, " in capsys.readouterr().err


def test_bench_of_the_queue_finds_nothing_made_when_it_asks(world):
    found = []

    def act():
        found.append(Report.objects.count())
        ask_for_report(by=world["amina"], reflection=world["reflection"])

    ways = [Measured("pool", act), Measured("queue", act)]
    queue.in_turn(ways)
    assert found == [0] * 2 * (1 + queue.ROUNDS)
    assert [len(way.times) for way in ways] == [len(way.worked) for way in ways] == [queue.ROUNDS] * 2


def test_bench_tells_what_comes_through_the_queue_as_a_part_of_what_the_pool_draws():
    way, bare = (
        Measured(name, act=lambda: None, times=times, worked=worked)
        for name, times, worked in (("Valkey", [5_000.0] * 3, [100.0]), ("pool", [4_000.0] * 3, [90.0]))
    )
    told = queue.made_told(way, bare)
    assert "by Valkey: 8.0 a second, 0.80 of the 10.0 of a pool of 2, 0.90 by the processor (goal: 0.92)" in told


def test_bench_tells_how_soon_a_report_starts():
    assert (
        queue.starts_told("Valkey", [1.0, 3.4, 90.0]) == "A report sent by Valkey starts after 3.4 ms (median; goal: 5)"
    )


def test_bench_measures_without_valkey_where_its_program_is_missing(monkeypatch, capsys):
    def missing():
        raise ServerFailed("Valkey's program is missing")

    monkeypatch.setattr(queue, "ValkeyServer", missing)
    with ExitStack() as stack:
        assert list(queue.brokers(stack)) == [(queue.FILES, "filesystem://")]
    assert "Valkey's program is missing" in capsys.readouterr().err


def test_bench_waits_for_a_report_until_its_patience_ends(monkeypatch):
    seen = iter([None, 0, "ready"])
    assert queue.wait_for(lambda: next(seen), 0) == "ready"
    monkeypatch.setattr(queue, "time", SimpleNamespace(monotonic=iter([0, 61]).__next__, sleep=lambda _: None))
    with pytest.raises(AssertionError, match="does not make"):
        queue.wait_for(lambda: None, 0)
