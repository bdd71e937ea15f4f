"""The coping library: strategies, and every version of what each said."""

from apps.coping.models.strategy import CODED_FIRST, Strategy, StrategyQuerySet, WrongState
from apps.coping.models.version import Citation, StrategyVersion, StrategyVersionQuerySet, digest_of

__all__ = [
    "CODED_FIRST",
    "Citation",
    "Strategy",
    "StrategyQuerySet",
    "StrategyVersion",
    "StrategyVersionQuerySet",
    "WrongState",
    "digest_of",
]
