"""A prepared query: made once, asked again and again with other values."""

import uuid

from django.db.models import F, IntegerField, UUIDField

from apps.insights.gather.prepared import Prepared, Said, id_of
from apps.journal.models import Reflection
from tests.factories import make_draft

made = []


@Prepared
def strained():
    """Ids and how far strain lies above a level."""
    made.append(1)
    author, level = Said("author", UUIDField()), Said("level", IntegerField())
    rows = Reflection.objects.filter(author=author, strain_before__gt=level).order_by("strain_before")
    return rows.annotate(above=F("strain_before") - level).values_list("pk", "above")


def test_a_prepared_query_is_made_once_and_answers_each_time_for_the_values_it_is_asked_with(world):
    for strain in (2, 7):
        make_draft(world["sam"], strain_before=strain)
    theirs = make_draft(world["ben"], strain_before=9)
    assert [above for _, above in strained(author=world["sam"].pk, level=1)] == [1, 6]
    assert [above for _, above in strained(author=world["sam"].pk, level=5)] == [2]
    found = strained(author=world["ben"].pk, level=8)
    assert [(id_of(pk), above) for pk, above in found] == [(theirs.pk, 1)]
    assert strained(author=uuid.uuid4(), level=0) == []
    assert len(made) == 1
    assert "level" in strained.__doc__


def test_an_id_is_the_same_whether_a_row_holds_it_as_text_or_not():
    one = uuid.uuid4()
    assert id_of(one) == id_of(one.hex) == one
