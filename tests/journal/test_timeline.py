"""The timeline, its search, and the plans: one's own, all of them, and nobody else's."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.coping.models import Strategy
from apps.journal.models import FollowUp
from apps.values.models import ValueCard
from tests import factories
from tests.coping.own import write
from tests.journal.pages import page, text_of


def test_reflection_list_shows_mine_and_not_theirs(amina, world):
    words = text_of(amina.get("/journal/"))
    assert "heron" in words
    assert "otter" in words
    assert "badger" not in words


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("challenge=C3", "heron", "otter"),
        ("challenge=O", "heron", "otter"),
        ("state=draft", "otter", "heron"),
        ("state=completed", "heron", "otter"),
        ("state=at_challenge", "otter", "heron"),
        ("time=4_weeks", "heron", "weasel"),
    ],
)
def test_reflection_list_filters(amina, world, query, shown, hidden):
    old = timezone.now() - timedelta(days=60)
    factories.make_draft(world["amina"], what_happened="weasel", created_at=old, version=1, values_version=1)
    words = text_of(amina.get(f"/journal/?{query}"))
    assert shown in words
    assert hidden not in words


def test_reflection_list_filters_by_a_value_and_keeps_the_filter_on_the_next_page(amina, world):
    factories.make_many(world["amina"], 25)  # each of which touched compassion, as "heron" did; "otter" did not
    card = world["reflection"].values.get().card
    other = ValueCard.objects.library().get(code="V05")
    html = amina.get(f"/journal/?value={card.pk}").content.decode()
    assert html.count('<div class="nhsuk-card ') == 20
    assert f'<option value="{card.pk}" selected' in html
    older = re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', html)[1].replace("&amp;", "&")
    assert amina.get(f"/journal/{older}").content.decode().count('<div class="nhsuk-card ') == 6
    assert "heron" in html
    assert "otter" not in html
    assert "No reflection matches" in text_of(amina.get(f"/journal/?value={other.pk}"))


def test_reflection_list_filters_by_the_strategy_of_a_plan_now_and_when_it_was_looked_back_on(amina, world):
    then, now = (Strategy.objects.get(code=code) for code in ("S01", "S05"))
    other = factories.make_reflection(world["amina"], what_happened="weasel")
    [plan] = other.plans.all()
    FollowUp.objects.create(plan=plan, author=world["amina"], number=1, version=then.current, did="no", then="keep")
    other.plans.update(version=now.current)
    assert "Any strategy" not in text_of(amina.get("/journal/"))
    for strategy, shown in {then: [other, world["reflection"]], now: [other]}.items():
        page = amina.get(f"/journal/?strategy={strategy.pk}")
        assert page.context["page"].reflections == shown
        assert f'<option value="{strategy.pk}" selected' in page.content.decode()


def test_reflection_list_does_not_know_a_strategy_of_somebody_elses(amina, world):
    mine = write(world["amina"], name="Walk by the river")
    theirs = write(world["ben"], name="Walk by the sea")
    words = text_of(amina.get(f"/journal/?strategy={mine.pk}"))
    assert "Walk by the river" in words
    assert "Walk by the sea" not in words
    assert "No reflection matches" in words
    words = [text_of(amina.get(f"/journal/?strategy={pk}")) for pk in (theirs.pk, uuid.uuid4())]
    assert "Select a strategy from the list" in words[0]
    assert words[0] == words[1]


def test_reflection_list_does_not_know_a_value_of_somebody_elses(amina, world):
    theirs = ValueCard.objects.own_card(world["ben"], "Badger-like calm")
    words = [text_of(amina.get(f"/journal/?value={pk}")) for pk in (theirs.pk, uuid.uuid4())]
    assert "Select a value from the list" in words[0]
    assert "heron" in words[0]
    assert words[0] == words[1]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("value=x", "Select a value from the list"),
        ("strategy=reset-minute", "Select a strategy from the list"),
        ("challenge=C99", "Select a challenge from the list"),
        ("state=x", "Select a phase from the list"),
        ("time=' OR 1", "Select a time from the list"),
    ],
)
def test_reflection_list_with_a_forged_filter_says_so_and_keeps_the_others(amina, query, message):
    other = "state=completed" if not query.startswith("state") else "challenge=C3"
    response = amina.get(f"/journal/?{query}&{other}")
    words = text_of(response)
    assert words.startswith("Error: Your reflections")
    assert f"There is a problem {message}" in words
    assert '<details class="nhsuk-details" open>' in response.content.decode()
    assert "heron" in words
    assert "otter" not in words


@pytest.mark.parametrize("sign", ["%2B", "-"])
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
@pytest.mark.parametrize("address", ["/journal/", "/coping/plans/"])
def test_list_before_a_moment_at_the_ends_of_time_is_still_a_page(amina, address, moment, sign):
    before = f"{moment}{sign}14:00_{uuid.uuid4()}"
    assert amina.get(f"{address}?before={before}").status_code == 200


@given(before=st.text() | st.builds("{}_{}".format, st.datetimes(timezones=st.timezones()), st.uuids()))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reflection_list_before_anything_is_still_a_page(amina, before):
    assert amina.get("/journal/", {"before": before}).status_code == 200


def test_reflection_list_keeps_quick_captures_to_finish_apart_from_full_drafts(amina, world):
    factories.make_draft(world["amina"], kind="quick", what_happened="weasel", version=1, challenge_version=1)
    assert "weasel" in text_of(amina.get("/journal/?state=quick"))
    assert "otter" not in text_of(amina.get("/journal/?state=quick"))
    assert "weasel" in text_of(amina.get("/journal/?state=draft"))
    assert "weasel" not in text_of(amina.get("/journal/?state=at_values"))


def test_reflection_list_pages_by_key_through_everything_once(amina, world):
    moment = timezone.now()
    for number in range(45):
        factories.make_draft(world["amina"], what_happened=f"number-{number:02}", created_at=moment)
    seen, address = [], "/journal/"
    while address:
        html = amina.get(address).content.decode()
        seen += re.findall(r"number-\d\d", html)
        older = re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', html)
        address = f"/journal/{older[1].replace('&amp;', '&')}" if older else ""
    assert sorted(seen) == [f"number-{number:02}" for number in range(45)]


@pytest.mark.parametrize("address", ["/journal/", "detail", "challenge", "values", "coping", "close", "plans"])
def test_the_number_of_queries_does_not_grow_with_the_rows(amina, world, django_assert_max_num_queries, address):
    address = {"/journal/": "/journal/", "plans": "/coping/plans/"}.get(address) or page(world["reflection"], address)
    if address.endswith(("challenge/", "values/", "coping/")):
        world["reflection"].reopen()
    for _ in range(15):
        factories.make_reflection(world["amina"], examples=(("C3", "back-to-back"), ("C4", ""), ("C12", "")))
        ValueCard.objects.create(owner=world["amina"], name="One more")
        write(world["amina"])
    with django_assert_max_num_queries(12):  # the coping phase: its reflection, own strategies, favourites and record
        assert amina.get(address).status_code == 200


def test_every_answer_is_kept_out_of_caches(amina, world):
    assert amina.get(page(world["reflection"])).headers["Cache-Control"] == "no-store"


def test_reflection_list_reads_no_more_rows_than_it_shows(amina, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(10) as queries:
        amina.get("/journal/")
    asked = [query["sql"] for query in queries.captured_queries if 'FROM "journal_reflection" WHERE' in query["sql"]]
    assert [sql.partition(" LIMIT ")[2] for sql in asked] == ["21"]
