"""Two tabs on one phase: both texts are shown, and the author chooses."""

import pytest

from apps.journal.models import Reflection
from apps.values.models import ValueCard
from tests.journal.pages import page, text_of


def test_reflection_challenge_saved_against_an_older_version_shows_both_texts(amina, world):
    amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "from the other tab"})
    response = amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "from this tab"})
    assert response.status_code == 409
    assert "from the other tab" in text_of(response)
    assert "from this tab" in text_of(response)
    assert 'name="version" value="1"' in response.content.decode()


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "mine"), ("saved", "theirs"), ("both", "theirs\n\nmine"), ("forged", "mine")]
)
def test_reflection_challenge_after_a_clash_keeps_the_text_its_author_chose(amina, world, choice, kept):
    amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "theirs"})
    answer = {"version": 1, "what_happened": "mine", "keep-what_happened": choice}
    amina.post(page(world["draft"], "challenge"), answer)
    assert Reflection.objects.owned_by(world["amina"]).get(pk=world["draft"].pk).what_happened == kept


def test_reflection_challenge_saved_twice_the_same_is_no_clash(amina, world):
    for _ in range(2):
        response = amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "same"})
        assert response.status_code == 302


def test_reflection_challenge_after_a_clash_keeps_both_though_another_phase_was_saved_meanwhile(amina, world):
    amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "theirs"})
    amina.post(page(world["draft"], "coping"), {"version": 1, "take_forward": "another phase"})
    answer = {"version": 1, "what_happened": "mine", "keep-what_happened": "both"}
    amina.post(page(world["draft"], "challenge"), answer)
    assert Reflection.objects.owned_by(world["amina"]).get(pk=world["draft"].pk).what_happened == "theirs\n\nmine"


def test_reflection_challenge_after_a_clash_with_nothing_typed_here_keeps_the_other_text_as_it_was(amina, world):
    amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "theirs"})
    amina.post(page(world["draft"], "challenge"), {"version": 1, "what_happened": "", "keep-what_happened": "both"})
    assert Reflection.objects.owned_by(world["amina"]).get(pk=world["draft"].pk).what_happened == "theirs"


def test_reflection_autosave_of_a_zero_against_an_unanswered_scale_is_a_clash(amina, world):
    amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "Amina's planted words: otter"})
    stale = {"phase": "challenge", "version": 0, "what_happened": "Amina's planted words: otter", "strain_before": "0"}
    response = amina.post(page(world["draft"], "autosave"), stale)
    assert response.status_code == 409
    assert [clash["mine"] for clash in response.json()["clashes"]] == ["0"]


@pytest.mark.parametrize(
    ("phase", "sent"),
    [
        ("quick", {"when-1": "noon comes", "will-1": "eat"}),
        ("coping", {"strategy-1": "own"}),
        ("coping", {"when-1": "noon comes", "will-1": "eat", "strategy-1": "own", "look_back-1": "tomorrow"}),
        ("values", {"new_value": "Patience"}),
    ],
)
def test_each_phase_sent_twice_the_same_is_no_clash(amina, world, phase, sent):
    for _ in range(2):
        assert amina.post(page(world["draft"], phase), {"version": 0} | sent).status_code == 302


def test_reflection_values_with_three_chosen_says_why_a_fourth_of_ones_own_waits_and_keeps_it(amina, world):
    cards = [str(card.pk) for card in ValueCard.objects.library()[:3]]
    sent = {"version": 0, "values": cards, "new_value": "Patience"}
    response = amina.post(page(world["draft"], "values"), sent, follow=True)
    assert "Untick one to add your own" in text_of(response)
    assert 'value="Patience"' in response.content.decode()
    assert "Patience" in text_of(amina.get(page(world["draft"])))
