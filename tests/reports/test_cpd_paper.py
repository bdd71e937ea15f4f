"""A CPD statement on paper: asked for once it was looked at, made of what was seen, PDF/UA clean."""

import re

import pytest
from django.db import IntegrityError, transaction

from apps.reports import tasks
from apps.reports.actions import ask_again
from apps.reports.content import NotThere, gather_statement
from apps.reports.cpd import actions
from apps.reports.cpd.models import CpdStatement, OutOfDate
from apps.reports.cpd.statement import ASKS, WORDS
from apps.reports.forms import GONE, NO_PART
from apps.reports.models import Report
from apps.reports.pdf import draw, markup
from tests.journal.pages import text_of
from tests.reports import inside
from tests.reports.cpd import SAYS, address, write
from tests.reports.making import made
from tests.reports.test_kinds_pdf import sizes
from tests.reports.test_pdf import SCRIPTS, SLOW_IN_HTML, letters

ALL = {"version": 1, "sections": list(WORDS)}  # what the page of a new statement sends as it comes
WRITTEN = [text for text in SAYS.values() if isinstance(text, str)]


@pytest.fixture
def statement(world, sent):
    """Amina's; Ben has one too, and nothing in hers points at anybody."""
    write(world["ben"], activity="Ben's course: bullfinch")
    return write(world["amina"])


@pytest.fixture
def marked(world, sent):
    """One in which a client's name stands."""
    return write(world["amina"], learned="Mrs Whimbrel slept", next_step="Write to jo@example.org")


def asked(statement, world):
    return actions.ask_for_statement(by=world["amina"], pk=statement.pk, seen=statement.version)


# --- Asking ---


def test_cpd_detail_makes_the_report_once_and_of_the_words_that_were_seen(amina, world, statement, sent):
    first = amina.post(address("detail", statement), ALL)
    again = amina.post(address("detail", statement), ALL)
    report = Report.objects.get()
    assert first.url == again.url == f"/reports/{report.pk}/"
    assert (report.author, report.kind, report.statement, report.version) == (world["amina"], "cpd", statement, 1)
    assert "CPD statement of 2 March 2026" in text_of(amina.get(first.url))
    assert "CPD statement of 2 March 2026" in text_of(amina.get("/reports/"))


def test_cpd_detail_shows_what_may_identify_somebody_and_asks_before_it_goes_on_paper(amina, marked):
    page = text_of(amina.get(address("detail", marked)))
    assert "a person’s name in “What I learned”: Mrs Whimbrel slept" in page
    assert "an email address in “Next step”: Write to jo@example.org" in page
    refused = amina.post(address("detail", marked), ALL)
    assert "Look at what may identify someone" in text_of(refused)
    assert 'href="#id_looked"' in refused.content.decode()
    assert not Report.objects.exists()
    shown = refused.context["form"].shown
    assert amina.post(address("detail", marked), ALL | {"looked": shown}).status_code == 302
    assert Report.objects.count() == 1


def test_cpd_detail_takes_no_tick_for_other_words_than_were_shown(amina, marked):
    for looked in ("\0", "1", "Mrs Whimbrel", "Mrs Whimbrel; jo@example.org; more"):
        assert amina.post(address("detail", marked), ALL | {"looked": looked}).status_code == 200
    assert not Report.objects.exists()


def test_cpd_detail_asks_nothing_where_nothing_was_found(amina, statement):
    assert "Could this identify someone?" not in text_of(amina.get(address("detail", statement)))


def test_cpd_detail_of_an_older_version_makes_nothing_and_says_so(amina, world, statement):
    says = SAYS | {"learned": "Other words"}
    actions.change_statement(by=world["amina"], pk=statement.pk, against=1, says=says)
    page = amina.post(address("detail", statement), ALL, follow=True)
    assert "You changed this statement in another tab. Read it once more" in text_of(page)
    assert not Report.objects.exists()


def test_cpd_detail_offers_large_print_which_stays_ticked_while_it_asks_to_look(amina, marked):
    ticked = re.compile(r'name="large"[^>]* checked')
    page = amina.get(address("detail", marked))
    assert "Large print Letters of 18 points, for easier reading on paper." in text_of(page)
    assert not ticked.search(page.content.decode())
    refused = amina.post(address("detail", marked), ALL | {"large": "on"})
    assert ticked.search(refused.content.decode())
    shown = refused.context["form"].shown
    amina.post(address("detail", marked), ALL | {"large": "on", "looked": shown})
    assert Report.objects.get().fingerprint == "large"


