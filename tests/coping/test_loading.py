"""Loading the strategies: as often as wanted, and never over an editor's words."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.coping.library import read_strategies
from apps.coping.loading import load_strategies
from apps.coping.models import Strategy, StrategyVersion, WrongState
from apps.core.reviewed import ContentError
from apps.values.models import ValueCard

pytestmark = pytest.mark.usefixtures("empty_library")
FILES = read_strategies()


def reworded(summary="Stand up for a moment before the next contact."):
    """The files, with one sentence of the first changed."""
    first = FILES[0]
    return [replace(first, content=replace(first.content, summary=summary)), *FILES[1:]]


def write_as_editor(code, **changes):
    """A newer version by an editor, published."""
    strategy = Strategy.objects.get(code=code)
    newest = strategy.versions.last()
    version = StrategyVersion.saying(
        replace(newest.content, **changes),
        strategy=strategy,
        number=newest.number + 1,
        origin=StrategyVersion.Origin.EDITOR,
    )
    version.save()
    strategy.publish(version)
    return version


def test_load_strategies_publishes_every_file():
    report = load_strategies()
    assert len(report.added) == 40
    published = list(Strategy.objects.published())
    assert [strategy.code for strategy in published] == [file.code for file in FILES]
    assert [strategy.shown.content for strategy in published] == [file.content for file in FILES]
    assert {strategy.shown.number for strategy in published} == {1}
    assert all(strategy.shown.published_at for strategy in published)


def test_load_strategies_again_writes_nothing():
    load_strategies()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load_strategies()
    assert str(report) == "0 added, 0 updated, 40 unchanged, 0 differing"
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


def test_load_strategies_makes_a_new_version_where_a_file_changed_and_keeps_the_old_one():
    load_strategies()
    report = load_strategies(reworded())
    assert report.updated == ["S01 Reset minute"]
    assert len(report.unchanged) == 39
    strategy = Strategy.objects.published().get(code="S01")
    assert strategy.shown.number == 2
    assert strategy.shown.summary == "Stand up for a moment before the next contact."
    assert [version.summary for version in strategy.versions.all()] == [
        FILES[0].content.summary,
        "Stand up for a moment before the next contact.",
    ]


def test_load_strategies_leaves_an_editor_s_version_alone_and_reports_it():
    load_strategies()
    version = write_as_editor("S01", summary="An editor's words.")
    report = load_strategies(reworded())
    assert report.updated == []
    assert report.differing == ["S01 Reset minute: version 2 was written by an editor and is kept"]
    assert Strategy.objects.published().get(code="S01").shown == version
    assert StrategyVersion.objects.filter(strategy__code="S01").count() == 2


def test_load_strategies_reports_an_editor_s_draft_too():
    load_strategies()
    strategy = Strategy.objects.published().get(code="S01")
    StrategyVersion.saying(
        replace(strategy.shown.content, name="Draft"),
        strategy=strategy,
        number=2,
        origin=StrategyVersion.Origin.EDITOR,
    ).save()
    report = load_strategies(reworded())
    assert len(report.differing) == 1
    assert Strategy.objects.published().get(code="S01").shown.number == 1


def test_load_strategies_takes_an_editor_s_version_that_says_the_same_as_the_file_for_unchanged():
    load_strategies()
    write_as_editor("S01", summary="An editor's words.")
    report = load_strategies(reworded("An editor's words."))
    assert len(report.unchanged) == 40


def test_load_strategies_does_not_bring_back_what_was_retired():
    load_strategies()
    Strategy.objects.published().get(code="S01").retire()
    report = load_strategies(reworded())
    assert report.differing == ["S01 Reset minute: it is not published (retired)"]
    assert not Strategy.objects.published().filter(code="S01").exists()


def test_load_strategies_leaves_an_editor_s_strategy_that_has_a_file_s_address():
    own = Strategy.objects.create(slug="reset-minute")
    report = load_strategies()
    assert len(report.added) == 39
    assert report.differing == ["S01 Reset minute: its code or its address belongs to another strategy, reset-minute"]
    own.refresh_from_db()
    assert own.code is None


def test_publish_and_retire_refuse_the_wrong_state():
    load_strategies()
    strategy = Strategy.objects.published().get(code="S01")
    strategy.retire()
    with pytest.raises(WrongState):
        strategy.retire()
    with pytest.raises(WrongState):
        strategy.publish(strategy.current)
    with pytest.raises(WrongState):
        _ = Strategy(slug="empty").shown


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("strategy_published_says_something", {"slug": "empty", "state": "published"}),
        ("strategy_slug_leaves_plans_free", {"slug": "plans"}),
    ],
)
def test_strategy_rows_that_make_no_sense_are_refused_by_the_database(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Strategy.objects.create(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("strategy_version_number", {"number": 1}),
        ("strategy_version_number_from_1", {"number": 0}),
        ("strategy_version_minutes_in_order", {"number": 2, "minutes_max": 1}),
    ],
)
def test_version_rows_that_make_no_sense_are_refused_by_the_database(constraint, fields):
    load_strategies()
    strategy = Strategy.objects.published().get(code="S01")
    content = strategy.shown.content.as_fields() | fields
    version = StrategyVersion(**content, strategy=strategy, origin=StrategyVersion.Origin.FILE)
    with pytest.raises(IntegrityError, match=rf"{constraint}|strategy_id, .*number"), transaction.atomic():
        version.save()


def test_load_library_loads_everything_and_says_so(capsys):
    call_command("load_library")
    assert capsys.readouterr().out == (
        "Strategies: 40 added, 0 updated, 0 unchanged, 0 differing.\n"
        "Value cards: 24 added, 0 updated, 0 unchanged, 0 differing.\n"
    )
    write_as_editor("S01", summary="An editor's words.")
    call_command("load_library")
    assert capsys.readouterr().out == (
        "Strategies: 0 added, 0 updated, 39 unchanged, 1 differing.\n"
        "  Differs from its file: S01 Reset minute: version 2 was written by an editor and is kept\n"
        "Value cards: 0 added, 0 updated, 24 unchanged, 0 differing.\n"
    )


def test_load_library_with_a_broken_file_loads_nothing_and_names_it(monkeypatch):
    def broken():
        raise ContentError("values.toml, value 3: “name” should be a text")

    monkeypatch.setattr("apps.values.loading.read_values", broken)
    with pytest.raises(CommandError, match=r"Nothing was loaded. values.toml, value 3: “name” should be a text"):
        call_command("load_library")
    assert not Strategy.objects.published().exists()
    assert not ValueCard.objects.library().exists()
