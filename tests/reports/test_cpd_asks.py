"""What a CPD statement asks is data with a day and sources; a mistake in it stops the start."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from apps.core.reviewed import ContentError
from apps.core.sources import SOURCES
from apps.reports.content import cpd as gate
from apps.reports.cpd import forms, models
from apps.reports.cpd.models import CpdStatement
from apps.reports.cpd.statement import ASKS, DAY, LINKED, STATEMENT_FILE, WORDS, read_asks
from tests.core.test_content_readers import changed
from tests.journal.pages import text_of
from tests.reports.cpd import RECORD, SAYS, address, sent, write

NEW = f"{RECORD}new/"


@pytest.fixture
def without_evidence(monkeypatch):
    """The registers stopped asking for evidence."""
    questions = tuple(replace(one, retired=one.id == "evidence") for one in ASKS.questions)
    for module in (forms, models):
        monkeypatch.setattr(module, "ASKS", replace(ASKS, questions=questions))


def test_a_statement_asks_what_domain_md_says_with_a_day_and_a_source_for_each_register():
    asked = [one.label for one in ASKS.questions]
    assert asked == [
        "When was it?",
        "Activity",
        "What I learned",
        "It links to CBT",
        "The CBT principle it relates to",
        "What I changed",
        "Evidence",
        "Next step",
    ]
    assert ASKS.sources == (SOURCES["R1"], SOURCES["R2"])
    assert date(2026, 1, 1) <= ASKS.noted_on <= timezone.localdate()


def test_what_can_be_asked_are_the_columns_that_a_statement_has():
    columns = {field.name for field in CpdStatement._meta.get_fields()}
    assert columns - {"id", "author", "page_key", "version", "created_at", "saved_at"} == {DAY, *WORDS, LINKED}


def test_cpd_new_asks_in_the_order_of_the_file_and_says_when_and_whence_it_was_noted(amina):
    page = amina.get(NEW)
    assert list(page.context["form"].fields)[: len(ASKS.questions)] == [one.id for one in ASKS.questions]
    assert "noted here on 26 November 2026" in text_of(page)
    for source in ASKS.sources:
        assert f'<a href="{source.link}">' in page.content.decode()


def test_cpd_new_asks_no_retired_question_and_keeps_nothing_that_a_browser_sends_for_it(amina, world, without_evidence):
    assert 'name="evidence"' not in amina.get(NEW).content.decode()
    amina.post(NEW, sent())
    assert [row.says for row in CpdStatement.objects.owned_by(world["amina"])] == [SAYS | {"evidence": ""}]


def test_cpd_change_loses_no_answer_to_a_question_that_was_retired_since(amina, world, without_evidence):
    statement = write(world["amina"])
    assert "Certificate in my folder" in text_of(amina.get(address("detail", statement)))
    amina.post(address("change", statement), sent(version="1", learned="Newer: smew"))
    statement.refresh_from_db()
    assert (statement.learned, statement.evidence) == ("Newer: smew", "Certificate in my folder")
    assert ("Evidence", "Certificate in my folder") in gate.gather_statement(
        world["amina"], statement.pk
    ).statement.texts


def test_cpd_change_asks_no_retired_question_that_was_not_answered(amina, world, without_evidence):
    statement = write(world["amina"], evidence="")
    assert 'name="evidence"' not in amina.get(address("change", statement)).content.decode()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("noted_on = 2026-11-26", "", "“noted_on” should be a day, such as 2026-11-26"),
        ('"R1", "R2"', '"R99"', "R99"),
        ('"R1", "R2"', '"L16"', "“sources” should be a list of sources that each have a link"),
        ('id = "evidence"', 'id = "proof"', "question 7: “id” should be one of"),
        ('id = "evidence"', 'id = "learned"', "“learned” should be a question once"),
        ('label = "Evidence"', "", "question 7: “label” should be a text"),
        ('hint = "What you do differently now."', "", "question 6: “hint” should be a text"),
        ('hint = "Your record', 'rows = 2\nhint = "Your record', "“rows” is not a key that is known here"),
        (
            'label = "Activity"',
            'label = "Activity"\nretired = true',
            "“retired” should be false: a record counts by it",
        ),
    ],
)
def test_read_asks_names_what_is_wrong(tmp_path, old, new, complaint):
    with pytest.raises(ContentError) as raised:
        read_asks(changed(tmp_path, STATEMENT_FILE, old, new))
    assert str(raised.value).startswith("statement.toml")
    assert complaint in str(raised.value)
