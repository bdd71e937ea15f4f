"""The ways in which a reader's PDF of a summary comes to its end, and what the database then still holds."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.core.keyring import CannotOpen
from apps.core.sealed import ring, sealed_fields
from apps.supervision import actions, actions_summaries

SEALED_AT_LEAST = 29  # bytes: version, key id, nonce and tag; anything shorter seals nothing


def take_back(summary):
    actions_summaries.take_back(by=summary.author, pk=summary.pk, now=timezone.now())


def forbid(summary):
    actions_summaries.forbid_print(by=summary.author, pk=summary.pk)


def end_the_link(summary):
    actions.end_supervision(by=summary.author, link=summary.link, now=timezone.now())


def leave(summary):
    actions.end_supervision(by=summary.link.supervisor, link=summary.link, now=timezone.now())


def expire(summary):
    actions_summaries.erase_expired(now=timezone.now() + timedelta(days=40))


def deactivate(summary):
    """As an administrator does, on the people's page."""
    ada = Client()
    ada.force_login(type(summary.author).objects.get(email="ada@example.nhs.uk"))
    ada.post(reverse("admin:accounts_user_change", args=[summary.link.supervisor.pk]), {"is_staff": ""})


def close_the_authors_account(summary):
    summary.author.delete()


def close_the_readers_account(summary):
    summary.link.supervisor.delete()
    actions.end_broken_links(now=timezone.now())


ENDS = [take_back, end_the_link, leave, expire, deactivate, close_the_authors_account, close_the_readers_account]


def every_sealed_value():
    """The bytes in every column, of every table, that are long enough to be sealed."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                values = (bytes(value) for value in row if isinstance(value, bytes | memoryview))
                yield from (value for value in values if len(value) >= SEALED_AT_LEAST)


def opened_with_the_keys(*rows):
    """Which sealed fields of `rows`, which may be gone by now, some value anywhere in the database still opens as."""
    fields = [(field, row) for row in rows for field in sealed_fields() if field.model is type(row)]
    return {field.name for value in every_sealed_value() for field, row in fields if opens(value, field.place(row.pk))}


def opens(value, place):
    try:
        return bool(ring().open(value, place=place))
    except CannotOpen:
        return False
