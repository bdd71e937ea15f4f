"""The address that a page asks, while somebody writes, what in a text may identify anybody."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.identifiers import LABELS, Kind, find
from tests.test_access import nothing_written

ADDRESS = "/identifiers/"
WORDS = {
    Kind.EMAIL: "mr.jones@example.org",
    Kind.NHS_NUMBER: "999 000 0018",
    Kind.PHONE: "07700 900123",
    Kind.POSTCODE: "M1 1AE",
    Kind.DATE: "3 May 2026",
    Kind.AGE: "aged 92",
    Kind.NAME: "Mrs Otterburn",
    Kind.INITIALS: "JS",
}
LIKE_IDENTIFIERS = st.lists(
    st.sampled_from([*WORDS.values(), "client", "so", "\n", "\U0001f426", "é", "."]), min_size=1
)


def found_in(client, text):
    """What the address says."""
    answer = client.post(ADDRESS, {"text": text})
    assert answer.status_code == 200
    return [(one["what"], one["words"]) for one in answer.json()["found"]]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("before", ["", "\U0001f426\U0001f9a2 first\r\nthen "], ids=["plain", "after_birds_and_a_line"])
def test_identifiers_find_gives_each_kind_with_its_words_exactly(amina, kind, before):
    assert found_in(amina, f"{before}client {WORDS[kind]}, today") == [(LABELS[kind], WORDS[kind])]


def test_identifiers_find_says_nothing_of_a_text_that_holds_nothing(amina):
    assert found_in(amina, "Six calls before lunch, and I felt tense") == []


@given(st.one_of(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1), LIKE_IDENTIFIERS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # she stays signed in; nothing else is kept
def test_identifiers_find_says_what_the_check_at_the_end_says(amina, text):
    text = text if isinstance(text, str) else " ".join(text)
    if amina.post(ADDRESS, {"text": text}).status_code != 422:  # what no answer can keep is not looked at
        assert found_in(amina, text) == [(LABELS[one.kind], text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize("text", ["a" * 20_001, "", "a hidden \x00 character"], ids=["too_long", "empty", "hidden"])
def test_identifiers_find_refuses_what_no_answer_can_hold(amina, text):
    answer = amina.post(ADDRESS, {"text": text})
    assert (answer.status_code, answer.json()) == (422, {"error": "invalid"})


def test_identifiers_find_looks_at_the_longest_answer_to_its_end(amina):
    assert found_in(amina, "a" * 19_987 + " 07700 900123") == [("a phone number", "07700 900123")]


def test_identifiers_find_reads_a_form_and_nothing_else(amina):
    assert amina.post(ADDRESS, {"text": "07700 900123"}, content_type="application/json").status_code == 422
    assert amina.get(ADDRESS, {"text": "07700 900123"}).status_code == 405


def test_identifiers_find_signed_out_says_so_to_the_page_that_asks(client, db):
    answer = client.post(ADDRESS, {"text": "07700 900123"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


def test_identifiers_find_keeps_nothing_logs_nothing_and_asks_the_database_only_who_she_is(
    amina, caplog, django_assert_num_queries
):
    with caplog.at_level(logging.DEBUG), nothing_written(), django_assert_num_queries(2):  # her session, and herself
        assert found_in(amina, "Mrs Otterburn on 07700 900123")
    queries = [record for record in caplog.records if record.name == "django.db.backends"]
    assert [record.name for record in caplog.records if record not in queries] == []
    assert not any("Otterburn" in record.getMessage() or "07700" in record.getMessage() for record in queries)


@pytest.mark.parametrize("page", ["challenge", "values", "coping"])
def test_identifiers_find_is_asked_by_each_page_with_an_answer_to_write(amina, world, page):
    html = amina.get(f"/journal/{world['draft'].pk}/{page}/").content.decode()
    assert f'data-address="{ADDRESS}"' in html
    assert html.count("data-identifiers") == html.count("<textarea") + html.count('name="new_value"')
