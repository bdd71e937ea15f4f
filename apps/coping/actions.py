"""What editors do that changes a strategy and its versions together."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from apps.coping.library import StrategyContent
from apps.coping.models import Strategy, StrategyVersion, WrongState

if TYPE_CHECKING:
    from apps.accounts.models import User


@transaction.atomic
def write_strategy(*, by: "User", slug: str, content: StrategyContent) -> StrategyVersion:
    """Begin a strategy that has no file, with a first draft. The form has seen to it that `slug` is free."""
    return write_version(by=by, strategy=Strategy.objects.create(slug=slug), content=content)


@transaction.atomic
def write_version(*, by: "User", strategy: Strategy, content: StrategyContent) -> StrategyVersion:
    """Begin the strategy's next version, as a draft. Raises WrongState while another is being written or reviewed."""
    strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    if in_work := strategy.versions.in_work().first():
        raise WrongState(f"Version {in_work.number} is in the works already. Publish or discard it first.")
    newest = strategy.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = StrategyVersion.saying(
        content, strategy=strategy, number=newest + 1, origin=StrategyVersion.Origin.EDITOR, editor=by
    )
    version.save()
    return version


@transaction.atomic
def publish_version(*, by: "User", version: StrategyVersion) -> None:
    """Let the library show what `by`, who did not write it, has reviewed. Raises WrongState."""
    strategy = Strategy.objects.select_for_update().get(pk=version.strategy_id)  # it may be retired by now
    version.approve(by=by)
    strategy.publish(version)


@transaction.atomic
def discard_version(*, by: "User", version: StrategyVersion) -> None:
    """Throw a draft away, and its strategy where nothing else was ever written of it. Raises WrongState."""
    version.discard(by=by)
    if not version.strategy.versions.exists():
        version.strategy.delete()
