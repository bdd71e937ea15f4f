"""What came up in a reflection, kept beside it as a sum of bits: with each save, and anew where the content changes."""

import hashlib

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from apps.core.challenges import BITS, CATEGORIES, EXAMPLES, Locus, bits_of, loci, named_by
from apps.journal import came_up
from apps.journal.demo import write_moments
from apps.journal.models import Reflection, ReflectionChallenge
from tests.factories import make_draft, make_reflection

PAIRS = [(example.category, example.key) for example in EXAMPLES.values()] + [(key, "") for key in CATEGORIES]
LIES = "8b8d49f8"  # of where each example lies, when the bits of all reflections were last made


@given(st.frozensets(st.sampled_from([*PAIRS, ("C3", "an-example-of-old"), ("C99", "")]), max_size=6))
def test_bits_name_the_categories_chosen_and_the_places_they_lie_in(chosen):
    categories = {category for category, _ in chosen} & CATEGORIES.keys()
    assert set(named_by(bits_of(chosen))) == categories | loci({key for _, key in chosen}, categories)


def test_each_place_and_category_has_a_bit_of_its_own_which_the_content_cannot_move():
    assert [BITS[one] for one in (Locus.CLIENT, Locus.SELF, Locus.ORGANISATION, "C1", "C12")] == [1, 2, 4, 8, 16384]
    assert len(set(BITS.values())) == len(BITS)


def test_an_example_that_lies_elsewhere_has_what_came_up_made_anew():
    where = sorted((one.key, one.category, one.locus.value) for one in EXAMPLES.values())
    now = hashlib.sha256(repr(where).encode()).hexdigest()[:8]
    assert now == LIES, f"Call fill_came_up in a new migration, as journal's 0008 does; then write {now} here."


def test_saving_the_challenges_keeps_what_came_up(amina, world):
    draft = make_draft(world["amina"])
    page = f"/journal/{draft.pk}/challenge/"
    for chosen, kept in ((["C3:no-gap", "C1"], {"C3", "C1", "O"}), (["C1"], {"C1"}), ([], set())):
        draft.refresh_from_db()
        amina.post(page, {"version": draft.version, "challenges": chosen, "what_happened": "It rang and rang"})
        draft.refresh_from_db()
        assert {row.category for row in draft.challenges.all()} == kept - {*Locus}
        assert set(named_by(draft.came_up)) == kept


def test_quick_capture_keeps_what_came_up_too(amina, world):
    draft = make_draft(world["amina"], kind=Reflection.Kind.QUICK)
    amina.post(f"/journal/{draft.pk}/quick/", {"version": 0, "challenge": "C3", "what_happened": "It rang and rang"})
    draft.refresh_from_db()
    assert set(named_by(draft.came_up)) == {"C3", "O"}


def test_the_demo_keeps_what_came_up_in_each_of_its_reflections(world):
    write_moments(author=world["sam"], now=timezone.now())
    for one in Reflection.objects.owned_by(world["sam"]):
        assert one.came_up == bits_of([(row.category, row.example) for row in one.challenges.all()])
    assert Reflection.objects.owned_by(world["sam"]).exclude(came_up=0).exists()


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_reflections_from_before_get_what_came_up_however_many_there_are(world, monkeypatch, number):
    monkeypatch.setattr(came_up, "MOST_AT_ONCE", 2)
    for _ in range(number):
        make_reflection(world["sam"], examples=(("C3", "no-gap"), ("C1", "")))
    bare = make_draft(world["sam"])
    Reflection.objects.update(came_up=BITS["C12"])
    came_up.fill_came_up(Reflection.objects, ReflectionChallenge.objects)
    mine = Reflection.objects.owned_by(world["sam"]).exclude(pk=bare.pk)
    assert [set(named_by(bits)) for bits in mine.values_list("came_up", flat=True)] == [{"C3", "C1", "O"}] * number
    assert Reflection.objects.get(pk=bare.pk).came_up == 0
