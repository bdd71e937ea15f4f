"""How an author begins a summary of a period and an agenda: what is offered, what is copied, and what carries over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.coping.models import Strategy
from apps.journal.models import Plan, Reflection
from apps.supervision import drafting
from apps.supervision.actions_summaries import start_summary
from apps.supervision.models import Receipt, SharedSummary, SummarySource
from apps.supervision.snapshot import Part, Snapshot
from apps.values.models import ValueCard
from tests.factories import answer, make_link, make_reflection
from tests.supervision.pages import (
    answer_of,
    page_of,
    reading_of,
    said_in,
    shared_from,
    shown_in,
    text_of,
)

PERIOD, AGENDA = (reverse(f"supervision:summary_new_{kind}") for kind in ("period", "agenda"))


def reflection_of(author, *, days_ago=0, **said):
    """A completed reflection, begun so many days ago."""
    reflection = make_reflection(author, **said)
    Reflection.objects.filter(pk=reflection.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return reflection


@pytest.fixture
def marked(world):
    """Three of Amina's reflections marked for supervision, the newest first."""
    skills, cases = Reflection.Supervision.CLINICAL_SKILLS, Reflection.Supervision.CASE_MANAGEMENT
    return [
        reflection_of(world["amina"], days_ago=1, supervision=skills, what_happened="wagtail"),
        reflection_of(world["amina"], days_ago=2, supervision=cases, examples=(("C1", ""),)),
        reflection_of(world["amina"], days_ago=3, supervision=skills),
    ]


# --- A period ---


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


# --- An agenda ---


def test_summary_new_agenda_offers_what_is_marked_for_supervision_and_is_mine(amina, link, marked, world):
    reflection_of(world["ben"], supervision=Reflection.Supervision.CLINICAL_SKILLS)
    page = amina.get(AGENDA)
    assert list(page.context["form"].offered) == [str(one.pk) for one in marked]
    assert "Marked for clinical skills" in text_of(page)


def test_summary_new_agenda_keeps_the_order_that_the_author_numbers(amina, link, marked):
    places = {f"place-{marked[0].pk}": "2", f"place-{marked[2].pk}": "1", f"place-{marked[1].pk}": ""}
    texts = amina.get(amina.post(AGENDA, {"link": link.pk} | places).url).context["form"].texts
    assert [text.label for text in texts][1:] == ["Item 1: clinical skills", "Item 2: clinical skills"]
    draft = SharedSummary.objects.get()
    assert list(draft.sources.values_list("reflection", flat=True)) == [marked[2].pk, marked[0].pk]
    assert "wagtail" not in draft.words  # what happened is not copied


@pytest.mark.parametrize("place", ["0", "-1", "21", "1.5", "first"])
def test_summary_new_agenda_refuses_a_place_that_is_none(place, amina, link, marked):
    page = amina.post(AGENDA, {"link": link.pk, f"place-{marked[0].pk}": place})
    assert "Enter a whole number from 1 to 20, or leave it empty" in text_of(page)


def test_summary_new_agenda_asks_for_one_item_at_least_and_ten_at_most(amina, link, marked, world):
    assert "Number at least one reflection" in text_of(amina.post(AGENDA, {"link": link.pk}))
    for _ in range(8):
        reflection_of(world["amina"], supervision=Reflection.Supervision.CASE_MANAGEMENT)
    every = {f"place-{pk}": "1" for pk in amina.get(AGENDA).context["form"].offered}
    assert "Number at most 10 reflections" in text_of(amina.post(AGENDA, {"link": link.pk} | every))
    assert not SharedSummary.objects.exists()


def test_summary_new_agenda_ignores_a_reflection_that_is_not_the_authors(amina, link, marked, world):
    theirs = reflection_of(world["ben"], supervision=Reflection.Supervision.CLINICAL_SKILLS)
    places = {f"place-{marked[0].pk}": "2", f"place-{theirs.pk}": "1", f"place-{world['reflection'].pk}": "3"}
    amina.post(AGENDA, {"link": link.pk} | places)
    assert list(SummarySource.objects.values_list("reflection", flat=True)) == [marked[0].pk]


