"""How an author begins a summary of a period: what is offered, and what is copied."""

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.coping.models import Strategy
from apps.supervision import drafting
from apps.supervision.models import SharedSummary
from apps.values.models import ValueCard
from tests.supervision.pages import (
    answer_of,
    reading_of,
    reflection_of,
    shared_from,
    shown_in,
    text_of,
)

PERIOD, AGENDA = (reverse(f"supervision:summary_new_{kind}") for kind in ("period", "agenda"))


def test_summary_new_period_offers_mine_of_the_weeks_chosen_and_nobody_elses(amina, link, world):
    older = reflection_of(world["amina"], days_ago=40)
    offered = amina.get(PERIOD).context["form"].offered
    assert list(offered) == [str(world["reflection"].pk)]  # neither her draft, nor an older one, nor Ben's
    longer = amina.get(PERIOD, {"weeks": "12"}).context["form"].offered
    assert list(longer) == [str(world["reflection"].pk), str(older.pk)]


@pytest.mark.parametrize("days_ago", [27, 28])
def test_summary_new_period_begins_with_the_first_of_its_local_days(days_ago, amina, link, world):
    first = reflection_of(world["amina"], days_ago=days_ago)
    assert (str(first.pk) in amina.get(PERIOD).context["form"].offered) is (days_ago == 27)


def test_summary_new_period_has_nothing_chosen_to_start_with(amina, link):
    form = amina.get(PERIOD).context["form"]
    assert [form[name].value() for name in ("counts", "reflections", "parts")] == [None, None, None]


def test_summary_new_period_copies_what_was_chosen_oldest_first_and_without_its_days(amina, link, world):
    older = reflection_of(world["amina"], days_ago=3, what_happened="wagtail")
    left_out = reflection_of(world["amina"], days_ago=2, what_happened="osprey")
    chosen = {"link": link.pk, "reflections": [world["reflection"].pk, older.pk], "parts": ["what_happened"]}
    page = amina.get(amina.post(PERIOD, chosen).url)
    assert list(shown_in(page)) == ["text-ask", "text-reflection-1", "text-reflection-2"]
    assert shown_in(page)["text-reflection-1"] == "What happened\nwagtail"
    assert "heron" in shown_in(page)["text-reflection-2"]
    draft = SharedSummary.objects.get()
    assert draft.kind == SharedSummary.Kind.PERIOD
    assert list(draft.sources.values_list("reflection", flat=True)) == [older.pk, world["reflection"].pk]
    assert "osprey" not in draft.words
    assert not draft.sources.filter(reflection=left_out.pk).exists()


def test_summary_new_period_counts_what_is_mine_in_these_weeks_and_nobody_elses(amina, link, world):
    second = reflection_of(world["amina"], days_ago=5, examples=(("C3", ""), ("C1", "")))
    reflection_of(world["amina"], days_ago=40)
    first = second.plans.get()
    first.answer(number=1, did="yes", helped=3, note="kingfisher", then="drop")
    first.drop(at=timezone.now())
    counts = ["count_challenges", "count_values", "count_plans"]
    texts = shown_in(amina.get(amina.post(PERIOD, {"link": link.pk, "counts": counts}).url))
    name = ValueCard.objects.available_to(world["amina"]).get(code="V04").name
    assert "2 reflections in 4 weeks." in texts["text-count_challenges"]
    assert f"{name}: touched 2, lived 2, stepped on 0" in texts["text-count_values"]
    assert "2 plans: done 1, partly done 0, not done 0, not looked back on 1" in texts["text-count_plans"]
    helped = Strategy.objects.published().get(code="S01").current.name
    assert f"Helped: {helped}, 1 time" in texts["text-count_plans"]
    assert "kingfisher" not in "".join(texts.values())


def test_summary_new_period_copies_only_the_counts_that_were_chosen(amina, link):
    texts = shown_in(amina.get(amina.post(PERIOD, {"link": link.pk, "counts": ["count_values"]}).url))
    assert list(texts) == ["text-ask", "text-count_values"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reflections": [], "counts": []}, "Choose reflections, counts, or both"),
        ({"parts": []}, "Choose which parts of these reflections to copy"),
        ({"parts": ["no such part"]}, "Choose parts from the list"),
        ({"counts": ["count_days"]}, "Choose counts from the list"),
        ({"link": ""}, "Choose the supervisor who will read it"),
    ],
)
def test_summary_new_period_says_what_to_do_about_what_is_missing(wrong, sentence, amina, link, world):
    chosen = {"link": link.pk, "reflections": [world["reflection"].pk], "parts": ["challenges"]}
    assert sentence in text_of(amina.post(PERIOD, chosen | wrong))
    assert not SharedSummary.objects.exists()


@pytest.mark.parametrize("whose", ["draft", "bens_reflection"])
def test_summary_new_period_refuses_a_reflection_that_is_not_the_authors_to_share(whose, amina, link, world):
    chosen = {"link": link.pk, "reflections": [world["reflection"].pk, world[whose].pk], "parts": ["what_happened"]}
    assert "Choose reflections from the list" in text_of(amina.post(PERIOD, chosen))
    assert not SharedSummary.objects.exists()


def test_summary_new_period_takes_ten_reflections_and_no_more(amina, link, world):
    many = [reflection_of(world["amina"], days_ago=1).pk for _ in range(11)]
    chosen = {"link": link.pk, "reflections": many, "parts": ["challenges"]}
    assert "Choose at most 10 reflections" in text_of(amina.post(PERIOD, chosen))
    assert amina.post(PERIOD, chosen | {"reflections": many[1:]}).status_code == 302


def test_summary_new_period_costs_the_same_for_many_reflections(amina, link, world, django_assert_max_num_queries):
    for _ in range(12):
        reflection_of(world["amina"], days_ago=1)
    with django_assert_max_num_queries(25):
        amina.post(PERIOD, {"link": link.pk, "counts": ["count_challenges", "count_values", "count_plans"]})


def test_gate_gives_no_material_of_what_is_not_the_authors(world):
    today = timezone.localdate()
    for ids in ([world["bens_reflection"].pk], [world["draft"].pk], [world["reflection"].pk, world["draft"].pk]):
        with pytest.raises(drafting.NotThere):
            drafting.gather_period(world["amina"], ids, parts=["challenges"], counts=[], first=today, last=today)
        with pytest.raises(drafting.NotThere):
            drafting.gather_agenda(world["amina"], ids)


def test_summary_of_a_period_of_counts_alone_can_be_discussed(amina, sam, link):
    amina.post(PERIOD, {"link": link.pk, "counts": ["count_values"]})
    summary = shared_from(SharedSummary.objects.get())
    sam.post(reading_of(summary, "answer"), answer_of(summary, discussed="on"))
    summary.refresh_from_db()
    assert summary.discussed_at is not None
