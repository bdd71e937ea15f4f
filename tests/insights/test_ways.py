"""The ways from a count on the insights to the reflections it counts."""

import re
from datetime import UTC, datetime

import pytest

from apps.coping.models import Strategy
from tests.accounts.pages import text_of
from tests.factories import make_reflection
from tests.values.pages import cards

INSIGHTS = "/insights/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False)


@pytest.mark.parametrize("state", Strategy.State)
def test_insights_lead_from_each_strategy_to_its_reflections_also_when_it_was_retired(amina, world, state):
    strategy = Strategy.objects.get(code="S01")
    Strategy.objects.filter(pk=strategy.pk).update(state=state)
    page = amina.get(INSIGHTS)
    assert "Reset minute" in text_of(page)
    [way] = re.findall(rf'href="(/journal/\?strategy={strategy.pk}[^"]+)"', page.content.decode())
    found = amina.get(way.replace("&amp;", "&")).context["page"].reflections
    assert [one.pk for one in found] == [world["reflection"].pk]


def test_insights_lead_from_plans_of_no_strategy_to_their_reflections(amina, world):
    in_own_words, of_deleted = (make_reflection(world["amina"]) for _ in range(2))
    in_own_words.plans.update(version=None)
    of_deleted.plans.update(version=None, own_id=of_deleted.pk)
    html = amina.get(INSIGHTS).content.decode()
    for key, reflection in {"in-own-words": in_own_words, "deleted": of_deleted}.items():
        [way] = re.findall(rf'href="(/journal/\?strategy={key}[^"]+)"', html)
        found = amina.get(way.replace("&amp;", "&")).context["page"].reflections
        assert [one.pk for one in found] == [reflection.pk]


def test_insights_lead_from_each_count_to_its_reflections(amina, world):
    page = amina.get(INSIGHTS, {"range": "year"}).content.decode()
    value = cards("V04")[0].pk
    ways = ["challenge=C3&amp;state=completed", f"value={value}&amp;state=completed", "state=completed"]
    for way in ways:
        assert f'href="/journal/?{way}&amp;time=year"' in page
        found = amina.get(f"/journal/?{way.replace('&amp;', '&')}&time=year")
        assert [one.pk for one in found.context["page"].reflections] == [world["reflection"].pk]


@pytest.mark.parametrize(
    ("chosen", "last_out", "first_in"),
    [
        ("4-weeks", "2026-10-27T23:59", "2026-10-28T00:00"),
        ("quarter", "2026-08-25T22:59", "2026-08-25T23:00"),  # summer time: midnight of 26 August in London
        ("year", "2025-11-25T23:59", "2025-11-26T00:00"),
        ("all", "2019-01-01T00:00", "2019-01-01T00:01"),
    ],
)
def test_insights_count_as_many_as_the_list_behind_each_count_shows(amina, world, chosen, last_out, first_in):
    for moment in (last_out, last_out, first_in):
        make_reflection(world["amina"], created_at=datetime.fromisoformat(moment).replace(tzinfo=UTC))
    page = amina.get(INSIGHTS, {"range": chosen})
    insights, ways = page.context["insights"], re.findall(r'href="(/journal/\?[^"]+)"', page.content.decode())
    held = {way: len(amina.get(way.replace("&amp;", "&")).context["page"].reflections) for way in ways}
    assert insights.reflections == insights.challenges.kinds[0].times == (4 if chosen == "all" else 2)
    assert len(held) == 5  # of where a challenge lies, of a kind of it, of a value, of a strategy, of all
    assert set(held.values()) == {insights.reflections}
