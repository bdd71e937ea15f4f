"""The bench compares fairly, and its bare page is nowhere but in the bench."""

import itertools
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import resolve
from django.urls.exceptions import Resolver404

from bench.measure import Measured, Ratio, in_turn, table


def timed(name, *times):
    return Measured(name, act=lambda: None, times=list(times))


def test_bench_does_each_thing_in_turn_so_that_all_meet_the_same_machine():
    order = []
    things = [Measured(name, act=lambda name=name: order.append(name)) for name in "AB"]
    in_turn(things, rounds=3, seconds=60)
    assert "".join(order) == "AB" + "AB" * 3, "the first round warms up and does not count"
    assert [len(thing.times) for thing in things] == [3, 3]


def test_bench_ends_when_its_seconds_are_over(monkeypatch):
    clock = itertools.count(0, 10)
    monkeypatch.setattr("bench.measure.time.monotonic", lambda: next(clock))
    thing = timed("slow")
    in_turn([thing], rounds=1_000, seconds=50)
    assert 2 <= len(thing.times) <= 10


def test_bench_table_shows_medians_and_p95_as_ratios():
    page, bare = timed("page", *([40.0] * 19), 90.0), timed("bare", *([10.0] * 20))
    page.worked, bare.worked = [9.0, 9.0, 30.0], [2.0, 2.0, 2.0]
    (headings, row) = table([Ratio(page, bare, 6.5)]).splitlines()
    assert headings.split()[:5] == ["what", "median", "p95", "goal", "processor"]
    assert row.split() == [
        "page",
        "/",
        "bare",
        "4.00",
        "4.25",
        "6.5",
        "4.50",
        "40.0",
        "/",
        "10.0",
        "42.5",
        "/",
        "10.0",
        "20",
    ]


def test_bench_asks_how_long_the_server_worked_and_says_nothing_of_what_no_server_did():
    server = SimpleNamespace(worked=0.0)
    page, alone = Measured("page", act=lambda: setattr(server, "worked", server.worked + 5)), timed("alone", 1.0, 1.0)
    in_turn([page], server, rounds=3, seconds=60)
    assert page.worked == [5, 5, 5]
    in_turn([alone], rounds=2, seconds=60)
    assert Ratio(page, alone).row()[4] == "-"


def test_bare_page_of_the_bench_is_no_address_of_keel():
    assert resolve("/bare/", urlconf="bench.urls").func.__name__ == "bare"
    with pytest.raises(Resolver404):
        resolve("/bare/", urlconf=settings.ROOT_URLCONF)
