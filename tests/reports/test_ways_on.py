"""Where the pages of reports lead: to every kind, from what is empty or failed to what can be done about it."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.urls import reverse
from django.utils import timezone

from apps.core.keyring import KeyRing
from apps.reports.content import portfolio
from apps.reports.models import Report
from apps.reports.views import way_to_choose
from apps.supervision.actions_summaries import share_summary
from apps.supervision.snapshot import Snapshot
from tests import factories
from tests.reports import cpd
from tests.reports.pages import PHASES, address, checked, page_of, text_of, this_month

pytestmark = pytest.mark.usefixtures("sent")

Reason = Report.Reason
NEW = "/reports/new/"


def failed(report, reason):
    Report.objects.claim(report.pk, now=timezone.now()).fail(reason)
    return report


# --- To every kind ---


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("Period summary", "/reports/new/period/"),
        ("CPD reflective statement", "/reports/cpd/"),
        ("CPD record", "/reports/new/record/"),
        ("Supervision pack", "/reports/new/supervision/"),
        ("Evidence page", "/reports/new/evidence/"),
        ("Portfolio", "/reports/new/portfolio/"),
        ("the three phases on paper", "/journal/paper/"),
    ],
)
def test_report_new_leads_to_each_kind_by_its_name(amina, name, leads_to):
    assert f'<a href="{leads_to}">{name}</a>' in text_of(amina.get(NEW))


@pytest.mark.parametrize(("number", "is_said"), [(19, False), (20, True)])
def test_report_new_that_offers_the_latest_alone_says_where_older_ones_are(amina, world, number, is_said):
    for _ in range(number):
        factories.make_reflection(world["amina"])
    assert ("Here are your latest reflections. For an older one" in text_of(amina.get(NEW))) == is_said


def test_evidence_leads_to_its_pdf_which_can_be_of_the_same_weeks(amina):
    assert 'href="/reports/new/evidence/"' in text_of(amina.get("/insights/evidence/"))
    page = text_of(amina.get("/reports/new/evidence/"))
    for weeks, name in (("4", "4 weeks"), ("12", "12 weeks"), ("52", "A year")):
        assert f'value="{weeks}"' in page
        assert name in page


@pytest.mark.parametrize(
    ("kind", "leads_to"),
    [("supervision", "/sharing/"), ("portfolio", "/journal/"), ("record", "/reports/cpd/new/")],
)
def test_report_choose_of_nothing_leads_to_where_there_will_be_something(client, db, kind, leads_to):
    client.force_login(factories.make_person("new@example.nhs.uk"))
    assert f'<a href="{leads_to}">' in text_of(client.get(page_of(kind)))


# --- From what failed ---


@pytest.mark.parametrize(
    ("kind", "asked", "says"),
    [
        (
            "period",
            {"first": "2026-01-01", "last": "2026-03-31"},
            '"/reports/new/period/2026-01-01/2026-03-31/?like={}">choose less<',
        ),
        ("record", {"year": 2026}, '<a href="/reports/new/record/?like={}">choose less</a>'),
        (
            "portfolio",
            {"first": "", "last": ""},
            '<a href="/reports/new/portfolio/?like={}&amp;too_long=all">choose less</a>',
        ),
    ],
)
def test_report_that_is_too_long_leads_to_where_its_author_can_choose_less(amina, world, kind, asked, says):
    row = {"author": world["amina"], "kind": kind, "fingerprint": "a", "asked": json.dumps(asked)}
    report = failed(Report.objects.create(**row), Reason.TOO_LONG)
    assert says.format(report.pk) in text_of(amina.get(address("report_detail", report)))


def test_report_of_which_nothing_is_left_offers_another_and_no_second_try(amina, world):
    report = failed(checked(amina, page_of("portfolio"), time="all", sections=PHASES), Reason.NOTHING_LEFT)
    page = text_of(amina.get(address("report_detail", report)))
    assert "Try again" not in page
    assert f'<a href="{page_of("portfolio")}?like={report.pk}">Choose what goes into another</a>' in page


# --- To what changed since it was looked at ---


def test_report_of_a_reflection_that_changed_since_it_was_seen_is_shown_again_first(amina, world):
    reflection = world["reflection"]
    seen = amina.get(NEW, {"reflection": reflection.pk}).context["preview"].version
    said = {"reflection": reflection.pk, "parts": "yes", "phases": PHASES, "seen": seen}
    type(reflection).objects.filter(pk=reflection.pk).update(version=seen + 1)
    page = text_of(amina.post(NEW, said))
    assert "Something in it has changed since you looked" in page
    assert f'name="seen" value="{seen + 1}"' in page
    assert not Report.objects.exists()
    assert amina.post(NEW, said | {"seen": seen + 1}).status_code == 302
    assert Report.objects.count() == 1


def test_report_again_of_a_reflection_that_changed_since_leads_to_what_would_be_in_it(amina, world, asked):
    reflection = world["reflection"]
    failed(asked, Reason.TROUBLE)
    type(reflection).objects.filter(pk=reflection.pk).update(version=reflection.version + 1)
    response = amina.post(address("report_again", asked), follow=True)
    assert response.redirect_chain[0][0] == f"{NEW}?reflection={reflection.pk}"
    assert "Something in it has changed since you looked. Look again, then make the report." in text_of(response)
    assert Report.objects.get().state == Report.State.FAILED


def test_report_again_of_choices_that_say_something_else_now_leads_to_where_they_are_chosen(amina, world):
    report = failed(checked(amina, page_of("portfolio"), time="all", sections=PHASES), Reason.TROUBLE)
    assert amina.post(address("report_again", report)).url == address("report_detail", report), "nothing changed yet"
    report = failed(report, Reason.TROUBLE)
    factories.make_reflection(world["amina"])
    response = amina.post(address("report_again", report), follow=True)
    assert response.redirect_chain[0][0] == f"{page_of('portfolio')}?like={report.pk}"
    assert "Something in it has changed since you looked" in text_of(response)
    assert Report.objects.get().state == Report.State.FAILED


@pytest.mark.parametrize("kind", ["period", "evidence", "portfolio", "record"])
def test_report_again_that_is_chosen_anew_has_the_same_ticks(amina, world, kind):
    cpd.write(world["amina"])
    page, said = {
        "period": (this_month(), {"sections": ["strain"], "reflections": [str(world["reflection"].pk)]}),
        "evidence": (page_of("evidence"), {"weeks": "4", "sections": ["kinds"]}),
        "portfolio": (page_of("portfolio"), {"time": "all", "sections": ["values"]}),
        "record": (page_of("record"), {"year": "2026", "register": "bps", "sections": ["learned"]}),
    }[kind]
    report = failed(checked(amina, page, **said, large="on"), Reason.TROUBLE)
    form = amina.get(way_to_choose(report)).context["form"]
    ticked = {name: form[name].value() for name in said}
    assert {name: value if isinstance(value, list) else str(value) for name, value in ticked.items()} == said
    assert form["large"].value()


def test_report_again_of_one_more_than_one_pdf_holds_leads_to_where_there_is_less_to_choose(amina, world, monkeypatch):
    report = failed(checked(amina, page_of("portfolio"), time="all", sections=PHASES), Reason.TOO_LONG)
    monkeypatch.setattr(portfolio, "MOST_REFLECTIONS", 0)
    assert amina.post(address("report_again", report)).url == way_to_choose(Report.objects.get())


def test_report_of_words_that_no_key_opens_says_so_where_something_else_can_be_chosen(amina, world, settings):
    factories.make_summary(factories.make_link(world["amina"], world["sam"]), ask="How to say no")
    settings.KEY_RING = KeyRing({"other": AESGCM(bytes(range(32)))})
    page = amina.get(page_of("supervision"))
    [summary] = page.context["form"].offered
    chosen = {"supervision": {"summaries": [summary.pk]}, "portfolio": {"time": "all", "sections": PHASES}}
    for kind, said in chosen.items():
        page = text_of(amina.post(page_of(kind), said))
        assert "There is a problem" in page
        assert "Some words in this cannot be opened. Choose less of it, and tell whoever runs this service" in page


def test_report_pack_says_that_its_words_are_changed_by_sharing_anew(amina, world):
    link = factories.make_link(world["amina"], world["sam"])
    draft = factories.make_summary(link, ask="How to tell Mrs Smithers", shared=False)
    parts = draft.snapshot.parts
    looked = frozenset(one.mark for one in draft.snapshot.found())
    draft.write(Snapshot(parts, looked), against=draft.version)
    summary = share_summary(by=world["amina"], pk=draft.pk, seen=draft.version, now=timezone.now())
    page = text_of(amina.post(page_of("supervision"), {"summaries": [summary.pk]}))
    assert "Smithers" in page
    assert "take that summary back and share it anew" in page
    assert "change it where you wrote it" not in page


# --- When it does not come ---


def test_report_on_its_way_for_five_minutes_says_that_something_keeps_it(amina, asked):
    def told():
        return amina.get(address("report_detail", asked), headers={"accept": "application/json"}).json()["text"]

    assert told() == "Waiting to be made."
    Report.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert told().startswith("Waiting to be made. This takes longer than usual. Nothing is lost:")
    assert told() in text_of(amina.get(reverse("reports:report_detail", args=[asked.pk])))
    failed(asked, Reason.TROUBLE)
    amina.post(address("report_again", asked))
    assert told() == "Waiting to be made.", "it was asked for anew"
