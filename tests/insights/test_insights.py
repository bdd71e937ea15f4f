"""The insights page: one's own counts with a sentence, a plot, a table and a way on; as few queries with 200 rows."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from apps.coping.models import OwnStrategy, Strategy
from apps.core.challenges import CATEGORIES
from apps.insights.gather import counts, gather_insights
from apps.insights.plots import LARGEST_DOT, LEVELS, SIZES
from apps.insights.ranges import MOST_PERIODS, RANGES
from apps.journal.models import FollowUp, Plan, Reflection, ReflectionValue
from apps.values.models import ValueCard
from tests.accounts.pages import heading_of, text_of, title_of
from tests.factories import make_many, make_reflection
from tests.insights.writing import Facts, write
from tests.values.pages import SVG, cards, drawings, place, title

INSIGHTS = "/insights/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


def plots_of(insights):
    """Every plot of a page."""
    parts = (insights.challenges, insights.strain, insights.values, insights.closeness, insights.strategies)
    return [part.plot for part in parts]


def fill(author, number):
    for days in range(number):
        make_reflection(author, created_at=NOW - timedelta(days=days), examples=(("C3", "no-gap"), ("C1", "")))


def test_insights_count_mine_and_not_theirs_and_show_no_words(amina, world):
    fill(world["amina"], 4)
    for _ in range(3):
        make_reflection(world["ben"], examples=(("C4", "no-admin-cover"),))
    own = ValueCard.objects.own_card(world["ben"], "Ben's planted badger")
    ReflectionValue.objects.create(reflection=world["bens_reflection"], card=own, lived=True, closeness=3)
    page = amina.get(INSIGHTS)
    words = text_of(page)
    assert heading_of(page) == "Your insights"
    assert "5 completed reflections" in words
    assert "Of 5 reflections, 5 named how the work is organised, 0 named work with clients" in words
    assert "5 reflections have strain before and after. It was lower after in 5, the same in 0" in words
    assert "One value came up. It was lived 5 times and never stepped on." in words
    assert "You made 5 plans." in words
    assert "Volume, pace and targets 5" in words
    assert "Admin and systems" not in words
    assert not any(word in words for word in ("heron", "otter", "badger", "diary was full"))


def test_insights_show_the_names_of_ones_own_values_and_strategies_in_the_page_alone(amina, world):
    card = ValueCard.objects.own_card(world["amina"], "Room to breathe")
    ReflectionValue.objects.create(reflection=world["reflection"], card=card, stepped_on=True, closeness=2)
    own = OwnStrategy.objects.create(owner=world["amina"], page_key=card.pk, name="Walk to the river", minutes=5)
    Plan.objects.create(reflection=world["reflection"], number=2, own_id=own.pk, own_name="An older name")
    page = amina.get(INSIGHTS)
    assert "Room to breathe" in text_of(page)
    assert "Walk to the river" in text_of(page)
    assert f'href="/journal/?strategy={own.pk}&amp;' in page.content.decode()
    assert "Room to breathe" not in title_of(page)
    own.delete()
    words = text_of(amina.get(INSIGHTS))
    assert "Your own strategies that you deleted" in words
    assert "Walk to the river" not in words


def test_insights_below_five_say_that_they_are_too_few_for_each_part(amina, world):
    fill(world["amina"], 3)
    place(world["amina"], cards("V01")[0], 3, 4)
    page = amina.get(INSIGHTS)
    words = text_of(page)
    assert "Fewer than five reflections: too few to show how things change" in words
    assert words.count("Fewer than five") == 6  # the page, and each part
    assert "Fewer than five answers for A and B: too few to show how it changes." in words
    assert page.context["insights"].closeness.plot.title.endswith(" A: 4 times, 6. B: twice, between 3 and 4.")
    assert "came up most" not in words
    joined = [plot for plot in plots_of(page.context["insights"]) if plot.joins]
    assert joined == [page.context["insights"].strain.plot]  # from before to after, none over time
    fill(world["amina"], 1)
    assert "Fewer than five reflections:" not in text_of(amina.get(INSIGHTS))


def test_insights_that_lie_mostly_in_the_system_say_so_and_lead_to_the_evidence_page(amina, world):
    fill(world["amina"], 4)
    page = amina.get(INSIGHTS)
    assert "How the work is organised came up most. That is not yours to carry alone." in text_of(page)
    assert 'href="/insights/evidence/"' in page.content.decode()
    for _ in range(6):
        make_reflection(world["amina"], examples=(("C1", "carried-home"),))
    assert "came up most" not in text_of(amina.get(INSIGHTS))


def test_insights_say_why_some_reflections_lie_nowhere(amina, world):
    assert "The rest do not say" not in text_of(amina.get(INSIGHTS))
    mixed = next(kind for kind, said in CATEGORIES.items() if len({one.locus for one in said.examples}) > 1)
    make_reflection(world["amina"], examples=((mixed, ""),))
    words = text_of(amina.get(INSIGHTS))
    assert "Of 2 reflections, 1 named how the work is organised, 0 named work with clients" in words
    assert "The rest do not say where theirs lies." in words
    make_reflection(world["amina"], examples=(("C3", "back-to-back"), ("C1", "carried-home")))
    words = text_of(amina.get(INSIGHTS))
    assert "The rest do not say" in words, "two places of one reflection stand for no other"


def test_insights_of_nothing_say_what_to_do(client, world):
    client.force_login(world["sam"])
    page = client.get(INSIGHTS, {"range": "all"})
    assert "There is nothing to show here yet. A reflection counts once you complete it." in text_of(page)
    assert 'href="/journal/new/"' in page.content.decode()
    assert 'href="?range=all"' not in page.content.decode()
    assert drawings(page) == []


def test_insights_of_a_time_with_nothing_in_it_do_not_say_that_there_is_none_and_lead_to_all_of_it(amina, world):
    Reflection.objects.owned_by(world["amina"]).delete()
    make_reflection(world["amina"], created_at=NOW - timedelta(days=40))
    page = amina.get(INSIGHTS, {"range": "4-weeks"})
    assert "You have no completed reflection from this time. Look at all of your time here" in text_of(page)
    assert "nothing to show here yet" not in text_of(page)
    assert page.content.decode().count('href="?range=all"') == 2  # one of them among the ranges
    assert "1 completed reflection," in text_of(amina.get(INSIGHTS, {"range": "all"}))


def test_insights_of_bare_reflections_say_for_each_part_how_it_fills(amina, world):
    Reflection.objects.all().delete()
    write(Facts(minutes_ago=5), mine=world["amina"], theirs=world["ben"], now=NOW)
    words = text_of(amina.get(INSIGHTS))
    for said in ("names a kind of challenge", "has strain both before and after", "names a value", "holds a plan"):
        assert f"No reflection in this time {said}" in words
    assert "You have not said in this time how close a value felt." in words
    marked = '<p class="nhsuk-lede-text app-words">'
    assert marked in amina.get(INSIGHTS).content.decode(), "what is somebody's own says Private where it is printed"


def test_insights_of_a_compass_alone_show_how_it_moved(client, world):
    place(world["sam"], cards("V01")[0], 2, 2, 5, 9, 9)
    client.force_login(world["sam"])
    for chosen in ("quarter", "all"):
        page = client.get(INSIGHTS, {"range": chosen})
        assert "You said 5 times how close one value felt." in text_of(page)
        assert "Fewer than five" not in text_of(page).replace("Fewer than five reflections", "")
        shown = "How close values felt, 0 to 10. A: 5 times, between 2 and 9."
        assert [title(svg) for svg in drawings(page)] == [shown]
        assert f"A. {cards('V01')[0].name} 5 2 9" in text_of(page)
        assert "2 (twice), 5, 9 (twice)" in text_of(page)
        assert f'href="/values/{cards("V01")[0].pk}/"' in page.content.decode(), "no list that would be empty"
        assert f"value={cards('V01')[0].pk}" not in page.content.decode()


def test_insights_draw_the_five_values_with_most_answers_and_say_that_there_are_more(amina, world):
    for number, card in enumerate(cards("V01", "V02", "V03", "V05", "V06", "V07"), 1):
        place(world["amina"], card, *range(number))
    page = amina.get(INSIGHTS)
    closeness = page.context["insights"].closeness
    assert [row.answers for row in closeness.rows] == [6, 5, 4, 3, 2]
    words = text_of(page)
    assert "You said 22 times how close 7 values felt. Here are the 5 you answered for most often." in words
    assert "Fewer than five answers for C, D and E: too few to show how it changes." in words


def test_insights_draw_a_dot_for_each_answer_and_join_those_of_one_reflection(amina, world):
    fill(world["amina"], 2)
    strain = next(svg for svg in drawings(amina.get(INSIGHTS)) if title(svg).startswith("Strain"))
    drawn = [path for path in strain.iter(f"{SVG}path") if path.get("d").endswith("h0")]
    dots = [(path.get("stroke") == "#ffffff", path.get("d").count("M")) for path in drawn]
    assert dots == [(False, 2), (False, 2), (True, 2)]  # filled, and open: one of the key, one for three alike
    [join] = [path.get("d") for path in strain.iter(f"{SVG}path") if "L" in path.get("d")]
    assert join.count("M") == 1
    assert title(strain) == "Strain before and after, 0 to 10, in 3 reflections."


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [("4-weeks", "4-weeks"), ("year", "year"), ("all", "all"), ("", "quarter"), ("0" * 5000, "quarter")],
)
def test_insights_cover_the_range_that_was_asked_for_and_mark_it(amina, asked, chosen):
    page = amina.get(INSIGHTS, {"range": asked})
    assert page.context["insights"].chosen.id == chosen
    assert re.findall(r'aria-current="true">(.*?)<', page.content.decode()) == [RANGES[chosen].name]
    assert f'href="?range={chosen}"' not in page.content.decode()


@pytest.mark.parametrize(("chosen", "queries"), [("quarter", 6), ("all", 7)])
@pytest.mark.parametrize("many", [5, 200])
def test_insights_ask_the_database_as_often_however_much_there_is(
    amina, world, django_assert_num_queries, many, chosen, queries
):
    make_many(world["amina"], many)
    fill(world["amina"], 2)
    # session, person, reflections, values, strategies, their names; and the first day where all is asked for
    with django_assert_num_queries(queries):
        page = amina.get(INSIGHTS, {"range": chosen})
    assert page.context["insights"].reflections == many + 3


@pytest.mark.parametrize("rows", [counts.reflections, counts.touched, counts.planned])
def test_insights_read_no_more_rows_of_more_reflections_that_say_the_same(world, rows):
    window = counts.Window(world["ben"], NOW.date() - timedelta(days=6), NOW.date(), 7)
    make_many(world["ben"], 5)
    few = rows(**window.said)
    make_many(world["ben"], 200)
    many = rows(**window.said)
    assert len(few) == len(many)
    assert few != many


@pytest.mark.parametrize("many", [250, 10_000])
def test_insights_draw_no_more_marks_and_rows_than_periods_have_levels_however_much_there_is(world, many):
    said = {"author": world["sam"], "kind": "quick", "completed_at": NOW}
    Reflection.objects.bulk_create(
        Reflection(
            start_key=f"00000000-0000-4000-8000-{n:012}",
            created_at=NOW - timedelta(hours=6 * n),
            strain_before=n % 11,
            strain_after=n // 11 % 11,
            **said,
        )
        for n in range(many)
    )
    insights = gather_insights(world["sam"], chosen=RANGES["all"], today=NOW.date())
    assert insights.strain.reflections == many
    assert len(insights.strain.over) == len(insights.periods) <= MOST_PERIODS
    assert len(insights.strain.plot.dots) <= 2 * len(insights.periods) * (LEVELS + 1) + 2  # those of the key
    assert insights.strain.plot.joins == ()
    looks = {(dot.radius, dot.is_open) for dot in insights.strain.plot.dots}
    paths = 1 + sum(2 if is_open else 1 for _, is_open in looks)  # the lines across, and one for each look or two
    assert insights.strain.plot.svg.count("<path") == paths <= 1 + 3 * SIZES * LARGEST_DOT


def test_insights_count_a_plan_once_and_its_answers_with_the_strategy_of_then(amina, world):
    [plan] = world["reflection"].plans.all()
    then, now = (Strategy.objects.get(code=code) for code in ("S01", "S05"))
    for number, version in enumerate((then.current, then.current, now.current), 1):
        answer = {"author": world["amina"], "number": number, "did": "yes", "helped": 3, "then": "keep"}
        FollowUp.objects.create(plan=plan, version=version, **answer)
    Plan.objects.filter(pk=plan.pk).update(version=now.current)
    rows = amina.get(INSIGHTS).context["insights"].strategies.rows
    assert {row.name: (row.planned, row.done, row.helped) for row in rows} == {
        now.current.name: (1, 1, 1),
        then.current.name: (0, 2, 2),
    }


def test_insights_of_a_plan_without_an_answer_have_no_row_of_nothing(amina):
    [row] = amina.get(INSIGHTS).context["insights"].strategies.rows
    assert (row.name, row.planned, row.done, row.helped) == ("Reset minute", 1, 0, 0)


def test_insights_name_a_strategy_as_it_is_called_now_whichever_version_was_planned(amina, world):
    strategy = Strategy.objects.get(code="S01")
    newer = strategy.current
    newer.pk, newer.name = None, "Reset minute, renamed"
    newer.number += 1
    newer.save(force_insert=True)
    Strategy.objects.filter(pk=strategy.pk).update(current=newer)
    Plan.objects.create(reflection=world["reflection"], number=2, version=newer)
    [row] = amina.get(INSIGHTS).context["insights"].strategies.rows
    assert (row.name, row.planned) == ("Reset minute, renamed", 2)
