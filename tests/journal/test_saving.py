"""Saving a phase: what is kept, against which version, and by whom."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from apps.journal import actions
from apps.journal.completing import NotYet
from apps.journal.forms import ChallengeForm, CopingForm, QuickForm, ValuesForm
from apps.journal.models import OutOfDate, Plan, Reflection, WrongState
from apps.journal.reading import read
from apps.values.models import ValueCard
from tests import factories


def sent(**fields) -> QueryDict:
    """What a browser sends for `fields`; dashes in names are written as two underscores."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def save(form_class, reflection, *, by, version, finished=True, **fields):
    """Save a phase of `reflection` as `by`, against `version`."""
    fresh = Reflection.objects.owned_by(by).whole().get(pk=reflection.pk)
    form = form_class(sent(version=str(version), **fields), reflection=fresh, author=by)
    assert form.is_valid(), form.errors
    return actions.save_phase(by=by, pk=reflection.pk, answers=form, against=form.against, finished=finished)


def fresh(reflection) -> Reflection:
    """`reflection` as the database has it."""
    return Reflection.objects.owned_by(reflection.author).whole().get(pk=reflection.pk)


def card(code, user) -> ValueCard:
    """A library card by its code."""
    return ValueCard.objects.available_to(user).get(code=code)


def test_start_reflection_pressed_twice_makes_one(world):
    key = uuid.uuid4()
    first = actions.start_reflection(by=world["amina"], kind="full", start_key=key)
    assert actions.start_reflection(by=world["amina"], kind="full", start_key=key) == first


def test_start_reflection_with_another_persons_key_makes_ones_own(world):
    key = uuid.uuid4()
    bens = actions.start_reflection(by=world["ben"], kind="full", start_key=key)
    assert actions.start_reflection(by=world["amina"], kind="full", start_key=key) != bens


def test_save_keeps_every_character_as_typed(world):
    words = "  Zwei Wörter, שלום, 👩🏽‍⚕️, “quotes” <b>&amp;  \n\n and the end "
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, what_happened=words)
    assert fresh(world["draft"]).what_happened == words


def test_save_of_an_example_keeps_its_category_too(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, challenges=["C3:back-to-back"])
    assert fresh(world["draft"]).challenge_keys() == ({"C3"}, {"back-to-back"})


def test_save_again_without_a_challenge_takes_it_away(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, challenges=["C3", "C7"])
    save(ChallengeForm, world["draft"], by=world["amina"], version=1, challenges=["C7"])
    assert fresh(world["draft"]).challenge_keys() == ({"C7"}, set())


def test_save_counts_one_version_and_marks_its_phase(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0)
    saved = save(CopingForm, world["draft"], by=world["amina"], version=1)
    assert (saved.version, saved.challenge_version, saved.values_version, saved.coping_version) == (2, 1, 0, 2)


def test_save_of_the_same_phase_against_an_older_version_is_refused_and_writes_nothing(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, what_happened="first")
    with pytest.raises(OutOfDate):
        save(ChallengeForm, world["draft"], by=world["amina"], version=0, what_happened="second")
    assert fresh(world["draft"]).what_happened == "first"


def test_save_of_another_phase_against_an_older_version_is_kept(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, what_happened="in one tab")
    save(CopingForm, world["draft"], by=world["amina"], version=0, take_forward="in another tab")
    reflection = fresh(world["draft"])
    assert (reflection.what_happened, reflection.take_forward) == ("in one tab", "in another tab")


@pytest.mark.parametrize("forged", ["1", "99", "-1", "x", "", "9" * 30, "٣"])
def test_save_against_a_version_that_never_was_is_refused(world, forged):
    with pytest.raises(OutOfDate):
        save(ChallengeForm, world["draft"], by=world["amina"], version=forged, what_happened="forged")


def test_save_of_somebody_elses_reflection_finds_nothing(world):
    form = ChallengeForm(sent(version="0"), reflection=world["draft"], author=world["ben"])
    assert form.is_valid()
    with pytest.raises(Reflection.DoesNotExist):
        actions.save_phase(by=world["ben"], pk=world["draft"].pk, answers=form, against=0, finished=True)


def test_save_of_a_completed_reflection_makes_it_a_draft_again(world):
    save(ChallengeForm, world["reflection"], by=world["amina"], version=3, what_happened="one more thing")
    assert fresh(world["reflection"]).is_draft


def test_save_keeps_values_with_how_they_fared(world):
    kind = card("V04", world["amina"])
    how = {f"how-{kind.pk}": ["lived", "stepped_on"], f"closeness-{kind.pk}": "7", "values": [str(kind.pk)]}
    save(ValuesForm, world["draft"], by=world["amina"], version=0, **how)
    row = fresh(world["draft"]).values.all()[0]
    assert (row.card, row.lived, row.stepped_on, row.closeness) == (kind, True, True, 7)


