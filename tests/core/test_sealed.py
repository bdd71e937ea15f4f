"""A sealed field reads like text on its own row, and like nothing anywhere else."""

import uuid

import pytest
from django.core import serializers
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from apps.core.keyring import CannotOpen
from apps.core.sealed import PAD_TO, Sealed, SealedBytesField, sealed_fields
from apps.journal.models import AppraisalAnswer, Reflection
from tests import factories

WORDS = "I froze, and then cried in the car park"
TEXT = Reflection._meta.get_field("what_happened")
OTHER_TEXT = Reflection._meta.get_field("noticed")


def in_database(reflection, column="what_happened"):
    """The bytes as the database holds them."""
    pk = Reflection._meta.pk.get_db_prep_value(reflection.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM journal_reflection WHERE id = %s", [pk])
        return bytes(cursor.fetchone()[0])


@given(st.text(st.characters(exclude_categories=["Cs"])), st.uuids())
def test_text_of_any_language_opens_as_it_was_sealed(text, pk):
    assert TEXT.open(TEXT.seal(text, pk), pk) == text


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00\x00", "\x80", "a" * 255, "a" * 256, "é" * 127 + "a", "👩🏽‍⚕️", "\ufeff"]
)
def test_text_that_looks_like_padding_or_fills_it_opens_as_it_was_sealed(text):
    pk = uuid.uuid4()
    assert TEXT.open(TEXT.seal(text, pk), pk) == text


@given(st.text(st.characters(max_codepoint=127), min_size=1, max_size=PAD_TO - 1))
def test_text_of_any_short_length_takes_the_same_room(text):
    pk = uuid.uuid4()
    assert len(TEXT.seal(text, pk).data) == len(TEXT.seal("a", pk).data)


def test_text_with_half_a_character_is_refused_before_it_is_sealed():
    with pytest.raises(UnicodeEncodeError):
        TEXT.seal("half \ud800", uuid.uuid4())


@pytest.mark.parametrize("value", [None, 5, b"bytes", ["list"]])
def test_text_field_given_something_else_is_refused(value):
    with pytest.raises(TypeError, match="what_happened holds text, not"):
        TEXT.seal(value, uuid.uuid4())


@pytest.mark.parametrize("value", [None, 5, "text"])
def test_bytes_field_given_something_else_is_refused(value):
    field = SealedBytesField()
    field.set_attributes_from_name("pdf")
    with pytest.raises(TypeError, match="pdf holds bytes, not"):
        field.to_plain(value)


def test_save_and_read_again_gives_the_same_words(world):
    reflection = factories.make_draft(world["amina"], what_happened=WORDS)
    assert Reflection.objects.get(pk=reflection.pk).what_happened == WORDS


def test_save_keeps_no_plain_word_in_the_database(world):
    reflection = factories.make_draft(world["amina"], what_happened=WORDS)
    stored = in_database(reflection)
    assert stored.startswith(b"\x01\x02t1")
    assert b"car park" not in stored


def test_save_of_an_empty_text_keeps_nothing_and_reads_as_empty(world):
    reflection = factories.make_draft(world["amina"], what_happened="")
    assert in_database(reflection) == b""
    assert Reflection.objects.get(pk=reflection.pk).what_happened == ""


def test_save_twice_seals_with_a_new_nonce(world):
    reflection = factories.make_draft(world["amina"], what_happened=WORDS)
    first = in_database(reflection)
    reflection.save()
    assert in_database(reflection) != first


def test_save_of_a_row_whose_text_nobody_opened_keeps_its_bytes(world):
    reflection = factories.make_draft(world["amina"], what_happened=WORDS)
    before = in_database(reflection)
    Reflection.objects.get(pk=reflection.pk).save()
    assert in_database(reflection) == before


def test_save_of_a_deferred_text_named_in_update_fields_keeps_the_words(world):
    reflection = factories.make_draft(world["amina"], what_happened=WORDS)
    Reflection.objects.defer("what_happened").get(pk=reflection.pk).save(update_fields=["what_happened"])
    assert Reflection.objects.get(pk=reflection.pk).what_happened == WORDS


def test_a_row_saved_under_a_new_id_without_opening_its_text_is_refused_rather_than_lost(world):
    copy = Reflection.objects.get(pk=factories.make_draft(world["amina"], what_happened=WORDS).pk)
    copy.pk, copy.start_key = uuid.uuid4(), uuid.uuid4()
    with pytest.raises(CannotOpen):
        copy.save()


def test_bulk_create_seals_every_row_for_itself(world):
    made = Reflection.objects.bulk_create(
        Reflection(author=world["amina"], start_key=uuid.uuid4(), kind="full", what_happened=f"{WORDS} {number}")
        for number in range(3)
    )
    assert [Reflection.objects.get(pk=row.pk).what_happened for row in made] == [f"{WORDS} {n}" for n in range(3)]
    assert all(b"car park" not in in_database(row) for row in made)