def test_cpd_detail_in_large_print_is_another_report_than_the_usual_and_each_is_made_once(amina, statement):
    for said in ({}, {"large": "on"}, {"large": "on"}, {}):
        amina.post(address("detail", statement), ALL | said)
    usual, large = (made(report) for report in Report.objects.order_by("fingerprint"))
    assert (usual.fingerprint, large.fingerprint) == ("", "large")
    assert min(sizes(usual.pdf)) < 9
    assert sorted(set(sizes(large.pdf)))[:2] == [14, 18]
    for said, report in (({}, usual), ({"large": "on"}, large)):
        assert amina.post(address("detail", statement), ALL | said).url == f"/reports/{report.pk}/"


def test_cpd_detail_in_large_print_of_another_statement_is_a_report_of_its_own(amina, world, statement):
    other = write(world["amina"], learned="Newer: smew")
    for one in (statement, other):
        assert amina.post(address("detail", one), ALL | {"large": "on"}).status_code == 302
    assert {report.statement for report in Report.objects.filter(fingerprint="large")} == {statement, other}


def test_a_report_on_its_way_goes_when_the_words_it_was_asked_for_change(world, statement):
    report = asked(statement, world)
    claimed = Report.objects.claim(report.pk, now=report.created_at)
    actions.change_statement(by=world["amina"], pk=statement.pk, against=1, says=SAYS)
    assert Report.objects.filter(pk=report.pk).exists(), "the same words are no change"
    actions.change_statement(by=world["amina"], pk=statement.pk, against=1, says=SAYS | {"learned": "Mrs Whimbrel"})
    assert claimed is not None
    assert not Report.objects.exists()
    tasks.make_report(str(report.pk))
    assert not Report.objects.exists()


def test_a_report_that_failed_goes_when_the_words_change_so_that_none_is_made_of_unseen_words(world, statement):
    report = asked(statement, world)
    Report.objects.claim(report.pk, now=report.created_at).fail(Report.Reason.TROUBLE)
    actions.change_statement(by=world["amina"], pk=statement.pk, against=1, says=SAYS | {"learned": "Mrs Whimbrel"})
    assert not Report.objects.exists()


def test_a_finished_report_stays_when_the_words_change_and_a_new_one_can_be_made(world, statement):
    older = made(asked(statement, world))
    assert asked(statement, world) == older, "the same words are not made again"
    actions.change_statement(by=world["amina"], pk=statement.pk, against=1, says=SAYS | {"learned": "Newer: smew"})
    statement.refresh_from_db()
    newer = made(asked(statement, world))
    assert (older.version, newer.version) == (1, 2)
    assert "smew" in inside.words(newer.pdf)


def test_a_report_that_failed_is_not_made_beside_another_of_the_same_that_is_on_its_way(world, statement):
    failed = asked(statement, world)
    Report.objects.claim(failed.pk, now=failed.created_at).fail(Report.Reason.TROUBLE)
    failed.refresh_from_db()
    elsewhere = write(world["amina"], **SAYS)
    on_its_way = [asked(one, world) for one in (elsewhere, statement)]
    assert ask_again(by=world["amina"], report=failed) == on_its_way[1]
    assert Report.objects.unfinished().count() == 2


def test_a_report_cannot_be_asked_for_of_somebody_elses_statement(world, statement):
    bens = CpdStatement.objects.owned_by(world["ben"]).get()
    with pytest.raises(OutOfDate):
        actions.ask_for_statement(by=world["amina"], pk=bens.pk, seen=1)
    with pytest.raises(NotThere):
        gather_statement(world["amina"], bens.pk)


def test_reports_go_with_the_statement(world, statement):
    made(asked(statement, world))
    statement.delete()
    assert not Report.objects.exists()


def test_a_report_of_a_statement_names_it_and_no_other_does(world, statement):
    for said in (
        {"kind": "cpd"},
        {"kind": "cpd", "statement": statement, "reflection": world["reflection"]},
        {"kind": "reflection", "statement": statement, "reflection": world["reflection"]},
    ):
        with pytest.raises(IntegrityError, match="report_of_cpd_names_its_statement"), transaction.atomic():
            Report.objects.create(author=world["amina"], version=1, **said)


def test_a_report_that_failed_leads_back_to_the_statement(amina, world, statement):
    report = asked(statement, world)
    Report.objects.claim(report.pk, now=report.created_at).fail(Report.Reason.TOO_LONG)
    page = amina.get(f"/reports/{report.pk}/").content.decode()
    assert f'href="{address("detail", statement)}"' in page
    assert amina.post(f"/reports/{report.pk}/again/").status_code == 302


