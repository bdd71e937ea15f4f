"""What the library's tests share."""

import pytest

from apps.coping.models import Strategy, StrategyVersion
from apps.values.models import ValueCard


@pytest.fixture
def empty_library(db):
    """A database into which nothing was loaded yet."""
    Strategy.objects.update(state=Strategy.State.DRAFT, current=None)
    StrategyVersion.objects.all().delete()
    Strategy.objects.all().delete()
    ValueCard.objects.library().delete()
