"""Which columns are sealed, which are not and why, and what a model with a sealed field must look like."""

import uuid

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from apps.core.sealed import SealedTextField, sealed_fields

PLAIN_BECAUSE = {
    "it is a key, a code or a hash": {
        "accounts.Invitation.token_hash",
        "accounts.User.password",
        "coping.Strategy.code",
        "coping.Strategy.slug",
        "coping.StrategyVersion.digest",
        "core.AuditEvent.hash",
        "core.AuditEvent.previous",
        "core.KeyCheck.key_id",
        "core.KeyCheck.sealed",
        "home.Heartbeat.name",
        "journal.AppraisalAnswer.appraisal",
        "journal.ReflectionChallenge.category",
        "journal.ReflectionChallenge.example",
        "supervision.SharedSummary.parts",
        "supervision.SupervisionLink.token_hash",
        "values.ValueCard.code",
    },
    "it names a person to others, or is how to reach one": {
        "accounts.Invitation.email",
        "accounts.User.email",
        "accounts.User.name",
        "supervision.SupervisionLink.email",
    },
    "it is about the library's words, from one editor to another": {
        "coping.StrategyVersion.note",
    },
    "it is the library's, which everybody reads": {
        "coping.StrategyVersion.answers",
        "coping.StrategyVersion.caution",
        "coping.StrategyVersion.family",
        "coping.StrategyVersion.fits",
        "coping.StrategyVersion.minutes_for",
        "coping.StrategyVersion.name",
        "coping.StrategyVersion.sources",
        "coping.StrategyVersion.steps",
        "coping.StrategyVersion.strength",
        "coping.StrategyVersion.summary",
    },
}


def holds_text(field):
    free = isinstance(field, models.CharField) and not field.choices
    return free or isinstance(field, (models.TextField, models.BinaryField, models.JSONField))


def test_every_column_that_could_hold_somebodys_words_is_sealed_or_says_why_it_is_not():
    own = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    plain = {str(field) for model in own for field in model._meta.local_fields if holds_text(field)}
    plain -= {str(field) for field in sealed_fields()}
    assert plain == set().union(*PLAIN_BECAUSE.values())


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
