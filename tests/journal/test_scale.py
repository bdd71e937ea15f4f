"""Pages at 2,500 reflections and 2,000 plans ask the database as often as they do at a few."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.journal.models import FollowUp, Plan
from apps.journal.plans import PAGE
from tests import factories
from tests.journal.pages import page
from tests.values.pages import choose, place


def fill(person, *, plans: int, without: int, placings: int) -> None:
    """So many plans, a quarter each due, upcoming, without a day and done; so many reflections more; placings."""
    today, now = timezone.localdate(), timezone.now()
    states = ({"look_back_on": today}, {"look_back_on": date(2099, 1, 1)}, {}, {"looked_back_at": now})
    made = [plan for fields in states for plan in factories.make_many(person, plans // 4, **fields)]
    said = {"number": 1, "did": "yes", "helped": 3, "then": "keep"}
    FollowUp.objects.bulk_create(FollowUp(plan=plan, author=person, version=plan.version, **said) for plan in made)
    Plan.objects.filter(pk__in=[plan.pk for plan in factories.make_many(person, without)]).delete()
    place(person, choose(person, "V04")[0], *[5] * placings)


def queries(browser, address: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_pages_ask_as_often_at_2500_reflections_and_2000_plans_as_at_a_few(amina, world):
    card = world["reflection"].values.get().card
    addresses = [
        "/",
        "/journal/",
        f"/journal/?value={card.pk}",
        page(world["draft"], "coping"),
        "/coping/plans/",
        "/coping/reset-minute/",
        "/values/",
        f"/values/{card.pk}/",
    ]
    fill(world["amina"], plans=4, without=4, placings=2)
    before = {address: queries(amina, address) for address in addresses}
    fill(world["amina"], plans=2_000, without=500, placings=100)
    assert {address: queries(amina, address) for address in addresses} == before
    assert max(before.values()) <= 15
    cards = amina.get("/coping/plans/").content.decode().count('<div class="nhsuk-card">')
    assert cards == 4 * PAGE  # due, upcoming, without a day and done