def agenda_of(link, marked, **texts):
    """An agenda of these reflections that was shared."""
    material = drafting.gather_agenda(link.practitioner, [one.pk for one in marked])
    parts = tuple(
        Part(part.key, part.label, texts.get(part.key.replace("-", "_"), part.text)) for part in material.parts
    )
    kind, today = SharedSummary.Kind.AGENDA, timezone.localdate()
    start = {"sources": material.sources, "today": today, "kind": kind}
    return shared_from(start_summary(by=link.practitioner, link=link, snapshot=Snapshot(parts), **start))


def test_shared_answer_names_no_item_of_an_agenda_that_was_never_opened(sam, link, marked):
    agenda = agenda_of(link, marked)
    page = sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["99"]))
    assert page.status_code == 422
    assert "clinical skills" not in text_of(page)
    assert not Receipt.objects.exists()


def test_shared_answer_marks_the_items_that_were_discussed_and_the_rest_carries_over(amina, sam, link, marked):
    agenda = agenda_of(link, marked)
    page = sam.get(reading_of(agenda))
    assert "Item 1: clinical skills" in said_in(page)
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["1", "3"]))
    assert [bool(one.discussed_at) for one in agenda.sources.all()] == [True, False, True]
    form = amina.get(AGENDA).context["form"]
    assert list(form.offered) == [str(marked[1].pk)]
    assert "Carried over" in form.items[0].help_text
    words = text_of(amina.get(page_of(agenda)))
    assert "Item 1: discussed" in words
    assert "Item 2: not discussed yet" in words


def test_shared_answer_takes_a_mark_away_again(sam, link, marked):
    agenda = agenda_of(link, marked)
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["1", "2"]))
    assert sam.get(reading_of(agenda)).context["form"]["items"].value() == [1, 2]
    sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["2"]))
    assert [bool(one.discussed_at) for one in agenda.sources.all()] == [False, True, False]
    sam.post(reading_of(agenda, "answer"), answer_of(agenda))
    agenda.refresh_from_db()
    assert agenda.discussed_at is None
    assert not agenda.sources.discussed().exists()


def test_shared_answer_refuses_an_item_that_is_none(sam, link, marked):
    agenda = agenda_of(link, marked[:1])
    assert sam.post(reading_of(agenda, "answer"), answer_of(agenda, items=["2"])).status_code == 422
    assert not agenda.sources.discussed().exists()


def test_agenda_carries_over_an_item_that_was_left_out_after_all(amina, link, marked):
    agenda = agenda_of(link, marked[:2], item_1=" ")
    assert list(agenda.sources.values_list("position", "reflection")) == [(2, marked[1].pk)]
    form = amina.get(AGENDA).context["form"]
    assert ["Carried over" in field.help_text for field in form.items] == [False, True, False]


def test_reflection_discussed_in_a_summary_of_its_own_is_on_no_later_agenda(amina, link, marked, world):
    material = drafting.gather(world["amina"], marked[0].pk).only(["challenges"])
    start = {"sources": material.sources, "today": timezone.localdate(), "snapshot": Snapshot(material.parts)}
    summary = shared_from(start_summary(by=world["amina"], link=link, **start))
    answer(summary, "", discussed=True)
    assert str(marked[0].pk) not in amina.get(AGENDA).context["form"].offered


def test_summary_of_a_period_of_counts_alone_can_be_discussed(amina, sam, link):
    amina.post(PERIOD, {"link": link.pk, "counts": ["count_values"]})
    summary = shared_from(SharedSummary.objects.get())
    sam.post(reading_of(summary, "answer"), answer_of(summary, discussed="on"))
    summary.refresh_from_db()
    assert summary.discussed_at is not None


def test_supervisor_of_several_sees_them_one_by_one_and_no_agenda_of_the_other(amina, sam, link, marked, world):
    others = make_link(world["ben"], world["sam"])
    theirs = reflection_of(world["ben"], supervision=Reflection.Supervision.CLINICAL_SKILLS)
    agenda, bens = agenda_of(link, marked[:1], item_1="kingfisher"), agenda_of(others, [theirs], item_1="badger")
    assert "badger" not in sam.get(reading_of(agenda)).content.decode()
    assert "kingfisher" not in sam.get(reading_of(bens)).content.decode()
    assert Plan.objects.owned_by(world["ben"]).exists()  # the twin is there to be seen
