"""Loading the strategies: as often as wanted, and never over an editor's words."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.coping.actions import publish_version, write_version
from apps.coping.library import read_strategies
from apps.coping.loading import load_strategies
from apps.coping.models import Strategy, StrategyVersion
from apps.core.reviewed import ContentError
from apps.values.models import ValueCard
from scripts import prepare
from tests.factories import make_editor

pytestmark = pytest.mark.usefixtures("empty_library")
FILES = read_strategies()


def reworded(summary="Stand up for a moment before the next contact."):
    """The files, with one sentence of the first changed."""
    first = FILES[0]
    return [replace(first, content=replace(first.content, summary=summary)), *FILES[1:]]


def draft_of(code, **changes):
    """A newer version, being written by an editor."""
    strategy = Strategy.objects.get(code=code)
    content = replace(strategy.versions.last().content, **changes)
    return write_version(by=make_editor("edie@example.nhs.uk", name="Edie"), strategy=strategy, content=content)


def write_as_editor(code, **changes):
    """A newer version by an editor, reviewed by another and published."""
    version = draft_of(code, **changes)
    version.send_for_review(by=version.editor)
    publish_version(by=make_editor("eli@example.nhs.uk", name="Eli"), version=version)
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
    version = write_as_editor("S01", summary="An editor's words.", steps=["Stand up."])
    report = load_strategies(reworded())
    assert report.updated == []
    assert report.differing == [
        "S01 Reset minute: version 2, which an editor wrote (published), is kept. Differing: one line, steps. "
        "For the file’s words, write them as a new version; for the editor’s, put them into the file"
    ]
    assert Strategy.objects.published().get(code="S01").shown == version
    assert StrategyVersion.objects.filter(strategy__code="S01").count() == 2


def test_load_strategies_leaves_what_is_being_written_or_reviewed_alone_and_reports_it():
    load_strategies()
    version = draft_of("S01", name="Reset")
    assert (
        "which an editor wrote (draft), is kept. Differing: name, one line." in load_strategies(reworded()).differing[0]
    )
    version.send_for_review(by=version.editor)
    assert "which an editor wrote (in review), is kept." in load_strategies(reworded()).differing[0]
    version.refresh_from_db()
    assert version.state == StrategyVersion.State.IN_REVIEW
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
    assert report.differing == [
        "S01 Reset minute: it is retired and stays so. Differing: one line. "
        "For the file’s words, bring it back and load again"
    ]
    assert not Strategy.objects.published().filter(code="S01").exists()


def test_load_strategies_leaves_an_editor_s_strategy_that_has_a_file_s_address():
    own = Strategy.objects.create(slug="reset-minute")
    report = load_strategies()
    assert len(report.added) == 39
    assert report.differing == ["S01 Reset minute: its code or its address belongs to another strategy, reset-minute"]
    own.refresh_from_db()
    assert own.code is None


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("strategy_published_says_something", {"slug": "empty", "state": "published"}),
        ("strategy_slug_leaves_pages_free", {"slug": "plans"}),
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
        "  Differs from its file: S01 Reset minute: version 2, which an editor wrote (published), is kept. "
        "Differing: one line. For the file’s words, write them as a new version; "
        "for the editor’s, put them into the file\n"
        "Value cards: 0 added, 0 updated, 24 unchanged, 0 differing.\n"
    )


def test_a_start_says_where_an_editor_s_words_are_kept(capsys):
    load_strategies()
    write_as_editor("S01", summary="An editor's words.")
    prepare.load_library()
    assert "Differs from its file: S01 Reset minute: version 2, which an editor wrote" in capsys.readouterr().out


def test_load_library_with_a_broken_file_loads_nothing_and_names_it(monkeypatch):
    def broken():
        raise ContentError("values.toml, value 3: “name” should be a text")

    monkeypatch.setattr("apps.values.loading.read_values", broken)
    with pytest.raises(CommandError, match=r"Nothing was loaded. values.toml, value 3: “name” should be a text"):
        call_command("load_library")
    assert not Strategy.objects.published().exists()
    assert not ValueCard.objects.library().exists()