def test_deferred_text_is_read_when_it_is_asked_for(world):
    pk = factories.make_draft(world["amina"], what_happened=WORDS).pk
    assert Reflection.objects.defer("what_happened").get(pk=pk).what_happened == WORDS
    assert Reflection.objects.only("kind").get(pk=pk).what_happened == WORDS


def test_values_of_a_query_are_sealed_and_show_no_words(world):
    reflection = factories.make_draft(world["amina"], what_happened=WORDS)
    rows = Reflection.objects.filter(pk=reflection.pk)
    (listed,), (named,) = rows.values_list("what_happened", flat=True), rows.values("what_happened")
    assert isinstance(listed, Sealed)
    assert WORDS not in f"{listed} {listed!r} {named}"
    assert TEXT.open(listed, reflection.pk) == WORDS


def test_str_and_repr_of_a_row_show_no_words(world):
    reflection = factories.make_draft(world["amina"], what_happened=WORDS, noticed=WORDS)
    again = Reflection.objects.get(pk=reflection.pk)
    assert again.what_happened == WORDS
    assert WORDS not in f"{reflection} {reflection!r} {again} {again!r} {Reflection.objects.all()!r}"


def test_update_with_plain_text_is_refused(world):
    with pytest.raises(TypeError, match="what_happened is sealed: save the instance"):
        Reflection.objects.update(what_happened=WORDS)


def test_bulk_update_with_plain_text_is_refused(world):
    world["draft"].what_happened = WORDS
    with pytest.raises(TypeError, match="what_happened is sealed: save the instance"):
        Reflection.objects.bulk_update([world["draft"]], ["what_happened"])


def test_update_with_a_value_sealed_for_the_row_works(world):
    draft = world["draft"]
    Reflection.objects.filter(pk=draft.pk).update(what_happened=TEXT.seal(WORDS, draft.pk))
    assert Reflection.objects.get(pk=draft.pk).what_happened == WORDS


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "in", "gt", "iexact", "regex", "length"])
def test_filter_on_words_is_refused(lookup, db):
    with pytest.raises(TypeError, match="what_happened is sealed"):
        list(Reflection.objects.filter(**{f"what_happened__{lookup}": WORDS}))


def test_filter_on_exact_words_is_refused_too(db):
    with pytest.raises(TypeError, match="what_happened is sealed"):
        list(Reflection.objects.filter(what_happened=WORDS))


def test_filter_on_emptiness_is_allowed(world):
    empty = factories.make_draft(world["amina"])
    assert empty in Reflection.objects.filter(what_happened="")
    assert world["draft"] not in Reflection.objects.filter(what_happened="")


def test_bytes_moved_to_another_row_are_refused(world):
    draft, other = world["draft"], factories.make_draft(world["amina"], what_happened="mine")
    Reflection.objects.filter(pk=other.pk).update(what_happened=Sealed(in_database(draft)))
    with pytest.raises(CannotOpen, match=f"what_happened:{other.pk}"):
        _ = Reflection.objects.get(pk=other.pk).what_happened


def test_bytes_moved_to_another_field_of_the_row_are_refused(world):
    draft = world["draft"]
    Reflection.objects.filter(pk=draft.pk).update(noticed=Sealed(in_database(draft)))
    with pytest.raises(CannotOpen, match="noticed"):
        _ = Reflection.objects.get(pk=draft.pk).noticed


def test_bytes_moved_to_another_model_with_the_same_id_are_refused(world):
    draft = world["draft"]
    sealed = Sealed(in_database(draft))
    AppraisalAnswer.objects.create(pk=draft.pk, reflection=draft, appraisal="A1")
    AppraisalAnswer.objects.filter(pk=draft.pk).update(text=sealed)
    with pytest.raises(CannotOpen, match=r"journal\.appraisalanswer\.text"):
        _ = AppraisalAnswer.objects.get(pk=draft.pk).text


def test_bytes_with_any_single_bit_flipped_are_refused(world):
    draft = world["draft"]
    sealed = in_database(draft)
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            TEXT.open(Sealed(bytes(flipped)), draft.pk)


def test_a_refused_text_is_refused_again_and_never_read_as_empty(world):
    draft = world["draft"]
    Reflection.objects.filter(pk=draft.pk).update(what_happened=OTHER_TEXT.seal("moved", draft.pk))
    again = Reflection.objects.get(pk=draft.pk)
    for _ in range(2):
        with pytest.raises(CannotOpen):
            _ = again.what_happened


def test_serialising_a_row_is_refused(world):
    with pytest.raises(TypeError, match="is sealed: it is not serialised"):
        serializers.serialize("json", [world["draft"]])


def test_sealed_fields_lists_every_sealed_field_of_every_model_once():
    names = [str(field) for field in sealed_fields()]
    assert len(names) == len(set(names))
    assert {"journal.Reflection.what_happened", "journal.AppraisalAnswer.text", "journal.Plan.will"} <= set(names)
