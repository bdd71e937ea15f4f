"""What a model with a sealed field must look like; which fields are sealed is in the register."""

import uuid

import pytest
from django.db import models
from django.test.utils import isolate_apps

from apps.core.sealed import SealedTextField


def check_of(**fields):
    with isolate_apps("apps.core"):

        class Diary(models.Model):
            """A model as somebody might write it."""

            class Meta:
                app_label = "core"

            vars().update(fields)

        return [error.id for error in Diary.check()]


def test_check_of_a_sealed_field_on_a_numbered_model_asks_for_an_id_made_in_python():
    assert check_of(text=SealedTextField()) == ["core.E002"]


@pytest.mark.parametrize("option", ["null", "unique", "db_index"])
def test_check_of_a_sealed_field_that_is_null_or_indexed_refuses_it(option):
    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assert check_of(id=key, text=SealedTextField(**{option: True})) == ["core.E001"]


def test_check_of_a_sealed_field_on_a_model_with_a_uuid_finds_nothing():
    assert check_of(id=models.UUIDField(primary_key=True, default=uuid.uuid4), text=SealedTextField()) == []
