"""Marks every words field that the field register lists, in rows of one person, and reads the raw database."""

import uuid

from django.apps import apps
from django.db import connection
from django.utils import timezone

from apps.coping.models import Favourite, OwnStrategy, Strategy, SuggestedStrategy
from apps.core.register import read_register
from apps.core.sealed import sealed_fields
from apps.journal.models import FollowUp, ReflectionValue, Reminder
from apps.reports.cpd.models import CpdStatement
from apps.reports.models import Report
from apps.supervision import actions_summaries as sharing
from apps.values.models import Pick, Placing, ValueCard
from tests import factories

REGISTER = read_register()
WORDS = {
    label: fields
    for label, record in REGISTER.items()
    if (fields := [entry.name for entry in record.entries if entry.kind == "words"])
}


def plant(person, supervisor, mark):
    """A row of everything for `person`, with `mark` in each words field; what they shared and `supervisor` answered."""
    make_rows(person, supervisor, mark)
    for label, fields in WORDS.items():
        for row in rows_of(person, label):
            for field in fields:
                if str(mark) not in str(getattr(row, field)):
                    kind = type(getattr(row, field))
                    setattr(row, field, mark.encode() if kind is bytes else mark)
            row.save()


def make_rows(person, supervisor, mark):
    """A row of every kind, through what makes them in life."""
    reflection = factories.make_reflection(person)
    factories.make_draft(person)
    FollowUp.objects.create(plan=reflection.plans.get(), author=person, number=1, did="no", then="keep")
    report = Report.objects.create(author=person, reflection=reflection, version=1)
    Report.objects.claim(report.pk, now=timezone.now()).complete(b"%PDF", pages=1, version=1)
    CpdStatement.objects.create(author=person, page_key=uuid.uuid4(), done_on=timezone.localdate(), activity="own")
    OwnStrategy.objects.create(owner=person, page_key=uuid.uuid4(), name="own", minutes=1)
    SuggestedStrategy.objects.create(author=person, name="sent", minutes=1)
    Favourite.objects.create(owner=person, strategy=Strategy.objects.published()[0])
    today = timezone.localdate()
    Reminder.objects.create(person=person, looked_on=today, told_through=today)
    card = ValueCard.objects.own_card(person, mark)
    ReflectionValue.objects.create(reflection=reflection, card=card)
    Pick.objects.create(owner=person, card=card, position=1)
    Placing.objects.create(owner=person, card=card, closeness=3)
    share(person, supervisor, mark)


def share(person, supervisor, mark):
    """A summary that says `mark`, shared with `supervisor`, opened, and answered by them with `mark`."""
    summary, now = factories.make_summary(factories.make_link(person, supervisor), ask=mark), timezone.now()
    sharing.open_summary(by=supervisor, pk=summary.pk, now=now)
    factories.answer(summary, mark, discussed=True)
    return summary


def rows_of(person, label):
    """The rows of a model that are this person's, by the way to the account that the register names."""
    way = REGISTER[label].person
    model = apps.get_model(label)
    return model.objects.filter(**{way.replace(".", "__"): person}) if way else model.objects.none()


def words_of(person):
    """Everything this person's words fields hold, by place."""
    return {
        f"{label.lower()}.{field}:{row.pk}": getattr(row, field)
        for label, fields in WORDS.items()
        for row in rows_of(person, label)
        for field in fields
    }


def sealed_of(person):
    """The sealed bytes in each of this person's words fields, by place."""
    return {
        f"{label.lower()}.{field}:{pk}": sealed.data
        for label, fields in WORDS.items()
        for field in fields
        for pk, sealed in rows_of(person, label).values_list("pk", field)
    }


def cells():
    """Every value in every column of every table, as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [as_bytes(value) for row in cursor.fetchall() for value in row if value is not None]
    return found


def as_bytes(value):
    """A value of the database as bytes."""
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def all_that_opens():
    """Every sealed value of every row that is there, opened."""
    for field in sealed_fields():
        for row in field.model._default_manager.all():
            yield getattr(row, field.name)
