"""P1, P2, P3, P4, P7 and P8 of the contract, through the real pages, whatever people do in whatever order.

Each act is drawn from what could really happen next, and counted: an act that never happened proved nothing.
"""

from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties import EXAMPLES
from tests.supervision.machine import Sharing

STEPS = 40
HAPPENS = {"invite", "accept", "decline", "steal", "confirm", "end", "share", "share refused", "open", "open refused"}
HAPPENS |= {"no receipt", "answer", "take back", "last day", "expire", "deactivate", "deactivate by hand", "reactivate"}


def test_sharing_in_any_order_is_what_the_contract_says(world, settings):
    settings.SESSION_COOKIE_AGE = 10**9  # seconds: signing in again is not what this is about

    class Played(Sharing):
        happened = Counter()

    Played.world = world
    run_state_machine_as_test(Played, settings=many_acts())
    assert not HAPPENS - set(Played.happened), Played.happened


def many_acts():
    """A tenth of the profile's examples, each of many acts: by default the same each time."""
    examples = settings.default.max_examples
    return settings(
        max_examples=examples // 10,
        stateful_step_count=STEPS,
        derandomize=examples <= EXAMPLES,
        suppress_health_check=list(HealthCheck),
    )
