"""P1, P2, P3, P4, P5, P7 and P8 of the contract, through the real pages, whatever people do in whatever order.

Each act is drawn from what could really happen next, and counted: an act that never happened proved nothing.
"""

import logging
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties import RUNS
from tests.supervision.machine import ACTS, Sharing

SHARD = 50  # runs in one test: several tests share the cores, and each of them has to see every act happen
HAPPENS = {"invite", "accept", "decline", "steal", "confirm", "end", "share", "share refused", "open", "open refused"}
HAPPENS |= {"no receipt", "answer", "take back", "last day", "expire", "deactivate", "deactivate by hand", "reactivate"}
HAPPENS |= {"close", "pdf", "pdf refused", "download", "download refused", "forbid", "shorten"}


@pytest.fixture
def quietly(settings):
    """Neither signing in again nor the log of pages refused is what this is about."""
    settings.SESSION_COOKIE_AGE = 10**9  # seconds
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def shards():
    """How many runs each test makes."""
    runs = RUNS[settings.get_current_profile_name()]
    return [min(SHARD, runs - begun) for begun in range(0, runs, SHARD)]


@pytest.mark.timeout(900)  # seconds: hypothesis takes up to 300 of them to make a failure small
@pytest.mark.usefixtures("quietly")
@pytest.mark.parametrize(("number", "runs"), list(enumerate(shards())))
def test_sharing_in_any_order_is_what_the_contract_says(number, runs, world):
    class Played(Sharing):
        happened = Counter()

    Played.world = world
    run_state_machine_as_test(sown(Played, number), settings=many_acts(runs))
    assert sorted(HAPPENS - set(Played.happened)) == [], Played.happened
    assert Played.happened["whole run"] >= runs, Played.happened


def sown(machine, number):
    """The machine with runs of this test alone: the same each time, but new ones in each deep run."""
    return machine if settings.get_current_profile_name() == "deep" else seed(number)(machine)


def many_acts(runs):
    """That many whole runs, and a fifth more: some end early, such as one that hypothesis begins with."""
    return settings(
        max_examples=runs + runs // 5 + 2,
        stateful_step_count=ACTS + 1,  # the beginning is a step too
        database=None,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
