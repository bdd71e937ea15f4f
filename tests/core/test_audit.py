"""The audit: nobody changes it through the database unseen, and no act happens without its event (decision 0019).

The tampering tests lift the triggers first, as whoever owns the database can.
"""

import hashlib
import uuid
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from apps.core import audit, audit_guard
from apps.core.models import Act, AuditEvent, AuditSeal
from apps.core.sealed import Sealed
from tests.journal.test_at_once import at_once


@pytest.fixture
def amina_and_sam(world):
    return {"by": world["amina"], "other": world["sam"]}


@pytest.fixture
def five(amina_and_sam):
    """Five events: shared and taken back in turn."""
    for act in (
        Act.SUMMARY_SHARED,
        Act.SUMMARY_TAKEN_BACK,
        Act.SUMMARY_SHARED,
        Act.SUMMARY_TAKEN_BACK,
        Act.SUMMARY_SHARED,
    ):
        audit.record(act, **amina_and_sam)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def tamper(*statements):
    audit_guard.lift(connection)
    for statement in statements:
        sql(statement)


def test_record_keeps_ids_and_the_act_and_follows_the_event_before(world, amina_and_sam):
    audit.record(Act.SUPERVISOR_INVITED, by=world["amina"])
    audit.record(Act.SUMMARY_OPENED, **amina_and_sam, about=world["reflection"])
    first, second = AuditEvent.objects.order_by("number")
    assert (second.number, second.act, second.previous) == (2, "summary_opened", first.hash)
    assert (second.by, second.other, second.about) == (world["amina"].pk, world["sam"].pk, world["reflection"].pk)
    assert (first.number, first.previous, first.other, first.about) == (1, "", None, None)


def test_record_hash_is_the_one_that_anybody_can_compute():
    """Worked out by hand, so that a change of the form, which would break every chain, is seen."""
    event = AuditEvent(
        previous="ab", at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC), act=Act.SUMMARY_SHARED, by=uuid.UUID(int=1)
    )
    said = (
        '["ab", "2026-11-24T09:30:00.000000+00:00", "summary_shared", "00000000-0000-0000-0000-000000000001", "", ""]'
    )
    assert event.computed_hash() == hashlib.sha256(said.encode()).hexdigest()


def test_record_of_somebody_deleted_already_is_refused(world):
    world["amina"].delete()
    with pytest.raises(ValueError, match="record the act before deleting it"):
        audit.record(Act.ACCOUNT_DELETED, by=world["amina"])


REFUSED = {
    "an update": "UPDATE core_auditevent SET act = 'opened' WHERE number = 2",
    "a deletion": "DELETE FROM core_auditevent WHERE number = 5",
    "an upsert": "INSERT INTO core_auditevent (number, at, act, previous, hash) SELECT number, at, 'opened', '', '' "
    "FROM core_auditevent WHERE number = 2 ON CONFLICT (number) DO UPDATE SET act = 'opened'",
}
REFUSED_ON = {
    "postgresql": {"a truncation": "TRUNCATE core_auditevent CASCADE"},
    "sqlite": {
        "a replacement": "REPLACE INTO core_auditevent (number, at, act, previous, hash) "
        "VALUES (2, 0, 'opened', '', '')",
        "a replacement by row": "REPLACE INTO core_auditevent (rowid, number, at, act, previous, hash) "
        "VALUES (2, 9, 0, 'opened', '', '')",
        "an updating replacement": "UPDATE OR REPLACE core_auditevent SET number = 1 WHERE number = 2",
    },
}


def test_database_refuses_to_change_or_delete_an_event_by_any_statement(five):
    before = list(AuditEvent.objects.order_by("number").values())
    for what, statement in (REFUSED | REFUSED_ON[connection.vendor]).items():
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            sql(statement)
        assert list(AuditEvent.objects.order_by("number").values()) == before, what


