"""The coping library: strategies with every version of what each said, and the strategies that people write."""

from apps.coping.models.favourite import Favourite, FavouriteQuerySet
from apps.coping.models.own import (
    DELETED,
    IN_OWN_WORDS,
    LONGEST_STEPS,
    LONGEST_TIME,
    MOST_OWN,
    NO_STRATEGY,
    OutOfDate,
    OwnStrategy,
    OwnStrategyQuerySet,
    SuggestedStrategy,
    SuggestedStrategyQuerySet,
    WrittenStrategy,
)
from apps.coping.models.strategy import (
    CODED_FIRST,
    LONGEST_NAME,
    LONGEST_SUMMARY,
    Strategy,
    StrategyQuerySet,
    WrongState,
)
from apps.coping.models.version import Citation, StrategyVersion, StrategyVersionQuerySet, digest_of

__all__ = [
    "CODED_FIRST",
    "DELETED",
    "IN_OWN_WORDS",
    "LONGEST_NAME",
    "LONGEST_STEPS",
    "LONGEST_SUMMARY",
    "LONGEST_TIME",
    "MOST_OWN",
    "NO_STRATEGY",
    "Citation",
    "Favourite",
    "FavouriteQuerySet",
    "OutOfDate",
    "OwnStrategy",
    "OwnStrategyQuerySet",
    "Strategy",
    "StrategyQuerySet",
    "StrategyVersion",
    "StrategyVersionQuerySet",
    "SuggestedStrategy",
    "SuggestedStrategyQuerySet",
    "WrittenStrategy",
    "WrongState",
    "digest_of",
]