# --- Which parts ---


def test_cpd_detail_offers_the_parts_that_have_an_answer_and_ticks_all(amina, world):
    page = amina.get(address("detail", write(world["amina"], principle="", evidence=" \n"))).content.decode()
    offered = re.findall(r'name="sections" value="(\w+)"([^>]*)', page)
    assert [name for name, _ in offered] == ["activity", "learned", "changed", "next_step"]
    assert all("checked" in said for _, said in offered)


def test_cpd_detail_puts_no_part_on_paper_that_was_left_out_and_its_title_names_those_in_it(amina, world, statement):
    left = ALL | {"sections": ["learned", "next_step"]}
    response = amina.post(address("detail", statement), left)
    report = made(Report.objects.get())
    shown = inside.words(report.pdf)
    assert "dipper" in shown
    assert "wagtail" not in shown
    assert "Certificate" not in shown
    assert "CPD statement of 2 March 2026 (What I learned, Next step)" in text_of(amina.get(response.url))
    amina.post(address("detail", statement), ALL)
    assert Report.objects.count() == 2, "the whole is another report"
    assert amina.post(address("detail", statement), left).url == response.url, "the same parts are not made again"


@pytest.mark.parametrize("sections", [[], ["learned", "what_happened"]], ids=["none", "one that there is not"])
def test_cpd_detail_without_a_part_says_so_and_makes_nothing(amina, statement, sections):
    page = amina.post(address("detail", statement), ALL | {"sections": sections})
    assert (GONE if sections else NO_PART) in text_of(page)
    assert 'href="#id_sections_0"' in page.content.decode()
    assert not Report.objects.exists()


def test_cpd_detail_asks_to_look_at_nothing_in_a_part_that_is_left_out(amina, marked):
    assert amina.post(address("detail", marked), ALL | {"sections": ["activity"]}).status_code == 302
    refused = amina.post(address("detail", marked), ALL | {"sections": ["activity", "learned"]})
    assert "Look at what may identify someone" in text_of(refused)
    assert Report.objects.count() == 1


# --- On paper ---


def test_cpd_pdf_is_downloaded_by_its_author_under_a_name_that_says_a_day_and_no_more(amina, world, statement):
    report = made(asked(statement, world))
    response = amina.get(f"/reports/{report.pk}/download/")
    name = f"cpd-statement-{report.ready_at:%Y-%m-%d}.pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    shown = inside.words(response.content).replace(" ", "")
    for text in (*WRITTEN, "CPD reflective statement", "2 March 2026", "Linked to CBT", "Written by Amina"):
        assert text.replace(" ", "") in shown


def test_cpd_pdf_is_pdf_ua_with_its_parts_as_bookmarks_and_names_nobody_in_its_metadata(world, statement):
    pdf = draw(gather_statement(world["amina"], statement.pk)).pdf
    assert inside.pdf_ua_failures(pdf) == []
    answers = [(3, label) for label in ASKS.labels.values()]
    first, last = (2, "2 March 2026"), (2, "About this statement")
    assert inside.outline(pdf) == [(1, "CPD reflective statement"), first, *answers, last]
    entries = inside.metadata(pdf)
    assert entries["/Title"] == "CPD reflective statement"
    assert not [value for value in entries.values() if "Amina" in value or "wagtail" in value]


def test_cpd_pdf_in_large_print_says_the_same_in_letters_of_18_points(world, statement):
    usual, large = (draw(gather_statement(world["amina"], statement.pk, large=large)).pdf for large in (False, True))
    assert inside.pdf_ua_failures(large) == []
    assert sorted(set(sizes(large)))[:2] == [14, 18]
    assert inside.outline(large) == inside.outline(usual)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_cpd_pdf_in_any_script_shows_every_letter(world, text):
    world["amina"].name = text[:80]
    statement = write(world["amina"], learned=text)
    pdf = draw(gather_statement(world["amina"], statement.pk)).pdf
    assert inside.pdf_ua_failures(pdf) == []
    assert letters(text) <= letters(inside.words(pdf))


def test_cpd_markup_shows_code_as_it_was_typed_and_holds_nothing_slow(world):
    typed = "{{ 7|add:7 }} <b>&amp;"
    world["amina"].name = typed
    content = gather_statement(world["amina"], write(world["amina"], learned=typed).pk)
    assert [slow for slow in SLOW_IN_HTML if slow in markup(content)] == []
    assert typed in inside.words(draw(content).pdf)
