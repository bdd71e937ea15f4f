"""Which strategies meet what somebody asks of the library."""

from collections.abc import Collection

from apps.coping.models import OwnStrategy, Strategy, StrategyVersion
from apps.core.challenges import Locus, known


def meets(
    strategy: Strategy | OwnStrategy,
    *,
    words: str = "",
    challenge: str = "",
    locus: str = "",
    minutes: int | None = None,
    family: str = "",
    favourites: bool = False,
    marked: Collection[str] = (),
) -> bool:
    """Whether a published strategy, or one's own, meets all that is asked for; `marked` holds slugs of favourites."""
    content = strategy.shown
    text = plain(" ".join([content.name, content.summary, *content.steps]))
    return (
        all(word in text for word in plain(words).split())
        and (not challenge or challenge in content.fits or content.fits_all)
        and (not locus or locus in loci_of(content))
        and (minutes is None or content.minutes <= minutes)
        and (not family or family == content.family)
        and (not favourites or strategy.slug in marked)
    )


def loci_of(content: StrategyVersion | OwnStrategy) -> frozenset[Locus]:
    """Where the causes lie that it is for: of the examples it answers or, if it answers none, of its categories."""
    if content.fits_all:
        return frozenset(Locus)
    whole = [example for category in content.fitting for example in category.examples]
    return frozenset(example.locus for example in known(content.answers) or whole)


def plain(text: str) -> str:
    """Text as it is searched: capitals and the kind of apostrophe do not matter."""
    return text.replace("’", "'").casefold()
