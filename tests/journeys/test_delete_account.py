"""Amina deletes her account: what goes is said first, her password is asked again, and Sam's open tab is empty."""

from tests import factories
from tests.factories import PASSWORD
from tests.journeys.person import NOT_THERE


def test_amina_deletes_her_account_and_nothing_of_hers_is_left_to_read(amina, enters, world):
    summary = factories.make_summary(factories.make_link(world["amina"], world["sam"]), ask="kingfisher")
    sam = enters(world["sam"])
    sam.opens(f"/supervision/{summary.pk}/", "Summary from Amina")
    elsewhere = enters(world["amina"])
    elsewhere.opens("/journal/", "Your reflections")
    amina.opens("/account/", "Your account")
    amina.follows("Delete your account")
    amina.sees("Confirm that it is you")
    amina.enters("Password", PASSWORD)
    amina.presses("Continue")
    amina.sees("Delete your account")
    amina.reads("Reflections and drafts", "It cannot be undone.")
    amina.presses("Delete my account")
    amina.is_told_of_problems("Tick “Delete everything, for good” if you want to delete your account")
    amina.page.get_by_label("Delete everything, for good").check()
    amina.presses("Delete my account")
    amina.sees("Reflect on a difficult moment at work")
    amina.reads("Your account and everything in it has been deleted.")
    amina.opens("/accounts/login/", "Sign in")
    elsewhere.opens("/journal/", "Sign in")
    sam.expects(NOT_THERE)
    sam.page.reload()
    sam.sees("Page not found")
    sam.opens("/supervision/", "Shared with you")
    sam.does_not_read("Amina", "kingfisher")
