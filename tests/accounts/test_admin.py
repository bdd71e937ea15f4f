"""An administrator at the people's pages: she ends and gives access, and changes nothing else about anybody."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from apps.accounts.models import User


@pytest.fixture
def ada(client, world):
    """A browser in which Ada, who runs the service, is signed in."""
    client.force_login(world["ada"])
    return client


def page_of(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def test_user_change_deactivates_somebody_and_keeps_all_that_is_theirs(ada, world):
    before = User.objects.values().get(pk=world["ben"].pk)
    assert ada.post(page_of(world["ben"]), {"is_staff": ""}).status_code == 302
    assert User.objects.values().get(pk=world["ben"].pk) == before | {"is_active": False}
    world["bens_reflection"].refresh_from_db()


def test_user_change_ignores_whatever_else_the_browser_sends(ada, world):
    before = User.objects.values().get(pk=world["ben"].pk)
    forged = {"email": "ada2@example.nhs.uk", "name": "Ada", "is_superuser": "on", "password": "x", "is_active": "on"}
    ada.post(page_of(world["ben"]), forged)
    assert User.objects.values().get(pk=world["ben"].pk) == before


def test_user_change_shows_no_password_and_is_drawn_with_djangos_own_widgets(ada, world):
    html = ada.get(page_of(world["ben"])).content.decode()
    assert world["ben"].password not in html
    assert "nhsuk" not in html
    assert 'name="is_active"' in html


@pytest.mark.parametrize("lookup", ["password__startswith", "last_login__gte", "joined_at__year", "email__regex"])
def test_user_changelist_cannot_be_asked_for_what_it_does_not_show(ada, lookup):
    people = reverse("admin:accounts_user_changelist")
    assert ada.get(people, {lookup: "2026"}).status_code == 400
    assert ada.get(people, {"is_staff__exact": "1"}).status_code == 200


def test_staff_are_not_told_when_somebody_was_here_last(ada, world):
    User.objects.filter(pk=world["ben"].pk).update(last_login=datetime(2031, 7, 9, 11, 17, tzinfo=UTC))
    for address in (reverse("admin:accounts_user_changelist"), page_of(world["ben"])):
        assert "2031" not in ada.get(address).content.decode()


def test_user_change_of_oneself_is_for_another_administrator(ada, world):
    assert ada.get(page_of(world["ada"])).status_code == 200
    assert ada.post(page_of(world["ada"]), {"is_staff": "on"}).status_code == 404
    assert User.objects.get(pk=world["ada"].pk).is_active


def test_user_change_is_noted_without_a_name_that_would_outlive_the_account(ada, world):
    ada.post(page_of(world["ben"]), {"is_active": "on", "is_staff": "on"})
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.object_repr, entry.user) == (str(world["ben"].pk), "A person", world["ada"])
    assert "Ben" not in entry.change_message


def test_user_changelist_needs_as_many_queries_for_many_people_as_for_few(
    ada, world, django_assert_num_queries, django_user_model
):
    django_user_model.objects.bulk_create(User(email=f"person{n}@example.nhs.uk") for n in range(60))
    with django_assert_num_queries(5):
        assert ada.get(reverse("admin:accounts_user_changelist")).status_code == 200
