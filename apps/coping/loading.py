"""Brings the strategies' files into the library: as often as wanted, and never over an editor's words."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from apps.coping.library import FIELD_NAMES, StrategyFile, read_strategies
from apps.coping.models import Strategy, StrategyVersion, digest_of
from apps.core.reviewed import LoadReport


@transaction.atomic
def load_strategies(files: Sequence[StrategyFile] | None = None) -> LoadReport:
    """Make a strategy of each new file, and a new version where a file has changed.

    A strategy whose newest version an editor wrote, drafts too, or that is not in the library any more, is left as it
    is; the report says in what it differs, and what to do. Raises ContentError, and then nothing is written.
    """
    files = read_strategies() if files is None else files
    report = LoadReport()
    rows = list(Strategy.objects.all())
    by_code, by_slug = {row.code: row for row in rows}, {row.slug: row for row in rows}
    newest = newest_versions()
    new_files = []
    for file in files:
        row = by_code.get(file.code) or by_slug.get(file.slug)
        if row is None:
            new_files.append(file)
        else:
            update_strategy(row, file, newest.get(row.pk), report)
    add_strategies(new_files, report)
    return report


def newest_versions() -> dict[object, StrategyVersion]:
    """The newest version of each strategy, by the strategy's id."""
    return {version.strategy_id: version for version in StrategyVersion.objects.order_by("number")}


def add_strategies(files: list[StrategyFile], report: LoadReport) -> None:
    """Publish a strategy for each of `files`, in two queries however many there are."""
    strategies, versions = [], []
    for file in files:
        strategy = Strategy(code=file.code, slug=file.slug, state=Strategy.State.PUBLISHED)
        strategy.current = published(file, strategy=strategy, number=1)
        strategies.append(strategy)
        versions.append(strategy.current)
        report.added.append(named(file))
    Strategy.objects.bulk_create(strategies)  # each names its version: the database checks that at the commit
    StrategyVersion.objects.bulk_create(versions)


def update_strategy(strategy: Strategy, file: StrategyFile, newest: StrategyVersion | None, report: LoadReport) -> None:
    """Publish what `file` says as a new version, if it differs and may."""
    if newest is None or (strategy.code, strategy.slug) != (file.code, file.slug):
        report.differing.append(f"{named(file)}: its code or its address belongs to another strategy, {strategy}")
    elif newest.digest == digest_of(file.content):
        report.unchanged.append(named(file))
    elif newest.origin != StrategyVersion.Origin.FILE:
        kept = f"version {newest.number}, which an editor wrote ({newest.get_state_display().lower()}), is kept"
        do = "For the file’s words, write them as a new version; for the editor’s, put them into the file"
        report.differing.append(f"{named(file)}: {kept}. {difference(newest, file)}. {do}")
    elif strategy.state != Strategy.State.PUBLISHED:
        do = "For the file’s words, bring it back and load again"
        report.differing.append(f"{named(file)}: it is retired and stays so. {difference(newest, file)}. {do}")
    else:
        version = published(file, strategy=strategy, number=newest.number + 1)
        version.save()
        strategy.publish(version)
        report.updated.append(named(file))


def published(file: StrategyFile, *, strategy: Strategy, number: int) -> StrategyVersion:
    """A version, not saved, that says what `file` says. Who changes a file has it reviewed with the code."""
    return StrategyVersion.saying(
        file.content,
        strategy=strategy,
        number=number,
        origin=StrategyVersion.Origin.FILE,
        state=StrategyVersion.State.PUBLISHED,
        published_at=timezone.now(),
    )


def difference(version: StrategyVersion, file: StrategyFile) -> str:
    """In which fields the two differ."""
    return f"Differing: {', '.join(FIELD_NAMES[name] for name in version.content.differing_from(file.content))}"


def named(file: StrategyFile) -> str:
    """How a report calls a strategy."""
    return f"{file.code} {file.content.name}"
