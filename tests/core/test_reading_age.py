"""How hard Keel's own words are to read; decision 0018 argues the limit."""

import re

import pytest
from django.core.management import call_command

from apps.core.reading_age import HARDEST_AGE, Reading, in_sentences, measure, syllables
from apps.home.wording import pieces, words_of_code, words_of_mail, words_of_page

LONGEST_SENTENCE = 25  # words
COUNTED_BY_HAND = {
    1: "asked breathe calls changed eyes guess made notes quick rule stopped stretched through use vague",
    2: "acting being client’s coping create doing guessing little makers needed nothing pages quiet safety social "
    "someone started table union useful values wanted",
    3: "another anything appraisal diary difficult easier employer everyone idea somebody’s usual video",
    4: "anxiety discriminate occupation supervision",
    5: "electricity organisation university",
    6: "responsibility",
}


@pytest.fixture(scope="module")
def said():
    """Every piece of Keel's own words."""
    return pieces()


def test_no_piece_is_harder_to_read_than_the_limit(said):
    hard = [
        f"{p.place}: age {p.reading.age:.1f}. Begin with: “{p.hardest}”" for p in said if p.reading.age > HARDEST_AGE
    ]
    assert hard == [], (
        f"These are harder to read than at {HARDEST_AGE}. Cut long sentences in two and put short words for long ones, "
        "but leave the labels and headings of product.md. `./dev manage reading_age` measures again."
    )


def test_no_sentence_is_longer_than_a_reader_can_hold(said):
    long = [(p.place, sentence) for p in said for sentence in p.sentences if len(sentence.split()) > LONGEST_SENTENCE]
    assert long == [], f"Cut these in two: a sentence has up to {LONGEST_SENTENCE} words."


def test_every_kind_of_words_is_measured(said):
    places = " ".join(p.place for p in said)
    for kind in (
        "strategy S40",
        "appraisal A11",
        "challenge C12",
        "value cards",
        "support lines",
        "messages in apps/journal",
    ):
        assert kind in places
    for page in ("home/about.html", "journal/reflection_close.html", "emails/invitation.txt", "account/*"):
        assert f"templates/{page}" in places


def test_report_of_reading_ages_has_a_line_for_each_piece_the_hardest_first(said, capsys):
    call_command("reading_age")
    ages = [float(age) for age in re.findall(r"^ *(\d+\.\d) ", capsys.readouterr().out, re.MULTILINE)]
    assert len(ages) == len(said)
    assert ages == sorted(ages, reverse=True)


# --- The measure ------------------------------------------------------------------------------------------------------


def test_syllables_are_counted_as_by_hand():
    by_hand = {word: count for count, words in COUNTED_BY_HAND.items() for word in words.split()}
    assert {word: syllables(word) for word in by_hand} == by_hand


def test_short_forms_and_numbers_are_one_breath():
    assert [syllables(word) for word in ("PWP", "PWPs", "NHS", "999", "10")] == [1, 1, 1, 1, 1]


def test_grade_is_kincaids_formula():
    reading = measure(["The cat sat on the mat.", "It was a little tired of sitting."])
    assert reading == Reading(sentences=2, words=13, syllables=15)
    assert reading.grade == pytest.approx(0.39 * 13 / 2 + 11.8 * 15 / 13 - 15.59)
    assert reading.age == reading.grade + 5


def test_a_harder_text_has_a_higher_age():
    plain = measure(in_sentences("Stop for a while. Drink some water. Then go on."))
    stiff = measure(
        in_sentences("Temporarily discontinuing professional activities facilitates physiological recovery.")
    )
    assert plain.age < HARDEST_AGE < stiff.age


def test_sentences_end_at_full_stops_and_not_inside_words_or_quotations():
    text = "Say, “That one is done.” Then write to a.b@example.com. Is it version 2.2? Yes: it is."
    assert in_sentences(text) == [
        "Say, “That one is done.”",
        "Then write to a.b@example.com.",
        "Is it version 2.2?",
        "Yes: it is.",
    ]


# --- What is measured -------------------------------------------------------------------------------------------------


def test_words_of_a_page_are_those_of_every_branch_without_its_markup():
    page = """
      {# A note to ourselves. #}
      <h1 class="{% if a > b %}big{% endif %}">{% block title %}A page of words{% endblock %}</h1>
      <p>You have {{ n }} plan{{ n|pluralize }} in <a href="{{ x }}">a list</a>.{% if few %} So few.{% endif %}</p>
      {% if ready %}<p>It is ready &amp; waiting.</p>{% else %}<p>It is not.</p>{% endif %}
      {% include "components/inset_text.html" with text="Nothing is lost." only %}
    """
    assert [" ".join(text.split()) for text in words_of_page(page) if text.strip()] == [
        "A page of words",
        "You have this plan in a list. So few.",
        "It is ready & waiting.",
        "It is not.",
        "Nothing is lost.",
    ]


def test_words_of_a_mail_end_at_its_lines():
    mail = '{% extends "layout.txt" %}{% block words %}Sign in:\n{{ base_url }}{% url "login" %}\nBye.{% endblock %}'
    assert [text for text in words_of_mail(mail) if text] == ["Sign in:", "thisthis", "Bye."]


def test_words_of_code_are_its_sentences_and_no_docstrings_or_names():
    module = '"""Doc string."""\nNAME = "a_name"\nLABEL = "Choose a day"\nTOLD = f"You have {count} left."\n'
    assert words_of_code(module) == ["Choose a day", "You have this left."]
