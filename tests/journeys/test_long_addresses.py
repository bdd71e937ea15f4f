"""Addresses so long and without a break that they fit on no line of a phone: every page that says one is looked at."""

import pytest

from tests.accounts.pages import last_mail_to, path_in
from tests.factories import PASSWORD, invite, make_link, make_person, make_reflection, make_summary
from tests.journeys.stage import ON_A_PHONE

pytestmark = ON_A_PHONE


def long_address(letter):
    """73 letters and signs at which no browser breaks a line."""
    return f"{letter * 48}@gmmhwellbeing.example.nhs"


AUTHOR, READER, OTHER = (long_address(letter) for letter in "mwo")


@pytest.fixture
def pair(world):
    """Two people whom nobody gave a name, and a reflection to share."""
    author, reader = make_person(AUTHOR), make_person(READER)
    make_reflection(author, what_happened="Somebody's planted words: sandpiper")
    return author, reader


def test_no_address_scrolls_the_pages_of_inviting_accepting_and_confirming(enters, pair, world):
    author, reader = map(enters, pair)
    author.opens("/sharing/supervisors/", "Your supervisors")
    author.enters("Email address", READER)
    author.presses("Send the invitation")
    author.reads(f"An invitation is on its way to {READER}.")
    author.sees("Your supervisors")
    reader.opens(path_in(last_mail_to(READER)), f"Will you supervise {AUTHOR}?")
    reader.presses("Accept")
    reader.reads("You accepted.")
    reader.sees("Shared with you")
    author.opens("/sharing/supervisors/", "Your supervisors")
    author.follows_first("Check and confirm")
    author.sees("Is this your supervisor?")
    author.presses("Yes, this is my supervisor")
    author.reads(f"You can share summaries with {READER} now.")
    author.sees("Your supervisors")
    author.follows_first("End supervision")
    author.sees("End this supervision?")


def test_no_address_scrolls_the_pages_of_sharing_and_reading(enters, pair):
    author, reader = map(enters, pair)
    link = make_link(*pair)
    make_link(pair[0], make_person(OTHER))  # two to choose from
    summary = make_summary(link, ask="How to say no", may_print=True)
    draft = make_summary(link, ask="How to begin", shared=False)
    for address, heading in {
        "/sharing/": "Sharing",
        "/sharing/new/": "Share a summary",
        f"/sharing/{draft.pk}/edit/": "Write it for your supervisor",
        f"/sharing/{draft.pk}/preview/": "Check and share",
        f"/sharing/{summary.pk}/": "Shared summary",
        "/account/": "Your account",
        "/accounts/email/": "Your email address",
    }.items():
        author.opens(address, heading)
    reader.opens("/supervision/", "Shared with you")
    reader.opens(f"/supervision/{summary.pk}/", f"Summary from {AUTHOR}")
    reader.opens(f"/supervision/links/{link.pk}/end/", "End this supervision?")


def test_no_address_scrolls_the_pages_of_a_new_account(enters, pair):
    newcomer = enters()
    newcomer.opens("/accounts/signup/", "Create an account")
    newcomer.enters("Email address", OTHER)
    newcomer.enters("Password", PASSWORD)
    newcomer.presses("Create account")
    newcomer.sees("Check your email")
    newcomer.opens(path_in(last_mail_to(OTHER)), "Confirm your email address")
    newcomer.reads(OTHER)
    newcomer.presses("Yes, confirm this address")
    newcomer.sees("Home")


def test_no_address_scrolls_an_invitation_that_waits(enters, pair):
    author, reader = map(enters, pair)
    token = invite(pair[0], READER)
    author.opens("/sharing/supervisors/", "Your supervisors")
    author.follows_first("Withdraw the invitation")
    author.sees("Withdraw this invitation?")
    reader.opens(f"/supervision/invitation/{token}/", f"Will you supervise {AUTHOR}?")
