"""The local day beside a moment: kept on each save, and made anew by a migration."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apps.core import days
from apps.journal.models import Reflection
from apps.values.models import Placing
from tests.factories import make_draft, make_many
from tests.values.pages import cards, place

SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # 2 July by London's clock
MOMENTS = st.integers(0, 15 * 366 * 24 * 60).map(lambda minutes: SUMMER - timedelta(minutes=minutes))


def kept(rows, moment):
    """Each row's day, and what it should be."""
    return [(day, timezone.localdate(at).toordinal()) for day, at in rows.values_list("day", moment)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOMENTS)
@example(SUMMER)
def test_a_reflection_keeps_the_local_day_on_which_it_was_begun(world, moment):
    one = make_draft(world["sam"], created_at=moment)
    assert one.day == timezone.localdate(moment).toordinal()
    one.created_at = moment - timedelta(days=1)
    one.save()
    rows = Reflection.objects.filter(pk=one.pk)
    assert [(day, day) for day in rows.values_list("day", flat=True)] == kept(rows, "created_at")
    one.delete()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_rows_from_before_get_their_day_however_many_there_are(world, monkeypatch, number):
    make_many(world["sam"], number)
    place(world["sam"], cards("V01")[0], 3)
    monkeypatch.setattr(days, "MOST_AT_ONCE", 2)
    for model, moment, whose in ((Reflection, "created_at", "author"), (Placing, "placed_at", "owner")):
        model.objects.update(day=0)
        days.fill_days(model.objects.all())
        mine = model.objects.filter(**{whose: world["sam"]})
        assert mine.count() == (number if model is Reflection else 1)
        assert all(day == should for day, should in kept(model.objects.all(), moment))