def test_save_makes_a_card_of_ones_own_value_and_chooses_it(world):
    save(ValuesForm, world["draft"], by=world["amina"], version=0, new_value="Patience")
    assert [row.card.name for row in fresh(world["draft"]).values.all()] == ["Patience"]
    assert not ValueCard.objects.available_to(world["ben"]).filter(owner=world["amina"]).exists()


def test_autosave_leaves_a_half_typed_value_as_it_is(world):
    save(ValuesForm, world["draft"], by=world["amina"], version=0, finished=False, new_value="Pati")
    reflection = fresh(world["draft"])
    assert (reflection.new_value, list(reflection.values.all())) == ("Pati", [])


def test_values_beyond_three_are_refused_in_words(world):
    cards = [str(one.pk) for one in ValueCard.objects.available_to(world["amina"])[:4]]
    form = ValuesForm(sent(version="0", values=cards), reflection=fresh(world["draft"]), author=world["amina"])
    assert form.errors["values"] == ["Choose up to 3 values. You have chosen 4, so untick some"]


def test_values_of_another_person_are_refused(world):
    bens = ValueCard.objects.own_card(world["ben"], "Ben's own")
    form = ValuesForm(sent(version="0", values=[str(bens.pk)]), reflection=fresh(world["draft"]), author=world["amina"])
    assert form.errors["values"] == ["Choose values from the list"]


def test_appraisals_name_the_chosen_value(world):
    kind = card("V04", world["amina"])
    save(ValuesForm, world["draft"], by=world["amina"], version=0, values=[str(kind.pk)])
    form = ValuesForm(reflection=fresh(world["draft"]), author=world["amina"])
    assert all("“Compassion”" in str(field.label) for field in form.appraisal_fields())
    assert 2 <= len(form.appraisal_fields()) <= 3


def test_an_answered_appraisal_stays_when_the_challenge_changes(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, challenges=["C3"])
    form = ValuesForm(reflection=fresh(world["draft"]), author=world["amina"])
    name = form.appraisal_fields()[0].name
    save(ValuesForm, world["draft"], by=world["amina"], version=1, **{name: "my answer"})
    save(ChallengeForm, world["draft"], by=world["amina"], version=2, challenges=["C10"])
    assert name in ValuesForm(reflection=fresh(world["draft"]), author=world["amina"]).fields


def test_plan_keeps_the_version_of_the_strategy_it_used(world):
    fields = {"strategy-1": "reset-minute", "when-1": "the call ends", "will-1": "stand up", "look_back-1": "tomorrow"}
    save(CopingForm, world["draft"], by=world["amina"], version=0, **fields)
    plan = fresh(world["draft"]).plans.get()
    used = plan.version
    newer = type(used).saying(
        used.content, strategy=used.strategy, number=2, origin="file", state="published", published_at=timezone.now()
    )
    newer.save()
    used.strategy.publish(newer)
    save(CopingForm, world["draft"], by=world["amina"], version=1, **fields | {"will-1": "stand up and stretch"})
    assert fresh(world["draft"]).plans.get().version == used


def test_plan_from_the_whole_library_goes_before_the_radios(world):
    fields = {"strategy-1": "own", "library-1": "worry-time", "when-1": "six o'clock", "will-1": "write worries down"}
    save(CopingForm, world["draft"], by=world["amina"], version=0, **fields)
    assert fresh(world["draft"]).plans.get().version.strategy.code == "S31"


def test_plan_emptied_goes(world):
    save(CopingForm, world["draft"], by=world["amina"], version=0, when__1="it is noon", will__1="eat")
    save(CopingForm, world["draft"], by=world["amina"], version=1, when__1="", will__1="")
    assert not fresh(world["draft"]).plans.exists()


def test_an_organisational_example_puts_changing_the_system_among_the_first_three(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, challenges=["C3:back-to-back"])
    assert changes_the_system_among_the_first_three(CopingForm, world)


@pytest.mark.parametrize("form_class", [CopingForm, QuickForm])
def test_a_category_that_is_all_the_organisation_s_does_so_too_in_quick_capture(world, form_class):
    save(QuickForm, world["draft"], by=world["amina"], version=0, challenge="C4")
    assert changes_the_system_among_the_first_three(form_class, world)


def changes_the_system_among_the_first_three(form_class, world) -> bool:
    """Whether a strategy that changes the system is among the first three that the draft's page offers."""
    form = form_class(reflection=fresh(world["draft"]), author=world["amina"])
    offered = [slug for slug, _ in form.fields["strategy-1"].choices][:3]
    return any(form.shelf.today[slug].changes_the_system for slug in offered)


