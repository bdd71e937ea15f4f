"""Coming in: an account, the link in a real mail, a password."""

import pytest

from tests.journeys.post_office import open_post_office

FRONT = "Reflect on a difficult moment at work"
ADDRESS = "nadia@example.nhs.uk"
PASSWORD = "seven-quiet-herons-rest"
NEW_PASSWORD = "nine-loud-otters-dive"


@pytest.fixture
def post_office(settings):
    """Where Keel's mails arrive."""
    with open_post_office(settings) as office:
        yield office


@pytest.fixture
def nadia(enters):
    """A newcomer."""
    return enters()


def test_nadia_signs_up_confirms_her_address_and_signs_in(nadia, post_office):
    nadia.opens("/", FRONT)
    nadia.presses("Create an account")
    nadia.sees("Create an account")
    nadia.presses("Create account")
    nadia.is_told_of_problems("Enter your email address", "Enter a password")
    nadia.enters("Email address", ADDRESS)
    nadia.enters("Password", PASSWORD)
    nadia.presses("Create account")
    nadia.sees("Check your email")
    nadia.opens(post_office.link_to(ADDRESS), "Confirm your email address")
    nadia.reads(ADDRESS)
    nadia.presses("Yes, confirm this address")
    nadia.sees("Home")
    nadia.presses("Sign out")
    nadia.sees(FRONT)
    sign_in(nadia, ADDRESS, PASSWORD)
    nadia.sees("Home")


def test_amina_forgets_her_password_and_chooses_a_new_one(enters, world, post_office):
    amina, address = enters(), world["amina"].email
    sign_in(amina, address, "not-the-password-at-all")
    amina.is_told_of_problems("The email address or the password is not right. Check both and try again")
    amina.follows("I do not remember my password")
    amina.sees("Choose a new password")
    amina.enters("Email address", address)
    amina.presses("Send the link")
    amina.sees("Check your email")
    amina.opens(post_office.link_to(address), "Choose a new password")
    amina.enters("New password", NEW_PASSWORD)
    amina.presses("Change password")
    amina.sees("You can sign in now")
    sign_in(amina, address, NEW_PASSWORD)
    amina.sees("Home")


def sign_in(person, address, password):
    """With an address and a password, as anybody does."""
    person.opens("/accounts/login/", "Sign in")
    person.enters("Email address", address)
    person.enters("Password", password)
    person.presses("Sign in")
