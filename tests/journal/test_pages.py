"""The pages on which a reflection is written: what they show, keep and refuse."""

import re
import uuid

import pytest
from django.utils import timezone

from apps.core.forms import ScaleField
from apps.journal.forms import ChallengeForm
from apps.journal.models import Reflection
from tests.journal.pages import page, text_of

PHASES = ("challenge", "values", "coping", "quick")


def test_reflection_start_by_get_makes_nothing(amina, world):
    before = Reflection.objects.owned_by(world["amina"]).count()
    assert "Start a reflection" in text_of(amina.get("/journal/new/"))
    assert Reflection.objects.owned_by(world["amina"]).count() == before


@pytest.mark.parametrize(("kind", "first"), [("full", "challenge"), ("quick", "quick")])
def test_reflection_start_leads_to_the_first_page_of_its_kind(amina, world, kind, first):
    key = uuid.uuid4()
    response = amina.post("/journal/new/", {"kind": kind, "start_key": key})
    reflection = Reflection.objects.owned_by(world["amina"]).get(start_key=key)
    assert response.url == page(reflection, first)


def test_reflection_start_without_a_kind_says_what_to_do(amina):
    response = amina.post("/journal/new/", {"start_key": uuid.uuid4()})
    assert "Choose quick capture or full reflection" in text_of(response)
    assert "<title>Error: Start a reflection" in response.content.decode()


@pytest.mark.parametrize(
    ("phase", "heading"),
    [
        ("challenge", "Work challenge"),
        ("values", "Values connection"),
        ("coping", "Coping"),
        ("quick", "Quick capture"),
    ],
)
def test_each_phase_has_its_heading(amina, world, phase, heading):
    response = amina.get(page(world["draft"], phase))
    assert re.search(rf"<h1[^>]*>\s*{heading}\s*</h1>", response.content.decode())


def test_reflection_values_keeps_the_first_words_in_view(amina, world):
    assert "planted words: otter" in text_of(amina.get(page(world["draft"], "values")))


def test_reflection_coping_keeps_the_first_words_in_view(amina, world):
    assert "planted words: otter" in text_of(amina.get(page(world["draft"], "coping")))


def test_reflection_quick_asks_one_thing_of_each_phase_on_one_page(amina, world):
    words = text_of(amina.get(page(world["draft"], "quick")))
    assert all(question in words for question in ("What happened?", "Which of your values does this touch?", "I will"))


@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_of_somebody_elses_is_not_there(amina, world, phase):
    theirs, nobodys = page(world["bens_reflection"], phase), f"/journal/{uuid.uuid4()}/{phase}/"
    for method in (amina.get, amina.post):
        assert method(theirs).status_code == 404
        assert method(theirs).content == method(nobodys).content


def test_save_and_continue_leads_through_the_phases_to_the_check(amina, world):
    draft = world["draft"]
    for version, (phase, then) in enumerate([("challenge", "values"), ("values", "coping"), ("coping", "detail")]):
        response = amina.post(page(draft, phase), {"version": version})
        assert response.url == page(draft, then)


def test_save_and_continue_after_a_change_from_the_check_leads_back_to_it(amina, world):
    draft = world["draft"]
    response = amina.post(f"{page(draft, 'challenge')}?check=1", {"version": 0})
    assert response.url == page(draft)


def test_save_and_finish_later_leads_home_with_the_words_kept(amina, world):
    response = amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": "kept", "later": "1"})
    assert response.url == "/"
    assert Reflection.objects.owned_by(world["amina"]).get(pk=world["draft"].pk).what_happened == "kept"


def test_reflection_challenge_with_too_many_words_gives_them_back_whole_with_a_count(amina, world):
    words = "a" * 20_001
    response = amina.post(page(world["draft"], "challenge"), {"version": 0, "what_happened": words})
    assert "can hold 20,000 characters. It has 20001 now, so shorten it" in text_of(response)
    assert words in response.content.decode()


@pytest.mark.parametrize(
    "forged",
    [
        {"challenges": "C99"},
        {"happened": "never"},
        {"strain_before": "11"},
        {"strain_before": "x"},
        {"feelings": "smug"},
        {"what_happened": "a\x00b"},
        {"what_happened": "a\x1bb"},
    ],
)
def test_reflection_challenge_with_a_forged_answer_says_so_and_writes_nothing(amina, world, forged):
    response = amina.post(page(world["draft"], "challenge"), {"version": 0} | forged)
    assert "There is a problem" in text_of(response)
    assert Reflection.objects.owned_by(world["amina"]).get(pk=world["draft"].pk).version == 0


def autosave(client, reflection, **fields):
    """What the page's script sends."""
    return client.post(page(reflection, "autosave"), {"phase": "challenge", "version": 0} | fields)


def test_reflection_autosave_answers_with_the_version_and_the_time(amina, world):
    response = autosave(amina, world["draft"], what_happened="while typing")
    assert response.json() == {"version": 1, "saved_at": timezone.localtime().strftime("%H:%M")}


def test_reflection_autosave_against_an_older_version_answers_409_with_both_texts(amina, world):
    autosave(amina, world["draft"], what_happened="theirs")
    response = autosave(amina, world["draft"], what_happened="mine")
    assert response.status_code == 409
    clash = {"name": "what_happened", "label": "What happened?", "mine": "mine", "saved": "theirs", "is_text": True}
    assert response.json() == {"error": "out_of_date", "version": 1, "clashes": [clash]}


def test_reflection_autosave_of_too_much_says_so_and_keeps_the_older_words(amina, world):
    response = autosave(amina, world["draft"], what_happened="a" * 20_001)
    assert response.status_code == 422
    assert "shorten it" in response.json()["messages"][0]


def test_reflection_autosave_of_an_unknown_phase_is_refused(amina, world):
    assert autosave(amina, world["draft"], phase="detail").status_code == 400


def test_reflection_autosave_by_a_stranger_finds_nothing(client, world):
    client.force_login(world["ben"])
    assert autosave(client, world["draft"]).status_code == 404


def test_the_owner_is_never_taken_from_the_browser(amina, world):
    autosave(amina, world["draft"], author=world["ben"].pk, completed_at="2026-01-01", what_happened="mine")
    reflection = Reflection.objects.owned_by(world["amina"]).get(pk=world["draft"].pk)
    assert reflection.is_draft


def test_reflection_challenge_holds_the_support_panel_for_the_feeling_not_safe_to_open(amina, world):
    html = amina.get(page(world["draft"], "challenge")).content.decode()
    assert 'data-aria-controls="support-panel"' in html
    assert re.search(r'id="support-panel">.*Need support now', html, re.DOTALL)


def test_the_feeling_not_safe_brings_the_support_panel_to_every_page_of_the_reflection(amina, world):
    world["reflection"].feelings = "not_safe"
    world["reflection"].save()
    for name in ("detail", "close"):
        assert "not OK, or not safe" in text_of(amina.get(page(world["reflection"], name)))


def test_the_feeling_not_safe_brings_the_support_panel(amina, world):
    amina.post(page(world["draft"], "challenge"), {"version": 0, "feelings": "not_safe"})
    assert "not OK, or not safe" in text_of(amina.get(page(world["draft"], "values")))


def test_strain_is_asked_on_a_scale_of_radios():
    assert isinstance(ChallengeForm.base_fields["strain_before"], ScaleField)