def complete(reflection, *, by, seen, looked=False):
    """Complete `reflection` as `by`, who has seen version `seen`."""
    return actions.complete_reflection(by=by, pk=reflection.pk, seen=seen, looked=looked)


def test_complete_refuses_a_version_its_author_has_not_seen(world):
    world["reflection"].reopen()
    with pytest.raises(OutOfDate):
        complete(world["reflection"], by=world["amina"], seen=2)
    complete(world["reflection"], by=world["amina"], seen=3)
    with pytest.raises(WrongState):
        complete(world["reflection"], by=world["amina"], seen=3)


def test_complete_of_an_empty_draft_is_refused_with_all_that_is_missing(world):
    with pytest.raises(NotYet) as refused:
        complete(factories.make_draft(world["amina"]), by=world["amina"], seen=0)
    assert [need.phase for need in refused.value.missing] == ["challenge", "challenge", "values", "coping"]


def test_complete_points_at_a_value_of_ones_own_too(world):
    world["reflection"].reopen()
    save(ValuesForm, world["reflection"], by=world["amina"], version=3, new_value="Being fair to Mrs Fieldfare")
    with pytest.raises(NotYet) as refused:
        complete(world["reflection"], by=world["amina"], seen=4)
    assert [found.quote.words for found in refused.value.found] == ["Mrs Fieldfare"]
    complete(world["reflection"], by=world["amina"], seen=4, looked=True)


def test_quick_capture_keeps_a_chosen_value_whose_card_was_retired(world):
    kind = card("V04", world["amina"])
    save(QuickForm, world["draft"], by=world["amina"], version=0, value=str(kind.pk))
    ValueCard.objects.library().filter(pk=kind.pk).update(retired=True)
    save(QuickForm, world["draft"], by=world["amina"], version=1, value=str(kind.pk), see_it_now="clearer")
    assert [row.card for row in fresh(world["draft"]).values.all()] == [kind]


def test_the_page_the_check_and_the_pdf_name_the_same_value(world):
    kind, balance = card("V04", world["amina"]), card("V17", world["amina"])
    save(ValuesForm, world["draft"], by=world["amina"], version=0, values=[str(balance.pk)])
    save(ValuesForm, world["draft"], by=world["amina"], version=1, values=[str(kind.pk), str(balance.pk)])
    form = ValuesForm(reflection=fresh(world["draft"]), author=world["amina"])
    field = form.appraisal_fields()[0]
    save(ValuesForm, world["draft"], by=world["amina"], version=2, values=form.initial["values"], **{field.name: "so"})
    labels = [row.label for row in read(fresh(world["draft"])).phases[1].rows]
    assert str(field.label) in labels
    assert "“Balance”" in str(field.label)


def test_changing_the_system_stays_among_the_first_three_after_a_choice_from_the_library(world):
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, challenges=["C3:back-to-back", "C4", "C12"])
    fields = {"library-1": "worry-time", "when-1": "six o'clock", "will-1": "write worries down"}
    save(CopingForm, world["draft"], by=world["amina"], version=1, **fields)
    assert changes_the_system_among_the_first_three(CopingForm, world)


@pytest.mark.parametrize("form_class", [CopingForm, QuickForm])
def test_a_strategy_that_was_offered_stays_on_offer_when_the_challenge_changes_elsewhere(world, form_class):
    before = form_class(reflection=fresh(world["draft"]), author=world["amina"]).shelf.suggestions
    save(ChallengeForm, world["draft"], by=world["amina"], version=0, challenges=["C9"])
    after = form_class(reflection=fresh(world["draft"]), author=world["amina"])
    offered = [slug for slug, _ in after.fields["strategy-1"].choices]
    gone = next(s.strategy.slug for s in before if s.strategy.slug not in offered)
    form = form_class(
        sent(version="0", **{"strategy-1": gone}), reflection=fresh(world["draft"]), author=world["amina"]
    )
    assert form.is_valid(), form.errors


@pytest.mark.parametrize("field", ["strain_before", "strain_after"])
def test_the_database_refuses_strain_beyond_ten(world, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reflection.objects.owned_by(world["amina"]).filter(pk=world["draft"].pk).update(**{field: 11})


def test_deleting_a_person_takes_their_reflections_and_cards_and_nothing_of_others(world):
    ValueCard.objects.own_card(world["amina"], "Patience")
    world["amina"].delete()
    assert not Reflection.objects.filter(pk__in=[world["reflection"].pk, world["draft"].pk]).exists()
    assert Reflection.objects.owned_by(world["ben"]).count() == 1
    assert Plan.objects.owned_by(world["ben"]).count() == 1
