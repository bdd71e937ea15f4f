"""Whatever a browser sends to a phase: it is kept exactly, or refused in words, and never an error page."""

import html

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.text import LONGEST_TEXT
from apps.journal.clashes import comparable
from apps.journal.models import Reflection
from tests import factories
from tests.journal.pages import page

TEXT_FIELDS = {
    "challenge": ("what_happened", "noticed"),
    "values": ("why_it_matters", "see_it_now"),
    "coping": ("already_helped", "take_forward"),
    "quick": ("what_happened", "see_it_now"),
}
OTHER_FIELDS = str.split("""
    version phase happened challenges feelings strain_before strain_after values value new_value supervision raise_with
    challenge strategy-1 library-1 when-1 will-2 look_back-1 keep-what_happened keep-version stay later author state
""")
HOSTILE = [
    "\x00",
    "\x1b",
    " \r\n ",
    "a" * (LONGEST_TEXT + 1),
    "👩🏽‍⚕️" * 300,
    "שלום <script>alert(1)</script> {{ 7|add:7 }}",
]
ODD = st.sampled_from(
    ["", "0", "-1", "10", "11", "1e9", "9" * 400, "C1", "C1:", "C99", ":", "today", "null", "\u202egnirts", "٣", "both"]
)
WORDS = st.one_of(st.text(max_size=200), st.sampled_from(HOSTILE))
NOT_A_FIXTURE_PER_EXAMPLE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@st.composite
def posts(draw):
    """A phase, texts for its fields, and anything at all for the other names."""
    phase = draw(st.sampled_from(sorted(TEXT_FIELDS)))
    texts = {name: draw(WORDS) for name in TEXT_FIELDS[phase]}
    others = draw(st.dictionaries(st.sampled_from(OTHER_FIELDS), st.one_of(ODD, st.lists(ODD, max_size=3)), max_size=5))
    return phase, texts, others


def sendable(text: str) -> str:
    """`text` as a form can send it: no half characters."""
    return text.encode("utf-8", "ignore").decode()


@given(posts())
@settings(max_examples=150, deadline=None, suppress_health_check=NOT_A_FIXTURE_PER_EXAMPLE)
def test_a_phase_keeps_what_is_typed_or_shows_it_again(amina, world, post):
    phase, texts, others = post
    texts = {name: sendable(text) for name, text in texts.items()}
    draft = factories.make_draft(world["amina"])
    response = amina.post(page(draft, phase), {"version": "0"} | others | texts)
    assert response.status_code in {200, 302, 409}
    kept = Reflection.objects.owned_by(world["amina"]).get(pk=draft.pk)
    for name, text in texts.items():
        as_one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
        if response.status_code == 302:
            assert getattr(kept, name) == as_one_line_end
        elif "\x00" not in text:
            shown = html.unescape(response.content.decode()).replace("\r\n", "\n").replace("\r", "\n")
            assert as_one_line_end in shown


@given(posts())
@settings(max_examples=80, deadline=None, suppress_health_check=NOT_A_FIXTURE_PER_EXAMPLE)
def test_autosave_answers_every_post_with_json_and_no_error(amina, world, post):
    phase, texts, others = post
    draft = factories.make_draft(world["amina"])
    data = {"version": "0"} | others | {name: sendable(text) for name, text in texts.items()} | {"phase": phase}
    response = amina.post(page(draft, "autosave"), data)
    assert response.status_code in {200, 409, 422}
    assert response.headers["Content-Type"] == "application/json"


@given(st.lists(st.text(max_size=3)), st.randoms())
def test_the_order_of_ticks_is_not_a_difference(values, random):
    shuffled = random.sample(values, len(values))
    assert comparable(values) == comparable(shuffled)


@pytest.mark.parametrize("nothing", [None, "", []])
def test_a_zero_is_an_answer(nothing):
    assert comparable(0) != comparable(nothing)


@given(st.sampled_from([None, "", []]), st.sampled_from([None, "", []]))
def test_the_ways_of_saying_nothing_are_not_a_difference(one, other):
    assert comparable(one) == comparable(other)