TAMPERED = {
    "nothing": ([], ""),
    "another act": (["UPDATE core_auditevent SET act = 'opened' WHERE number = 2"], "Event 2 was changed."),
    "another moment": (["UPDATE core_auditevent SET at = '2020-01-01' WHERE number = 5"], "Event 5 was changed."),
    "nobody's act": (["UPDATE core_auditevent SET by = NULL WHERE number = 1"], "Event 1 was changed."),
    "one taken out": (["DELETE FROM core_auditevent WHERE number = 3"], "Event 3 is missing."),
    "the first taken out": (["DELETE FROM core_auditevent WHERE number = 1"], "Event 1 is missing."),
    "the end cut off": (["DELETE FROM core_auditevent WHERE number > 3"], "Event 4 is missing, and all after it"),
    "all taken out": (["DELETE FROM core_auditevent"], "Event 1 is missing, and all after it: 5 were sealed"),
    "one taken out and the gap closed": (
        [
            "DELETE FROM core_auditevent WHERE number = 3",
            "UPDATE core_auditevent SET number = 3 WHERE number = 4",
            "UPDATE core_auditevent SET number = 4 WHERE number = 5",
        ],
        "Event 3 does not follow the one before it",
    ),
    "two in another order": (
        [
            "UPDATE core_auditevent SET number = 9 WHERE number = 3",
            "UPDATE core_auditevent SET number = 3 WHERE number = 4",
            "UPDATE core_auditevent SET number = 4 WHERE number = 9",
        ],
        "Event 3 does not follow the one before it",
    ),
    "the seal taken away": (["DELETE FROM core_auditseal"], "Event 5 was not sealed"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_verify_audit_says_what_was_done_by_somebody_who_lifted_the_triggers(five, what, capsys):
    statements, said = TAMPERED[what]
    tamper(*statements)
    if not said:
        call_command("verify_audit")
        assert AuditEvent.objects.get(number=5).hash in capsys.readouterr().out
        return
    with pytest.raises(CommandError, match=said) as stopped:
        call_command("verify_audit")
    assert stopped.value.returncode == 1


def rewrite():
    """Each event anew, with hashes that fit, as somebody would who read this source."""
    previous = ""
    for event in list(AuditEvent.objects.order_by("number")):
        event.previous, event.act = previous, Act.SUMMARY_OPENED if event.number == 2 else event.act
        previous = event.hash = event.computed_hash()
        event.save()


def test_verify_audit_finds_a_chain_written_anew_because_nobody_can_seal_its_end(five):
    audit_guard.lift(connection)
    rewrite()
    with pytest.raises(CommandError, match="Event 5 is not the one that was sealed"):
        call_command("verify_audit")
    AuditSeal.objects.update(newest=Sealed(b"\x01\x02t1" + bytes(60)))
    with pytest.raises(CommandError, match="The seal of the chain's end does not open"):
        call_command("verify_audit")


def test_verify_audit_finds_an_event_put_in_past_the_end(five):
    forged = AuditEvent(
        number=6, at=datetime.now(UTC), act=Act.SUMMARY_SHARED, previous=AuditEvent.objects.get(pk=5).hash
    )
    forged.hash = forged.computed_hash()
    forged.save(force_insert=True)
    with pytest.raises(CommandError, match="Event 6 was not sealed"):
        call_command("verify_audit")


def test_verify_audit_finds_an_old_end_put_back_by_what_was_kept_elsewhere(five, amina_and_sam):
    """Seal and events of an hour ago fit each other: only a line kept outside the database tells."""
    old = bytes(AuditSeal.objects.values_list("newest", flat=True)[0].data)
    kept = audit.record(Act.SUPERVISION_ENDED, **amina_and_sam)
    tamper("DELETE FROM core_auditevent WHERE number = 6")
    sql("UPDATE core_auditseal SET newest = %s", old)
    call_command("verify_audit")
    with pytest.raises(CommandError, match="Event 6 is not the one that was kept"):
        call_command("verify_audit", kept=f"6:{kept.hash}")


def test_verify_audit_of_an_empty_audit_finds_nothing(db):
    call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_record_outside_the_transaction_of_its_act_is_refused():
    with pytest.raises(transaction.TransactionManagementError, match="into the transaction of its act"):
        audit.record(Act.SUPERVISOR_INVITED, by=None)


@pytest.mark.django_db(transaction=True)
def test_record_by_six_at_once_leaves_one_whole_chain_and_none_of_an_act_that_failed():
    def act(number):
        with transaction.atomic():
            audit.record(Act.SUMMARY_SHARED, by=None, other=uuid.UUID(int=number))
            if number == 3:
                raise ZeroDivisionError

    results = at_once(*(lambda number=number: act(number) for number in range(6)))
    assert [type(result).__name__ for result in results].count("NoneType") == 5
    assert list(AuditEvent.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert audit.problems() == []
