"""The staff pages: which addresses there are, and that nothing private is among what they manage."""

from apps.accounts.models import User
from apps.coping.models import Strategy, StrategyVersion, SuggestedStrategy
from apps.core.access import addresses
from apps.core.staff import staff_site


def test_staff_manage_people_and_nothing_private():
    assert set(staff_site._registry) == {User, Strategy, StrategyVersion, SuggestedStrategy}


def test_staff_pages_have_no_door_of_their_own_and_no_way_to_rows_of_other_kinds():
    names = {name for name, _, _ in addresses()}
    assert not names & {"admin:login", "admin:logout", "admin:password_change", "admin:jsi18n", "admin:view_on_site"}
    assert not [name for name in names if name.startswith("admin:") and name.endswith(("_delete", "autocomplete"))]


def test_a_signed_out_visitor_of_the_staff_pages_signs_in_by_keels_own_page_and_comes_back(client, db):
    response = client.get("/admin/accounts/user/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/admin/accounts/user/")


def test_staff_who_may_not_use_a_page_find_nothing_there_just_as_at_no_address(client, world):
    client.force_login(world["edie"])
    may_not, nowhere = client.get("/admin/accounts/user/"), client.get("/admin/accounts/nothing/")
    assert may_not.status_code == nowhere.status_code == 404
    assert may_not.content == nowhere.content


def test_staff_pages_are_linked_from_every_page_of_staff_and_of_nobody_else(client, world):
    client.force_login(world["edie"])
    assert b'href="/admin/"' in client.get("/about/").content
    client.force_login(world["amina"])
    assert b'href="/admin/"' not in client.get("/about/").content
